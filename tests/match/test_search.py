"""The search of a person who types: names, words, misspellings, numbers, within one facet or all."""

import time
from itertools import product
from pathlib import Path

import pytest

from app.match import search, seek
from app.match.search import _edits, _one_edit
from app.vocab import Facet, Term, Vocabulary, vocabulary

VOCABULARY = vocabulary()

MISSPELT = [
    ("rembrant", "light.pattern.rembrandt"),
    ("anamorfic", "camera.lens.cooke_anamorphic"),
    ("dutch tlt", "camera.roll.dutch"),
    ("bokhe", "look.bokeh.round"),
    ("blur hour", "place.time.blue_hour"),
    ("vigneting", "look.artefact.vignette"),
    ("venitian blinds", "light.effect.venetian_blinds"),
    ("medium closup", "camera.size.mcu"),
    ("halogne", "light.source.halogen"),
]


@pytest.mark.parametrize(("query", "meant"), MISSPELT, ids=[row[0] for row in MISSPELT])
def test_a_misspelling_finds_what_was_meant(query: str, meant: str) -> None:
    assert meant in [term.id for term in search(VOCABULARY, query)]


def test_a_guess_is_told_from_what_is_written_like_that() -> None:
    assert not seek(VOCABULARY, "vignette").near
    assert seek(VOCABULARY, "vigneting").near


def test_the_short_way_counts_as_the_long_one_does() -> None:
    words = sorted({"".join(letters) for size in range(1, 5) for letters in product("abc", repeat=size)})
    for typed in [word for word in words if len(word) > 2]:
        for word in words:
            quick, long = _one_edit(typed, word), _edits(typed, word, 1)
            assert [min(edits, 2) for edits in quick] == [min(edits, 2) for edits in long], (typed, word)


def test_accents_and_capitals_do_not_count() -> None:
    plain, accented = search(VOCABULARY, "plan americain"), search(VOCABULARY, "PLAN AMÉRICAIN")
    assert plain == accented
    assert plain[0].id == "camera.size.cowboy"


@pytest.mark.parametrize("query", ["zzzzqq", "triangle trombone xylophone", "5299", "…"])
def test_what_is_near_nothing_finds_nothing(query: str) -> None:
    assert search(VOCABULARY, query) == []


NUMBERS = [
    ("3200 K", "light.source.tungsten", "light.source.daylight"),
    ("3200K", "light.source.tungsten", "light.source.candle"),
    ("EI 500", "look.stock.vision3_500t", "look.stock.vision3_50d"),
    ("2x", "camera.lens.cooke_anamorphic", "camera.lens.cooke_s4i"),
    ("60°", "light.quality.very_soft", "light.quality.hard"),
    ("-25°", "camera.angle.high", "camera.angle.low"),
]


@pytest.mark.parametrize(("query", "held", "other"), NUMBERS, ids=[row[0] for row in NUMBERS])
def test_a_number_finds_the_terms_that_stand_for_it(query: str, held: str, other: str) -> None:
    found = [term.id for term in search(VOCABULARY, query)]
    assert held in found
    assert other not in found


def test_words_beside_a_number_narrow_it() -> None:
    all_of_them, stocks = search(VOCABULARY, "3200 K"), search(VOCABULARY, "kodak 3200 K")
    assert 0 < len(stocks) < len(all_of_them)
    assert all("kodak" in " ".join((term.label, *term.aliases)).casefold() for term in stocks)


def test_a_facet_keeps_the_others_out() -> None:
    found = search(VOCABULARY, "soft", facet="light.quality")
    assert found[0].id == "light.quality.soft"
    assert {term.facet for term in found} == {"light.quality"}
    assert search(VOCABULARY, "", facet="camera.size")
    assert search(VOCABULARY, "soft", facet="no.facet") == []


def test_the_order_is_the_same_every_time() -> None:
    for query in ("light", "soft", "bokhe", "45°", ""):
        assert search(VOCABULARY, query) == search(VOCABULARY, query)


def large(count: int) -> Vocabulary:
    """A vocabulary of `count` terms, with names put together from those that there are."""
    known = list(vocabulary().terms.values())
    terms = []
    for at in range(count):
        one, other = known[at % len(known)], known[(at * 7 + 3) % len(known)]
        label = f"{one.label} {other.label}"
        names = {"label": label, "aliases": (*one.aliases, f"{label} again"), "phrase": f"{one.phrase} {other.phrase}"}
        terms.append(one.model_copy(update={"id": f"some.facet.term_{at}", **names}))
    facet = Facet(id="some.facet", label="Some", gloss="Some terms.", terms=tuple(terms))
    return Vocabulary({"some.facet": facet}, {}, {}, {})


def test_two_thousand_terms_are_searched_while_somebody_types() -> None:
    many = large(2000)
    search(many, "x")
    for query in ("rembrant", "blur hour", "anamorf", "soft light", "3200 K", ""):
        spent = []
        for _ in range(3):
            start = time.perf_counter()
            search(many, query)
            spent.append(time.perf_counter() - start)
        assert min(spent) < 0.06, query


def test_a_vocabulary_of_ones_own_is_searched_by_itself(tmp_path: Path) -> None:
    (tmp_path / "hat.toml").write_text(
        'kind = "facet"\nid = "some.hat"\nlabel = "Hat"\ngloss = "A hat."\n[[term]]\nid = "bowler"\nlabel = "Bowler"\n'
        'gloss = "A round hat."\nphrase = "a bowler hat"\nconfidence = "craft"\n',
        encoding="utf-8",
    )
    own = vocabulary(tmp_path)
    assert [term.id for term in search(own, "bowlr")] == ["some.hat.bowler"]
    assert isinstance(search(own, "")[0], Term)
