"""The history of a shot: its line as a tree, what differs, since when; named and restored."""

from typing import Annotated

from fastapi import APIRouter, Form, Query
from starlette.responses import HTMLResponse, RedirectResponse

from app.vocab import vocabulary
from app.web import history
from app.web import targets as models
from app.web.given import DeskGiven
from app.web.pages import page

router = APIRouter(prefix="/shots/{name}")

Asked = Annotated[str, Query(max_length=80)]


@router.get("/history")
def show(
    name: str, desk: DeskGiven, at: Asked = "", against: Asked = "", wanted: Annotated[Asked, Query(alias="for")] = ""
) -> HTMLResponse:
    """Show a shot's line, and one state of it: against the one that it came from, or another that is asked for."""
    draft = desk.library.shot(name)
    target = vocabulary().target(wanted or draft.target)
    states = history.states(desk.library, draft)
    now = history.current(states, draft)
    state = history.chosen(states, at) if at else now
    came = history.line(states, state)
    before = history.chosen(states, against) if against else came[-2] if len(came) > 1 else None
    takes = desk.library.takes.of_shot(name)
    return page(
        "history/show.html",
        draft=draft,
        project=desk.library.project(draft.project_id),
        rows=history.tree(states, takes),
        states=states,
        state=state,
        takes=[one for one in takes if str(one.revision) == state.at],
        now=now.at,
        compared=history.compared(before, state, target) if before else None,
        since=history.blame(states, state),
        target=target,
        groups=models.offered(target),
    )


@router.post("/revisions")
def keep(name: str, desk: DeskGiven, words: Annotated[str, Form(max_length=400)] = "") -> RedirectResponse:
    """Freeze the draft as it was last saved, under a name."""
    return _named(name, desk.library.freeze(name).number, desk, words)


@router.post("/revisions/{number}/name")
def rename(
    name: str, number: int, desk: DeskGiven, words: Annotated[str, Form(max_length=400)] = ""
) -> RedirectResponse:
    """Name a revision; no words take its name away."""
    return _named(name, number, desk, words)


@router.post("/revisions/{number}/restoration")
def restore(name: str, number: int, desk: DeskGiven) -> RedirectResponse:
    """Make the draft what it was at a revision, and open it; what it was until now is kept as a revision."""
    desk.library.restore(name, number)
    return RedirectResponse(f"/shots/{name}", status_code=303)


def _named(name: str, number: int, desk: DeskGiven, words: str) -> RedirectResponse:
    desk.library.history.name(name, number, words)
    return RedirectResponse(f"/shots/{name}/history?at={number}", status_code=303)
