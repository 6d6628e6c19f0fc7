"""The library: parts of shots, and prompts, that are kept to be used again."""

from typing import Annotated, Any

from fastapi import Path, Query
from pydantic import BaseModel, Field

from app.library.presets import of_prompt, of_shot
from app.resolve.parts import PARTS
from app.resolve.presets import KINDS, applied
from app.schema.checks import EVERYTHING
from app.schema.documents import Draft, Preset
from app.web import shelf
from app.web.api._forms import Given, Id, Line, Patch, ShotGiven, ShotKept, Words, door, problems
from app.web.given import DeskGiven, compile_edit

router = door("library")

PresetId = Annotated[Id, Path(description="The id of a preset.")]
Kind = Annotated[Id, Field(description=f"One of {', '.join(KINDS)}.")]
PartName = Annotated[Id, Field(description=f"One of {', '.join(PARTS)}.")]


class NewPreset(Given):
    """A part of a shot to keep: whose (`of`), or which (`parts` of a look); for one film, or for all."""

    shot: ShotGiven
    kind: Kind
    name: Line
    of: Line = ""
    parts: Annotated[list[PartName], Field(min_length=1, max_length=len(PARTS))] = ["look"]
    film: Id | None = None
    replace: bool = False
    """Whether it takes the place of one that has this name already."""
    target: Id = "uni-1"
    """What a prompt that is kept is written for."""


class PresetWords(Given):
    """What changes of a preset; what is left out stays."""

    name: Line | None = None
    note: Words | None = None
    released: bool | None = None
    """Whether a person released their likeness; null where nobody said."""
    rights: Words | None = None


class PutOn(Given):
    """The shot that a preset is put on."""

    shot: ShotGiven


class Applied(BaseModel):
    """What a preset changes of a shot, as a patch and in words."""

    patch: Patch
    steps: list[str]


class IntoFilm(Given):
    """The film at whose end a shot is begun."""

    film: Id


@router.get("/presets", responses=problems(404))
def list_presets(
    desk: DeskGiven, film: Annotated[Id | None, Query(description="Only those that this film can use.")] = None
) -> list[Preset]:
    """List what is kept."""
    return desk.library.presets.all(desk.library.project(film).id if film else None)


@router.post("/presets", status_code=201, responses=problems(409))
def keep_preset(new: NewPreset, desk: DeskGiven) -> Preset:
    """Keep a part of a shot, or its prompt."""
    made = (
        of_prompt(compile_edit(new.shot, new.target, "compiled", EVERYTHING).text, new.target, new.name)
        if new.kind == "prompt"
        else of_shot(new.shot, new.kind, new.name, new.of, new.parts)
    )
    if new.film:
        made = made.model_copy(update={"project_id": desk.library.project(new.film).id})
    return desk.library.presets.keep(made, replace=new.replace)


@router.get("/presets/{preset}")
def get_preset(preset: PresetId, desk: DeskGiven) -> Preset:
    """Return a preset."""
    return desk.library.presets.get(preset)


@router.patch("/presets/{preset}", responses=problems(409))
def change_preset(preset: PresetId, words: PresetWords, desk: DeskGiven) -> Preset:
    """Say the name, the note or the rights of a preset anew."""
    said: dict[str, Any] = words.model_dump(exclude_unset=True)
    cleared = {key: value for key, value in said.items() if value is not None or key == "released"}
    return desk.library.presets.say(preset, **cleared)


@router.delete("/presets/{preset}", status_code=204)
def remove_preset(preset: PresetId, desk: DeskGiven) -> None:
    """Take a preset out of the library; what was made with it stays."""
    desk.library.presets.remove(preset)


@router.post("/presets/{preset}/preview")
def preview_preset(preset: PresetId, on: PutOn, desk: DeskGiven) -> Applied:
    """Tell what a preset would change of a shot; nothing is kept."""
    found = desk.library.presets.get(preset)
    patch = applied(on.shot, found.kind, found.patch)
    steps = [f"{one.field}: {one.was} → {one.now}" for one in shelf.steps(on.shot, patch)]
    return Applied(patch=patch, steps=steps)


@router.post("/presets/{preset}/shots", status_code=201, response_model=ShotKept)
def begin_shot(preset: PresetId, into: IntoFilm, desk: DeskGiven) -> Draft:
    """Begin a shot from a preset at the end of a film."""
    found, project = desk.library.presets.get(preset), desk.library.project(into.film)
    shot, target = shelf.begun(found)
    return desk.library.add_shot(project.id, "", found.name, shot, target)
