"""What a shot has from its scene and film, what it gives them, and the page of a film's scenes."""

from typing import Annotated

from fastapi import APIRouter, Form
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse

from app.errors import UnknownNameError
from app.library.history import plain
from app.library.scenes import Level
from app.patch import diff
from app.resolve import resolve
from app.resolve.layers import PARTS, flat, taken_up
from app.schema import read_data
from app.views import setups
from app.vocab import vocabulary
from app.web import layering, shelf
from app.web.given import Before, DeskGiven
from app.web.pages import page

router = APIRouter()

MOST = 2000
"""Shots that follow at once."""


class Gift(BaseModel):
    """To whom a part of a shot is given, and which other shots follow; with none named, all that inherit it already."""

    model_config = ConfigDict(extra="forbid")

    level: Level
    follow: list[str] | None = Field(default=None, max_length=MOST)


@router.get("/projects/{film}/scenes/{number}/plan")
def set_ups(film: str, number: str, desk: DeskGiven) -> HTMLResponse:
    """Show all set-ups of a scene on one plan."""
    project, drafts = desk.library.project(film), desk.library.shots(film)
    scenes = {draft.scene for draft in drafts if draft.scene}
    if number not in scenes:
        raise UnknownNameError("scene", number, scenes)
    there = [draft for draft in drafts if draft.scene == number]
    found = setups.setups([(one.id, one.slate, one.name, resolve(one.shot, vocabulary())) for one in there])
    scene = next(one for one in desk.library.scenes.of(film) if one.number == number)
    return page("layers/setups.html", project=project, scene=scene, plan=found)


@router.post("/shots/{name}/layers")
def parts(name: str, edit: Before, desk: DeskGiven) -> HTMLResponse:
    """Tell where each part of a shot comes from."""
    above, shot = desk.library.scenes.above(name), read_data(edit.shot)
    found = layering.parts(above, plain(shot))
    return page("layers/_parts.html", draft=desk.library.shot(name), layers=above, parts=found)


@router.post("/shots/{name}/layers/{part}")
def part(name: str, part: str, edit: Before, desk: DeskGiven) -> HTMLResponse:
    """Tell what a part would be as the layers say it, and who would follow if it was given to them."""
    draft, above, shot = desk.library.shot(name), desk.library.scenes.above(name), read_data(edit.shot)
    document = plain(shot)
    found = {one.id: one for one in layering.parts(above, document)}
    if part not in found:
        raise UnknownNameError("part of a shot", part, found)
    patch = diff(document, taken_up(document, part, flat(above))) if found[part].departs else {}
    levels: tuple[Level, ...] = ("scene", "film") if draft.scene else ("film",)
    given = [(level, desk.library.scenes.giving(name, level, [part])) for level in levels] if found[part].says else []
    return page(
        "layers/_part.html",
        part=part,
        label=found[part].label,
        source=found[part].source,
        patch=patch,
        steps=shelf.steps(shot, patch) if patch else [],
        gifts=[(level, giving, layering.changes(giving)) for level, giving in given],
    )


@router.post("/shots/{name}/layers/{part}/gift")
def give(name: str, part: str, gift: Gift, desk: DeskGiven) -> JSONResponse:
    """Let a scene or a film say a part as a shot does."""
    done = desk.library.scenes.give(name, gift.level, [part], gift.follow)
    count = len(done.followers)
    follow = {0: "No other shot changed.", 1: "One shot followed."}.get(count, f"{count} shots followed.")
    told = f"{done.name[0].upper()}{done.name[1:]} says it now: {PARTS[part].label.lower()}. {follow}"
    return JSONResponse({"told": told, "followed": [one.id for one in done.followers]})


@router.post("/shots/{name}/scene", status_code=204)
def put(name: str, desk: DeskGiven, number: Annotated[str, Form(max_length=40)] = "") -> None:
    """Put a shot into a scene, or into none."""
    desk.library.scenes.put_shot(name, number)


@router.get("/projects/{name}/scenes")
def scenes(name: str, desk: DeskGiven) -> HTMLResponse:
    """Show what a film says for all of its shots, its scenes, and which shots depart from them."""
    project = desk.library.project(name)
    above, drafts = desk.library.scenes.above_all(name), desk.library.shots(name)
    places = [
        layering.place(one, above[one.number], [draft for draft in drafts if draft.scene == one.number])
        for one in desk.library.scenes.of(name)
    ]
    return page(
        "layers/scenes.html",
        project=project,
        film=layering.told(project.patch),
        agree=layering.agree([], project.patch, drafts),
        places=places,
        loose=[layering.standing(above[""], draft) for draft in drafts if not draft.scene],
    )


@router.post("/projects/{name}/scenes/{number}")
def say(
    name: str,
    number: str,
    desk: DeskGiven,
    title: Annotated[str, Form(max_length=400)] = "",
    note: Annotated[str, Form(max_length=4000)] = "",
) -> RedirectResponse:
    """Name a scene."""
    desk.library.scenes.say(name, number, title, note)
    return RedirectResponse(f"/projects/{name}/scenes#scene-{number}", status_code=303)


@router.post("/projects/{name}/layers/removal")
def drop(
    name: str,
    desk: DeskGiven,
    part: Annotated[str, Form(max_length=40)],
    number: Annotated[str, Form(max_length=40)] = "",
) -> RedirectResponse:
    """Let a scene, or with no number the film, say nothing more of a part; its shots keep what they have."""
    desk.library.scenes.drop(name, number, [part])
    return RedirectResponse(f"/projects/{name}/scenes{_anchor(number)}", status_code=303)


@router.post("/projects/{name}/layers/common")
def gather(name: str, desk: DeskGiven, number: Annotated[str, Form(max_length=40)] = "") -> RedirectResponse:
    """Let a scene, or with no number the film, say what all of its shots agree on; none of them changes."""
    desk.library.scenes.gather(name, number)
    return RedirectResponse(f"/projects/{name}/scenes{_anchor(number)}", status_code=303)


def _anchor(number: str) -> str:
    return f"#scene-{number}" if number else ""
