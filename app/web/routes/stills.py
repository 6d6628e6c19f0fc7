"""The still: the frame of an edit as the previz renders it, better while one waits. Nothing of it is kept."""

import asyncio
import json
from collections.abc import AsyncIterator

from fastapi import APIRouter, Request
from starlette.responses import StreamingResponse

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
async def draw(edit: Edit, request: Request) -> StreamingResponse:
    """Draw the still of an edit: JSON lines, each a better frame with its meters, until it is finished.

    The last line has `done`, or `error` and `hint`, or `superseded` when another still is wanted meanwhile.
    """
    scene = await asyncio.to_thread(_staged, edit)
    lines = _lines(request.app.state.stills, scene)
    return StreamingResponse(lines, media_type="application/x-ndjson", headers={"Cache-Control": "no-store"})


def _staged(edit: Edit) -> Scene:
    return stage(resolve(read_data(edit.shot), vocabulary())).scene


async def _lines(stills: Renderer, scene: Scene) -> AsyncIterator[str]:
    if reason := problem():
        yield json.dumps({"error": reason, "hint": ""}) + "\n"
        return
    async for line in stills.draw(scene, width(), SAMPLES):
        yield json.dumps(line) + "\n"
