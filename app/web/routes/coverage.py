"""Coverage: the other set-ups of a scene, proposed with its light left where it stands, and added as shots."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import HTMLResponse, RedirectResponse

from app.errors import BadInputError
from app.schema.slates import setups_after
from app.web.covering import covered
from app.web.given import DeskGiven
from app.web.pages import page

router = APIRouter(prefix="/shots")


@router.get("/{name}/coverage")
def show(name: str, desk: DeskGiven) -> HTMLResponse:
    """Propose the set-ups that cover a shot of one or two people."""
    draft = desk.library.shot(name)
    offered = covered(draft)
    return page(
        "shots/coverage.html",
        draft=draft,
        project=desk.library.project(draft.project_id),
        offered=[(setup, resolved) for setup, _, resolved in offered],
        notes=dict.fromkeys(note for setup, _, _ in offered for note in setup.notes),
    )


@router.post("/{name}/coverage")
def add(name: str, desk: DeskGiven, setups: Annotated[list[str] | None, Form()] = None) -> RedirectResponse:
    """Add the chosen set-ups as shots behind this one, and show the board."""
    draft = desk.library.shot(name)
    chosen = [(setup, shot) for setup, shot, _ in covered(draft) if setup.id in (setups or ())]
    if not chosen:
        raise BadInputError("No set-up is chosen.", hint="Tick at least one, or go back to the shot.")
    free = setups_after(draft.slate, [one.slate for one in desk.library.shots(draft.project_id)])
    named = [(slate, setup.label[:120], shot) for slate, (setup, shot) in zip(free, chosen, strict=False)]
    added = desk.library.add_shots_after(name, named)
    return RedirectResponse(f"/projects/{draft.project_id}#{added[0].id}", status_code=303)
