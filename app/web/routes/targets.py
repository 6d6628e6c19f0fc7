"""The models: what each of them hears, and what each would hear of one shot."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from app.resolve import resolve
from app.vocab import vocabulary
from app.web import comparison
from app.web import targets as shown
from app.web.given import DeskGiven
from app.web.pages import page

router = APIRouter()

Typed = Annotated[str, Query(max_length=200)]
Chosen = Annotated[tuple[str, ...], Query(alias="for", max_length=100)]


@router.get("/targets")
def index(q: Typed = "", medium: Literal["", "image", "video"] = "") -> HTMLResponse:
    """Show every model with every feature, or those that a filter passes."""
    return page("targets/index.html", shown=shown, query=q.strip(), medium=medium)


@router.get("/targets/{name}")
def show(name: str) -> HTMLResponse:
    """Show all that is known of one model."""
    target = vocabulary().target(name)
    return page("targets/show.html", shown=shown, target=target, nearest=vocabulary().targets.get(target.nearest))


@router.get("/shots/{name}/targets")
def compare(name: str, desk: DeskGiven, chosen: Chosen = ()) -> HTMLResponse:
    """Show one shot before all living models: what each hears, hears roughly, and never hears."""
    draft = desk.library.shot(name)
    resolved = resolve(draft.shot, vocabulary())
    found = comparison.hearings(draft.shot, resolved)
    wanted = [one for some in chosen for one in some.split(",") if one]
    beside = comparison.choose(found, wanted, draft.target)
    return page(
        "targets/compare.html",
        draft=draft,
        project=desk.library.project(draft.project_id),
        rows=comparison.rows(resolved),
        hearings=found,
        chosen=beside,
        lost=comparison.lost(beside),
        most=comparison.MOST,
        too_many=len(set(wanted)) > comparison.MOST,
    )
