"""A workflow of the filmmaker's own for a backend: given, read, put right and kept."""

import asyncio

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse

from app.errors import BadInputError
from app.jobs import Desk
from app.web import workflows
from app.web.given import DeskGiven
from app.web.pages import page
from app.web.workflows import Given, Laid, Place

router = APIRouter(prefix="/backends/{name}/workflow")


@router.get("")
def show(name: str, desk: DeskGiven) -> HTMLResponse:
    """Show where things go in a backend's workflow, and a box for another one."""
    place = workflows.place(desk, name)
    return _page(place, workflows.kept(place), is_fresh=False)


@router.post("", response_model=None)
async def give(request: Request, name: str, desk: DeskGiven) -> HTMLResponse | RedirectResponse:
    """Read a workflow and show where things go in it; keep both when that was shown before and nothing is wrong."""
    place = workflows.place(desk, name)
    try:
        async with request.form(max_part_size=workflows.MOST_BYTES) as form:
            given = await workflows.given(form)
    except HTTPException:
        too_long = BadInputError("The workflow is too long.", hint=f"The limit is {workflows.MOST_CHARS:,} characters.")
        return _page(place, Laid(problem=too_long), status=422)
    return await asyncio.to_thread(_answer, desk, place, given)


@router.post("/removal")
def remove(name: str, desk: DeskGiven) -> RedirectResponse:
    """Forget a workflow, and where things went in it."""
    place = workflows.place(desk, name)
    desk.connections.set_options(name, {place.ask.name: None, "places": None})
    return RedirectResponse(f"/backends#{name}", status_code=303)


def _answer(desk: Desk, place: Place, given: Given) -> HTMLResponse | RedirectResponse:
    laid = workflows.laid(place, given)
    if laid.sheet is None or not laid.sheet.is_right or not given.is_to_be_kept:
        return _page(place, laid, status=422 if laid.problem or given.is_to_be_kept else 200)
    name = place.connection.id
    desk.connections.set_options(name, {place.ask.name: laid.sheet.workflow, "places": laid.sheet.at})
    return RedirectResponse(f"/backends#{name}", status_code=303)


def _page(place: Place, laid: Laid, *, status: int = 200, is_fresh: bool = True) -> HTMLResponse:
    return page(
        "backends/workflow.html",
        status=status,
        connection=place.connection,
        ask=place.ask,
        laid=laid,
        mark=workflows.mark(laid.text),
        problem=laid.problem,
        is_fresh=is_fresh,
    )
