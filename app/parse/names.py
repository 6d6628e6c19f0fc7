"""Every name that a term has, in one automaton: labels, aliases and phrases of all facets that a shot can hold."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

import ahocorasick

from app.parse.words import ARTICLES, CLAUSE, COMMA, NONE, STOP, Word, words
from app.schema.facets import picked_at
from app.vocab import Term, Vocabulary

MARK = {NONE: "", COMMA: ",", CLAUSE: ";", STOP: "."}

MOVING = {
    "dolly": ("dollies", "dollying"), "push": ("pushes", "pushing"), "pull": ("pulls", "pulling"),
    "pan": ("pans", "panning"), "tilt": ("tilts", "tilting"), "track": ("tracks", "tracking"),
    "truck": ("trucks", "trucking"), "crane": ("cranes", "craning"), "zoom": ("zooms", "zooming"),
    "orbit": ("orbits", "orbiting"), "arc": ("arcs", "arcing"), "boom": ("booms", "booming"),
    "jib": ("jibs", "jibbing"), "circle": ("circles", "circling"), "move": ("moves", "moving"),
    "pedestal": ("pedestals",), "roll": ("rolls", "rolling"), "fly": ("flies", "flying"),
    "slide": ("slides", "sliding"),
    "whip": ("whips",), "follow": ("follows",), "rise": ("rises",),
}  # fmt: skip
"""The forms of the verbs with which a camera moves."""

MEASURED = re.compile(r"\d+(?:\.\d+)? ?(?:mm|K balance|K tungsten|:1 lighting ratio|° shutter|° lens|fps)")
"""Names that are numbers with a unit: the grammar of numbers reads them."""

COUNTED = (
    "light.role", "light.fixture", "light.source", "light.modifier", "camera.filter", "look.", "exclude",
    "subject.species", "subject.vehicle", "subject.plant", "light.effect", "framing.device", "time.transition",
    "sound.effect",
)  # fmt: skip
"""Facets whose names may stand in the plural."""


class Sense(NamedTuple):
    """A term that a name may mean. `rank` 0 is a label, 1 a phrase, 2 an alias.

    `sure`: in prose the name is taken at its word; `everyday`: it is one of the names that are everyday words.
    """

    term: str
    facet: str
    sure: bool
    rank: int
    everyday: bool


class Name(NamedTuple):
    """A name: how many words it has, what it may mean, of which facets, and whether it must be written in capitals."""

    length: int
    senses: tuple[Sense, ...]
    facets: frozenset[str]
    shouted: bool


class Hit(NamedTuple):
    """A name in a text, from the word at `start` to before the word at `end`."""

    start: int
    end: int
    name: Name


BY_START = itemgetter(0)


class Names:
    """All names of a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        found: dict[str, dict[str, Sense]] = {_key(one): {} for one in vocabulary.idioms}
        shouted: set[str] = set()
        plain: set[str] = set()
        for term, name, rank in _spoken(vocabulary):
            key = _key(name)
            if not key:
                continue
            home = name.casefold() in vocabulary.at_home
            sense = Sense(term.id, term.facet, vocabulary.facets[term.facet].spoken and not home, rank, home)
            senses = found.setdefault(key, {})
            if term.id not in senses or senses[term.id].rank > rank:
                senses[term.id] = sense
            (shouted if name.isupper() and len(name) <= 4 else plain).add(key)
        self._plurals(found)
        self.automaton = ahocorasick.Automaton()
        for key, senses in found.items():
            length = key.count(" ") // 2
            ordered = tuple(sorted(senses.values(), key=lambda one: one.rank))
            facets = frozenset(one.facet for one in ordered)
            self.automaton.add_word(key, Name(length, ordered, facets, key in shouted - plain))
        self.automaton.make_automaton()

    def hits(self, found: list[Word]) -> list[Hit]:
        """Return every name in a list of words, the earliest first, and of those that begin together the longest."""
        kept = [at for at, word in enumerate(found) if word.fold not in ARTICLES]
        parts = [f"{MARK[found[at].gap]} {found[at].fold} " for at in kept]
        for at in reversed([at for at, word in enumerate(found) if word.gap and word.fold in ARTICLES]):
            place = bisect_left(kept, at)
            if place < len(kept):  # what parts an article from the words before it parts the next word from them
                wide = max(word.gap for word in found[at : kept[place] + 1])
                parts[place] = f"{MARK[wide]} {found[kept[place]].fold} "
        ends = [*accumulate(map(len, parts))]
        hits: list[Hit] = []
        new = tuple.__new__  # what `Hit` does, without a call in between
        for letter, name in self.automaton.iter("".join(parts)) if len(self.automaton) else ():
            last = bisect_left(ends, letter + 1) + 1
            start, end = kept[last - name.length], kept[last - 1] + 1
            if not name.shouted or not any(one.raw.islower() for one in found[start:end]):
                hits.append(new(Hit, (start, end, name)))
        hits.reverse()  # they come by their ends; of those that begin together the last to end now stands first
        hits.sort(key=BY_START)
        return hits

    def of(self, text: str) -> tuple[Sense, ...]:
        """Return what exactly this name may mean."""
        return self._senses(_key(text))

    def of_word(self, fold: str) -> tuple[Sense, ...]:
        """Return what one word, folded as in a `Word`, may mean."""
        return self._senses(f" {fold} ")

    def _senses(self, key: str) -> tuple[Sense, ...]:
        found = self.automaton.get(key, None) if key else None
        return found.senses if found else ()

    def _plurals(self, found: dict[str, dict[str, Sense]]) -> None:
        for key, senses in list(found.items()):
            counted = {term: sense for term, sense in senses.items() if term.startswith(COUNTED)}
            last = key[:-1].rpartition(" ")[2]
            if counted and len(last) > 2 and last.isalpha() and not last.endswith("s"):
                more = f"{key[:-2]}ies " if last.endswith("y") and last[-2] not in "aeiou" else f"{key[:-1]}s "
                found.setdefault(more, counted)


