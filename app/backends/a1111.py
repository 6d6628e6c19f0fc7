"""Programs that speak AUTOMATIC1111's `/sdapi/v1`: Forge, A1111, SD.Next, sd-server, xinference.

Their one request blocks until the picture is drawn, so it stays open in this process, and a ticket dies
with it. What differs between them is taken as it comes: facts from a recorded Forge f2.0.1, 2026-11-20.
"""

import asyncio
import json
import re
from base64 import b64decode
from dataclasses import dataclass, field
from typing import Any

from app.backends._http import Client, answer, client, picture, speaking_to, words
from app.backends.base import Access, Artifact, Ask, Backend, Order, Progress
from app.errors import (
    BackendError,
    LostError,
    NeedsKeyError,
    RejectedError,
    UnreachableError,
    UnsureError,
)

SERVICE = "The A1111 API"
START = "Start Forge, A1111 or SD.Next with --api."
LOG_IN = "Set the key to user:password, as the program's --api-auth says."

DRAWING_S = 3600.0
"""A drawing that answers nothing for so long is given up."""

KEPT = 16
"""So many finished drawings stay in memory, for a second look."""

FIELDS = frozenset(
    {
        "width", "height", "steps", "cfg_scale", "distilled_cfg_scale", "seed", "subseed", "subseed_strength",
        "sampler_name", "scheduler", "styles", "denoising_strength", "tiling", "restore_faces", "eta",
        "enable_hr", "hr_scale", "hr_upscaler", "hr_second_pass_steps", "hr_resize_x", "hr_resize_y",
        "hr_additional_modules", "hr_sampler_name", "hr_scheduler", "hr_cfg", "hr_distilled_cfg",
        "refiner_checkpoint", "refiner_switch_at", "override_settings", "alwayson_scripts",
    }
)  # fmt: skip
"""What a parameter may be called. The API ignores any other name without a word, so those are never sent."""

CHECKPOINT = "sd_model_checkpoint"
"""A parameter too, sent inside override_settings, so that nobody else's choice is changed."""


@dataclass
class Drawing:
    """One open request. Its task fills in `answer` or `error`; other event loops only read."""

    asked: dict[str, Any]
    unsent: tuple[str, ...]
    ahead: str
    task: "asyncio.Task[None] | None" = None
    answer: dict[str, Any] | None = field(default=None, repr=False)
    error: BackendError | None = None
    stopping: bool = False
    cancelled: bool = False

    def is_open(self) -> bool:
        """Whether the request still waits for an answer that anybody wants."""
        return self.answer is None and self.error is None and not self.cancelled


