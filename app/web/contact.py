"""The contact sheet of a batch: its takes by what varies among them, and what stayed the same."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from app.backends import backends
from app.compile.differences import as_said, lowered, named, worded
from app.jobs import Desk
from app.resolve import Resolved, resolve
from app.schema import read_data
from app.schema.documents import ENDED, Draft, Take
from app.schema.paths import walk
from app.vocab import vocabulary

MOST_AXES = 2
ACROSS = 6
"""So many pictures stand in a line that belongs to no axis."""

ALIKE = ("revision", "target", "backend", "prompt", "params")
"""What a take has in common with one that was made anew."""


class Axis(NamedTuple):
    """A field that varies, and its values in words, in the order in which they were ordered."""

    path: str
    title: str
    values: list[str]


class Cell(NamedTuple):
    """A place on the sheet: the take there, if any, and its label where no axis says it."""

    take: Take | None
    label: str = ""


@dataclass(frozen=True)
class Contact:
    """A sheet. `rows` is the field that varies from row to row, `columns` the one that varies along a row.

    With one field only there are no `rows`, and the line may be broken. `lines` are as they are printed; `stayed` says
    what is the same in all takes, and what a target cannot hold.
    """

    batch: str
    name: str
    film: str
    shot: str
    written_for: str
    shot_on: str
    date: str
    rows: Axis | None
    columns: Axis | None
    lines: list[list[Cell]]
    stayed: str
    is_open: bool


class Found(NamedTuple):
    """A take of a batch with the shot that made it."""

    take: Take
    draft: Draft
    resolved: Resolved
    said: dict[str, Any]


def contact(desk: Desk, name: str) -> Contact:
    """Return the sheet of a batch as it stands. Raises UnknownNameError where there is none of that name."""
    batch = desk.library.batches.get(name)
    found = _found(desk, name)
    varied = _varied(found)
    axes = [_axis(path, found) for path in varied]
    whole = len({one.draft.id for one in found}) == 1 and 0 < len(axes) <= MOST_AXES
    grid = _grid(varied, found) if whole else None
    rows, columns = (axes[0], axes[1]) if grid and len(axes) > 1 else (None, axes[0] if grid else None)
    first = found[0]
    kinds = list(dict.fromkeys(vocabulary().target(one.take.target).label for one in found))
    at = desk.connections.named().get(first.take.backend)
    day = batch.made.astimezone()
    return Contact(
        batch=batch.id,
        name=batch.name,
        film=desk.library.project(batch.project_id).name,
        shot=f"{first.draft.slate} {first.draft.name}".strip() if whole or not varied else "",
        written_for=", ".join(kinds),
        shot_on=at.label if at else first.take.backend,
        date=f"{day.day} {day:%B %Y}",
        rows=rows,
        columns=columns,
        lines=grid or _broken([Cell(one.take, _label(one, varied)) for one in found]),
        stayed=_stayed(desk, found, axes if grid else []),
        is_open=any(one.take.state not in ENDED for one in found),
    )


def _found(desk: Desk, name: str) -> list[Found]:
    """Return a batch's takes in the order in which they were numbered; one that was made anew stands for the first."""
    found = []
    takes = [desk.library.takes.get(one) for one in desk.library.batches.takes(name)]
    drafts = {shot: desk.library.shot(shot) for shot in {take.shot_id for take in takes}}
    missed = {take.shot_id for take in takes if take.state in ENDED and not take.picture}
    made = {shot: desk.library.takes.of_shot(shot) for shot in missed}
    for take in sorted(takes, key=lambda one: (drafts[one.shot_id].place, one.number)):
        shot = read_data(desk.library.takes.document(take.id))
        shown = take if take.picture else _again(take, made.get(take.shot_id, ()))
        found.append(Found(shown, drafts[take.shot_id], resolve(shot, vocabulary()), walk(as_said(shot))))
    return found


def _again(take: Take, others: Sequence[Take]) -> Take:
    """Return the newest take that was made like one that has no picture, and has one; else that take itself."""
    later = [one for one in others if one.picture and one.number > take.number]
    return next((one for one in later if all(getattr(one, name) == getattr(take, name) for name in ALIKE)), take)


def _varied(found: Sequence[Found]) -> list[str]:
    """Return the paths at which the shots are not all the same; the one that turns slowest first."""
    paths = dict.fromkeys(path for one in found for path in one.said if not path.startswith("marks."))
    turns = {}
    for path in paths:
        written = [json.dumps(one.said.get(path)) for one in found]
        if len(set(written)) > 1:
            turns[path] = sum(one != other for one, other in pairwise(written))
    return sorted(turns, key=turns.__getitem__)


def _axis(path: str, found: Sequence[Found]) -> Axis:
    values = {json.dumps(one.said.get(path)): _value(one, path) for one in found}
    return Axis(path, named(path), list(values.values()))


def _value(one: Found, path: str) -> str:
    return worded(one.resolved, path, one.said.get(path))


def _grid(varied: Sequence[str], found: Sequence[Found]) -> list[list[Cell]] | None:
    """Return the cells by row and column, or None where the takes make no whole grid. One axis is broken in lines."""
    if len(varied) == 1:
        return _broken([Cell(one.take, _value(one, varied[0])) for one in found])
    keys = [tuple(json.dumps(one.said.get(path)) for path in varied) for one in found]
    rows, columns = (list(dict.fromkeys(key[at] for key in keys)) for at in range(MOST_AXES))
    cells = dict(zip(keys, found, strict=True))
    if len(cells) != len(rows) * len(columns):
        return None
    return [[Cell(cells[row, column].take) for column in columns] for row in rows]


def _broken(cells: list[Cell]) -> list[list[Cell]]:
    return [cells[at : at + ACROSS] for at in range(0, len(cells), ACROSS)]


def _label(one: Found, varied: Sequence[str]) -> str:
    shot = f"{one.draft.slate} {one.draft.name}".strip()
    return f"{shot}, take {one.take.number}" if varied else f"Take {one.take.number}"


def _stayed(desk: Desk, found: Sequence[Found], axes: Sequence[Axis]) -> str:
    if not axes:
        return ""
    take = found[0].take
    fields = " and ".join(lowered(one.title) for one in axes)
    same = f"All takes differ in {fields} and in nothing else."
    seeds = {one.take.params.get("seed") for one in found}
    at = desk.connections.named().get(take.backend)
    kind = backends[at.kind] if at else None
    if kind and not kind.generative:
        return f"{same} {kind.label} draws them, so nothing is left to chance."
    if len(seeds) == 1 and None not in seeds:
        return f"{same} Seed {seeds.pop()} in all."
    label = vocabulary().target(take.target).label
    return f"{same} {label} took no seed here, so each picture is also a new throw of the dice."
