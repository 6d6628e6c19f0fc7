"""Names in free text: whole names first, the nearest of a misspelling, the longest of several."""

from collections import Counter

import pytest

from app.match import mentions, nearest, search
from app.vocab import Facet, Term, vocabulary

VOCABULARY = vocabulary()


@pytest.mark.parametrize("facet", VOCABULARY.facets.values(), ids=lambda one: one.id)
def test_a_term_is_found_by_its_own_names(facet: Facet, subtests: pytest.Subtests) -> None:
    for term in facet.terms:
        with subtests.test(term.id):
            for name in (term.label, *term.aliases):
                assert term.id in [one.id for one in search(VOCABULARY, name)[: SAME[name.casefold()]]], name


def whole_names(term: Term) -> set[str]:
    short = term.id.rpartition(".")[2].replace("_", " ")
    return {one.casefold() for one in (term.label, term.phrase, term.id, short, *term.aliases)}


SAME = Counter(name for term in VOCABULARY.terms.values() for name in whole_names(term))
"""How many terms have each name."""

FIRST = [
    ("MCU", "camera.size.mcu"),
    ("medium close-up", "camera.size.mcu"),
    ("  Medium   CLOSE-UP ", "camera.size.mcu"),
    ("rembrandt lighting", "light.pattern.rembrandt"),
    ("5219", "look.stock.vision3_500t"),
    ("CTO", "light.gel.cto_full"),
    ("camera.size.cu", "camera.size.cu"),
]


@pytest.mark.parametrize(("query", "first"), FIRST, ids=[row[0] for row in FIRST])
def test_a_whole_name_comes_first(query: str, first: str) -> None:
    assert search(VOCABULARY, query)[0].id == first


def test_beginnings_come_before_words_anywhere() -> None:
    found = [term.id for term in search(VOCABULARY, "blue")]
    assert found[0] == "light.hue.blue"
    begins = [one for one in found if any(name.startswith("blue") for name in whole_names(VOCABULARY.terms[one]))]
    assert found[: len(begins)] == begins
    assert 1 < len(begins) < len(found)


def test_every_word_must_be_there() -> None:
    assert [term.id for term in search(VOCABULARY, "triangle far eye")] == ["light.pattern.rembrandt"]
    assert search(VOCABULARY, "triangle trombone") == []
    assert len(search(VOCABULARY, " ")) == len(VOCABULARY.terms)


MISSPELT = [
    ("camera.size.mcuu", "camera.size", "camera.size.mcu"),
    ("rembrant", "light.pattern", "light.pattern.rembrandt"),
    ("Rembrand", "light.pattern", "light.pattern.rembrandt"),
    ("light.pattern.rembrand", "light.pattern", "light.pattern.rembrandt"),
    ("closeup", "camera.size", "camera.size.cu"),
    ("look.stock.kodachrom_64", "look.stock", "look.stock.kodachrome_64"),
    ("place.time.bleu_hour", "place.time", "place.time.blue_hour"),
]


@pytest.mark.parametrize(("name", "facet", "meant"), MISSPELT, ids=[row[0] for row in MISSPELT])
def test_a_misspelt_name_finds_the_nearest_of_its_facet(name: str, facet: str, meant: str) -> None:
    found = nearest(VOCABULARY, name, facet)
    assert found is not None
    assert found.id == meant


@pytest.mark.parametrize(("name", "facet"), [("trombone", "camera.size"), ("rembrandt", "no.facet"), ("", "light.hue")])
def test_what_is_near_nothing_finds_nothing(name: str, facet: str) -> None:
    assert nearest(VOCABULARY, name, facet) is None


TEXTS = [
    ("a medium close-up of Mara", "camera.size", ["camera.size.mcu"]),
    ("a close-up, then a medium close-up", "camera.size", ["camera.size.cu", "camera.size.mcu"]),
    ("Midday heat before the Blue Hour", "place.time", ["place.time.midday", "place.time.blue_hour"]),
    ("full CTO and half CTO", "light.gel", ["light.gel.cto_full", "light.gel.cto_1_2"]),
    ("a scuttlefish", "camera.size", []),
    ("", "camera.size", []),
]


@pytest.mark.parametrize(("text", "facet", "named"), TEXTS, ids=[row[0] or "nothing" for row in TEXTS])
def test_a_text_mentions_the_longest_names_in_its_order(text: str, facet: str, named: list[str]) -> None:
    assert [term.id for term in mentions(VOCABULARY, text, facet)] == named
