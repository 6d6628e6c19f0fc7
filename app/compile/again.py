"""Lowers a shot again and again while it is edited: only the departments whose paths changed are asked anew.

Which paths a department asks for is not declared anywhere: it is watched while the department works.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, compress, zip_longest
from operator import ne
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


class Watched:
    """The values or the said paths of a shot, noting each path that somebody asks for, whether it is there or not."""

    def __init__(self, given: Any) -> None:
        """Begin with nothing asked."""
        self._given = given
        self.asked: set[str] = set()

    def get(self, path: str) -> Known | None:
        """Return a value, as a dictionary does."""
        self.asked.add(path)
        found: Known | None = self._given.get(path)
        return found

    def __getitem__(self, path: str) -> Known:
        self.asked.add(path)
        found: Known = self._given[path]
        return found

    def __contains__(self, path: str) -> bool:
        self.asked.add(path)
        return path in self._given


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
        self._asked: list[set[str]] = []
        self._clauses: list[list[Clause]] = []

    def lower(self, resolved: Resolved) -> Brief:
        """Return the same brief as `lower`; clauses that an edit left as they were are the same objects."""
        structure = _structure(resolved)
        changed = self._changed(resolved.values) if structure == self._structure else None
        if changed is None:
            self._parts = [part for one in self._departments for part in _parts(one, resolved)]
            self._asked, self._clauses = [set() for _ in self._parts], [[] for _ in self._parts]
            stale = list(range(len(self._parts)))
        else:
            stale = [number for number, asked in enumerate(self._asked) if not asked.isdisjoint(changed)]
        self._ask(stale, resolved)
        self._values, self._structure = resolved.values, structure
        return Brief(
            list(chain.from_iterable(self._clauses)),
            self._excluded(resolved),
            list(self._pictures(resolved)),
        )

    def _changed(self, values: dict[str, Known]) -> set[str]:
        """Return the paths whose values differ from the last ones, came or went."""
        before = self._values
        if list(before) == list(values):  # as after most edits
            return set(compress(values, map(ne, values.values(), before.values())))
        found = {path for path, known in values.items() if before.get(path) != known}
        return found.union(before.keys() - values.keys())

    def _ask(self, numbers: list[int], resolved: Resolved) -> None:
        """Let some departments work, and watch which paths each asks for; a clause that they lower alike stays."""
        values, said = resolved.values, resolved.said
        watched: Any = Watched(values)
        paths: Any = Watched(said)
        resolved.values, resolved.said = watched, paths
        try:
            for number in numbers:
                watched.asked = paths.asked = self._asked[number] = set()
                heard = self._heard(self._parts[number], resolved)
                self._clauses[number] = [
                    before if before == now else now
                    for before, now in zip_longest(self._clauses[number], heard)
                    if now is not None
                ]
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
