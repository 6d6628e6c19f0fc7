"""Set-ups of a shot that is being edited, and its lighting plan on one sheet of paper."""

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import JSONResponse

from app.resolve import resolve
from app.schema import read_data
from app.vocab import vocabulary
from app.web import controls, rigging
from app.web.given import Edit
from app.web.pages import render

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
