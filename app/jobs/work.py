"""The work on one take: submit once, watch, fetch, keep. Each step may be run again after a crash, by any process.

The claim is committed before anything is sent, and the ticket right after. A submit whose outcome nobody knows is
looked up where the backend can tell, and never repeated blindly where it may cost money: the take then waits,
`unsure`, for a person.
"""

import asyncio
import logging
import time
from dataclasses import dataclass

from app import db
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
from app.jobs.orders import order, prepare
from app.jobs.polling import Schedule
from app.library.takes import Made
from app.schema.documents import ENDED

log = logging.getLogger(__name__)

BROKEN = "Something went wrong in Printlight itself; the details are in the terminal that runs it."

SETTLE_S = 5
"""An order may still be travelling for so long after its sender died; before that, a "no" means nothing."""

ASK_AGAIN_S = 5
LOOK_S = 1
"""A wish to cancel is seen within this time."""

MOST_RETRIES = 2
RETRY_S = 3

GIVE_UP_S = 3600
"""Nobody keeps a picture longer that stands still for so long."""


async def submit(desk: Desk, name: str) -> bool:
    """Send a take's order, once. Return whether there is a ticket to watch."""
    job = await asyncio.to_thread(desk.library.takes.job, name)
    if job.state in ENDED or job.state == "unsure":
        return False
    try:
        desk.backend(job.backend)
    except PrintlightError as error:  # it was removed, or its key cannot be opened
        doubtful = job.claimed_at is not None and job.remote_id is None
        await asyncio.to_thread(desk.library.takes.move, name, "unsure" if doubtful else "failed", str(error))
        return False
    if job.remote_id:
        return True
    if job.claimed_at is not None:
        return await _settle(desk, job, "It may have been sent before Printlight was stopped.")
    return await _send(desk, job)


async def _send(desk: Desk, job: db.Job) -> bool:
    """Claim and send; a refusal that surely started nothing gives the claim back."""
    takes, name = desk.library.takes, job.take_id
    backend, access = desk.backend(job.backend)
    if (await asyncio.to_thread(takes.job, name)).cancel:
        await asyncio.to_thread(takes.move, name, "cancelled", "Cancelled before it was sent.")
        return False
    if (problem := await _unprepared(desk, name)) is not None:
        return await _not_sent(desk, job, problem)
    if not await asyncio.to_thread(takes.claim, name, job.turn):
        return False
    try:
        ticket = await backend.submit(await asyncio.to_thread(order, desk, name), access)
    except BusyError as error:
        await _wait_for_room(desk, job, error)
    except Exception as error:
        if not isinstance(error, PrintlightError):
            log.exception("Take %s could not be sent", name)
        return await _not_sent(desk, job, error)
    else:
        await asyncio.to_thread(takes.move, name, "running", "", remote_id=ticket, sent_at=time.time())
        if (room := backend.headroom(access)) and room.remaining <= 0:
            await asyncio.to_thread(desk.library.paces.hold_off, job.backend, max(room.resets_at - time.time(), 0))
        return True
    return False


async def _unprepared(desk: Desk, name: str) -> PrintlightError | None:
    """Have a take's pictures at hand; return why they are not. Nothing is claimed yet, so nothing can be in doubt."""
    try:
        await asyncio.to_thread(prepare, desk, name)
    except PrintlightError as error:
        return error
    except Exception:
        log.exception("Take %s could not be made ready", name)
        return PrintlightError(BROKEN)
    return None


async def _wait_for_room(desk: Desk, job: db.Job, error: BusyError) -> None:
    """Put a take back that its service has no room for, and let no other process knock there too soon."""
    paces = desk.library.paces
    if error.limit == "slots":
        await asyncio.to_thread(paces.fill, job.backend, error.retry_after_s, job.take_id)
    else:
        await asyncio.to_thread(paces.hold_off, job.backend, error.retry_after_s)
    await asyncio.to_thread(desk.library.takes.put_back, job, f"{error.message} Waiting.")


