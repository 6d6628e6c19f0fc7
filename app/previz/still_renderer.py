"""The one warm renderer of a studio: stills are drawn by a process of its own, which stays while it is of use."""

import asyncio
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import suppress
from typing import Any

from app.previz.scene import Scene

Line = dict[str, Any]
"""A frame as the worker tells it, or `{"error": ..., "hint": ...}`, or `{"superseded": True}`."""

_LONGEST_LINE = 32 << 20
_ONE_CORE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_LEAVE_S = 10
"""A process that was killed is waited for as long; the studio goes then, whatever holds it."""
_GONE: Line = {"gone": True}
_SUPERSEDED: Line = {"superseded": True}
_STOPPED: Line = {
    "error": "The previz stopped twice while it drew this still.",
    "hint": "Change the shot, or shoot a take on another backend.",
}


class Renderer:
    """Draws one still at a time; a new one takes the place of the one before."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._process: Process | None = None
        self._reading: set[asyncio.Task[None]] = set()
        self._starting = asyncio.Lock()
        self._order = 0
        self._answers: asyncio.Queue[Line] = asyncio.Queue()
        self._waiting = 0

    @property
    def busy(self) -> bool:
        """Whether somebody waits for a still."""
        return self._waiting > 0

    async def draw(self, scene: Scene, longest: int, samples: int) -> AsyncGenerator[Line, None]:
        """Yield ever better frames. A process that ends over it is started once more."""
        self._leave()
        self._waiting += 1
        answers = self._answers = asyncio.Queue[Line]()
        order = {"id": self._order, "scene": scene.model_dump(mode="json"), "longest": longest, "samples": samples}
        tries = 2
        try:
            await self._send(order)
            while True:
                line = await answers.get()
                if line is _GONE and (tries := tries - 1):
                    await self._send(order)
                    continue
                yield _STOPPED if line is _GONE else line
                if line is _GONE or line.get("done") or "error" in line or line is _SUPERSEDED:
                    return
        finally:
            self._waiting -= 1
            if self._answers is answers:
                self._rest()

    async def stop(self) -> None:
        """End the process, and what is being drawn."""
        self._leave()
        if self._process and self._process.returncode is None:
            self._process.kill()
        if self._reading:
            await asyncio.wait(self._reading, timeout=_LEAVE_S)

    def _leave(self) -> None:
        """Count on no answer to the order in hand, and say so to whoever waits for it."""
        self._order += 1
        self._answers.put_nowait(_SUPERSEDED)

    async def _send(self, order: Line) -> None:
        """Hand an order to the process, which is started where there is none."""
        async with self._starting:
            if order["id"] != self._order:
                return
            if self._process is None:
                self._process = await _started()
                task = asyncio.create_task(self._read(self._process))
                self._reading.add(task)
                task.add_done_callback(self._reading.discard)
            _write(self._process, order)

    def _rest(self) -> None:
        """Let the process draw nothing more for now."""
        self._order += 1
        if self._process:
            _write(self._process, {"id": self._order})

    async def _read(self, process: Process) -> None:
        """Pass on what the process says of the order in hand, until it ends."""
        if process.stdout is None:
            raise RuntimeError("The worker was started without pipes.")
        while line := await process.stdout.readline():
            with suppress(ValueError):
                said = json.loads(line)
                if said.pop("id") == self._order:
                    self._answers.put_nowait(said)
        self._process = None
        self._answers.put_nowait(_GONE)
        await process.wait()


async def _started() -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "app.previz.still_worker",
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
        limit=_LONGEST_LINE,
        env={**os.environ, **_ONE_CORE},
    )


def _write(process: Process, order: Line) -> None:
    """Write a line; that the process is gone is learned from what it no longer says."""
    if process.stdin is None:
        raise RuntimeError("The worker was started without pipes.")
    with suppress(ConnectionError, RuntimeError):
        process.stdin.write(json.dumps(order).encode() + b"\n")
