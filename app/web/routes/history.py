"""The history of a shot: its line as a tree, what differs, since when; named and restored."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query
from starlette.responses import HTMLResponse, RedirectResponse

from app.jobs import Desk
from app.vocab import vocabulary
from app.web import history
from app.web import targets as models
from app.web.given import DeskGiven
from app.web.pages import page

router = APIRouter(prefix="/shots/{name}")

SHOWN = 200
"""So many states are drawn, the newest; the whole line where it is asked for."""

Asked = Annotated[str, Query(max_length=80)]
Target = Annotated[str, Query(alias="for", max_length=80)]


@router.get("/history")
def show(
    name: str, desk: DeskGiven, at: Asked = "", against: Asked = "", wanted: Target = "", *, whole: bool = False
) -> HTMLResponse:
    """Show a shot's line, and one state of it: against the one that it came from, or another that is asked for."""
    facts = _facts(desk, name, at, against, wanted)
    count = len(facts["states"])
    most = count if whole else min(SHOWN, count)
    project = desk.library.project(facts["draft"].project_id)
    rows, older = history.tree(facts["states"], desk.library.takes.of_shot(name), most), count - most
    return page("history/show.html", project=project, rows=rows, older=older, **facts)


@router.get("/history/state")
def state(name: str, desk: DeskGiven, at: Asked = "", against: Asked = "", wanted: Target = "") -> HTMLResponse:
    """Return one state alone, to be shown beside the line."""
    return page("history/_state.html", **_facts(desk, name, at, against, wanted))


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


def _facts(desk: Desk, name: str, at: str, against: str, wanted: str) -> dict[str, Any]:
    """Return what is told of one state of a shot."""
    draft = desk.library.shot(name)
    target = vocabulary().target(wanted or draft.target)
    states = history.states(desk.library, draft)
    now = history.current(states, draft)
    chosen = history.chosen(states, at) if at else now
    came = history.line(states, chosen)
    before = history.chosen(states, against) if against else came[-2] if len(came) > 1 else None
    return {
        "draft": draft,
        "states": states,
        "state": chosen,
        "now": now.at,
        "takes": [one for one in desk.library.takes.of_shot(name) if str(one.revision) == chosen.at],
        "compared": history.compared(before, chosen, target) if before else None,
        "since": history.blame(states, chosen),
        "target": target,
        "groups": models.offered(target),
    }
