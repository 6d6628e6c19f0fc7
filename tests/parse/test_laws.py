"""What holds for every text: a valid shot comes back, spans do not lie, and no word is lost."""

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import BadInputError
from app.parse import Parsed, parse
from app.parse.departments import JOINING, LABELS
from app.parse.names import names_of
from app.parse.text import MAX_CHARS
from app.parse.words import words
from app.schema.facets import picked_at
from app.schema.paths import leaves
from app.vocab import Term, vocabulary
from tests.shots import examples

VOCABULARY = vocabulary()

PIECES = (
    "key", "fill", "light", "from camera left", "45°", "3200 K", "through silk", "no", "without", "fog", "(", "((", ")",
    ":1.2)", "[", "]", "BREAK", ",", ".", "\n", ";", '"', "“", "”", "Subject:", "Lighting:", "Camera:", "Mara", "Jonas",
    "looks at", "says", '"OPEN"', "a woman", "wearing", "red coat", "in the background", "85 mm", "T2", "2.39:1", "4:1",
    "two stops over the fill", "rim", "+1", "10 o'clock", "motivated by", "focus on", "pans left", "slowly", "window",
    "at", "and", "with", "1/2", "16:9", "5 ft 10 in", "#FFB46B", "Rembrandt", "low-key", "64 % across", "in the 1970s",
    "Use IMAGE1 as a STYLE reference", "\\(", "(40° off axis, 30° up)", "canted", "6 s", "rain", "night", "\ud800",
    "\x00", "\u202e", "ﬁ", "İstanbul", "ß", "²", "१२", "灯台守", "🎬",
)  # fmt: skip

scraps = st.lists(st.sampled_from(PIECES), max_size=25)
any_text = st.one_of(scraps.map(" ".join), scraps.map("".join), st.text(max_size=80))

HOSTILE = {
    "commas": "," * 10_000,
    "short pieces": "a," * 30_000,
    "open brackets": "(" * 50_000,
    "nested brackets": "(" * 30_000 + ")" * 30_000,
    "many lamps": "key light, " * 5_000,
    "many lines": 'says "a" ' * 5_000,
    "one long word": "a" * 99_999,
    "digits": "1" * 99_999,
    "a long ratio": "1" * 5_000 + ":00",
    "feet": "1" * 5_000 + "'2\"",
    "bytes": bytes(range(256)).decode("latin-1") * 200,
    "surrogates": "\ud800 woman \udfff",
    "many people": "a woman, " * 5_000,
    "many names": " ".join(f"Abel{chr(97 + at % 26)}{chr(97 + at // 26)} sits. She waits." for at in range(676)),
    "many denials": "no people in the background, a man. " * 2_500,
    "labels": "Subject: a\n" * 5_000,
}


def unheard(text: str, parsed: Parsed) -> Iterator[str]:
    """Yield the words that stand in no span and no free piece, and that do not merely join."""
    covered = [(one.start, one.end) for one in parsed.spans] + [(one.start, one.end) for one in parsed.free]
    labels = {word for label in LABELS for word in label.split()} | {"break"}
    for word in words(text):
        inside = any(start <= word.start and word.end <= end for start, end in covered)
        if not inside and word.fold not in JOINING | labels and not word.fold[0].isdigit():
            yield word.raw


def spans_are_true(text: str, parsed: Parsed) -> bool:
    """Tell whether every span and every free piece holds the letters that it says."""
    spans = all(text[one.start : one.end] == one.text for one in parsed.spans)
    return spans and all(text[one.start : one.end] == one.text for one in parsed.free)


@examples(400)
@given(any_text)
def test_no_word_is_lost_and_no_span_lies(text: str) -> None:
    parsed = parse(text, VOCABULARY)
    assert spans_are_true(text, parsed)
    assert not list(unheard(text, parsed))


@given(any_text)
def test_the_same_text_is_the_same_shot(text: str) -> None:
    assert parse(text, VOCABULARY) == parse(text, VOCABULARY)


def test_a_name_that_runs_over_a_comma_may_end_the_text() -> None:
    over = [term.phrase for term in VOCABULARY.terms.values() if "," in term.phrase]
    assert len(over) > 20
    for phrase in over:
        assert spans_are_true(phrase, parse(phrase, VOCABULARY))
        assert spans_are_true(f"somebody {phrase}", parse(f"somebody {phrase}", VOCABULARY))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_comes_back_as_a_shot(text: str) -> None:
    parsed = parse(text, VOCABULARY)
    assert spans_are_true(text, parsed)


