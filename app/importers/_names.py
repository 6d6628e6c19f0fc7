"""Reads another program's value: which terms and numbers it names, at which paths."""

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple, get_origin
from unicodedata import combining, normalize

from app.schema.facets import PATHS, extra, facet_of, field_of, limits, takes_text
from app.schema.upgrades import MOVED
from app.vocab import Crosswalk, Vocabulary

MAX_PIECES = 12
"""A value of a closed list has few commas; a longer text is no such value."""

NUMBER = r"(?<![\d.,–-])\b(\d{1,6}(?:\.\d{1,6})?)"
"""A number that does not end a range: the 70 of 24-70 is no focal length."""


Kind = Literal["number", "text", "texts", "pick", "picks"]


class Landing(NamedTuple):
    """A path, and the term or number that a value means there."""

    path: str
    item: str | float


class Fact(NamedTuple):
    """The landings that can hold one fact, the best first, and the words that said it."""

    landings: tuple[Landing, ...]
    words: str


class Reading(NamedTuple):
    """The facts that a value states; `part` is what was read, where that is not all."""

    facts: tuple[Fact, ...] = ()
    part: str = ""


def fold(text: str) -> str:
    """Return words in one writing: "Close-Up", "close up" and "close_up" are the same, "cinéma" is "cinema"."""
    plain = "".join(one for one in normalize("NFKD", text) if not combining(one)).casefold()
    return " ".join("".join(one if one.isalnum() else " " for one in re.sub("['’]", "", plain)).split())


@lru_cache(maxsize=PATHS)
def kind_of(path: str) -> Kind:
    """Return what a path takes: a number, text, a pick, or several."""
    field = field_of(path)
    several = field is not None and get_origin(field.annotation) is tuple
    if limits(path):
        return "number"
    if takes_text(path):
        return "texts" if several else "text"
    return "picks" if several else "pick"


class Names:
    """Every name that a crosswalk's paths know."""

    def __init__(self, crosswalk: Crosswalk, vocabulary: Vocabulary) -> None:
        self.crosswalk = crosswalk
        self.vocabulary = vocabulary
        self._facets: dict[str, dict[str, str]] = {}
        self._read: dict[tuple[str, str], Reading] = {}

    def read(self, field: str, value: str) -> Reading:
        """Look a value up: among the crosswalk's own values, as a number, by name as a whole, then piece by piece."""
        key = field, value
        if key not in self._read:
            self._read[key] = self._look_up(field, value)
        return self._read[key]

    def named(self, value: str, path: str) -> str:
        """Return the term of a path's facet that bears exactly this name, or nothing."""
        return self._index(facet_of(path)).get(fold(value), "")

    def _look_up(self, field: str, value: str) -> Reading:
        paths = self.crosswalk.paths[field]
        if said := self._values.get(field, {}).get(fold(value)):
            return Reading(tuple(Fact((one, *_likewise(one, paths)), value) for one in said))
        if numbers := [found for path in paths if (found := _number(value, path))]:
            landing, rest = numbers[0]
            others = self._whole(rest, paths)
            return Reading((Fact((landing,), value), *([Fact(others, rest.strip(" ,"))] if others else [])))
        if whole := self._whole(value, paths):
            return Reading((Fact(whole, value),))
        return self._in_pieces(value, paths)

    def _whole(self, value: str, paths: tuple[str, ...]) -> tuple[Landing, ...]:
        return next((found for way in self._ways(value) if (found := self._named(way, paths))), ())

    def _in_pieces(self, value: str, paths: tuple[str, ...]) -> Reading:
        """Read what stands between commas: the first piece with a term, and each that says something beside it."""
        pieces = [piece.strip() for piece in value.split(",")]
        if len(pieces) > MAX_PIECES:
            return Reading()
        facts: list[Fact] = []
        for piece in pieces:
            found = self._whole(piece, paths)
            if found and all(_beside(found, fact.landings) for fact in facts):
                facts.append(Fact(found, piece))
        read = ", ".join(fact.words for fact in facts)
        return Reading(tuple(facts), read if len(facts) < len(pieces) else "")

    def _ways(self, value: str) -> Iterator[str]:
        """Yield what to look up: all the words, then without the first or last of them."""
        whole = fold(value)
        for start in (whole, *(whole[len(one) + 1 :] for one in self._leading if whole.startswith(f"{one} "))):
            yield start
            yield from (start[: -len(one) - 1] for one in self._trailing if start.endswith(f" {one}"))

    def _named(self, way: str, paths: tuple[str, ...]) -> tuple[Landing, ...]:
        hits = ((path, self._index(facet_of(path)).get(way)) for path in paths)
        return tuple(Landing(path, term) for path, term in hits if term) if way else ()

    def _index(self, facet: str) -> dict[str, str]:
        """Return a facet's terms by every name; a label goes before an alias, and an alias before an id."""
        if facet not in self._facets:
            known = self.vocabulary.facets[facet].terms if facet in self.vocabulary.facets else ()
            terms = [term for term in known if term.id not in MOVED]
            names = [
                *((term.id.rpartition(".")[2], term.id) for term in terms),
                *((alias, term.id) for term in terms for alias in term.aliases),
                *((term.label, term.id) for term in terms),
            ]
            self._facets[facet] = {fold(name): term for name, term in names}
        return self._facets[facet]

    @cached_property
    def _values(self) -> dict[str, dict[str, tuple[Landing, ...]]]:
        return {
            field: {fold(value): tuple(Landing(*one) for one in landings) for value, landings in values.items()}
            for field, values in self.crosswalk.values.items()
        }

    @cached_property
    def _leading(self) -> list[str]:
        return sorted({fold(one) for one in self.crosswalk.leading}, key=len, reverse=True)

    @cached_property
    def _trailing(self) -> list[str]:
        return sorted({fold(one) for one in self.crosswalk.trailing}, key=len, reverse=True)


def _likewise(landing: Landing, paths: tuple[str, ...]) -> Iterator[Landing]:
    """Yield the other paths of a field that take the same facet."""
    facet = facet_of(landing.path)
    for path in paths:
        if facet and path != landing.path and facet_of(path) == facet:
            yield Landing(path, landing.item)


def _beside(landings: tuple[Landing, ...], others: tuple[Landing, ...]) -> bool:
    """Tell whether a fact answers another question than one before it, or stands beside it in a list."""
    first, other = landings[0], others[0]
    if facet_of(first.path) != facet_of(other.path):
        return True
    return first.item != other.item and kind_of(first.path) == "picks"


def _number(value: str, path: str) -> tuple[Landing, str] | None:
    """Read "85mm" for a path in millimetres; return the number and the words around it."""
    between = limits(path)
    found = re.search(NUMBER + rf"\s*{re.escape(extra(path)['unit'])}\b", value) if between else None
    if not between or not found or not between[0] <= float(found[1]) <= between[1]:
        return None
    return Landing(path, float(found[1])), value[: found.start()] + value[found.end() :]