class A1111(Backend):
    """Draws on the filmmaker's own machine. Nothing is paid, so a lost ticket may be drawn again."""

    id = "a1111"
    label = "Your machine (A1111 API)"
    gloss = "Forge, A1111 or SD.Next on your own machine, started with --api. Free."
    targets = ("sdxl",)
    default_url = "http://127.0.0.1:7860"
    asks = (
        Ask("url", "Address", "url"),
        Ask("key", "Name and password", "key", "As user:password, where the program was started with --api-auth."),
    )
    at_once = 1
    every_s = 1
    deadline_s = 1800

    def __init__(self) -> None:
        self._drawings: dict[str, Drawing] = {}

    async def ready(self, access: Access) -> str:
        """Return nothing when the program answers and has a checkpoint, else what to do."""
        try:
            await self._get("samplers", access)
            models = await self._get("sd-models", access)
        except BackendError as error:
            return str(error)
        return "The program has no checkpoint: put one into its models folder." if models == [] else ""

    async def submit(self, order: Order, access: Access) -> str:
        """Open the request that draws, once the program answered another; the ticket is the order's ref."""
        running = self._drawings.get(order.ref)
        if running and running.is_open() and not _is_lost(running):
            return order.ref
        await self._get("samplers", access)
        state = await self._state(access)
        drawing = Drawing(_body(order), _unsent(order), str(state["job_timestamp"]) if state.get("job") else "")
        self._forget()
        self._drawings[order.ref] = drawing
        drawing.task = asyncio.create_task(self._draw(drawing, access))
        return order.ref

    async def poll(self, ticket: str, access: Access) -> Progress:
        """Return how far a drawing is. The program knows only one progress, of whatever job it runs."""
        drawing = self._find(ticket)
        if drawing.is_open() and not drawing.stopping:
            state = await self._state(access)
            if drawing.is_open() and self._is_running(drawing, state):
                return Progress("running", _fraction(state.get("progress")))
            if drawing.is_open():
                return Progress("queued", message="Another picture is being drawn there.")
        return _outcome(drawing)

    async def fetch(self, ticket: str, access: Access) -> Artifact:
        """Return the first picture, what the program says it used, and every change it made in silence."""
        drawing = self._find(ticket)
        if drawing.error:
            raise drawing.error
        if drawing.cancelled:
            raise RejectedError("Stopped; the unfinished picture was thrown away.")
        if drawing.answer is None or drawing.stopping:
            raise UnreachableError("The picture is not finished.", hint="Try again in a moment.")
        used = _info(drawing.answer)
        content = await asyncio.to_thread(_first, drawing.answer, used)
        found = picture(content, SERVICE)
        return Artifact(found.content, found.media_type, used, _notes(drawing, used))

    async def cancel(self, ticket: str, access: Access) -> bool:
        """Interrupt a drawing. One that waits is left alone: an interrupt would stop the one before it."""
        drawing = self._drawings.get(ticket)
        if not drawing or not drawing.is_open():
            return False
        if not self._is_running(drawing, await self._state(access)):
            return False
        # The interrupted request answers 200 with a half-drawn picture: only we can remember that it is none.
        drawing.stopping = True
        try:
            drawing.cancelled = await self._interrupt(access)
        finally:
            drawing.stopping = False
        return drawing.cancelled

    async def _draw(self, drawing: Drawing, access: Access) -> None:
        try:
            found = await self._txt2img(drawing.asked, access)
            drawing.answer = {} if drawing.cancelled else found
        except BackendError as error:
            drawing.error = error
        except asyncio.CancelledError:
            drawing.error = LostError("Printlight stopped while the picture was being drawn.")
            raise

    async def _txt2img(self, body: dict[str, Any], access: Access) -> dict[str, Any]:
        with speaking_to(SERVICE, hint=START):
            async with self._client(access, read_s=DRAWING_S) as server:
                response = await server.post("/sdapi/v1/txt2img", json=body)
        if response.status_code == 500 and (said := words(response)):
            raise RejectedError(f"The program failed: {said}", hint="Its own window says more.")
        found = answer(response, SERVICE, key_hint=LOG_IN)
        if not isinstance(found, dict) or not found.get("images"):
            raise RejectedError("The program answered without a picture.")
        return found

    async def _get(self, name: str, access: Access) -> Any:
        with speaking_to(SERVICE, hint=START):
            async with self._client(access) as server:
                response = await server.get(f"/sdapi/v1/{name}")
        if response.status_code == 404:
            raise UnreachableError("A program answers there, without the A1111 API.", hint=START)
        return answer(response, SERVICE, key_hint=LOG_IN)

    async def _state(self, access: Access) -> dict[str, Any]:
        """Return the program's one progress, flat; empty where it tells none."""
        try:
            with speaking_to(SERVICE):
                async with self._client(access, read_s=5) as server:
                    response = await server.get("/sdapi/v1/progress?skip_current_image=true")
            found = answer(response, SERVICE)
        except BackendError:
            return {}
        state = found.get("state") if isinstance(found, dict) else None
        return {"progress": found.get("progress"), "job_timestamp": "", **state} if isinstance(state, dict) else {}

    async def _interrupt(self, access: Access) -> bool:
        """Tell whether the drawing was stopped, or may have been: its picture cannot be trusted then."""
        try:
            with speaking_to(SERVICE, sending=True):
                async with self._client(access) as server:
                    response = await server.post("/sdapi/v1/interrupt")
        except UnsureError:
            return True
        except UnreachableError:
            return False
        return response.is_success

    def _client(self, access: Access, read_s: float = 30) -> Client:
        key = access.key.strip()
        if key and ":" not in key:
            raise NeedsKeyError("The key of the A1111 API is a name and a password.", hint=LOG_IN)
        return client(access.url or self.default_url, basic=key, read_s=read_s)

    def _find(self, ticket: str) -> Drawing:
        drawing = self._drawings.get(ticket)
        if not drawing or _is_lost(drawing):
            raise LostError("This drawing is not known here any more.", hint="Shoot again; it cost nothing.")
        return drawing

    def _is_running(self, drawing: Drawing, state: dict[str, Any]) -> bool:
        """Tell whether the job that the program runs can be this one: none that we know of is before it."""
        first = next((one for one in tuple(self._drawings.values()) if one.is_open()), drawing)
        return first is drawing and not (drawing.ahead and state.get("job_timestamp") == drawing.ahead)

    def _forget(self) -> None:
        done = [ticket for ticket, drawing in self._drawings.items() if not drawing.is_open()]
        for ticket in done[: max(0, len(done) - KEPT)]:
            del self._drawings[ticket]


