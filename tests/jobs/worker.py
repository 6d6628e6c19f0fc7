"""A process that works on a library as `printlight work` does, and kills itself at a point it is told."""

import asyncio
import logging
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlmodel import select

from app import db
from app.backends import Access, backends
from app.files import Pictures
from app.jobs import Desk, Engine, engine, work
from app.jobs.opening import library_of
from app.library import Library, queue
from app.library.takes import Takes
from app.settings import Settings
from app.vocab import vocabulary
from tests.jobs.clerk import Clerk

vocabulary()  # read once, before the processes part


@dataclass(frozen=True)
class Place:
    """Where a process works: what it keeps and where, one backend, and the point at which the first dies, if any."""

    kept: Settings
    backend: str
    access: Access
    point: str = ""

    def library(self) -> Library:
        """Open what is kept."""
        return library_of(self.kept)

    @property
    def data(self) -> Path:
        """The folder."""
        return self.kept.data


def run(place: Place, name: str) -> None:
    """Work until killed. What is waited for is shorter than in life."""
    backends._found["clerk"] = Clerk()
    logging.basicConfig(filename=place.data / f"{name}.log")
    queue.STALE_S, engine.BEAT_S, engine.LOOK_S, work.SETTLE_S = 6, 0.5, 0.3, 1  # type: ignore[assignment]
    if place.point:
        _arm(place, name)
    desk = Desk(place.library(), {place.backend: place.access})
    asyncio.run(_work(Engine(desk, place.data, place.kept.database_url, name)))


async def _work(one: Engine) -> None:
    await one.start()
    await asyncio.Event().wait()


def sending(library: Library, name: str) -> set[str]:
    """Return the takes that a process is sending and has no ticket for."""
    with library.database.read() as session:
        jobs = session.exec(select(db.Job).where(db.Job.state == "sending")).all()
    return {job.take_id for job in jobs if job.remote_id is None and str(job.worker).startswith(f"{name}-")}


def _arm(place: Place, process: str) -> None:
    """Let the first process that comes to a point die there, as by a power cut; it leaves what it was sending."""

    def die(*_: Any) -> None:
        try:
            (place.data / "died").touch(exist_ok=False)
        except FileExistsError:
            return
        (place.data / "was_sending").write_text(" ".join(sending(place.library(), process)), encoding="utf-8")
        os.kill(os.getpid(), signal.SIGKILL)

    backend = type(backends[place.backend])
    points: dict[str, tuple[Any, str, str]] = {
        "before the claim": (Takes, "claim", "before"),
        "between claim and POST": (backend, "submit", "before"),
        "after the POST, before its ticket is kept": (backend, "submit", "after"),
        "watching": (backend, "poll", "after"),
        "downloaded, not kept": (Pictures, "put", "before"),
        "kept, before the end": (Takes, "finish", "before"),
    }
    owner, name, when = points[place.point]
    setattr(owner, name, _dying(getattr(owner, name), die, when))


def _dying(call: Callable[..., Any], die: Callable[..., None], when: str) -> Callable[..., Any]:
    """Return a function, plain or a coroutine's, that dies before or after its work."""
    if not asyncio.iscoroutinefunction(call):

        def plain(*given: Any, **named: Any) -> Any:
            die()
            return call(*given, **named)

        return plain

    async def awaited(*given: Any, **named: Any) -> Any:
        if when == "before":
            die()
        answer = await call(*given, **named)
        die()
        return answer

    return awaited
