"""The queue: what is made and what waits, batches with their budgets, and the ordering of many takes at once."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Form
from sse_starlette import EventSourceResponse
from starlette.responses import HTMLResponse, JSONResponse

from app.jobs import Desk
from app.web import ordering
from app.web.given import DeskGiven, EngineGiven
from app.web.ordering import Ordered, WholeFilm
from app.web.pages import page

router = APIRouter()

LOOK_EVERY_S = 0.5
SHOWN = 12
"""So many batches are shown, the newest first."""


@router.get("/queue")
def index(desk: DeskGiven) -> HTMLResponse:
    """Show everything that is under way, that waits, or that ended with its batch."""
    return page("queue/index.html", **_facts(desk))


@router.get("/queue/parts")
def parts(desk: DeskGiven) -> HTMLResponse:
    """Return the lists alone, to be drawn again."""
    return page("queue/_parts.html", **_facts(desk))


@router.get("/queue/events")
async def events(desk: DeskGiven) -> EventSourceResponse:
    """Say whenever anything in the queue has changed."""
    return EventSourceResponse(_changes(desk), ping=20)


@router.post("/shots/{name}/batches")
def order(name: str, ordered: Ordered, desk: DeskGiven, engine: EngineGiven) -> JSONResponse:
    """Order many takes of a shot as it was last saved."""
    batch = ordering.order(desk, name, ordered)
    engine.wake()
    return JSONResponse({"batch": batch.id, "takes": batch.takes}, status_code=201)


@router.post("/projects/{name}/batches")
def order_film(name: str, wanted: WholeFilm, desk: DeskGiven, engine: EngineGiven) -> JSONResponse:
    """Order a take of every shot of a film."""
    batch = ordering.order_film(desk, name, wanted)
    engine.wake()
    return JSONResponse({"batch": batch.id, "takes": batch.takes}, status_code=201)


@router.post("/batches/{name}/pause")
def pause(name: str, desk: DeskGiven) -> HTMLResponse:
    """Let nothing more of a batch begin."""
    desk.library.batches.pause(name)
    return parts(desk)


@router.post("/batches/{name}/resumption")
def resume(name: str, desk: DeskGiven, engine: EngineGiven) -> HTMLResponse:
    """Let a batch go on."""
    desk.library.batches.resume(name)
    engine.wake()
    return parts(desk)


@router.post("/batches/{name}/budget")
def budget(
    name: str, desk: DeskGiven, engine: EngineGiven, usd: Annotated[str, Form(max_length=20)] = ""
) -> HTMLResponse:
    """Keep what a batch may cost in all; nothing typed is whatever it costs."""
    desk.library.batches.set_budget(name, ordering.dollars(usd))
    engine.wake()
    return parts(desk)


@router.post("/batches/{name}/cancellation")
def cancel(name: str, desk: DeskGiven) -> HTMLResponse:
    """Stop all of a batch, as far as each backend can."""
    desk.library.batches.cancel(name)
    return parts(desk)


@router.post("/queue/{take}/place")
def move(take: str, desk: DeskGiven, before: Annotated[str, Form(max_length=80)] = "") -> HTMLResponse:
    """Put a waiting take before another waiting one, or at the end."""
    desk.library.queue.move(take, before or None)
    return parts(desk)


@router.post("/queue/{take}/cancellation")
def stop(take: str, desk: DeskGiven) -> HTMLResponse:
    """Stop one take."""
    desk.library.takes.cancel(take)
    return parts(desk)


def _facts(desk: Desk) -> dict[str, Any]:
    takes = desk.library.takes.open()
    drafts = {take.shot_id: desk.library.shot(take.shot_id) for take in takes}
    films = {project.id: project for project in desk.library.projects()}
    recent = [desk.batch(name) for name in desk.library.batches.recent(SHOWN)]
    return {
        "working": [take for take in takes if take.state != "queued"],
        "waiting": [take for take in takes if take.state == "queued"],
        "drafts": drafts,
        "films": films,
        "batches": recent,
        "places": desk.connections.named(),
    }


async def _changes(desk: Desk) -> AsyncIterator[dict[str, str]]:
    seen: Any = None
    while True:
        changed = await asyncio.to_thread(desk.library.takes.changed_at_all)
        if changed != seen:
            seen = changed
            yield {"event": "queue", "data": str(changed)}
        await asyncio.sleep(LOOK_EVERY_S)
