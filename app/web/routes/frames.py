"""The frame of a shot on its film's board: the previz' picture, or the light plan until that is there."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.jobs import Desk
from app.previz.scene import Scene
from app.previz.stage import stage
from app.resolve import Resolved, resolve
from app.vocab import vocabulary
from app.web.frames import Frames
from app.web.given import DeskGiven
from app.web.pages import render
from app.web.routes.pictures import FOR_EVER

router = APIRouter(prefix="/shots")

STANDS = "Printlight-Frame"
"""Tells a card whether its frame is `drawn`, `waiting`, or will `never` be; then the plan stays."""

NOW = {"Cache-Control": "no-store"}


@router.api_route("/{name}/frame", methods=["GET", "HEAD"])
async def show(name: str, desk: DeskGiven, request: Request, of: Annotated[str, Query(max_length=64)] = "") -> Response:
    """Return a small frame of a shot as it was last saved, at once: its light plan until the previz has drawn it."""
    frames: Frames = request.app.state.frames
    resolved, scene, drawn = await asyncio.to_thread(_staged, desk, name)
    content = await asyncio.to_thread(frames.get, drawn)
    if content is not None:
        headers = {**(FOR_EVER if of == drawn else NOW), STANDS: "drawn", "ETag": f'"{drawn}"'}
        return Response(content, media_type="image/jpeg", headers=headers)
    stands = frames.ask(drawn, scene)
    plan = "" if request.method == "HEAD" else render("shots/_plan_small.html", resolved=resolved)
    return Response(plan, media_type="image/svg+xml", headers={**NOW, STANDS: stands})


def _staged(desk: Desk, name: str) -> tuple[Resolved, Scene, str]:
    resolved = resolve(desk.library.shot(name).shot, vocabulary())
    scene = stage(resolved).scene
    return resolved, scene, Frames.name(scene)
