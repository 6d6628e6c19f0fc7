"""Where a shot can be made: the backends that there are, set up, asked and removed; and what a picture costs there."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from pydantic import BaseModel
from starlette.responses import HTMLResponse, RedirectResponse

from app.backends import Access, Backend, Seen, backends
from app.errors import PrintlightError
from app.jobs import Desk
from app.jobs.orders import preview_of
from app.vocab import vocabulary
from app.web.abilities import abilities
from app.web.given import DeskGiven
from app.web.pages import page

router = APIRouter(prefix="/backends")

ASKED = "ask."
"""What the names of a form's fields begin with that a kind of backend asks for."""


class Readiness(BaseModel):
    """`problem` is empty when a picture can be made; `usd` is the estimate for one, None where nobody charges.

    `unsent` says what of the shot this backend will not send.
    """

    problem: str
    usd: float | None
    unsent: tuple[str, ...] = ()


@router.get("")
def index(desk: DeskGiven, kind: Annotated[str, Query(max_length=80)] = "") -> HTMLResponse:
    """Show every backend, and the form of a kind that is to be added."""
    return _page(desk, adding=backends[kind] if kind else None)


@router.post("", response_model=None)
async def add(
    request: Request, desk: DeskGiven, kind: Annotated[str, Form()], label: Annotated[str, Form()] = ""
) -> HTMLResponse | RedirectResponse:
    """Set one up; what cannot be used is said beside the form, with what was typed kept."""
    said = await _said(request)
    try:
        made = desk.connections.add(kind, label, said)
    except PrintlightError as error:
        return _page(desk, adding=backends[kind], said={**said, "label": label}, problem=error)
    return RedirectResponse(f"/backends#{made.id}", status_code=303)


@router.get("/{name}/readiness")
async def show(name: str, desk: DeskGiven, target: str = "uni-1", references: int = 0, shot: str = "") -> Readiness:
    """Say what a backend still needs, and what a picture for a target costs there: of a saved shot, or of none."""
    backend, access = desk.backend(name)
    problem = await backend.ready(access)
    if shot:
        order = await asyncio.to_thread(preview_of, desk, shot, target)
        roles = [one.role for one in order.attachments]
        usd = backend.estimate_usd(order.target, order.params, roles)
        unsent = tuple(backend.unsent(order, access)) if backend.reads_text else ()
        return Readiness(problem=problem, usd=usd, unsent=unsent)
    usd = backend.estimate_usd(vocabulary().target(target), {}, ["reference.role.style"] * references)
    return Readiness(problem=problem, usd=usd)


@router.get("/{name}")
def edit(name: str, desk: DeskGiven) -> HTMLResponse:
    """Show the form of one that was set up."""
    return _page(desk, changing=name)


@router.post("/{name}", response_model=None)
async def change(
    request: Request, name: str, desk: DeskGiven, label: Annotated[str, Form()] = ""
) -> HTMLResponse | RedirectResponse:
    """Change one; a key that is left empty stays."""
    said = await _said(request)
    try:
        desk.connections.change(name, label, said)
    except PrintlightError as error:
        return _page(desk, changing=name, said={**said, "label": label}, problem=error)
    return RedirectResponse(f"/backends#{name}", status_code=303)


@router.post("/{name}/removal")
def remove(name: str, desk: DeskGiven) -> RedirectResponse:
    """Forget one and its key; its takes stay."""
    desk.connections.remove(name)
    return RedirectResponse("/backends", status_code=303)


@router.post("/{name}/look")
async def look(name: str, desk: DeskGiven) -> HTMLResponse:
    """Ask whether it is there, which version it is and which models it has."""
    backend, access = desk.backend(name)
    try:
        seen = await backend.look(access)
    except PrintlightError as error:
        seen = Seen(problem=str(error))
    return page("backends/_seen.html", seen=seen)


async def _said(request: Request) -> dict[str, str]:
    """Return what was typed into the fields that the kind asks for."""
    form = await request.form()
    return {name.removeprefix(ASKED): str(value) for name, value in form.items() if name.startswith(ASKED)}


def _page(
    desk: Desk,
    *,
    adding: Backend | None = None,
    changing: str = "",
    said: dict[str, str] | None = None,
    problem: PrintlightError | None = None,
) -> HTMLResponse:
    connections = desk.connections.all()
    return page(
        "backends/index.html",
        status=problem.status if problem else 200,
        connections=connections,
        takes={
            one.id: list(abilities(backends[one.kind].can(Access(one.url, "", one.options)))) for one in connections
        },
        changing=desk.connections.get(changing) if changing else None,
        backends=backends,
        kinds=[one for one in backends.values() if one.asks],
        adding=adding,
        said=said,
        problem=problem,
    )
