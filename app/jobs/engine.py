"""The durable engine behind the work: DBOS, on SQLite or PostgreSQL, kept to this one module.

Every process that works has an executor id of its own and a heartbeat; whoever deletes a stale one takes over its
work. The engine runs steps at least once; that a submit happens at most once is the claim's doing, in work.py.
"""

import asyncio
import contextlib
import logging
import os
import secrets
import sqlite3
import time
from pathlib import Path

from dbos import DBOS, DBOSConfig, SetWorkflowID
from sqlalchemy import CursorResult, delete
from sqlmodel import col, select

from app import db
from app.backends import backends
from app.errors import BusyError, PrintlightError, UnreachableError
from app.jobs import work
from app.jobs.desk import Desk

BEAT_S = 2
STALE_S = 8
LONG_WAIT_S = 30
GIVE_UP_S = 3600
FETCHES = 4

log = logging.getLogger(__name__)


class _Current:
    """The desk of this process: workflows are functions, and get it from here."""

    desk: Desk | None = None


def _desk() -> Desk:
    if _Current.desk is None:
        raise RuntimeError("The engine has not been started.")
    return _Current.desk


@DBOS.step()
async def submit_step(name: str) -> bool:
    """Submit, once; see work.submit."""
    return await work.submit(_desk(), name)


@DBOS.step()
async def watch_step(name: str, patience_s: float | None) -> str:
    """Watch until the end or the deadline."""
    return await work.watch(_desk(), name, patience_s=patience_s)


@DBOS.step()
async def resend_step(name: str) -> bool:
    """Send again what was lost, where that costs nothing."""
    return await work.resend(_desk(), name)


@DBOS.step()
async def keep_step(name: str) -> None:
    """Fetch and keep; a lost connection or a cut-off picture is fetched again."""
    for attempt in range(FETCHES):
        try:
            await work.keep(_desk(), name)
        except (UnreachableError, BusyError) as error:
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


@DBOS.step()
async def give_up_step(name: str) -> None:
    """Say that nobody watches any longer."""
    await work.give_up(_desk(), name)


@DBOS.workflow()
async def shoot(name: str) -> None:
    """Make one take."""
    if not await submit_step(name):
        return
    outcome = await watch_step(name, None)
    if outcome == "lost" and await resend_step(name):
        outcome = await watch_step(name, None)
    if outcome == "waiting":  # free this worker; the job stays watched
        await DBOS.start_workflow_async(watch_on, name)
    if outcome == "done":
        await keep_step(name)


@DBOS.workflow()
async def watch_on(name: str) -> None:
    """Look at a long job now and then, until it ends or its service has surely dropped it."""
    for _ in range(GIVE_UP_S // LONG_WAIT_S):
        await DBOS.sleep_async(LONG_WAIT_S)
        outcome = await watch_step(name, 0)
        if outcome == "done":
            await keep_step(name)
        if outcome != "waiting":
            return
    await give_up_step(name)


class Engine:
    """Starts and stops the work of this process, and puts takes into its queues."""

    def __init__(self, desk: Desk, data: Path, database_url: str) -> None:
        self.desk = desk
        self.name = f"{os.getpid()}-{secrets.token_hex(4)}"
        self._url = database_url if database_url.startswith("postgresql") else f"sqlite:///{data / 'jobs.db'}"
        self._beat: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Launch, take over what dead processes left, and queue what no process knows."""
        _Current.desk = self.desk
        await asyncio.to_thread(self._launch)
        for backend in backends.values():
            await DBOS.register_queue_async(
                _queue(backend.id), worker_concurrency=backend.at_once, polling_interval_sec=0.2
            )
        await asyncio.to_thread(self._beat_and_reap)
        await self._queue_what_nobody_knows()
        self._beat = asyncio.create_task(self._keep_beating())

    async def stop(self) -> None:
        """Stop working; what is under way is taken over by another process, or by this program's next start."""
        if self._beat:
            self._beat.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._beat
        await asyncio.to_thread(DBOS.destroy)
        self._leave()  # not in a thread: the engine has taken the loop's executor down with it
        _Current.desk = None

    async def enqueue(self, name: str, backend: str) -> None:
        """Queue a take; any working process may take it up."""
        job = await asyncio.to_thread(self.desk.library.takes.job, name)
        with SetWorkflowID(f"{name}-{len(job.history)}"):  # the same id twice is one workflow
            await DBOS.enqueue_workflow_async(_queue(backend), shoot, name)

    async def _queue_what_nobody_knows(self) -> None:
        """Queue takes that were added by a process that died before it could queue them."""
        for name, backend in await asyncio.to_thread(self.desk.library.takes.waiting):
            await self.enqueue(name, backend)

    def _launch(self) -> None:
        if self._url.startswith("sqlite:///"):
            _prepare(Path(self._url.removeprefix("sqlite:///")))
        config: DBOSConfig = {
            "name": "printlight",
            "system_database_url": self._url,
            "application_version": "jobs-1",
            "executor_id": self.name,
            "log_level": "ERROR",
            "max_executor_threads": 16,
        }
        DBOS(config=config)
        DBOS.launch()

    async def _keep_beating(self) -> None:
        while True:
            await asyncio.sleep(BEAT_S)
            try:
                await asyncio.to_thread(self._beat_and_reap)
            except Exception:
                log.exception("The heartbeat failed; it goes on")

    def _beat_and_reap(self) -> None:
        """Say that this process lives, and take over the work of those that do not."""
        now = time.time()
        database = self.desk.library.database
        with database.write() as session:
            session.merge(db.Executor(id=self.name, beat=now))
        with database.read() as session:
            stale = session.exec(select(db.Executor.id).where(db.Executor.beat < now - STALE_S)).all()
        for name in stale:
            if self._won(name, now):
                _take_over(name)

    def _won(self, name: str, now: float) -> bool:
        """Delete a stale heartbeat; of several processes one succeeds."""
        with self.desk.library.database.write() as session:
            query = delete(db.Executor).where(col(db.Executor.id) == name, col(db.Executor.beat) < now - STALE_S)
            result = session.execute(query)
            return isinstance(result, CursorResult) and result.rowcount == 1

    def _leave(self) -> None:
        """Make this process's heartbeat stale at once, so that the next one need not wait."""
        with self.desk.library.database.write() as session:
            session.merge(db.Executor(id=self.name, beat=0.0))


def _take_over(executor: str) -> None:
    for workflow in DBOS.list_workflows(status="PENDING", executor_id=executor, load_input=False, load_output=False):
        DBOS.resume_workflow(workflow.workflow_id, queue_name=workflow.queue_name)


def _queue(backend: str) -> str:
    return f"shoot-{backend}"


def _prepare(path: Path) -> None:
    """Set the engine's own file to a write-ahead log: four times the jobs a second."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