async def _settle(desk: Desk, job: db.Job, doubt: str) -> bool:
    """Find out what became of an order that was claimed and has no ticket; return whether it has one now."""
    takes, name = desk.library.takes, job.take_id
    backend, access = desk.backend(job.backend)
    if backend.can(access).look_up:
        return await _look_up(desk, job, backend, access)
    if backend.costs(access):
        await asyncio.to_thread(takes.move, name, "unsure", _decide(job, doubt))
        return False
    await asyncio.to_thread(takes.move, name, "queued", "Sent again after a restart.", claimed_at=None)
    return await _send(desk, job)


async def _look_up(desk: Desk, job: db.Job, backend: Backend, access: Access) -> bool:
    """Ask the backend for the order until it answers; watch it on when it arrived, else send it again."""
    takes, name = desk.library.takes, job.take_id
    claimed = (await asyncio.to_thread(takes.job, name)).claimed_at or 0
    await asyncio.sleep(min(max(claimed + SETTLE_S - time.time(), 0), SETTLE_S))
    give_up = time.monotonic() + GIVE_UP_S
    while time.monotonic() < give_up:
        try:
            ticket = await backend.find(desk.ref(job), access)
        except BackendError as error:
            await asyncio.to_thread(takes.progress, name, None, f"{error.message} Asking whether it was sent.")
            await asyncio.sleep(error.retry_after_s if isinstance(error, BusyError) else ASK_AGAIN_S)
            continue
        if ticket:
            found = {"remote_id": ticket, "sent_at": claimed}
            await asyncio.to_thread(takes.move, name, "running", "Found again: it had been sent.", **found)
            return True
        await asyncio.to_thread(takes.move, name, "queued", "It never arrived; sent now.", claimed_at=None)
        return await _send(desk, job)
    await asyncio.to_thread(takes.move, name, "unsure", _decide(job, "Nobody answers whether it was sent."))
    return False


def _decide(job: db.Job, doubt: str) -> str:
    price = f"; that may cost ${job.cost_usd:.4f} more" if job.cost_usd else ""
    return f"{doubt} Check the service, then send it again{price}, or drop it."


@dataclass
class _Look:
    """One take that is watched: when it was sent, and when it was last seen unfinished, in seconds after that."""

    sent_at: float
    before: float | None

    def passed(self) -> float:
        """Return the seconds since it was sent."""
        return max(time.time() - self.sent_at, 0)


async def watch(desk: Desk, name: str) -> str:
    """Look at a take until its work ends, and return "done", or "ended" when there is nothing to fetch.

    A deadline is no failure: past it the take says so, and is watched on for as long as its service has it.
    """
    takes = desk.library.takes
    job = await asyncio.to_thread(takes.job, name)
    if job.state in ENDED or not job.remote_id:
        return "ended"
    backend, access = desk.backend(job.backend)
    target = (await asyncio.to_thread(takes.get, name)).target
    lasted = await asyncio.to_thread(desk.library.paces.lasted, job.backend, target)
    schedule = Schedule(lasted, backend.first_wait_s, backend.every_s)
    look = _Look(job.sent_at or job.claimed_at or job.changed, None)
    fresh = look.passed() < LOOK_S
    look.before = 0 if fresh else None
    wait = schedule.wait(0) if fresh else 0
    still_since, stood = time.monotonic(), Progress("running")
    while True:
        if await _cancelled_within(desk, name, wait):
            return await _cancel(desk, job, backend, access)
        try:
            progress, longer_s = await _ask(job.remote_id, backend, access)
        except LostError:
            return await _lost(desk, job, backend, access)
        if progress.state == "failed":
            return await _failed(desk, job, progress)
        if progress.state == "done":
            await _learn(desk, job, target, look)
            return "done"
        if progress != stood or longer_s:
            still_since, stood = time.monotonic(), progress
        elif time.monotonic() - still_since > GIVE_UP_S:
            await give_up(desk, name)
            return "ended"
        late = "Still running; it stays watched." if look.passed() > backend.deadline_s else ""
        if progress.preview:
            desk.previews[name] = progress.preview
        await asyncio.to_thread(takes.progress, name, progress.fraction, progress.message or late)
        look.before = look.passed()
        wait = max(schedule.wait(look.before), longer_s)


