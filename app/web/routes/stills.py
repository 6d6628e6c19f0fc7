"""The still: the frame of an edit as the previz renders it, better while one waits. Nothing of it is kept."""

import asyncio
import json
from collections.abc import AsyncIterator

from fastapi import APIRouter, Request
from sse_starlette import EventSourceResponse

from app.previz.scene import Scene
from app.previz.stage import stage
from app.previz.still_renderer import Renderer
from app.previz.worker import problem, width
from app.resolve import resolve
from app.schema import read_data
from app.vocab import vocabulary
from app.web.given import Edit

router = APIRouter(prefix="/edits")

SAMPLES = 64


@router.post("/still")
async def draw(edit: Edit, request: Request) -> EventSourceResponse:
    """Draw the still of an edit: events, each a better frame with its meters as JSON, until it is finished.

    The last one has `done`, or `error` and `hint`, or `superseded` when another still is wanted meanwhile.
    """
    scene = await asyncio.to_thread(_staged, edit)
    return EventSourceResponse(_events(request.app.state.stills, scene), ping=20)


def _staged(edit: Edit) -> Scene:
    return stage(resolve(read_data(edit.shot), vocabulary())).scene


async def _events(stills: Renderer, scene: Scene) -> AsyncIterator[dict[str, str]]:
    if reason := problem():
        yield {"data": json.dumps({"error": reason, "hint": ""})}
        return
    async for line in stills.draw(scene, width(), SAMPLES):
        yield {"data": json.dumps(line)}
