"""Names are found where they stand, all of them, whatever articles and marks stand between their words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.parse.names import names_of
from app.parse.words import ARTICLES, words
from app.vocab import vocabulary

NAMES = names_of(vocabulary())
LABELS = sorted({term.label for term in vocabulary().terms.values() if " " in term.label})
LONGEST = 8


def hits(text: str) -> list[tuple[str, int, int]]:
    found = words(text)
    return [(text[found[one.start].start : found[one.end - 1].end], one.start, one.end) for one in NAMES.hits(found)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a slow dolly in", "dolly in"),
        ("over the shoulder", "over the shoulder"),
        ("a key light", "key light"),
        ("over, shoulder", ""),
        ("over. A, the shoulder", ""),
        ("over a. The, shoulder", ""),
    ],
)
def test_a_mark_parts_the_words_of_a_name_and_an_article_does_not(text: str, name: str) -> None:
    longest = [found for found, start, end in hits(text) if end - start > 1]
    assert longest[:1] == ([name] if name else [])


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("in winter, cold and bare", True),
        ("in winter, a, the cold and bare", True),
        ("in winter cold and bare", False),
        ("in winter. A, the cold and bare", False),
        ("in winter, a. The cold and bare", False),
    ],
)
def test_the_widest_mark_round_articles_counts(text: str, *, whole: bool) -> None:
    assert (text in [found for found, _, _ in hits(text)]) is whole


@given(
    st.lists(
        st.tuples(
            st.sampled_from(LABELS).flatmap(lambda one: st.sampled_from(one.split()))
            | st.sampled_from(sorted(ARTICLES)),
            st.sampled_from((" ", " ", " ", ", ", "; ", ". ", "-")),
        ),
        max_size=8,
    )
)
def test_every_stretch_that_is_a_name_is_found_and_no_other(some: list[tuple[str, str]]) -> None:
    text = "".join(word + mark for word, mark in some)
    found = words(text)
    ends = [at for at, word in enumerate(found) if word.fold not in ARTICLES]
    stretches = [(start, last + 1) for start in ends for last in ends if start < last < start + LONGEST]
    expected = [(start, end) for start, end in stretches if NAMES.of(text[found[start].start : found[end - 1].end])]
    spans = [(one.start, one.end) for one in NAMES.hits(found) if one.name.senses and one.end - one.start > 1]
    assert sorted(spans) == sorted(expected)
    assert spans == sorted(spans, key=lambda one: (one[0], -one[1]))
