"""Set-ups of a shot that is being edited, and its lighting plan on one sheet of paper."""

from datetime import UTC, datetime
from typing import Literal

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import HTMLResponse, JSONResponse, Response

from app.jobs import Desk
from app.resolve import resolve
from app.schema import read_data
from app.schema.documents import Draft
from app.views import controls
from app.views.paper import pdf
from app.views.sheet import Sheet, Title, sheet
from app.vocab import vocabulary
from app.web import rigging
from app.web.given import DeskGiven, Edit
from app.web.pages import page, render

router = APIRouter()


class SetUp(Edit):
    """A set-up to be looked at: its term, and the side of camera if somebody said it."""

    setup: str = Field(max_length=80)
    side: str = Field(default="", pattern="^(left|right)?$")


@router.post("/edits/setups")
def set_up(edit: SetUp) -> JSONResponse:
    """Say what a named set-up would change, or what it must be told first. Nothing is changed."""
    resolved = resolve(read_data(edit.shot), vocabulary())
    rigged = rigging.set_up(resolved, edit.setup, edit.side)
    changed = controls.changed(resolved, rigged.patch) if rigged.patch else []
    told = render(
        "shots/_rig.html",
        rigged=rigged,
        changed=changed,
        only_named=rigged.patch is not None and "lights" not in rigged.patch and rigged.term.id not in rigging.RIGS,
    )
    return JSONResponse({"question": rigged.question, "told": told, "patch": rigged.patch if changed else None})


@router.get("/shots/{name}/plan")
def show(name: str, desk: DeskGiven) -> HTMLResponse:
    """Show the lighting plan of a shot as it was last saved, made for paper."""
    draft = desk.library.shot(name)
    project = desk.library.project(draft.project_id)
    return page("shots/plan.html", draft=draft, project=project, sheet=_sheet(desk, draft, "a4"))


@router.get("/shots/{name}/plan.pdf")
def printed(name: str, desk: DeskGiven, paper: Literal["a4", "letter"] = "a4") -> Response:
    """Return the lighting plan as a PDF of one page, lying on its long side."""
    draft = desk.library.shot(name)
    headers = {"Content-Disposition": f'inline; filename="{draft.id}-plan.pdf"', "Cache-Control": "no-store"}
    return Response(pdf(_sheet(desk, draft, paper)), media_type="application/pdf", headers=headers)


def _sheet(desk: Desk, draft: Draft, paper: str) -> Sheet:
    project = desk.library.project(draft.project_id)
    today = datetime.now(UTC).astimezone()
    title = Title(project.name, draft.slate, draft.name, f"{today.day} {today:%B %Y}", draft.author or project.author)
    return sheet(resolve(draft.shot, vocabulary()), title, paper)
