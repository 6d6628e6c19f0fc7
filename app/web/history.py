"""The page of a shot's history: its line as a tree, what differs between two states, since when a field is so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from app.compile.differences import Difference, differences, lowered, named, sentence, worded
from app.errors import BadInputError
from app.library import Library
from app.library.history import since
from app.pipeline import compile_shot
from app.resolve import Resolved, resolve
from app.schema import Shot
from app.schema.documents import Draft, Revision, Take
from app.views import controls
from app.vocab import Target, vocabulary
from app.web.rewriting import Run, changes

DRAFT = "draft"
"""What the draft is called where revisions have a number."""

LANES = 8
"""Branches beyond so many are drawn in the last lane."""

BY = " × "
"""Stands between the fields of a test, and between their values."""

SHOWN = 4
"""So many pictures of a revision are shown in its row."""


class State(NamedTuple):
    """The shot as it stands, or stood at a revision. `parent` is the number of the one that it came from."""

    at: str
    shot: Shot
    parent: int | None
    author: str
    made: datetime | None = None
    name: str = ""
    label: str = ""
    """What a layer of its own changes, of a revision in a test or a chain: `camera.focal_mm = 35.0`."""

    @property
    def values(self) -> str:
        """What a test tries here, in words: `35 mm`."""
        resolved = _resolved(self.shot)
        return BY.join(worded(resolved, path, resolved.value(path)) for path in _path(self).split(BY))

    @property
    def tried(self) -> str:
        """What its own layer changes, as a person says it; empty where it has none."""
        return self.values if " = " in self.label else self.label

    @property
    def title(self) -> str:
        """What it is called on the page."""
        called = "Draft" if self.at == DRAFT else f"Revision {self.at}"
        return f"{called}, {self.name}" if self.name else called


@dataclass
class Row:
    """A row of the tree: a state, or the states of a test, which differ in nothing but one field or two."""

    states: list[State]
    takes: list[Take] = field(default_factory=list)
    told: str = ""
    lane: int = 0
    up: bool = False
    through: frozenset[int] = frozenset()
    joins: frozenset[int] = frozenset()
    """Lanes that end here: branches which came from this row."""

    @property
    def first(self) -> State:
        """The state that stands for the row."""
        return self.states[0]

    @property
    def shown(self) -> list[Take]:
        """Its newest pictures."""
        return [one for one in self.takes if one.picture][:SHOWN]

    @property
    def batch(self) -> str:
        """The batch whose test it is, or empty."""
        return next((one.batch_id for one in self.takes if one.batch_id), "") if len(self.states) > 1 else ""

    @property
    def lanes(self) -> list[str]:
        """How each lane is drawn beside the row, from the left: in words that the style sheet knows."""
        last = max([self.lane, *self.through, *self.joins])
        return [self._drawn(at) for at in range(last + 1)]

    def _drawn(self, at: int) -> str:
        words = ["through"] if at in self.through else []
        if at == self.lane:
            words += ["node", *(["up"] if self.up else []), *(["down"] if self.first.parent is not None else [])]
        if at in self.joins:
            words.append("up")
        if self.joins and self.lane < at <= max(self.joins):
            words.append("across")
        if self.joins and self.lane <= at < max(self.joins):
            words.append("onwards")
        return " ".join(f"is-{one}" for one in words)


def states(library: Library, draft: Draft) -> list[State]:
    """Return all states of a shot, the newest first; the draft leads them where it is no revision."""
    found = [_state(one) for one in library.history.of(draft.id)]
    if not any(one.at == str(draft.base) and one.shot == draft.shot for one in found):
        found.append(State(DRAFT, draft.shot, draft.base, draft.author))
    return found[::-1]


def _state(one: Revision) -> State:
    label = str(one.layers[-1]["name"]) if len(one.layers) > 1 else ""
    return State(str(one.number), one.shot, one.parent, one.author, one.made, one.name, label)


def current(some: Sequence[State], draft: Draft) -> State:
    """Return the state in which the draft stands."""
    return some[0] if some[0].at == DRAFT else chosen(some, str(draft.base))


def chosen(some: Sequence[State], at: str) -> State:
    """Return the state of that name. Raises BadInputError where there is none."""
    found = next((one for one in some if one.at == at), None)
    if found is None:
        raise BadInputError(f"This shot has no revision {at[:20]!r}.", hint=f"It has {len(some)}: choose one of them.")
    return found


def tree(some: Sequence[State], takes: Iterable[Take], most: int | None = None) -> list[Row]:
    """Return the rows of the tree, the newest first, with the lanes in which they are drawn: of so many states."""
    by_revision: dict[str, list[Take]] = {}
    for take in takes:
        by_revision.setdefault(str(take.revision), []).append(take)
    rows = _grouped(some[:most])
    by_name = {one.at: one for one in some}
    for row in rows:
        row.takes = [take for one in row.states for take in by_revision.get(one.at, [])]
        row.told = _told(row, by_name)
    _put_in_lanes(rows)
    return rows


def _grouped(some: Sequence[State]) -> list[Row]:
    """Put the states of a test in one row: those that stand together, came from one state, and led to no other."""
    led = {one.parent for one in some}
    rows: list[Row] = []
    for one in some:
        last = rows[-1].first if rows else None
        tests = [state for state in (one, last) if state and state.label and not _is_parent(state, led)]
        if last and len(tests) > 1 and last.parent == one.parent and _path(last) == _path(one):
            rows[-1].states.append(one)
        else:
            rows.append(Row([one]))
    return rows


def _is_parent(state: State, led: set[int | None]) -> bool:
    return state.at != DRAFT and int(state.at) in led


def _path(state: State) -> str:
    return state.label.partition(" = ")[0]


def _told(row: Row, by_name: dict[str, State]) -> str:
    parent = by_name.get(str(row.first.parent))
    if parent is None:
        return "Where the line begins."
    if len(row.states) > 1:
        return f"A test over {' and '.join(lowered(named(path)) for path in _path(row.first).split(BY))}."
    return sentence(differences(_resolved(parent.shot), _resolved(row.first.shot))) or "Nothing changed."


def _put_in_lanes(rows: Iterable[Row]) -> None:
    """Give each row a lane: it goes on down to what it came from; branches end where they began."""
    waiting: list[str | None] = []
    for row in rows:
        names = {one.at for one in row.states}
        mine = [lane for lane, name in enumerate(waiting) if name in names]
        free = next((lane for lane, name in enumerate(waiting) if name is None), len(waiting))
        row.lane, row.up = (mine[0], True) if mine else (free, False)
        for lane in mine:
            waiting[lane] = None
        row.through = frozenset(min(lane, LANES - 1) for lane, name in enumerate(waiting) if name is not None)
        row.joins = frozenset(min(lane, LANES - 1) for lane in mine[1:])
        waiting += [None] * (row.lane + 1 - len(waiting))
        waiting[row.lane] = None if row.first.parent is None else str(row.first.parent)
        row.lane = min(row.lane, LANES - 1)


class Comparison(NamedTuple):
    """What differs between two states: by department, in one line, and in the prompts for a target."""

    before: State
    after: State
    target: Target
    departments: list[tuple[str, list[Difference]]]
    told: str
    prompts: list[Run]


def compared(before: State, after: State, target: Target) -> Comparison:
    """Set two states against each other."""
    found = differences(_resolved(before.shot), _resolved(after.shot))
    worded_apart = prompts(before.shot, after.shot, target)
    return Comparison(before, after, target, by_department(found), sentence(found), worded_apart)


def by_department(found: Iterable[Difference]) -> list[tuple[str, list[Difference]]]:
    """Return differences by department, in the order of the shot page."""
    held: dict[str, list[Difference]] = {one.label: [] for one in controls.DEPARTMENTS}
    for one in found:
        held[controls.department_of(one.path).label].append(one)
    return [(label, some) for label, some in held.items() if some]


def prompts(before: Shot, after: Shot, target: Target) -> list[Run]:
    """Return how the prompt changes from one shot to another, word by word; nothing where it stays."""
    was, now = (_written(one, target) for one in (before, after))
    return changes(was, now) if was != now else []


def _written(shot: Shot, target: Target) -> str:
    compiled = compile_shot(shot, target, vocabulary())
    return f"{compiled.text} Negative: {compiled.negative_text}" if compiled.negative else compiled.text


class Since(NamedTuple):
    """A field, what it says, and the state since which it says so."""

    path: str
    field: str
    value: str
    state: State


def blame(some: Sequence[State], state: State) -> list[tuple[str, list[Since]]]:
    """Return for each field that a state says since when it says so, by department."""
    came = line(some, state)
    resolved = _resolved(state.shot)
    stood = since([one.shot for one in came])
    held: dict[str, list[Since]] = {one.label: [] for one in controls.DEPARTMENTS}
    for path, at in stood.items():
        told = Since(path, named(path), worded(resolved, path, resolved.value(path)), came[at])
        held[controls.department_of(path).label].append(told)
    return [(label, rows) for label, rows in held.items() if rows]


def line(some: Sequence[State], state: State) -> list[State]:
    """Return a state with all that it came from, the oldest first."""
    by_name = {one.at: one for one in some}
    found = [state]
    while parent := by_name.get(str(found[-1].parent)):
        found.append(parent)
    return found[::-1]


def _resolved(shot: Shot) -> Resolved:
    return resolve(shot, vocabulary())
