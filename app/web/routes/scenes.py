"""Several shots as one prompt, for models that cut by themselves: a page of a film, and the same by HTTP."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import HTMLResponse

from app.pipeline import compile_scene
from app.schema import Compiled, read_data
from app.schema.checks import Checks
from app.vocab import vocabulary
from app.web import pane
from app.web import scenes as shown
from app.web.given import DeskGiven
from app.web.pages import page

router = APIRouter()

MOST = 200
"""More shots are no scene."""

Chosen = Annotated[list[str] | None, Query(alias="shots", max_length=MOST)]


class Scene(BaseModel):
    """Shots in the order in which they are cut. They are read by the schema, so that its errors name the field."""

    model_config = ConfigDict(extra="forbid")

    shots: list[dict[str, Any]] = Field(min_length=1, max_length=MOST)
    target: str = Field(max_length=80)
    checks: Checks = Checks()


@router.post("/api/scene")
def compile_(scene: Scene) -> Compiled:
    """Compile several shots to one prompt. Paths begin with the shot's number: `shots.1.`."""
    shots = [read_data(one, f"Shot {number}") for number, one in enumerate(scene.shots, start=1)]
    return compile_scene(shots, vocabulary().target(scene.target), vocabulary(), scene.checks)


@router.get("/projects/{name}/prompt")
def show(
    name: str,
    desk: DeskGiven,
    chosen: Chosen = None,
    wanted: Annotated[str, Query(alias="for", max_length=80)] = "",
) -> HTMLResponse:
    """Show the chosen shots of a film as one prompt."""
    project, drafts = desk.library.project(name), desk.library.shots(name)
    target = vocabulary().target(wanted) if wanted else shown.target_of(drafts)
    ids = None if chosen is None else [one for some in chosen for one in some.split(",") if one]
    found = shown.choose(drafts, ids, target)
    compiled = compile_scene([one.shot for one in found], target, vocabulary(), project.checks) if found else None
    return page(
        "scenes/show.html",
        project=project,
        drafts=drafts,
        target=target,
        takers=shown.takers(),
        compiled=compiled,
        parts=shown.parts(compiled, found) if compiled else [],
        together=shown.together(compiled) if compiled else (),
        pane=pane,
    )
