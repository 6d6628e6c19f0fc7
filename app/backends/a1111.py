"""Programs that speak AUTOMATIC1111's `/sdapi/v1`: Forge, A1111, SD.Next, Draw Things, sd-server, xinference.

Their one request blocks until the picture is drawn, so it stays open in this process, and a ticket dies
with it. What differs between them is taken as it comes: facts from a recorded Forge f2.0.1, 2026-11-20.
"""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from math import isfinite
from typing import Any, ClassVar

from app.backends._a1111_answer import first, info, notes, preview, rewritten
from app.backends._a1111_program import CHECKPOINT, DRAW_THINGS, LOG_IN, SERVICE, START, Program, meet
from app.backends._a1111_request import Request, request, unsaid
from app.backends._http import MAX_WORDS_BYTES, Client, answer, client, limited, speaking_to, words
from app.backends._media import picture
from app.backends._open_requests import OpenRequest, OpenRequests, charged
from app.backends.base import (
    CONTROLS,
    FORWARDS,
    MASK,
    SOURCE,
    Access,
    Artifact,
    Ask,
    Backend,
    Can,
    Order,
    Progress,
    Seen,
)
from app.errors import BackendError, LostError, NeedsKeyError, RejectedError, UnreachableError, UnsureError


@dataclass(frozen=True)
class Drawing:
    """What was asked for and what could not be, of which model, and the job that the program was busy with then."""

    request: Request
    unsent: tuple[str, ...]
    model: str
    ahead: str