@cache
def names_of(vocabulary: Vocabulary) -> Names:
    """Return the names of a vocabulary; they are gathered once."""
    return Names(vocabulary)


def _key(name: str) -> str:
    """Return a name as the automaton reads it: each word between two blanks, with a mark where a comma stands."""
    parts: list[str] = []
    gap = 0
    for word in words(name):
        gap = max(gap, word.gap)
        if word.fold not in ARTICLES:
            parts.append(f"{MARK[gap] if gap and parts else ''} {word.fold} ")
            gap = 0
    return "".join(parts)


def _spoken(vocabulary: Vocabulary) -> Iterator[tuple[Term, str, int]]:
    """Yield every name of every term that a shot can hold; numbers alone are left to the grammar of numbers."""
    for facet in sorted(set(picked_at().values())):
        for term in vocabulary.facets[facet].terms if facet in vocabulary.facets else ():
            ranks: tuple[Iterable[str], ...] = ((term.label,), (term.phrase, term.instead), term.aliases)
            if facet == "exclude":  # only the opposite is said without a denial
                ranks = ((term.label, term.phrase), (term.instead,), term.aliases)
            for rank, called in enumerate(ranks):
                for name in called:
                    if any(one.isalpha() and one != "x" for one in name) and not MEASURED.fullmatch(name):
                        yield term, name, rank
                        yield from _moving(term, name, rank)
                        yield from _graded(term, name, rank)


def _graded(term: Term, name: str, rank: int) -> Iterator[tuple[Term, str, int]]:
    """Yield the longer names of a grade: a warm grade is a warm colour grade."""
    if term.facet == "look.grade" and name.endswith(" grade"):
        for ending in ("colour grade", "colour grading", "grading"):
            yield term, f"{name.removesuffix('grade')}{ending}", rank


def _moving(term: Term, name: str, rank: int) -> Iterator[tuple[Term, str, int]]:
    first, _, rest = name.replace("-", " ").partition(" ")
    if term.facet == "camera.move":
        for form in MOVING.get(first, ()):
            yield term, f"{form} {rest}".strip(), rank
