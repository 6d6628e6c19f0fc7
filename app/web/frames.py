"""The small frames on a film's board: drawn one at a time when nobody draws a still, and kept by what they show."""

import asyncio
import hashlib
import logging
import os
from base64 import b64decode
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Literal

from app.previz.scene import Scene
from app.previz.still_renderer import Line, Renderer
from app.previz.worker import problem

LONGEST, SAMPLES = 320, 12
"""Pixels and paths a pixel: enough to know a shot by."""

MOST_KEPT = 2000
"""Frames in the folder; those not looked at for longest go first."""

MOST_WAITING = 24
FORGOTTEN_S = 7.0
"""A card asks again every few seconds while somebody sees it; one that asks no more is not waited for."""

DRAWN_AS = "1"
"""Part of every frame's name: raise it when the previz draws the same scene otherwise."""

REST_S = 0.3

Standing = Literal["drawn", "waiting", "never"]

log = logging.getLogger(__name__)


@dataclass
class _Wish:
    scene: Scene
    asked_at: float


class Frames:
    """A folder of frames, and a short queue of those that somebody looks for now."""

    def __init__(self, folder: Path, renderer: Renderer, *, draws: bool = True) -> None:
        """Keep frames in a folder, and draw them, if at all, with a renderer that stills go before."""
        self._folder, self._renderer, self._draws = folder, renderer, draws
        self._wanted: dict[str, _Wish] = {}
        self._never: set[str] = set()
        self._called = asyncio.Event()
        self._drawing: asyncio.Task[None] | None = None

    @property
    def waiting(self) -> list[str]:
        """The names of the frames in the queue, the next one first."""
        return list(self._wanted)

    @staticmethod
    def name(scene: Scene) -> str:
        """Return the name of a scene's frame: the same for the same scene."""
        return hashlib.sha256(f"{DRAWN_AS} {LONGEST} {SAMPLES} {scene.model_dump_json()}".encode()).hexdigest()

    def get(self, name: str) -> bytes | None:
        """Return a frame as JPEG, or None."""
        path = self._path(name)
        with suppress(OSError):
            content = path.read_bytes()
            os.utime(path)
            return content
        return None

    def ask(self, name: str, scene: Scene) -> Standing:
        """Put a frame into the queue, or keep it there; tell how it stands."""
        if name in self._never or not self._draws or problem():
            return "never"
        wish = self._wanted.get(name)
        if wish:
            wish.asked_at = monotonic()
            return "waiting"
        if len(self._wanted) >= MOST_WAITING:
            del self._wanted[min(self._wanted, key=lambda one: self._wanted[one].asked_at)]
        self._wanted[name] = _Wish(scene, monotonic())
        if self._drawing is None:
            self._drawing = asyncio.create_task(self._draw_on())
        self._called.set()
        return "waiting"

    async def stop(self) -> None:
        """Draw no more."""
        if self._drawing:
            self._drawing.cancel()
            with suppress(asyncio.CancelledError):
                await self._drawing

    async def _draw_on(self) -> None:
        while True:
            await self._called.wait()
            while name := self._next():
                if self._renderer.busy:
                    await asyncio.sleep(REST_S)
                else:
                    await self._draw(name, self._wanted[name].scene)
            self._called.clear()

    def _next(self) -> str | None:
        """Return the frame that was asked for first of those that somebody still looks for."""
        now = monotonic()
        for name in [name for name, wish in self._wanted.items() if now - wish.asked_at > FORGOTTEN_S]:
            del self._wanted[name]
        return next(iter(self._wanted), None)

    async def _draw(self, name: str, scene: Scene) -> None:
        """Draw a frame and keep it. A still that is wanted meanwhile goes before it: then it waits on."""
        line: Line = {}
        async for line in self._renderer.draw(scene, LONGEST, SAMPLES):
            if line.get("done"):
                content = b64decode(line["pictures"]["picture"].partition(",")[2])
                await asyncio.to_thread(self._keep, name, content)
        if "error" in line:
            self._never.add(name)
        if "superseded" not in line:
            self._wanted.pop(name, None)

    def _keep(self, name: str, content: bytes) -> None:
        path = self._path(name)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_suffix(".part")
            unfinished.write_bytes(content)
            unfinished.replace(path)
            kept = sorted(self._folder.glob("*.jpg"), key=lambda one: one.stat().st_mtime)
            for old in kept[: max(0, len(kept) - MOST_KEPT)]:
                old.unlink(missing_ok=True)
        except OSError as error:
            self._never.add(name)
            log.warning("A frame of the board was drawn and not kept. %s", error)

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.jpg"