class A1111(Backend):
    """Draws on the filmmaker's own machine. Nothing is paid, unless it forwards: what is lost may be drawn again."""

    id = "a1111"
    label = "Your machine (A1111 API)"
    gloss = "Forge, A1111, SD.Next or Draw Things on your own machine, with its API switched on. Free."
    targets = ("sdxl", "sd-1.5", "sd-3.5", "flux-1", "qwen-image-2512")
    default_url = "http://127.0.0.1:7860"
    variables = ("A1111_URL", "A1111_AUTH")
    asks = (
        Ask("url", "Address", "url", "http://127.0.0.1:7860 unless the program says otherwise."),
        Ask("key", "Name and password", "key", "As user:password, where the program was started with --api-auth."),
        Ask("checkpoint", "Checkpoint", hint="As the program lists it; nothing: the one that it has loaded."),
        FORWARDS,
    )
    abilities = Can(
        roles=frozenset({SOURCE, MASK}) | CONTROLS,
        strength=True,
        negative=True,
        seed=True,
        progress=True,
        cancel=True,
    )
    at_once = 1
    every_s = 1
    deadline_s = 1800

    drawing_s: ClassVar[float] = 3600
    """A drawing that answers nothing for so long is given up."""

    def __init__(self) -> None:
        self._drawings: OpenRequests[Drawing] = OpenRequests()
        self._met: dict[str, Program] = {}

    def can(self, access: Access) -> Can:
        """Return what the program takes, once it was met: no maps without a ControlNet, no mask in Draw Things."""
        program = self._met.get(self._url(access))
        if program is None:
            return self.abilities
        lacks = (frozenset() if program.controls else CONTROLS) | ({MASK} if program.name == DRAW_THINGS else set())
        return replace(self.abilities, roles=self.abilities.roles - lacks)

    def unsent(self, order: Order, access: Access) -> Iterator[str]:
        """Say also which parameters and maps are not for the program at hand."""
        yield from super().unsent(order, access)
        yield from unsaid(order, self._met.get(self._url(access)))

    async def ready(self, access: Access) -> str:
        """Return nothing when the program answers and has a checkpoint, else what to do."""
        return (await self.look(access)).problem

    async def look(self, access: Access) -> Seen:
        """Say which program answers, and which checkpoints it has."""
        try:
            program = await self._meet(access)
        except BackendError as error:
            return Seen(str(error))
        problem = "The program has no checkpoint: put one into its models folder." if program.is_empty() else ""
        return Seen(problem, f"{program.name} {program.version}".strip(), program.models)

    async def submit(self, order: Order, access: Access) -> str:
        """Open the request that draws, once the program answered others; the ticket is the order's ref."""
        if self._drawings.is_under_way(order.ref):
            return order.ref
        program = await self._meet(access)
        asked = await asyncio.to_thread(request, order, program, access)
        state = await self._state(asked.id, access)
        model = str(asked.body.get("override_settings", {}).get(CHECKPOINT, ""))
        unsent = tuple(self.unsent(order, access))
        drawing = Drawing(asked, unsent, model, str(state["job_timestamp"]) if state.get("job") else "")
        await self._drawings.start(order.ref, drawing, partial(self._draw, asked, access))
        return order.ref

    async def poll(self, ticket: str, access: Access) -> Progress:
        """Return how far a drawing is. The program knows only one progress, of whatever job it runs.

        Where it forwards to a paid service, a drawing that nobody waits for any more may have been charged.
        """
        try:
            drawing = self._drawings.find(ticket)
        except LostError as error:
            return charged(error, paid=self.costs(access))
        if drawing.is_open() and not drawing.stopping:
            state = await self._state(drawing.asked.request.id, access, shown=True)
            if drawing.is_open() and self._is_running(drawing, state):
                return Progress("running", _fraction(state.get("progress")), preview=preview(state.get("shown")))
            if drawing.is_open():
                return Progress("queued", message="Another picture is being drawn there.")
        return drawing.outcome()

    async def fetch(self, ticket: str, access: Access) -> Artifact:
        """Return the first picture, what the program says it used, and every change it made in silence."""
        drawing = self._drawings.find(ticket)
        found, asked, unsent = drawing.result(), drawing.asked.request, drawing.asked.unsent
        used = info(found)
        whole = picture(await asyncio.to_thread(first, found, used), SERVICE)
        said = (*unsent, *notes(asked, used, whole.content))
        return Artifact(whole.content, whole.media_type, used, said, rewritten(asked, used))

    async def cancel(self, ticket: str, access: Access) -> bool:
        """Interrupt a drawing. One that waits is left alone: an interrupt would stop the one before it."""
        drawing = self._drawings.get(ticket)
        if not drawing or not drawing.is_open():
            return False
        if not self._is_running(drawing, await self._state(drawing.asked.request.id, access)):
            return False
        # The interrupted request answers 200 with a half-drawn picture: only we can remember that it is none.
        drawing.stopping = True
        try:
            drawing.cancelled = await self._interrupt(drawing.asked, access)
        finally:
            drawing.stopping = False
        return drawing.cancelled

    async def _draw(self, asked: Request, access: Access) -> dict[str, Any]:
        sending = self.costs(access)
        with speaking_to(SERVICE, sending=sending, hint=START):
            async with self._client(access, read_s=self.drawing_s) as server:
                response = await limited(server, "POST", asked.path, json=asked.body)
        if response.status_code == 500 and (said := words(response)) and not sending:
            raise RejectedError(f"The program failed: {said}", hint="Its own window says more.")
        found = answer(response, SERVICE, sending=sending, key_hint=LOG_IN)
        if not isinstance(found, dict) or not isinstance(found.get("images"), list) or not found["images"]:
            raise RejectedError("The program answered without a picture.")
        return found

    async def _meet(self, access: Access) -> Program:
        async with self._client(access) as server:
            program = await meet(server)
        self._met[self._url(access)] = program
        return program

    async def _state(self, request_id: str, access: Access, *, shown: bool = False) -> dict[str, Any]:
        """Return the program's one progress, flat, and the unfinished picture; empty where it tells none.

        `request_id` is for xinference, which knows progress by request; the others do not read it.
        """
        asked = {"skip_current_image": "false" if shown else "true", "request_id": request_id}
        try:
            with speaking_to(SERVICE):
                async with self._client(access, read_s=min(5, access.patience_s)) as server:
                    response = await limited(server, "GET", "/sdapi/v1/progress", params=asked)
            found = answer(response, SERVICE)
        except BackendError:
            return {}
        if not isinstance(found, dict):
            return {}
        state = found.get("state")
        known = {"progress": found.get("progress"), "shown": found.get("current_image"), "job_timestamp": ""}
        return {**known, **state} if isinstance(state, dict) else known

    async def _interrupt(self, asked: Drawing, access: Access) -> bool:
        """Tell whether the drawing was stopped, or may have been: its picture cannot be trusted then."""
        which = {"model": asked.model, "request_id": asked.request.id}
        try:
            with speaking_to(SERVICE, sending=True):
                async with self._client(access) as server:
                    response = await limited(
                        server, "POST", "/sdapi/v1/interrupt", max_bytes=MAX_WORDS_BYTES, json=which
                    )
        except UnsureError:
            return True
        except UnreachableError:
            return False
        return response.is_success

    def _client(self, access: Access, read_s: float | None = None) -> Client:
        key = access.key.strip()
        if key and ":" not in key:
            raise NeedsKeyError("The key of the A1111 API is a name and a password.", hint=LOG_IN)
        return client(self._url(access), basic=key, read_s=read_s or access.patience_s)

    def _url(self, access: Access) -> str:
        return access.url or self.default_url

    def _is_running(self, drawing: OpenRequest[Drawing], state: dict[str, Any]) -> bool:
        """Tell whether the job that the program runs can be this one: none that we know of is before it."""
        ahead = drawing.asked.ahead
        return self._drawings.is_next(drawing) and not (ahead and state.get("job_timestamp") == ahead)


def _fraction(value: Any) -> float | None:
    return min(max(float(value), 0), 1) if isinstance(value, int | float) and isfinite(value) else None
