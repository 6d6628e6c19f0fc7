"""The work on one take: submit once, watch, fetch, keep. Each step may be run again after a crash.

The claim is committed before anything is sent, and the ticket right after. A submit whose outcome nobody knows is
never repeated where it may cost money: the take waits, `unsure`, for a person.
"""

import asyncio
import time

from app.backends import Access, Backend, Progress
from app.errors import (
    BackendError,
    BusyError,
    LostError,
    PrintlightError,
    UnsureError,
    UploadError,
)
from app.jobs.desk import Desk
from app.schema.documents import ENDED

PATIENCE_S = 600
"""How long a busy service is asked again before the take says so and stops."""

MAY_HAVE_BEEN_SENT = (
    "It may have been sent before Printlight was stopped. Check the service, then send it again or drop it."
)


async def submit(desk: Desk, name: str) -> bool:
    """Send a take's order, once. Return whether there is a ticket to watch."""
    takes = desk.library.takes
    job = await asyncio.to_thread(takes.job, name)
    if job.state in ENDED or job.state == "unsure":
        return False
    if job.remote_id:
        return True
    backend, access = desk.backend(job.backend)
    if job.claimed_at is not None:
        if backend.paid:
            await asyncio.to_thread(takes.move, name, "unsure", MAY_HAVE_BEEN_SENT)
            return False
        await asyncio.to_thread(takes.move, name, "queued", "Sent again after a restart.", claimed_at=None)
    return await _send(desk, name, backend, access)


async def _send(desk: Desk, name: str, backend: Backend, access: Access) -> bool:
    """Claim and send; a refusal that surely started nothing gives the claim back."""
    takes = desk.library.takes
    give_up = time.monotonic() + PATIENCE_S
    while True:
        if (await asyncio.to_thread(takes.job, name)).cancel:
            await asyncio.to_thread(takes.move, name, "cancelled", "Cancelled before it was sent.")
            return False
        if not await asyncio.to_thread(takes.claim, name):
            return False
        try:
            ticket = await backend.submit(await asyncio.to_thread(desk.order, name), access)
        except BusyError as error:
            await asyncio.to_thread(takes.move, name, "queued", f"{error.message} Waiting.", claimed_at=None)
            if time.monotonic() + error.retry_after_s > give_up:
                await _fail(desk, name, error)
                return False
            await asyncio.sleep(error.retry_after_s)
        except UnsureError as error:
            if backend.paid:
                await asyncio.to_thread(takes.move, name, "unsure", str(error), code=error.code)
            else:
                await _fail(desk, name, error)
            return False
        except PrintlightError as error:
            await _fail(desk, name, error)
            return False
        else:
            await asyncio.to_thread(takes.move, name, "running", "", remote_id=ticket)
            return True


async def watch(desk: Desk, name: str, *, patience_s: float | None = None) -> str:
    """Poll until the work ends or patience does. Return done, ended, lost, or waiting: still running."""
    takes = desk.library.takes
    job = await asyncio.to_thread(takes.job, name)
    if job.state in ENDED or not job.remote_id:
        return "ended"
    backend, access = desk.backend(job.backend)
    deadline = time.monotonic() + (backend.deadline_s if patience_s is None else patience_s)
    wait = backend.first_wait_s
    while True:
        await asyncio.sleep(wait)
        wait = backend.every_s
        if (await asyncio.to_thread(takes.job, name)).cancel:
            return await _cancel(desk, name, backend, access)
        try:
            progress = await backend.poll(job.remote_id, access)
        except LostError:
            return "lost"
        except BackendError as error:
            progress = Progress("running", None, f"{error.message} Still asking.")
            wait = max(wait, error.retry_after_s if isinstance(error, BusyError) else 2.0)
        if progress.state == "failed":
            await asyncio.to_thread(takes.move, name, "failed", progress.message, code=progress.code)
            return "ended"
        if progress.state == "done":
            return "done"
        await asyncio.to_thread(takes.progress, name, progress.fraction, progress.message)
        if time.monotonic() > deadline:
            await asyncio.to_thread(takes.progress, name, progress.fraction, "Still running; it stays watched.")
            return "waiting"


async def keep(desk: Desk, name: str) -> None:
    """Fetch the finished picture and keep it, before the take says done."""
    takes = desk.library.takes
    job = await asyncio.to_thread(takes.job, name)
    if job.state in ENDED or not job.remote_id:
        return
    backend, access = desk.backend(job.backend)
    artifact = await backend.fetch(job.remote_id, access)
    stored = await asyncio.to_thread(desk.library.pictures.put, artifact.content)
    await asyncio.to_thread(takes.finish, name, stored, artifact.used, artifact.notes)


async def fail_to_keep(desk: Desk, name: str, error: Exception) -> None:
    """Say why a finished picture could not be kept; the ticket stays, so that it can be fetched again."""
    if isinstance(error, UploadError):
        message = f"The service's picture cannot be kept: {error.message}"
    elif isinstance(error, PrintlightError):
        message = str(error)
    else:
        message = "The picture could not be fetched."
    await asyncio.to_thread(desk.library.takes.move, name, "failed", message, code="fetch")


async def resend(desk: Desk, name: str) -> bool:
    """Send a lost order again where that costs nothing; return whether there is a new ticket."""
    job = await asyncio.to_thread(desk.library.takes.job, name)
    backend, access = desk.backend(job.backend)
    if backend.paid:
        message = "The service does not know this picture any more. Nothing was sent again."
        await asyncio.to_thread(desk.library.takes.move, name, "failed", message, code="lost")
        return False
    note = "Started again after a restart."
    await asyncio.to_thread(
        desk.library.takes.move, name, "queued", note, claimed_at=None, remote_id=None, progress=None
    )
    return await _send(desk, name, backend, access)


async def _cancel(desk: Desk, name: str, backend: Backend, access: Access) -> str:
    job = await asyncio.to_thread(desk.library.takes.job, name)
    try:
        stopped = await backend.cancel(job.remote_id or "", access)
    except BackendError:
        stopped = False
    charged = "; it may still be charged" if backend.paid else ""
    note = "Stopped." if stopped else f"No longer watched{charged}."
    await asyncio.to_thread(desk.library.takes.move, name, "cancelled", note)
    return "ended"


async def _fail(desk: Desk, name: str, error: PrintlightError) -> None:
    code = error.code if isinstance(error, BackendError) else "failed"
    sent = {} if isinstance(error, UnsureError) else {"claimed_at": None}
    await asyncio.to_thread(desk.library.takes.move, name, "failed", str(error), code=code, **sent)
