"""How much of a shot comes back from the prompt that was written of it: recall and precision, field by field.

Ids of maps may differ between a shot and its reading, so the entries of a map are compared by their order.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from app.parse import parse
from app.pipeline import compile_shot
from app.schema import Shot
from app.schema.facets import pattern, picked_at
from app.schema.paths import leaves
from app.vocab import Target, Vocabulary

MAPS = ("subjects", "lights", "beats", "references")

Item = tuple[str, str]
"""A path with the places of its ids for the ids, and the term that stands there."""


class Row(NamedTuple):
    """One vocabulary field: how often it was said, how often it came back, and how often it was read and not said."""

    field: str
    said: int
    back: int
    more: int

    @property
    def recall(self) -> float:
        """The share of what was said that came back."""
        return self.back / self.said if self.said else 1.0

    @property
    def precision(self) -> float:
        """The share of what was read that had been said."""
        return self.back / (self.back + self.more) if self.back + self.more else 1.0


def recall(shots: Iterable[Shot], target: Target, vocabulary: Vocabulary) -> list[Row]:
    """Compile every shot for a target, read each prompt back, and count by vocabulary field."""
    said, back, more = Counter[str](), Counter[str](), Counter[str]()
    for shot in shots:
        want, got = round_trip(shot, target, vocabulary)
        said.update(pattern_of(path) for path, _ in want)
        back.update(pattern_of(path) for path, _ in want & got)
        more.update(pattern_of(path) for path, _ in got - want)
    return [Row(name, said[name], back[name], more[name]) for name in sorted(said | more)]


def round_trip(shot: Shot, target: Target, vocabulary: Vocabulary) -> tuple[set[Item], set[Item]]:
    """Return the terms of a shot that its prompt for a target carries, and those that are read from that prompt."""
    compiled = compile_shot(shot, target, vocabulary)
    lost = {path for loss in compiled.losses for path in loss.paths}
    left = {path for path, mark in shot.marks.items() if mark.leave}
    params = {path for one in compiled.params.values() for path in one.paths}
    written = {path for segment in (*compiled.segments, *compiled.negative) for path in segment.paths}
    unheard = lost | left | (params - written)
    want = set(_items(shot, unheard, vocabulary))
    return want, set(_items(parse(compiled.text, vocabulary).shot, set(), vocabulary))


def _items(shot: Shot, without: set[str], vocabulary: Vocabulary) -> Iterable[Item]:
    order = _order(shot)
    for path, value in leaves(shot).items():
        if pattern(path) in picked_at() and not _is_below(path, without):
            for one in value if isinstance(value, tuple | list) else [value]:
                if isinstance(one, str) and one in vocabulary.terms:
                    yield _by_place(path, order), one


def _is_below(path: str, others: set[str]) -> bool:
    keys = path.split(".")
    return any(".".join(keys[:count]) in others for count in range(1, len(keys) + 1))


def _order(shot: Shot) -> dict[tuple[str, str], str]:
    found = {}
    for name in MAPS:
        entries: dict[str, Any] = getattr(shot, name)
        for place, key in enumerate(sorted(entries, key=lambda one: entries[one].slot)):
            found[name, key] = str(place)
    return found


def _by_place(path: str, order: dict[tuple[str, str], str]) -> str:
    keys = path.split(".")
    if keys[0] in MAPS:
        keys[1] = order.get((keys[0], keys[1]), keys[1])
    if len(keys) > 3 and keys[2] in {"action", "delivery", "says"}:
        keys[3] = order.get(("subjects", keys[3]), keys[3])
    if len(keys) > 3 and keys[2] == "moves":
        keys[3] = "*"
    return ".".join(keys)


def pattern_of(path: str) -> str:
    """Return a path by place with `*` for each place."""
    return ".".join("*" if key.isdigit() else key for key in path.split("."))
