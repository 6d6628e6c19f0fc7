"""A model in a folder, drawn with Hugging Face's diffusers in a process of its own: no server, no network.

The process keeps the model loaded from one picture to the next. It runs in Printlight's own Python or in another that
has torch and diffusers, and a ticket dies with it: nothing is paid, so the picture may be drawn again.
"""

import asyncio
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from secrets import token_hex
from typing import Any, ClassVar

from app.backends._diffusers_order import job, unsaid
from app.backends._diffusers_process import SHOOT_AGAIN, Place, Workers
from app.backends._media import picture
from app.backends._open_requests import OpenRequests
from app.backends.base import MASK, SOURCE, Access, Artifact, Ask, Backend, Can, Order, Progress, Seen
from app.errors import RejectedError, UnreachableError

INDEX = "model_index.json"
INDEX_BYTES = 1_000_000

A_FOLDER = f"It is the whole path of the folder that holds {INDEX}, as in /home/me/models/sdxl."
A_PYTHON = "It is the whole path of a Python, as in /home/me/diffusers/bin/python; empty for Printlight's own."
INSTALL = "Install them with Printlight's extra `local`, or name another Python that has them."

PYTHON = re.compile(r"python[0-9.]*w?(\.exe)?", re.IGNORECASE)

PIPELINES = {
    "sdxl": r"StableDiffusionXL",
    "sd-1.5": r"StableDiffusion(Img2Img|Inpaint)?Pipeline",
    "sd-3.5": r"StableDiffusion3",
    "flux-1": r"Flux(?!2|Kontext)",
    "qwen-image-2512": r"QwenImage(?!Edit)",
}
"""How the class of a target's own pipelines begins."""


@dataclass
class Drawing:
    """A job that a worker has: where, under which name, what of the order was left out, and how far it is."""

    place: Place
    ref: str
    notes: tuple[str, ...]
    folder: Path
    steps: tuple[int, int] | None = field(default=None)

    def told(self, step: int, steps: int) -> None:
        """Remember the step it is at."""
        self.steps = step, steps

    def progress(self) -> Progress:
        """Say how far it is."""
        if self.steps is None:
            return Progress("queued", message="Waiting for the worker.")
        step, steps = self.steps
        if not 0 < step <= steps:
            return Progress("running", None, "Loading the model.")
        return Progress("running", step / steps, f"Step {step} of {steps}.")


class Diffusers(Backend):
    """Draws with the weights in a folder. Nothing is fetched, and only safetensors are read."""

    id = "diffusers"
    label = "Model folder (diffusers)"
    gloss = "A diffusers model in a folder of this machine, drawn without a server: nothing is fetched. Free."
    targets = ("sdxl", "sd-1.5", "sd-3.5", "flux-1", "qwen-image-2512")
    asks = (
        Ask("folder", "Model's folder", "folder", A_FOLDER, needed=True),
        Ask("device", "Device", hint="cuda, cuda:1, mps or cpu; nothing: the best there is."),
        Ask("python", "Python", hint=f"One that has torch and diffusers. {A_PYTHON}"),
    )
    abilities = Can(
        roles=frozenset({SOURCE, MASK}), strength=True, negative=True, seed=True, progress=True, cancel=True
    )
    at_once = 1
    every_s = 1
    deadline_s = 3600

    worker: ClassVar[Path] = Path(__file__).with_name("_diffusers_worker.py")
    idle_s: ClassVar[float] = 600
    """A worker that draws nothing for so long is ended, and its memory is free."""

    patience_s: ClassVar[float] = 120
    """One that goes on for so long with what was called off is ended, too: loading a model cannot be stopped sooner."""

    def __init__(self) -> None:
        self._workers = Workers(self.worker, self.idle_s, self.patience_s)
        self._drawings: OpenRequests[Drawing] = OpenRequests()

    def unsent(self, order: Order, access: Access) -> Iterator[str]:
        """Say also which parameters have no place, and that a folder holds another model than the prompt is for."""
        yield from super().unsent(order, access)
        yield from unsaid(order)
        try:
            found = _pipeline(_place(access).folder)
        except RejectedError:
            return
        if not re.match(PIPELINES.get(order.target.id, ""), found):
            yield f"The folder holds a {found}; the prompt is worded for {order.target.label}."

    async def ready(self, access: Access) -> str:
        """Return nothing when the folder holds a model and the Python is there, else what to do. Nothing is loaded."""
        try:
            await asyncio.to_thread(_check, access)
        except RejectedError as error:
            return str(error)
        return ""

    async def look(self, access: Access) -> Seen:
        """Say which torch and diffusers would draw, on which device, and the class of the folder's pipeline."""
        try:
            place = await asyncio.to_thread(_check, access)
            model = await asyncio.to_thread(_pipeline, place.folder)
            found = await asyncio.to_thread(self._workers.versions, place)
        except RejectedError as error:
            return Seen(str(error))
        said = f"diffusers {found['diffusers']}, torch {found.get('torch')}, {found.get('device')}"
        return Seen(version=said, models=(model,))

    async def submit(self, order: Order, access: Access) -> str:
        """Hand the job to the folder's worker, which is started if need be; the ticket is the order's ref."""
        if self._drawings.is_under_way(order.ref):
            return order.ref
        drawing, answer = await asyncio.to_thread(self._send, order, access)
        await self._drawings.start(order.ref, drawing, lambda: _draw(drawing, answer))
        return order.ref

    async def poll(self, ticket: str, access: Access) -> Progress:
        """Say which step a drawing is at."""
        found = self._drawings.find(ticket)
        return found.asked.progress() if found.is_open() else found.outcome()

    async def fetch(self, ticket: str, access: Access) -> Artifact:
        """Return the picture, what the pipeline used, and what it could not take."""
        found = self._drawings.find(ticket)
        answer = found.result()
        return Artifact(answer["content"], "image/png", answer["used"], (*found.asked.notes, *answer["notes"]))

    async def cancel(self, ticket: str, access: Access) -> bool:
        """Stop a drawing after the step that it is at; the model stays loaded."""
        found = self._drawings.get(ticket)
        if not found or not found.is_open():
            return False
        found.cancelled = True
        await asyncio.to_thread(self._workers.cancel, found.asked.place, found.asked.ref)
        return True

    def close(self) -> None:
        """End the workers; they would end with this process in any case."""
        self._workers.close()

    def _send(self, order: Order, access: Access) -> "tuple[Drawing, Future[dict[str, Any]]]":
        place = _check(access)
        folder = Path(tempfile.mkdtemp(prefix="printlight-diffusers-"))
        try:
            drawing = Drawing(place, f"{order.ref}-{token_hex(4)}", tuple(self.unsent(order, access)), folder)
            sent = {"ref": drawing.ref, "folder": place.folder, **job(order, folder)}
            return drawing, self._workers.draw(place, sent, drawing.told)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise


