"""The cuts of a film: its shots in a row, what does not go on from one to the next, and what is done about it."""

from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Any, NamedTuple

from app.errors import ConflictError, UnknownNameError
from app.library import Library
from app.library.history import plain
from app.lint import check_cut, cuts
from app.patch import Json, merge
from app.pipeline import check_cuts
from app.resolve import Resolved, resolve
from app.schema import Finding, read_data
from app.schema.checks import Checks
from app.schema.documents import Draft, Project
from app.vocab import vocabulary


class Frame(NamedTuple):
    """A shot in the row, and what does not go on from the one before; None where it begins a scene, or has none."""

    draft: Draft
    resolved: Resolved
    findings: list[Finding] | None


class Run(NamedTuple):
    """Neighbouring shots of one scene, or of none; `scene` is its number."""

    scene: str
    frames: list[Frame]


class Splice(NamedTuple):
    """Two frames between which something does not go on."""

    before: Frame
    after: Frame


class Left(NamedTuple):
    """A check that is left out: its code, where and why. `shot` is None for the whole film."""

    code: str
    summary: str
    reason: str
    shot: Draft | None
    path: str = ""


def frames(library: Library, project: Project) -> list[Frame]:
    """Return a film's shots in their order, each with what does not go on from the one before."""
    drafts = library.shots(project.id)
    shots = [resolve(draft.shot, vocabulary()) for draft in drafts]
    found = check_cuts(shots, [draft.scene for draft in drafts], vocabulary(), project.checks)
    return [Frame(draft, shot, found.get(at)) for at, (draft, shot) in enumerate(zip(drafts, shots, strict=True))]


def from_before(library: Library, name: str, resolved: Resolved, checks: Checks) -> tuple[Finding, ...]:
    """Return what does not go on from the shot before to a shot as it stands in somebody's window."""
    before = library.before(name) if name else None
    return tuple(check_cut(resolve(before.shot, vocabulary()), resolved, checks)) if before else ()


def runs(row: list[Frame]) -> list[Run]:
    """Return a row of shots scene by scene."""
    return [Run(scene, list(some)) for scene, some in groupby(row, lambda one: one.draft.scene)]


def splices(row: list[Frame]) -> list[Splice]:
    """Return the cuts that do not hold."""
    return [Splice(before, after) for before, after in pairwise(row) if after.findings]


def left(row: list[Frame], project: Project) -> list[Left]:
    """Return what of a film's cuts is left as it is, with the reasons."""
    return [*_left(row), *(_of(code, reason, None) for code, reason in project.checks.silence.items() if code in cuts)]


def mend(library: Library, name: str, version: int, fix: Json) -> Draft:
    """Take a fix of a cut on its later shot: one new version; what it was before is kept in its history.

    Raises ConflictError when the cut offers that fix no more, or the shot was saved meanwhile.
    """
    frame = _frame(library, name)
    if fix not in [one.fix for one in frame.findings or ()]:
        raise ConflictError("This cut is not as it was shown any more.", hint="Reload the page, and look again.")
    if frame.draft.version == version:
        library.freeze(name)
    return _save(library, frame.draft, version, fix)


def leave(library: Library, name: str, version: int, found: tuple[str, str], reason: str) -> Draft:
    """Leave a finding of a cut, by its code and path, as it is: the reason stands on the later shot."""
    code, path = found
    return _save(library, library.shot(name), version, {"marks": {path: {"silence": {_known(code): reason}}}})


def look_again(library: Library, name: str, version: int, found: tuple[str, str]) -> Draft:
    """Ask a check again that was left out on a shot."""
    code, path = found
    draft = library.shot(name)
    mark = draft.shot.marks.get(path)
    said = mark.model_dump(exclude_defaults=True) if mark else {}
    last = list(said) == ["silence"] and list(said["silence"]) == [code]
    return _save(library, draft, version, {"marks": {path: None if last else {"silence": {_known(code): None}}}})


def leave_in_film(library: Library, project: Project, code: str, reason: str) -> None:
    """Leave a check out in a whole film, with a reason; with none ask it again."""
    kept = {name: why for name, why in project.checks.silence.items() if name != code}
    silence = {**kept, _known(code): reason} if reason else kept
    library.set_checks(project.id, project.checks.model_copy(update={"silence": silence}))


def _frame(library: Library, name: str) -> Frame:
    project = library.project(library.shot(name).project_id)
    return next(one for one in frames(library, project) if one.draft.id == name)


def _save(library: Library, draft: Draft, version: int, patch: dict[str, Any]) -> Draft:
    return library.save(draft.id, version, read_data(merge(plain(draft.shot), patch)), draft.target)


def _known(code: str) -> str:
    if code not in cuts:
        raise UnknownNameError("check of a cut", code, cuts)
    return code


def _left(row: list[Frame]) -> Iterator[Left]:
    for frame in row:
        for path, mark in frame.draft.shot.marks.items():
            yield from (_of(code, why, frame.draft, path) for code, why in mark.silence.items() if code in cuts)


def _of(code: str, reason: str, shot: Draft | None, path: str = "") -> Left:
    return Left(code, cuts[code].summary, reason, shot, path)