async def _cancelled_within(desk: Desk, name: str, seconds: float) -> bool:
    """Wait, and return early when somebody wants the take cancelled."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        await asyncio.sleep(min(left, LOOK_S))
        if (await asyncio.to_thread(desk.library.takes.job, name)).cancel:
            return True
    return (await asyncio.to_thread(desk.library.takes.job, name)).cancel


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


async def _learn(desk: Desk, job: db.Job, target: str, look: _Look) -> None:
    """Remember how long a picture took: it ended between the last two looks, if there were two."""
    if look.before is not None:
        await asyncio.to_thread(desk.library.paces.learn, job.backend, target, (look.before + look.passed()) / 2)


async def _failed(desk: Desk, job: db.Job, progress: Progress) -> str:
    """End a take with its reason; what may well succeed the next time is sent as a new job first."""
    if progress.code == "unsure":
        await asyncio.to_thread(desk.library.takes.move, job.take_id, "unsure", _decide(job, progress.message))
    elif not (progress.transient and await _retry(desk, job, progress.message)):
        free = {"claimed_at": None} if progress.transient else {}
        await asyncio.to_thread(
            desk.library.takes.move, job.take_id, "failed", progress.message, code=progress.code, **free
        )
    return "ended"


async def _lost(desk: Desk, job: db.Job, backend: Backend, access: Access) -> str:
    """Send a take anew whose ticket nobody knows any more, where that costs nothing."""
    if backend.costs(access):
        message = "The service does not know this picture any more. Nothing was sent again."
    elif await _retry(desk, job, "The work on it was lost."):
        return "ended"
    else:
        message = "The work on it was lost again and again. Shoot it anew when what makes it runs steadily."
    await asyncio.to_thread(desk.library.takes.move, job.take_id, "failed", message, code="lost")
    return "ended"


async def _retry(desk: Desk, job: db.Job, reason: str) -> bool:
    """Put a take back to be sent as a new job, at most twice; return whether that was done."""
    if job.retries >= MOST_RETRIES:
        return False
    note = f"{reason} Sent again as a new job ({job.retries + 1} of {MOST_RETRIES})."
    await asyncio.to_thread(desk.library.takes.put_back, job, note, RETRY_S * (job.retries + 1), 1)
    return True


async def keep(desk: Desk, name: str) -> None:
    """Fetch the finished picture and keep it, before the take says done."""
    takes = desk.library.takes
    job = await asyncio.to_thread(takes.job, name)
    if job.state in ENDED or not job.remote_id:
        return
    backend, access = desk.backend(job.backend)
    artifact = await backend.fetch(job.remote_id, access)
    stored = await asyncio.to_thread(desk.library.pictures.put, artifact.content)
    parts = [(one.name, await asyncio.to_thread(desk.library.pictures.put, one.content)) for one in artifact.parts]
    made = Made(stored, artifact.used, artifact.notes, artifact.prompt, parts)
    await asyncio.to_thread(takes.finish, name, made)


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
    message = "No sign of life for an hour, and nobody watches any longer. Fetching it again costs nothing."
    await asyncio.to_thread(desk.library.takes.move, name, "failed", message, code="late")


async def _cancel(desk: Desk, job: db.Job, backend: Backend, access: Access) -> str:
    try:
        stopped = await backend.cancel(job.remote_id or "", access)
    except BackendError:
        stopped = False
    charged = "; it may still be charged" if backend.costs(access) else ""
    note = "Stopped." if stopped else f"No longer watched{charged}."
    await asyncio.to_thread(desk.library.takes.move, job.take_id, "cancelled", note)
    return "ended"


async def _not_sent(desk: Desk, job: db.Job, error: Exception) -> bool:
    """End a take that was refused; find out about one that may have arrived. Return whether it has a ticket."""
    backend, access = desk.backend(job.backend)
    doubtful = isinstance(error, UnsureError) or not isinstance(error, PrintlightError)
    if doubtful and (backend.can(access).look_up or backend.costs(access)):
        return await _settle(desk, job, error.message if isinstance(error, PrintlightError) else BROKEN)
    ours = error if isinstance(error, PrintlightError) else PrintlightError(BROKEN)
    code = ours.code if isinstance(ours, BackendError) else "failed"
    sent = {} if isinstance(ours, UnsureError) else {"claimed_at": None}
    await asyncio.to_thread(desk.library.takes.move, job.take_id, "failed", str(ours), code=code, **sent)
    return False