async def _draw(drawing: Drawing, answer: "Future[dict[str, Any]]") -> dict[str, Any]:
    """Wait for a worker's answer; return it with the picture, which is kept nowhere else."""
    try:
        said = await asyncio.wrap_future(answer)
        content = await asyncio.to_thread(_read, drawing.folder / "out.png")
    finally:
        shutil.rmtree(drawing.folder, ignore_errors=True)
    used, notes = said.get("used"), said.get("notes")
    return {
        "content": content,
        "used": used if isinstance(used, dict) else {},
        "notes": [str(one) for one in notes] if isinstance(notes, list) else [],
    }


def _read(out: Path) -> bytes:
    try:
        return picture(out.read_bytes(), "The worker").content
    except (OSError, UnreachableError):
        raise RejectedError("The worker says that it is done and left no picture.", hint=SHOOT_AGAIN) from None


def _place(access: Access) -> Place:
    """Return where to draw, as it was set up. Raises RejectedError for a folder that is none."""
    said = [str(access.options.get(name) or "").strip() for name in ("python", "folder", "device")]
    folder = Path(said[1]).expanduser()
    if not said[1] or not folder.is_absolute() or ".." in folder.parts:
        raise RejectedError(f"{said[1]!r} is no model's folder.", hint=A_FOLDER)
    return Place(said[0], str(folder), said[2])


def _check(access: Access) -> Place:
    """Return where to draw, once the folder holds a model and the Python is there. Raises RejectedError."""
    place = _place(access)
    _pipeline(place.folder)
    if not place.python:
        missing = [name for name in ("torch", "diffusers", "transformers") if find_spec(name) is None]
        if missing:
            raise RejectedError(f"Printlight's own Python ({sys.executable}) lacks {', '.join(missing)}.", hint=INSTALL)
        return place
    python = Path(place.python).expanduser()
    if not python.is_absolute() or not PYTHON.fullmatch(python.name) or not python.is_file():
        raise RejectedError(f"{place.python!r} is no Python.", hint=A_PYTHON)
    return place._replace(python=str(python))


def _pipeline(folder: str) -> str:
    """Return the class of a folder's pipeline. Raises RejectedError when it says none."""
    try:
        with (Path(folder) / INDEX).open("rb") as file:
            found = json.loads(file.read(INDEX_BYTES))
    except (OSError, ValueError, RecursionError):
        hint = f"{A_FOLDER} A single .safetensors file is for ComfyUI or the A1111 API."
        raise RejectedError(f"There is no readable {INDEX} in {folder}.", hint=hint) from None
    name = found.get("_class_name") if isinstance(found, dict) else None
    if not isinstance(name, str):
        raise RejectedError(f"The {INDEX} in {folder} names no pipeline of diffusers.", hint="Choose another folder.")
    return name