def _outcome(drawing: Drawing) -> Progress:
    """Return how a drawing ended, or that it is being stopped."""
    if drawing.cancelled:
        return Progress("failed", message="Stopped; the unfinished picture was thrown away.", code="cancelled")
    if drawing.stopping:
        return Progress("running", message="Stopping.")
    if drawing.error:
        return Progress("failed", message=str(drawing.error), code=drawing.error.code)
    return Progress("done", 1)


def _is_lost(drawing: Drawing) -> bool:
    """Tell whether the event loop that held the request is gone, and the picture with it."""
    task = drawing.task
    over = task is not None and task.done()
    return isinstance(drawing.error, LostError) or (over and drawing.is_open())


def _body(order: Order) -> dict[str, Any]:
    settings = dict(order.params.get("override_settings") or {})
    if CHECKPOINT in order.params:
        settings[CHECKPOINT] = order.params[CHECKPOINT]
    return {
        **{name: value for name, value in order.params.items() if name in FIELDS},
        **({"override_settings": settings} if settings else {}),
        "prompt": order.text,
        "negative_prompt": order.negative,
        "batch_size": 1,
        "n_iter": 1,
        "send_images": True,
        "save_images": False,
        "force_task_id": order.ref,
    }


def _unsent(order: Order) -> tuple[str, ...]:
    unknown = sorted(order.params.keys() - FIELDS - {CHECKPOINT})
    notes = [f"The A1111 API has no {name!r}; it was not sent." for name in unknown]
    if order.attachments:
        notes.append(f"{len(order.attachments)} reference pictures were not sent: this API draws from text here.")
    return tuple(notes)


def _fraction(value: Any) -> float | None:
    return min(max(float(value), 0), 1) if isinstance(value, int | float) else None


def _info(found: dict[str, Any]) -> dict[str, Any]:
    """Return what the program used: `info` is JSON in a string, an object, or empty."""
    info = found.get("info")
    if isinstance(info, str):
        try:
            info = json.loads(info)
        except ValueError:
            return {}
    return info if isinstance(info, dict) else {}


def _first(found: dict[str, Any], used: dict[str, Any]) -> bytes:
    """Decode the first picture; a grid may stand before it."""
    images, index = found["images"], used.get("index_of_first_image")
    text = images[index if isinstance(index, int) and 0 <= index < len(images) else 0]
    try:
        return b64decode(text.rpartition(",")[2])
    except (AttributeError, ValueError):
        raise RejectedError("The program's picture cannot be decoded.") from None


def _notes(drawing: Drawing, used: dict[str, Any]) -> tuple[str, ...]:
    asked = drawing.asked
    if not used:
        return (*drawing.unsent, "The program does not say what it used.")
    settings = asked.get("override_settings", {})
    pairs = (
        ("sampler", *_spelled_alike(asked.get("sampler_name"), used.get("sampler_name"))),
        ("model", _stem(settings.get(CHECKPOINT)), _stem(used.get("sd_model_name"))),
        ("width", asked.get("width"), used.get("width")),
        ("height", asked.get("height"), used.get("height")),
        ("seed", None if asked.get("seed") == -1 else asked.get("seed"), used.get("seed")),
    )
    changed = [
        f"The {name} is {got!r}, not {want!r} as asked."
        for name, want, got in pairs
        if want is not None and got is not None and want != got
    ]
    return (*drawing.unsent, *changed)


def _spelled_alike(asked: Any, used: Any) -> tuple[Any, Any]:
    """Return two names of a sampler, as one where only case and signs differ: `euler_a`, `Euler a`."""
    alike = [re.sub(r"[^a-z0-9+]", "", str(name).lower()) for name in (asked, used)]
    return (used, used) if alike[0] == alike[1] else (asked, used)


def _stem(model: Any) -> str | None:
    """Return a checkpoint's name without folder, ending and hash."""
    if not isinstance(model, str) or not model:
        return None
    name = model.partition(" [")[0].replace("\\", "/").rpartition("/")[2]
    return name.removesuffix(".safetensors").removesuffix(".ckpt")
