"""The shot page: edit, see the prompt, shoot."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Form, Query
from sse_starlette import EventSourceResponse
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse

from app.jobs import Desk, drawing
from app.library.history import plain
from app.previz.stage import stage
from app.resolve import resolve
from app.resolve.layers import origins
from app.schema import read_data
from app.schema.fields import Pass
from app.views.plan import plan
from app.vocab import vocabulary
from app.web import cuts, pane, rigging
from app.web import targets as models
from app.web.given import DeskGiven, EngineGiven, Save, Shoot, compile_edit
from app.web.ordering import variable
from app.web.pages import page
from app.web.strip import strip

router = APIRouter(prefix="/shots")

LOOK_EVERY_S = 0.3
SHOWN = (960, None)
"""The size of a pass that is only looked at."""


@router.get("/{name}")
def show(name: str, desk: DeskGiven, wanted: Annotated[str, Query(alias="for", max_length=80)] = "") -> HTMLResponse:
    """Open a shot, with the model chosen that it was last written for, or the one that is asked for."""
    draft = desk.library.shot(name)
    target = vocabulary().target(wanted or draft.target)
    document = plain(draft.shot)
    resolved = resolve(draft.shot, vocabulary(), origins(desk.library.scenes.above(name), document))
    siblings, project = desk.library.shots(draft.project_id), desk.library.project(draft.project_id)
    place = [one.id for one in siblings].index(name)
    scene = stage(resolved).scene
    return page(
        "shots/show.html",
        draft=draft,
        project=project,
        before=siblings[place - 1] if place else None,
        after=siblings[place + 1] if place + 1 < len(siblings) else None,
        resolved=resolved,
        groups=models.offered(target),
        **strip(desk, name),
        variable=variable(resolved),
        scene=scene.model_dump(mode="json"),
        plan=plan(resolved, scene),
        rigs=rigging.offered(),
        document=document,
        target=target,
        compiled=compile_edit(draft.shot, target.id, "compiled", project.checks),
        cut=cuts.from_before(desk.library, name, resolved, project.checks),
        of=name,
        wording="compiled",
        checks=project.checks,
        pane=pane,
    )


@router.get("/{name}/passes/{kind}")
def drawn_pass(name: str, kind: Pass, desk: DeskGiven) -> RedirectResponse:
    """Show what the previz draws of the shot as it was last saved."""
    shown = drawing.drawn(desk.library, desk.library.shot(name).shot, f"{drawing.PREVIZ}{kind}", SHOWN)
    return RedirectResponse(f"/pictures/{shown}", headers={"Cache-Control": "no-store"})


@router.put("/{name}")
def save(name: str, edit: Save, desk: DeskGiven) -> JSONResponse:
    """Save an edit over the version that it was made of."""
    vocabulary().target(edit.target)
    draft = desk.library.save(name, edit.version, read_data(edit.shot), edit.target)
    return JSONResponse({"version": draft.version})


@router.post("/{name}/duplicates")
def duplicate(name: str, desk: DeskGiven) -> RedirectResponse:
    """Copy a shot to the end of its film, and open the copy; its takes stay with the first."""
    draft = desk.library.shot(name)
    copy = desk.library.add_like(name, f"{draft.name}, copy", draft.shot, draft.target)
    return RedirectResponse(f"/shots/{copy.id}", status_code=303)


@router.post("/{name}/place", status_code=204)
def move(name: str, desk: DeskGiven, before: Annotated[str, Form(max_length=80)] = "") -> None:
    """Put a shot before another one of its film, or at the end."""
    desk.library.move_shot(name, before or None)


@router.post("/{name}/takes")
async def shoot(name: str, order: Shoot, desk: DeskGiven, engine: EngineGiven) -> JSONResponse:
    """Save, freeze and shoot."""
    version, take = await asyncio.to_thread(_add_take, desk, name, order)
    engine.wake()
    return JSONResponse({"version": version, "take": take}, status_code=201)


@router.get("/{name}/takes")
def takes(name: str, desk: DeskGiven) -> HTMLResponse:
    """Return the strip of takes."""
    return page("takes/_strip.html", **strip(desk, name))


@router.get("/{name}/events")
async def events(name: str, desk: DeskGiven) -> EventSourceResponse:
    """Say whenever a take of the shot has changed."""
    return EventSourceResponse(_changes(desk, name), ping=20)


async def _changes(desk: Desk, name: str) -> AsyncIterator[dict[str, str]]:
    seen = await asyncio.to_thread(desk.library.takes.changed, name)
    yield {"event": "takes", "data": str(seen)}
    while True:
        await asyncio.sleep(LOOK_EVERY_S)
        changed = await asyncio.to_thread(desk.library.takes.changed, name)
        if changed != seen:
            seen = changed
            yield {"event": "takes", "data": str(seen)}


def _add_take(desk: Desk, name: str, order: Shoot) -> tuple[int, str]:
    shot = read_data(order.shot)
    compiled = compile_edit(shot, order.target, order.wording, order.checks)
    draft = desk.library.save(name, order.version, shot, order.target)
    take = desk.add(name, compiled, order.backend, order.wording)
    return draft.version, take.id
