"""Hears a note: its words, numbers and names, cut into clauses. What a piece means is decided where it is read."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from app.match import Quantity, quantities
from app.resolve.known import Resolved
from app.schema.facets import picked_at
from app.vocab import Vocabulary

TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
GLUE = re.compile(r"[ \t]+|[ \t]*[-/'’:&_][ \t]*|\.")
"""What may stand between two words of one name."""

FULL = re.compile(r"[.;!?\n]")
SOFT = re.compile(r"[,&+]")
AMOUNTS = ("touch", "bit", "", "lot")
"""The places of the degrees in an axis's steps; the empty one stands where no degree is called."""

LONGEST = 9
"""Words of the longest name that is looked for."""

FEWEST_LETTERS = 3
"""A shorter id of a person or lamp is heard by its name only: `a` is an article."""

OPEN = (
    "framing.",
    "camera.",
    "look.",
    "place.",
    "lighting.",
    "lights.",
    "subjects.",
    "pacing",
    "intent.mood",
    "beats.",
)
"""Where a name in a note may land; what a scene is for, its sound and its references are not called on set."""

Means = dict[str, tuple[Any, ...]]
Names = dict[str, Means]


class Piece(NamedTuple):
    """Some letters of a note and everything that they may mean, by kind; no kind: words that nobody knows."""

    start: int
    end: int
    means: Means

    def first(self, kind: str) -> Any:
        """Return the first meaning of a kind, or None."""
        found = self.means.get(kind)
        return found[0] if found else None


class Clause(NamedTuple):
    """One note among several. `fresh`: it begins after a full stop, so that nothing carries over from before."""

    pieces: tuple[Piece, ...]
    fresh: bool


def clauses(text: str, resolved: Resolved) -> list[Clause]:
    """Cut a note into clauses, at commas, full stops and joining words."""
    found: list[Clause] = []
    pieces: list[Piece] = []
    fresh, end = True, 0
    for piece in _pieces(text, _names(resolved.vocabulary), _own(resolved)):
        gap = text[end : piece.start]
        full, joins = FULL.search(gap), "join" in piece.means
        if pieces and (full or joins or SOFT.search(gap)):
            found.append(Clause(tuple(pieces), fresh))
            pieces, fresh = [], False
        fresh = fresh or bool(full)
        end = piece.end
        if not joins:
            pieces.append(piece)
    return [*found, Clause(tuple(pieces), fresh)] if pieces else found


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text, folded, with straight apostrophes."""
    return tuple(found[0].casefold().replace("’", "'") for found in TOKEN.finditer(text))


def _pieces(text: str, names: Names, own: Names) -> Iterable[Piece]:
    """Walk over the text once: at each place the longest name or number."""
    tokens = list(TOKEN.finditer(text))
    folded = [one[0].casefold().replace("’", "'") for one in tokens]
    numbers = sorted(quantities(text), key=lambda one: one.start, reverse=True)
    at = done = 0
    while at < len(tokens) or numbers:
        if numbers and numbers[-1].start < done:
            numbers.pop()
            continue
        if at < len(tokens) and tokens[at].start() < done:
            at += 1
            continue
        piece = _longest(text, tokens, folded, at, numbers[-1] if numbers else None, (own, names))
        done = piece.end
        yield piece


def _longest(
    text: str,
    tokens: list[re.Match[str]],
    folded: list[str],
    at: int,
    number: Quantity | None,
    books: tuple[Names, Names],
) -> Piece:
    start = tokens[at].start() if at < len(tokens) else len(text)
    if number and number.start < start:
        return Piece(number.start, number.end, {"quantity": (number,)})
    means, end = _heard(folded[at], books), tokens[at].end()
    name, loses = folded[at], "lose" in means
    for to in range(at + 1, min(at + LONGEST, len(tokens))):
        if not GLUE.fullmatch(text, tokens[to - 1].end(), tokens[to].start()):
            break
        name = f"{name} {folded[to]}"
        heard = _heard(name, books)
        if heard and not (loses and name.partition(" ")[2] in books[0]):  # "no fill", where a fill stands
            means, end = heard, tokens[to].end()
    if {"amount", "stops"} & means.keys() and end > tokens[at].end() and _goes_on(tokens, folded, at + 1, end, books):
        means, end = _heard(folded[at], books), tokens[at].end()
    if number and number.start == start and number.end >= end:
        means = {"quantity": (number,), **(means if number.end == end else {})}
        end = number.end
    return Piece(start, end, means)


def _goes_on(tokens: list[re.Match[str]], folded: list[str], at: int, end: int, books: tuple[Names, Names]) -> bool:
    """Tell whether the last word of an amount begins a name that goes further: "a hair light" is no hair's breadth."""
    return tokens[at].end() == end and at + 1 < len(tokens) and bool(_heard(" ".join(folded[at : at + 2]), books))


def _heard(name: str, books: tuple[Names, Names]) -> Means:
    """Return what a name means in the shot itself and in the vocabulary; a genitive means its noun."""
    for form in (name, name.removesuffix("'s")):
        found = [book[form] for book in books if form in book]
        if found:
            return {kind: means for one in reversed(found) for kind, means in one.items()}
    return {}


@cache
def _names(vocabulary: Vocabulary) -> Names:
    """Return every name that notes and terms have."""
    found: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for name, kind, meaning in (*_term_names(vocabulary), *_note_names(vocabulary)):
        held = found[" ".join(words_of(name))][kind]
        if meaning not in held:
            held.append(meaning)
    return {name: {kind: tuple(means) for kind, means in kinds.items()} for name, kinds in found.items() if name}


def _term_names(vocabulary: Vocabulary) -> Iterator[tuple[str, str, Any]]:
    picked = {facet for path, facet in picked_at().items() if path.startswith(OPEN)}
    for term in vocabulary.terms.values():
        for name in (term.label, *term.aliases) if term.facet in picked else ():
            yield name, "term", term


def _note_names(vocabulary: Vocabulary) -> Iterator[tuple[str, str, Any]]:
    for notes in vocabulary.notes.values():
        yield from ((name, "amount", AMOUNTS.index(one)) for one, names in notes.amounts.items() for name in names)
        yield from ((name, "stops", stops) for name, stops in notes.stops.items())
        yield from ((name, kind, name) for kind, names in notes.words.items() for name in names)
        yield from ((name, "direction", one) for one in notes.direction for name in one.names)
        yield from ((name, "thing", one) for one in notes.thing for name in one.names)


def _own(resolved: Resolved) -> Names:
    """Return what the lamps and people of this shot are called: a role stands for all that have it, an id for one."""
    found: Names = {}
    for name in dict(resolved.lights):
        role = resolved.term(f"lights.{name}.role")
        for spelling in (role.label, *role.aliases) if role else ():
            _call(found, spelling, "lights", name)
    for name, _ in resolved.lights:
        _name(found, name, "lights", name)
    for name, subject in resolved.subjects:
        called = words_of(subject.name or "")
        for spelling in (name, *called[:1], " ".join(called)):
            _name(found, spelling, "subject", name)
    return found


def _call(found: Names, spelling: str, kind: str, name: str) -> None:
    words = " ".join(words_of(spelling))
    held = found.setdefault(words, {}).get(kind, ())
    found[words][kind] = (*held, name) if name not in held else held


def _name(found: Names, spelling: str, kind: str, name: str) -> None:
    words = " ".join(words_of(spelling.replace("_", " ")))
    if len(words) >= FEWEST_LETTERS:
        found.setdefault(words, {})[kind] = (name,)
