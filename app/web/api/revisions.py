"""Revisions: states of a shot that never change, named and brought back."""

from typing import Annotated

from fastapi import Path

from app.schema.documents import Draft, Revision
from app.web.api._forms import MOST_NUMBER, Given, Line, RevisionKept, ShotId, ShotKept, door, problems
from app.web.given import DeskGiven

router = door("revisions")

Which = Annotated[int, Path(ge=1, le=MOST_NUMBER, description="The number of a revision, counted for each shot.")]


class RevisionName(Given):
    """What a revision is called; empty for no name."""

    name: Line = ""


@router.get("/shots/{shot}/revisions", response_model=list[RevisionKept])
def list_revisions(shot: ShotId, desk: DeskGiven) -> list[Revision]:
    """List the revisions of a shot, the oldest first."""
    return desk.library.history.of(desk.library.shot(shot).id)


@router.post("/shots/{shot}/revisions", status_code=201, response_model=RevisionKept)
def freeze_shot(shot: ShotId, named: RevisionName, desk: DeskGiven) -> Revision:
    """Freeze a shot as it was last saved; where it stood so before, that revision is returned."""
    frozen = desk.library.freeze(shot)
    return desk.library.history.name(shot, frozen.number, named.name) if named.name else frozen


@router.get("/shots/{shot}/revisions/{number}", response_model=RevisionKept)
def get_revision(shot: ShotId, number: Which, desk: DeskGiven) -> Revision:
    """Return a revision."""
    return desk.library.history.get(shot, number)


@router.patch("/shots/{shot}/revisions/{number}", response_model=RevisionKept)
def name_revision(shot: ShotId, number: Which, named: RevisionName, desk: DeskGiven) -> Revision:
    """Name a revision, or take its name away."""
    return desk.library.history.name(shot, number, named.name)


@router.post("/shots/{shot}/revisions/{number}/restoration", responses=problems(409), response_model=ShotKept)
def restore_revision(shot: ShotId, number: Which, desk: DeskGiven) -> Draft:
    """Make a shot what it was at a revision; what it was until now is kept as a revision."""
    return desk.library.restore(shot, number)
