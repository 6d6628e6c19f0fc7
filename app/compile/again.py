"""Lowers a shot again and again while it is edited: only the departments whose paths changed are asked anew.

Which paths a department asks for is not declared anywhere: it is watched while the department works.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from app.compile.brief import Brief, Clause, Fact, Picture
from app.resolve import Known, Resolved
from app.resolve.known import ordered
from app.schema.shot import Beat

Department = Callable[[Resolved], Iterator[Clause]]
"""Lowers one part of a shot."""


@dataclass(frozen=True)
class Each:
    """Lowers the lamps or the subjects one by one, in the order of their slots."""

    of: Literal["lights", "subjects"]
    one: Callable[[Resolved, str], Iterator[Clause]]

    def __call__(self, resolved: Resolved) -> Iterator[Clause]:
        """Yield the clauses of all."""
        for part in self.parts(resolved):
            yield from part(resolved)

    def parts(self, resolved: Resolved) -> list[Department]:
        """Return what lowers each of them alone."""
        names = [name for name, _ in getattr(resolved, self.of)]
        return [lambda given, name=name: self.one(given, name) for name in names]  # type: ignore[misc]


class WatchedValues(dict[str, Known]):
    """The values of a shot, noting each path that somebody asks for, whether it is there or not."""

    asked: set[str]

    def get(self, key: str, default: Any = None) -> Any:
        """Return a value, as a dictionary does."""
        self.asked.add(key)
        return super().get(key, default)

    def __getitem__(self, key: str) -> Known:
        self.asked.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.asked.add(str(key))
        return super().__contains__(key)


class WatchedPaths(frozenset[str]):
    """The said paths, noting each that somebody asks for."""

    asked: set[str]

    def __contains__(self, path: object) -> bool:
        self.asked.add(str(path))
        return super().__contains__(path)


class Lowering:
    """What was lowered last, part by part, with the paths that each asked for."""

    def __init__(
        self,
        departments: tuple[Department, ...],
        heard: Callable[[Department, Resolved], Iterator[Clause]],
        excluded: Callable[[Resolved], list[Fact]],
        pictures: Callable[[Resolved], Iterator[Picture]],
    ) -> None:
        """Begin with nothing lowered."""
        self._departments, self._heard = departments, heard
        self._excluded, self._pictures = excluded, pictures
        self._values: dict[str, Known] = {}
        self._structure: Any = None
        self._parts: list[Department] = []
        self._kept: list[tuple[set[str], list[Clause]]] = []

    def lower(self, resolved: Resolved) -> Brief:
        """Return the same brief as `lower`; clauses of departments that nothing touched are the same objects."""
        structure = _structure(resolved)
        changed = self._changed(resolved.values) if structure == self._structure else None
        if changed is None:
            self._parts = [part for one in self._departments for part in _parts(one, resolved)]
            self._kept = [(set(), []) for _ in self._parts]
            stale = list(range(len(self._parts)))
        else:
            stale = [number for number, (asked, _) in enumerate(self._kept) if not asked.isdisjoint(changed)]
        self._ask(stale, resolved)
        self._values, self._structure = resolved.values, structure
        return Brief(
            [one for _, clauses in self._kept for one in clauses],
            self._excluded(resolved),
            list(self._pictures(resolved)),
        )

    def _changed(self, values: dict[str, Known]) -> set[str]:
        before = self._values
        found = {path for path, known in values.items() if before.get(path) != known}
        return found.union(before.keys() - values.keys())

    def _ask(self, numbers: list[int], resolved: Resolved) -> None:
        """Let some departments work, and watch which paths each asks for."""
        values, said = resolved.values, resolved.said
        watched, paths = WatchedValues(values), WatchedPaths(said)
        resolved.values, resolved.said = watched, paths
        try:
            for number in numbers:
                watched.asked = paths.asked = asked = set[str]()
                self._kept[number] = asked, list(self._heard(self._parts[number], resolved))
        finally:
            resolved.values, resolved.said = values, said


def _parts(department: Department, resolved: Resolved) -> list[Department]:
    return department.parts(resolved) if isinstance(department, Each) else [department]


def _structure(resolved: Resolved) -> Any:
    """Return what a department may see beside values: which entries there are, in which order, and the marks."""
    shot = resolved.shot
    return (
        shot.marks,
        [name for name, _ in resolved.subjects],
        [(name, tuple(one.colours)) for name, one in shot.subjects.items() if one.colours],
        [name for name, _ in resolved.lights],
        [name for name, _ in ordered(shot.references)],
        [_of_a_beat(name, beat) for name, beat in ordered(shot.beats)],
        [(name, one.slot) for name, one in shot.place.lettering.items()] if shot.place else None,
    )


def _of_a_beat(name: str, beat: Beat) -> Any:
    moves = [(move, one.slot) for move, one in beat.moves.items()]
    return (name, moves, list(beat.action), list(beat.says), list(beat.delivery), list(beat.lights))
