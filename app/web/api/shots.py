"""Shots: written, saved over the version that was read, patched, copied, put in order, covered."""

from typing import Annotated

from fastapi import Body, Query
from pydantic import BaseModel, Field

from app.errors import BadInputError
from app.patch import Json, merge
from app.schema import Shot, read_data
from app.schema.documents import Draft
from app.schema.slates import setups_after
from app.vocab import vocabulary
from app.web.api._forms import Film, Given, Id, Line, Number, Patch, ShotGiven, ShotId, ShotKept, door, problems
from app.web.covering import covered
from app.web.given import DeskGiven

router = door("shots")

Version = Annotated[Number, Query(description="The version that was read.")]
Target = Annotated[Id | None, Query(description="The model that it is written for from now on; left out, it stays.")]


class NewShot(Given):
    """A shot to add at the end of a film. What it does not say, it says as its film and its scene do."""

    name: Line
    slate: Line = ""
    shot: ShotGiven = Shot()
    target: Id = "uni-1"


class ShotSave(Given):
    """A shot, and the version that it was made over."""

    shot: ShotGiven
    version: Number
    target: Id


class ShotPlace(Given):
    """The shot before which this one goes; null for the end."""

    before: Id | None = None


class Setup(BaseModel):
    """A set-up that covers a scene: the patch on this shot that makes it, and what that had to settle."""

    id: str
    label: str
    patch: Patch
    notes: tuple[str, ...]


class Chosen(Given):
    """Set-ups, by their ids."""

    setups: Annotated[list[Id], Field(min_length=1, max_length=40)]


@router.get("/films/{film}/shots", response_model=list[ShotKept])
def list_shots(film: Film, desk: DeskGiven) -> list[Draft]:
    """List the shots of a film in their order."""
    return desk.library.shots(desk.library.project(film).id)


@router.post("/films/{film}/shots", status_code=201, response_model=ShotKept)
def create_shot(film: Film, new: NewShot, desk: DeskGiven) -> Draft:
    """Add a shot at the end of a film."""
    project, target = desk.library.project(film), vocabulary().target(new.target)
    return desk.library.add_shot(project.id, new.slate, new.name, new.shot, target.id)


@router.get("/shots/{shot}", response_model=ShotKept)
def get_shot(shot: ShotId, desk: DeskGiven) -> Draft:
    """Return a shot as it was last saved."""
    return desk.library.shot(shot)


@router.put("/shots/{shot}", responses=problems(409), response_model=ShotKept)
def save_shot(shot: ShotId, save: ShotSave, desk: DeskGiven) -> Draft:
    """Save a shot over the version that was read; refused where somebody saved something else meanwhile."""
    return desk.library.save(shot, save.version, save.shot, vocabulary().target(save.target).id)


@router.patch("/shots/{shot}", responses=problems(409), response_model=ShotKept)
def patch_shot(
    shot: ShotId,
    patch: Annotated[Json, Body(media_type="application/merge-patch+json", description="A JSON Merge Patch.")],
    version: Version,
    desk: DeskGiven,
    target: Target = None,
) -> Draft:
    """Change some fields of a shot by a JSON Merge Patch (RFC 7386): null clears a field, a list is replaced whole."""
    draft = desk.library.shot(shot)
    document = draft.shot.model_dump(mode="json", exclude_defaults=True)
    changed = read_data(merge(document, patch), strict=True)
    return desk.library.save(shot, version, changed, vocabulary().target(target or draft.target).id)


@router.post("/shots/{shot}/duplicates", status_code=201, response_model=ShotKept)
def duplicate_shot(shot: ShotId, desk: DeskGiven) -> Draft:
    """Copy a shot to the end of its film; its takes stay with the first."""
    draft = desk.library.shot(shot)
    return desk.library.add_like(shot, f"{draft.name}, copy", draft.shot, draft.target)


@router.put("/shots/{shot}/place", response_model=list[ShotKept])
def move_shot(shot: ShotId, place: ShotPlace, desk: DeskGiven) -> list[Draft]:
    """Put a shot before another one of its film, or at the end; return the film's shots in their new order."""
    desk.library.move_shot(shot, place.before)
    return desk.library.shots(desk.library.shot(shot).project_id)


@router.get("/shots/{shot}/coverage")
def list_setups(shot: ShotId, desk: DeskGiven) -> list[Setup]:
    """Propose the set-ups that cover a shot of one or two people, with its light left where it stands."""
    return [Setup(**setup._asdict()) for setup, _, _ in covered(desk.library.shot(shot))]


@router.post("/shots/{shot}/coverage", status_code=201, response_model=list[ShotKept])
def cover_shot(shot: ShotId, chosen: Chosen, desk: DeskGiven) -> list[Draft]:
    """Add set-ups as shots right behind this one."""
    draft = desk.library.shot(shot)
    found = {setup.id: (setup, made) for setup, made, _ in covered(draft)}
    if unknown := [one for one in chosen.setups if one not in found]:
        hint = f"There are: {', '.join(found) or 'none'}."
        raise BadInputError(f"{unknown[0]} is no set-up of this shot.", hint=hint)
    free = setups_after(draft.slate, [one.slate for one in desk.library.shots(draft.project_id)])
    wanted = [found[one] for one in dict.fromkeys(chosen.setups)]
    named = [(slate, setup.label[:120], made) for slate, (setup, made) in zip(free, wanted, strict=False)]
    return desk.library.add_shots_after(shot, named)