def test_a_text_beyond_the_limit_is_refused_with_the_limit() -> None:
    with pytest.raises(BadInputError, match="100,000"):
        parse("a" * (MAX_CHARS + 1), VOCABULARY)


def test_what_does_not_fit_a_field_is_told_in_the_notes() -> None:
    story = " ".join(f"word{at}" for at in range(1500))
    parsed = parse(f"Subject: {story}", VOCABULARY)
    kept = [*(one.description or "" for one in parsed.shot.subjects.values()), parsed.shot.intent.says or ""]  # type: ignore[union-attr] # it spilt there
    everything = " ".join((*kept, *parsed.notes))
    assert all(f"word{at}" in everything for at in range(1500))
    assert "No room" in parsed.notes[-1]


def test_a_name_that_runs_over_the_comma_at_the_end_of_a_text_is_read() -> None:
    spans = parse("wet, gleaming surroundings", VOCABULARY).spans
    assert [one.path for one in spans] == ["place.atmosphere"]


FORMS = ("{}", "{},", "{}.", "x, {}, y")
"""Alone, with a comma or a full stop behind, and between two commas; and once more with a capital."""

BESIDE = {
    "exclude": "Avoid: {}",
    "light.": "key light, {}",
    "sound.": "Sound: {}",
    "sound.delivery": 'Mara says "Yes", {}',
    "beat.action": "a man, {}",
    "camera.speed": "dolly in, {}",
    "reference.role": "Use IMAGE1 as a {} reference.",
    "reference.aspect": "Use IMAGE1 as a style reference: take {}.",
}
"""What the names of these facets need beside them: nobody denies fog, lights a lamp or speaks by one word alone."""

UNHEARD: dict[str, tuple[dict[str, int], str]] = {
    "camera.speed": ({"creep": 5, "moderate": 5}, "everyday words, even behind a move"),
    "light.role": ({"special": 5}, "an everyday word"),
    "time.transition": ({"cut": 5, "dissolve": 10, "wipe": 10, "iris": 10}, "everyday words"),
    "subject.material": ({"silk": 5}, "first what a lamp goes through"),
    "framing.plane": ({"foreground": 2, "midground": 2, "background": 6}, "they say where other things stand"),
    "beat.action": ({"light_shifting": 5}, "begins with the light, and is read as lighting"),
}
"""Names that do not come back everywhere: by facet, in how many of its texts each term is lost, and why."""


def facets() -> list[str]:
    return [facet for facet in sorted(set(picked_at().values())) if facet in VOCABULARY.facets]


def written(name: str, facet: str) -> Iterator[str]:
    """Yield a name in each of its forms, with what its facet needs beside it."""
    key = max((one for one in BESIDE if facet.startswith(one)), key=len, default="")
    beside = BESIDE.get(key, "{}")
    for form in FORMS:  # a label holds for all that follows it
        yield beside.format(form.format(name)) if beside.endswith(": {}") else form.format(beside.format(name))
    text = beside.format(name)
    yield f"{text[:1].upper()}{text[1:]}"


def own_names(term: Term, facet: str) -> Iterator[str]:
    """Yield the label and the phrase of a term, where no other facet has them too."""
    for name in (term.label, term.phrase):
        if {sense.facet for sense in names_of(VOCABULARY).of(name)} == {facet}:
            yield name


def picked(parsed: Parsed) -> set[str]:
    """Return all terms of a shot."""
    values = leaves(parsed.shot).values()
    return {
        one for value in values for one in (value if isinstance(value, tuple) else (value,)) if isinstance(one, str)
    }


@pytest.mark.parametrize("facet", facets())
def test_every_name_of_the_vocabulary_is_accounted_for(facet: str) -> None:
    for term in VOCABULARY.facets[facet].terms:
        for name in filter(None, (term.label, term.phrase, *term.aliases)):
            for text in (*(form.format(name) for form in FORMS), f"{name[:1].upper()}{name[1:]}"):
                parsed = parse(text, VOCABULARY)
                assert spans_are_true(text, parsed), text
                assert {"x", "y"}.issuperset(unheard(text, parsed)), text


@pytest.mark.parametrize("facet", facets())
def test_labels_and_phrases_come_back(facet: str) -> None:
    lost = Counter(
        term.id.rpartition(".")[2]
        for term in VOCABULARY.facets[facet].terms
        for name in own_names(term, facet)
        for text in written(name, facet)
        if term.id not in picked(parse(text, VOCABULARY))
    )
    known, reason = UNHEARD.get(facet, ({}, ""))
    assert lost == known, reason
