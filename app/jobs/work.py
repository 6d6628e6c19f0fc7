"""The work on one take: submit once, watch, fetch, keep. Each step may be run again after a crash.

The claim is committed before anything is sent, and the ticket right after. A submit whose outcome nobody knows is
never repeated where it may cost money: the take waits, `unsure`, for a person.
"""

import asyncio
import logging
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

log = logging.getLogger(__name__)

BROKEN = "Something went wrong in Printlight itself; the details are in the terminal that runs it."

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
        except Exception as error:
            if not isinstance(error, PrintlightError):
                log.exception("Take %s could not be sent", name)
            await _not_sent(desk, name, backend, error)
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
            progress, longer_s = await _ask(job.remote_id, backend, access)
        except LostError:
            return "lost"
        wait = max(wait, longer_s)
        if progress.state == "failed":
            await asyncio.to_thread(takes.move, name, "failed", progress.message, code=progress.code)
            return "ended"
        if progress.state == "done":
            return "done"
        await asyncio.to_thread(takes.progress, name, progress.fraction, progress.message)
        if time.monotonic() > deadline:
            await asyncio.to_thread(takes.progress, name, progress.fraction, "Still running; it stays watched.")
            return "waiting"


async def _ask(ticket: str, backend: Backend, access: Access) -> tuple[Progress, float]:
    """Return how far a ticket is, and how long to wait at least. A service that does not answer is no failure."""
    try:
        return await backend.poll(ticket, access), 0
    except LostError:
        raise
    except BackendError as error:
        wait = error.retry_after_s if isinstance(error, BusyError) else 2.0
        return Progress("running", None, f"{error.message} Still asking."), wait
    except Exception:
        log.exception("The ticket %s could not be watched", ticket)
        return Progress("failed", None, BROKEN, "broken"), 0


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


async def give_up(desk: Desk, name: str) -> None:
    """Stop watching a job that its service must have dropped; the ticket stays, so that it can be asked again."""
    message = "No picture within an hour, and nobody watches any longer. Fetching it again costs nothing."
    await asyncio.to_thread(desk.library.takes.move, name, "failed", message, code="late")


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


async def _not_sent(desk: Desk, name: str, backend: Backend, error: Exception) -> None:
    """End a take that was refused; one that may have arrived where that costs money waits for a person."""
    ours = isinstance(error, PrintlightError)
    if backend.paid and (isinstance(error, UnsureError) or not ours):
        await asyncio.to_thread(desk.library.takes.move, name, "unsure", str(error) if ours else BROKEN)
    else:
        await _fail(desk, name, error if isinstance(error, PrintlightError) else PrintlightError(BROKEN))


async def _fail(desk: Desk, name: str, error: PrintlightError) -> None:
    code = error.code if isinstance(error, BackendError) else "failed"
    sent = {} if isinstance(error, UnsureError) else {"claimed_at": None}
    await asyncio.to_thread(desk.library.takes.move, name, "failed", str(error), code=code, **sent)
