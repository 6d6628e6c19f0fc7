"""A clause is read by its pattern: every word of it goes to a fact, and what is known goes before what is guessed."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dialects._clauses import MANY_LETTERS, Figures, Grammar, Line, Search, State
from app.dialects._holding import Held, Said, Slot


def said(path: str, term: str) -> Said:
    return ((path, term),)


def held(path: str, *phrases: str, several: bool = False, free: bool = True) -> Held:
    found = Held(several=several, free=path if free else "")
    for phrase in phrases:
        found.add(phrase, said(path, phrase))
    return found


SLOT: Slot = {
    "hat": held("hat", "a bowler", "a beret", "a beret and veil"),
    "coat": held("coat", "a mackintosh", "an oilskin"),
    "rings": held("rings", "a signet", "a band", several=True),
    "hem": Held(figures=[re.compile(r"\d+ cm")]),
    "mood": held("mood", "gruff", "kind", free=False),
}
GRAMMAR = Grammar("{hat}[, wearing {coat}][, with {rings}][; {hem}]", SLOT)


def read(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    best = Search(GRAMMAR, Line(text)).best
    assert best
    return [(one.name, text[one.start : one.end], tuple(term for _, term in one.said)) for one in best.found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a bowler", [("hat", "a bowler", ("a bowler",))]),
        ("A bowler", [("hat", "A bowler", ("a bowler",))]),
        ("a bowlerish lid", [("hat", "a bowlerish lid", ())]),
        ("a beret and veil", [("hat", "a beret and veil", ("a beret and veil",))]),
        (
            "a lid, wearing an oilskin; 12 cm",
            [("hat", "a lid", ()), ("coat", "an oilskin", ("an oilskin",)), ("hem", "12 cm", ())],
        ),
        ("Wearing tweed", [("coat", "tweed", ())]),
        ("an oilskin", [("coat", "an oilskin", ("an oilskin",))]),
        ("a beret, gruff", [("hat", "a beret", ("a beret",)), ("mood", "gruff", ("gruff",))]),
        ("something", [("hat", "something", ())]),
    ],
    ids=["term", "capital", "longer_word", "longest", "own_words", "begun_late", "alone", "beyond", "first_place"],
)
def test_words_go_to_their_facts(text: str, found: list[tuple[str, str, tuple[str, ...]]]) -> None:
    assert read(text) == found


@pytest.mark.parametrize(
    ("rings", "terms"),
    [
        ("a signet, a band", ("a signet", "a band")),
        ("a signet and a knuckle of brass", ("a signet", "a knuckle of brass")),
        ("a loop and a knot", ("a loop", "a knot")),
        ("a loop, bent", ("a loop, bent",)),
        ("a signet, a loop and a band", ("a signet", "a loop", "a band")),
    ],
)
def test_a_list_is_one_fact_of_several_terms(rings: str, terms: tuple[str, ...]) -> None:
    assert read(f"a beret, with {rings}")[1:] == [("rings", rings, terms)]


def test_without_a_guess_a_clause_is_known_whole_or_not_at_all() -> None:
    assert Search(GRAMMAR, Line("a beret, wearing an oilskin")).sure
    assert not Search(GRAMMAR, Line("a beret, wearing tweed")).sure


def test_no_words_of_ones_own_hide_a_known_phrase_between_blanks() -> None:
    slot = {"cast": held("cast"), "make": held("make", "bare bulb"), "part": held("part", "key light")}
    best = Search(Grammar("[{cast} ][{make} ]{part}", slot), Line("worn bare bulb mara")).best
    assert best
    assert [one.name for one in best.found] == ["cast", "make", "part"]


@pytest.mark.parametrize("text", ["", "İ", "İ a bowler", "a beret, with a signet, ", ", " * 3000, "x and y, " * 800])
def test_odd_clauses_are_read_to_their_end(text: str) -> None:
    best = Search(GRAMMAR, Line(text)).best
    assert best is None or all(0 <= one.start < one.end <= len(text) for one in best.found)


def test_what_is_too_long_for_a_clause_is_left() -> None:
    search = Search(GRAMMAR, Line("a" * (MANY_LETTERS + 1)))
    assert search.best is search.sure is None


@pytest.mark.parametrize("text", ["a bowler", "A bowler", "wearing an oilskin", "12 cm", "An oilskin, 3 cm", "gruff"])
def test_a_clause_that_is_known_is_not_passed_over_by_its_first_letters(text: str) -> None:
    assert GRAMMAR.may_begin(Line(text))
    assert Search(GRAMMAR, Line(text)).sure


@given(st.lists(st.sampled_from(("12 cm", "T2", "t", "7", "x")), max_size=4).map(" ".join))
def test_any_figure_is_seen_at_a_glance(text: str) -> None:
    patterns = [("hem", re.compile(r"\d+ cm")), ("stop", re.compile(r"T\d", re.IGNORECASE)), ("free", re.compile("x?"))]
    for at in range(len(text) + 1):
        each = ((name, one.match(text, at)) for name, one in patterns)
        found = [(name, match.end()) for name, match in each if match and match.end() > at]
        assert [(name, end) for end, ((name, _, _),) in Figures(patterns).standing(text, at)] == found


PIECES = ("a bowler", "a beret", "an oilskin", "a signet", "a band", "gruff", "12 cm", "tweed", "a loop", "x")
JOINS = (", ", " and ", "; ", ", wearing ", ", with ", " ")


@given(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(JOINS)), min_size=1, max_size=5))
def test_no_way_through_a_pattern_is_cheaper(some: list[tuple[str, str]]) -> None:
    text = "".join(piece + join for piece, join in some)[: -len(some[-1][1])]
    best = Search(GRAMMAR, Line(text)).best
    assert (best.cost if best else None) == cheapest(text)


def cheapest(text: str) -> int | None:
    """Try every way through the pattern, one step at a time."""
    search = Search(GRAMMAR, Line(text))
    costs: dict[tuple[int, State], int] = {}
    waiting = [(0, GRAMMAR.first, 0)]
    while waiting:
        at, state, cost = waiting.pop()
        if cost < costs.get((at, state), cost + 1):
            costs[at, state] = cost
            waiting += [(end, to, cost + more) for end, to, more in steps(search, at, state)]
    return min((cost for (at, state), cost in costs.items() if at == len(text) and state.ends), default=None)


def steps(search: Search, at: int, state: State) -> Iterator[tuple[int, State, int]]:
    """Yield every step over what stands at a letter, and over words of one's own up to any joining words."""
    last = len(search.text)
    for end, meanings in search.matches(at, GRAMMAR.figures) if at < last else ():
        for key, cost, _ in meanings:
            for to, more in state.after.get(key, ()):
                yield end, to, cost + more
    for place in state.places:
        for guess in GRAMMAR.guesses[place]:
            for end in range(at + 1, last + 1):
                if end == last or end in search.standing.words:
                    yield end, GRAMMAR.state({guess.to}), guess.cost + search.own[end] - search.own[at]
