"""The durable engine behind the work: DBOS, on SQLite or PostgreSQL, kept to this one module.

Every process that works has a name of its own and a heartbeat, takes what is due out of the queue in our own tables,
and works on it as a workflow. What a dead process had in hand goes back there, and begins anew wherever its row stands.
The engine runs steps at least once; that a submit happens at most once is the claim's doing, in work.py.
"""

import asyncio
import contextlib
import logging
import os
import secrets
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar

from dbos import DBOS, DBOSConfig, SetWorkflowID

from app.errors import BusyError, PrintlightError, UnreachableError, UploadError
from app.jobs import work
from app.jobs.desk import Desk
from app.library.queue import Turn

BEAT_S = 2
LOOK_S = 1
BROKEN_S = 5
"""After a fault of our own a take rests for so long."""

SENDING_S = 60
"""Who stops waits for the answer to an order that was sent within this time: to leave sooner would leave it unsure."""

FETCHES = 4

log = logging.getLogger(__name__)


class _Current:
    """The desk of this process: workflows are functions, and get it from here."""

    desk: Desk | None = None
    stopping = False
    tasks: ClassVar[set[asyncio.Task[Any]]] = set()


def _desk() -> Desk:
    if _Current.desk is None:
        raise RuntimeError("The engine has not been started.")
    return _Current.desk


@DBOS.step()
async def submit_step(name: str) -> bool:
    """Submit, once; see work.submit."""
    return not _Current.stopping and await work.submit(_desk(), name)


@DBOS.step()
async def watch_step(name: str) -> str:
    """Watch until the end; see work.watch."""
    try:
        return await work.watch(_desk(), name)
    finally:
        _desk().previews.pop(name, None)


@DBOS.step()
async def keep_step(name: str) -> None:
    """Fetch and keep; after a lost connection, or where the picture is cut off or hollow, it is fetched again."""
    for attempt in range(FETCHES):
        try:
            await work.keep(_desk(), name)
        except (UnreachableError, BusyError, UploadError) as error:
            if attempt == FETCHES - 1:
                await work.fail_to_keep(_desk(), name, error)
            else:
                await asyncio.sleep(attempt + 1)
        except Exception as error:
            if not isinstance(error, PrintlightError):
                log.exception("A finished picture of take %s could not be kept", name)
            await work.fail_to_keep(_desk(), name, error)
            return
        else:
            return


@DBOS.workflow()
async def shoot(name: str) -> None:
    """Make one take, from wherever it stands."""
    if (task := asyncio.current_task()) is not None:
        _Current.tasks.add(task)
        task.add_done_callback(_Current.tasks.discard)
    if await submit_step(name) and await watch_step(name) == "done":
        await keep_step(name)


class Engine:
    """Starts and stops the work of this process."""

    def __init__(self, desk: Desk, data: Path, database_url: str, name: str = "") -> None:
        self.desk = desk
        self.name = f"{name or os.getpid()}-{secrets.token_hex(4)}"
        self._url = database_url if database_url.startswith("postgresql") else f"sqlite:///{data / 'jobs.db'}"
        self._loops: list[asyncio.Task[None]] = []
        self._turns: set[asyncio.Task[None]] = set()
        self._woken = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    async def start(self) -> None:
        """Launch, and begin to take what waits and what dead processes left."""
        _Current.desk, _Current.stopping = self.desk, False
        self._loop = asyncio.get_running_loop()
        await asyncio.to_thread(self._launch)
        await asyncio.to_thread(self.desk.library.queue.beat, self.name)
        self._loops = [asyncio.create_task(self._keep_beating()), asyncio.create_task(self._keep_taking())]

    async def stop(self) -> None:
        """Finish what is being sent, then stop; the rest another process takes over, or this program's next start."""
        queue = self.desk.library.queue
        _Current.stopping = True
        await _cancelled(self._loops[1:])
        await asyncio.to_thread(queue.recall, self.name)
        while await asyncio.to_thread(queue.sending, self.name, SENDING_S):  # noqa: ASYNC110  the row says it
            await asyncio.sleep(0.1)
        await _cancelled([*self._loops, *self._turns, *_Current.tasks])
        await asyncio.to_thread(DBOS.destroy)
        queue.leave(self.name)  # not in a thread: the engine has taken the loop's executor down
        _Current.desk = None

    def wake(self) -> None:
        """Look at the queue now, since something was put there. May be called from any thread."""
        if self._loop:
            self._loop.call_soon_threadsafe(self._woken.set)

    def _launch(self) -> None:
        if self._url.startswith("sqlite:///"):
            _prepare(Path(self._url.removeprefix("sqlite:///")))
        config: DBOSConfig = {
            "name": "printlight",
            "system_database_url": self._url,
            "application_version": "jobs-2",
            "executor_id": self.name,
            "log_level": "ERROR",
            "max_executor_threads": 16,
        }
        DBOS(config=config)
        DBOS.listen_queues([])
        DBOS.launch()

    async def _keep_beating(self) -> None:
        while True:
            await asyncio.sleep(BEAT_S)
            try:
                await asyncio.to_thread(self.desk.library.queue.beat, self.name)
            except Exception:
                log.exception("The heartbeat failed; it goes on")

    async def _keep_taking(self) -> None:
        """Take up each take that is due; look when something happened here, and now and then for what others did."""
        queue = self.desk.library.queue
        while True:
            self._woken.clear()
            try:
                while await asyncio.to_thread(queue.has_any):
                    turn = await asyncio.to_thread(queue.next, self.name, self.desk.at_once)
                    if turn is None:
                        break
                    task = asyncio.create_task(self._work(turn))
                    self._turns.add(task)
                    task.add_done_callback(self._turns.discard)
            except Exception:
                log.exception("The queue could not be read; it goes on")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), LOOK_S)

    async def _work(self, turn: Turn) -> None:
        """Work on a take, and let go of it when that has ended in whatever way."""
        wait_s = 0
        try:
            with SetWorkflowID(f"{turn.take}-{turn.number}"):
                handle = await DBOS.start_workflow_async(shoot, turn.take)
            await handle.get_result()
        except Exception:
            log.exception("The work on take %s broke off", turn.take)
            wait_s = BROKEN_S
        await asyncio.to_thread(self.desk.library.queue.release, turn, wait_s)
        self._woken.set()


async def _cancelled(tasks: Iterable[asyncio.Task[None]]) -> None:
    """Cancel tasks and wait until they are gone."""
    all_ = list(tasks)
    for task in all_:
        task.cancel()
    await asyncio.gather(*all_, return_exceptions=True)


def _prepare(path: Path) -> None:
    """Set the engine's own file to a write-ahead log: four times the jobs a second."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
