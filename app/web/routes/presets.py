"""The library: parts of shots that are kept to be used again, and what they would make of a shot."""

from typing import Annotated

from fastapi import APIRouter, Form
from pydantic import Field
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse

from app.library.presets import of_prompt, of_shot
from app.resolve import resolve
from app.resolve.parts import PARTS
from app.resolve.presets import KINDS, applied
from app.schema import read_data
from app.schema.checks import EVERYTHING
from app.vocab import vocabulary
from app.web import shelf
from app.web.given import Before, DeskGiven, compile_edit
from app.web.pages import page

router = APIRouter()

Name = Annotated[str, Field(max_length=200)]


class Kept(Before):
    """A part of it to keep: whose (`of`), which (`parts` of a look), for its film or for all."""

    kind: Name
    name: Name
    of: Name = ""
    parts: list[Name] = Field(default=["look"], max_length=len(PARTS))
    film: Name = ""
    replace: bool = False
    target: Name = "uni-1"
    """What a prompt that is kept is written for."""


@router.get("/library")
def index(desk: DeskGiven) -> HTMLResponse:
    """Show all that is kept."""
    found = desk.library.presets.all()
    films = {one.id: one for one in desk.library.projects()}
    return page("presets/index.html", groups=shelf.by_kind(found), kinds=KINDS, films=films, shelf=shelf)


@router.get("/shots/{name}/library")
def offered(name: str, desk: DeskGiven) -> HTMLResponse:
    """Offer what can be put on a shot, and what can be kept of it."""
    draft = desk.library.shot(name)
    found = [one for one in desk.library.presets.all(draft.project_id) if one.kind != "prompt"]
    return page(
        "presets/_shelf.html",
        groups=shelf.by_kind(found),
        kinds=KINDS,
        parts=PARTS,
        resolved=resolve(draft.shot, vocabulary()),
        shelf=shelf,
        film=desk.library.project(draft.project_id),
    )


@router.post("/library/{name}/preview")
def preview(name: str, edit: Before, desk: DeskGiven) -> HTMLResponse:
    """Tell what a preset would change of a shot, before it is put on."""
    preset, shot = desk.library.presets.get(name), read_data(edit.shot)
    patch = applied(shot, preset.kind, preset.patch)
    return page("presets/_changes.html", preset=preset, patch=patch, steps=shelf.steps(shot, patch))


@router.post("/library", status_code=201)
def keep(kept: Kept, desk: DeskGiven) -> JSONResponse:
    """Keep a part of a shot, or a prompt."""
    shot = read_data(kept.shot)
    made = (
        of_prompt(compile_edit(shot, kept.target, "compiled", EVERYTHING).text, kept.target, kept.name)
        if kept.kind == "prompt"
        else of_shot(shot, kept.kind, kept.name, kept.of, kept.parts)
    )
    if kept.film:
        made = made.model_copy(update={"project_id": desk.library.project(kept.film).id})
    found = desk.library.presets.keep(made, replace=kept.replace)
    return JSONResponse({"id": found.id, "name": found.name, "kind": KINDS[found.kind].label}, status_code=201)


@router.post("/library/{name}")
def say(
    name: str,
    desk: DeskGiven,
    title: Annotated[str, Form(max_length=200)],
    note: Annotated[str, Form(max_length=4000)] = "",
    released: Annotated[str, Form(max_length=8)] = "",
    rights: Annotated[str, Form(max_length=4000)] = "",
) -> RedirectResponse:
    """Say the name, the note and the rights of a preset anew."""
    answer = {"yes": True, "no": False}.get(released)
    desk.library.presets.say(name, name=title, note=note, released=answer, rights=rights)
    return RedirectResponse(f"/library#{name}", status_code=303)


@router.post("/library/{name}/removal")
def remove(name: str, desk: DeskGiven) -> RedirectResponse:
    """Take a preset out of the library."""
    desk.library.presets.remove(name)
    return RedirectResponse("/library", status_code=303)


@router.post("/library/{name}/shots")
def begin(name: str, desk: DeskGiven, film: Annotated[str, Form(max_length=80)]) -> RedirectResponse:
    """Begin a shot from a preset at the end of a film, and open it."""
    preset, project = desk.library.presets.get(name), desk.library.project(film)
    shot, target = shelf.begun(preset)
    draft = desk.library.add_shot(project.id, "", preset.name, shot, target)
    return RedirectResponse(f"/shots/{draft.id}", status_code=303)
