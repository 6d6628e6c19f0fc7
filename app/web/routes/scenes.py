"""Several shots as one prompt, for models that cut by themselves: a page of a film."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from app.pipeline import compile_scene
from app.vocab import vocabulary
from app.web import pane
from app.web import scenes as shown
from app.web.given import DeskGiven
from app.web.pages import page

router = APIRouter()

MOST = 200
"""More shots are no scene."""

Chosen = Annotated[list[str] | None, Query(alias="shots", max_length=MOST)]


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
