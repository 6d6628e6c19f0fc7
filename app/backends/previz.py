"""The built-in previz: no key, no weights, no network. It draws in a process of its own."""

import contextlib
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from app.backends._lines import lines
from app.backends._media import picture
from app.backends.base import Access, Artifact, Backend, Order, Progress
from app.errors import LostError, RejectedError, UnreachableError
from app.previz.stage import stage
from app.previz.worker import problem, width
from app.resolve import resolve
from app.vocab import vocabulary

SAMPLES = 16


@dataclass
class _Drawing:
    """A picture that a worker process draws."""

    process: subprocess.Popen[bytes]
    out: Path
    width: int
    notes: tuple[str, ...]
    fraction: float = 0
    error: str = ""
    done: bool = False


class Previz(Backend):
    """Draws the shot itself, physically based: its camera, its lights in Kelvin and stops, its depth of field."""

    id = "previz"
    label = "Previz"
    gloss = "Built in: draws the shot's camera and lights as they are said. No key, no network, no AI."
    reads_text = False
    generative = False
    at_once = 1
    first_wait_s = 0.3
    every_s = 0.5
    deadline_s = 1800

    worker: ClassVar[tuple[str, ...]] = ("-m", "app.previz")
    """What Python runs to draw."""

    def __init__(self) -> None:
        self._drawings: dict[str, _Drawing] = {}

    async def ready(self, access: Access) -> str:
        """Say that it is there, or which library of the system it still needs."""
        return problem()

    async def submit(self, order: Order, access: Access) -> str:
        """Start a worker; its id is the ticket, which lives as long as this process."""
        if reason := problem():
            raise RejectedError(reason)
        staged = stage(resolve(order.shot, vocabulary()))
        folder = Path(tempfile.mkdtemp(prefix="printlight-previz-"))
        out, wide = folder / "frame.png", width()
        command = [sys.executable, *self.worker, str(out), "--width", str(wide), "--samples", str(SAMPLES)]
        process = subprocess.Popen(  # noqa: ASYNC220, S603  returns at once; the arguments are our own
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        drawing = _Drawing(process, out, wide, tuple(staged.notes))
        self._drawings[order.ref] = drawing
        threading.Thread(target=_follow, args=(drawing, staged.scene.model_dump_json().encode()), daemon=True).start()
        return order.ref

    async def poll(self, ticket: str, access: Access) -> Progress:
        """Say how far the worker is."""
        drawing = self._drawing(ticket)
        if drawing.done:
            return Progress("done", 1.0)
        if drawing.process.poll() is not None and drawing.error:
            self._drop(ticket)
            return Progress("failed", None, f"The previz stopped: {drawing.error}", "failed")
        return Progress("running", drawing.fraction, "Drawing.")

    async def fetch(self, ticket: str, access: Access) -> Artifact:
        """Return the picture, and a note for everything that had to be assumed."""
        drawing = self._drawing(ticket)
        if not drawing.done:
            raise UnreachableError("The picture is not finished.", hint="Try again in a moment.")
        try:
            content = picture(drawing.out.read_bytes(), "The previz").content
        except (OSError, UnreachableError):
            raise RejectedError("The previz says that it is done and left no picture.", hint="Shoot again.") from None
        finally:
            self._drop(ticket)
        return Artifact(content, "image/png", {"width": drawing.width, "samples": SAMPLES}, drawing.notes)

    async def cancel(self, ticket: str, access: Access) -> bool:
        """Stop the worker; what is drawn already stays."""
        drawing = self._drawings.get(ticket)
        if drawing is None or drawing.done:
            return False
        drawing.process.kill()
        self._drop(ticket)
        return True

    def _drawing(self, ticket: str) -> _Drawing:
        if ticket not in self._drawings:
            raise LostError("The process that drew this picture is gone.")
        return self._drawings[ticket]

    def _drop(self, ticket: str) -> None:
        drawing = self._drawings.pop(ticket)
        with contextlib.suppress(OSError):
            drawing.out.unlink(missing_ok=True)
            drawing.out.parent.rmdir()


def _follow(drawing: _Drawing, scene: bytes) -> None:
    """Hand the scene over and read the worker's lines until it ends."""
    process = drawing.process
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("The worker was started without pipes.")
    with contextlib.suppress(BrokenPipeError):
        process.stdin.write(scene)
        process.stdin.close()
    for said in lines(process.stdout):
        if isinstance(progress := said.get("progress"), int | float) and 0 <= progress <= 1:
            drawing.fraction = progress
        if "error" in said:
            drawing.error = str(said["error"])[:1000]
        drawing.done = drawing.done or "done" in said
    process.stdout.close()
    status = process.wait()
    if not drawing.done and not drawing.error:
        drawing.error = f"the worker ended with status {status}."
