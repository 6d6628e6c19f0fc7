"""The live view: the scene of an edit in numbers, how it moves, and the meshes and colours to draw it with."""

import json
from functools import cache
from importlib import import_module
from math import ceil
from secrets import token_hex
from threading import Lock
from typing import Annotated, Any, NamedTuple
from urllib.parse import quote

from fastapi import APIRouter, Query
from pydantic import ValidationError
from starlette.responses import JSONResponse, Response

from app.errors import BackendError, BadInputError
from app.previz import live_words
from app.previz.motion import Motion, motion, scene_at
from app.previz.scene import Figure, Scene
from app.previz.stage import stage
from app.resolve import resolve
from app.schema import read_data
from app.vocab import vocabulary
from app.web.given import Edit
from app.web.routes.pictures import FOR_EVER

router = APIRouter()

MADE = token_hex(4)
"""Part of every mesh's address: a studio that was started anew may draw its people otherwise."""

FRAMES_PER_S, MOST_FRAMES = 12, 121
TALLEST_M = 500
LOADING = Lock()
PACKED = {"Content-Encoding": "gzip"}


@router.post("/edits/scene")
def scene(edit: Edit) -> JSONResponse:
    """Return what the live view draws of an edit: nothing is compiled, checked or saved."""
    draw = _drawing()
    resolved = resolve(read_data(edit.shot), vocabulary())
    staged = stage(resolved)
    moving = motion(resolved)
    return JSONResponse(
        {
            "scene": staged.scene.model_dump(mode="json"),
            "live": draw.live.live(staged.scene),
            "subjects": [name for name, _ in resolved.subjects],
            "figures": [_address(who) for who in staged.scene.figures],
            "spoken": live_words.spoken(resolved, staged.scene),
            "focus": live_words.focus(resolved, staged.scene)._asdict(),
            "notes": staged.notes,
            "held": staged.held,
            "length_s": moving.length_s,
            "protect": resolved.number("framing.protect_aspect"),
        }
    )


@router.post("/edits/track")
def track(edit: Edit) -> JSONResponse:
    """Return how the scene of an edit moves, moment by moment."""
    draw = _drawing()
    resolved = resolve(read_data(edit.shot), vocabulary())
    moving = motion(resolved)
    moments = [scene_at(moving, time) for time in _times(moving)]
    return JSONResponse(
        {
            "length_s": moving.length_s,
            "notes": moving.notes,
            "beats": [{"name": span.name, "start_s": span.start_s, "end_s": span.end_s} for span in moving.spans],
            "cameras": [one.camera.model_dump(mode="json") for one in moments],
            "focuses": [live_words.focus(resolved, one)._asdict() for one in moments],
            "lives": [draw.live.live(one) for one in moments] if moving.lamps_change else [],
        }
    )


@router.get("/finder/figure")
def figure(of: Annotated[str, Query(max_length=4000)]) -> Response:
    """Return the mesh of a figure, described in JSON; the address changes with what it shows."""
    try:
        who = Figure.model_validate_json(of)
    except ValidationError as refusal:
        raise BadInputError(f"This is no figure: {refusal.errors()[0]['msg'].lower()}.") from None
    if not 0 < who.height_m <= TALLEST_M:
        raise BadInputError(f"This is no figure: it is between 0 and {TALLEST_M} m tall.")
    return Response(
        _drawing().mesh.figure_file(who), media_type="application/octet-stream", headers={**FOR_EVER, **PACKED}
    )


@router.post("/finder/set")
def around(scene: Scene) -> Response:
    """Return the meshes of what stands around the figures of a scene."""
    return Response(_drawing().mesh.set_file(scene), media_type="application/octet-stream", headers=PACKED)


@router.get("/finder/display")
def display() -> Response:
    """Return the print: how light becomes colour on a monitor, as a cube of 8-bit sRGB."""
    return Response(_cube(), media_type="application/octet-stream", headers={**FOR_EVER, **PACKED})


@cache
def _cube() -> bytes:
    made: bytes = _drawing().display.cube_file()
    return made


class _Drawing(NamedTuple):
    """The modules that draw."""

    live: Any
    mesh: Any
    display: Any


def _drawing() -> _Drawing:
    """Return what draws: Mitsuba loads at the first look, and in one thread, because two stop each other half-way."""
    try:
        with LOADING:
            return _Drawing(*(import_module(f"app.previz.live{part}") for part in ("", "_mesh", "_display")))
    except ImportError as missing:
        message = f"The live view needs the previz' renderer, which does not load on this machine ({missing})."
        raise BackendError(
            message, hint="The prompt needs no renderer. Shoot on another backend than Previz."
        ) from None


def _address(who: Figure) -> str:
    """Return where a figure's mesh is: the same for the same person, wherever it stands and looks."""
    there = who.model_copy(update={"at": (0.0, 0.0, 0.0), "facing_deg": 0.0})
    told = json.dumps(there.model_dump(mode="json"), separators=(",", ":"), sort_keys=True)
    return f"/finder/figure?made={MADE}&of={quote(told)}"


def _times(moving: Motion) -> list[float]:
    """Return the moments that are drawn exactly; the browser draws between them."""
    count = min(MOST_FRAMES, max(2, ceil(moving.length_s * FRAMES_PER_S) + 1))
    return [moving.length_s * number / (count - 1) for number in range(count)]
