"""The queue: which take is worked on next and by which process. The job's row says it; processes only ask.

A take is due when it waits, its batch is not paused, its backend has room and may be asked, and what it costs still
fits its batch's budget. What a process that died had in hand goes first: it may be under way already.
"""

import time
from collections.abc import Callable
from typing import Any, NamedTuple

from sqlalchemy import CursorResult, Update, delete, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from app import db
from app.db import Database
from app.errors import ConflictError
from app.schema.documents import ENDED

STALE_S = 8
"""A process that has said nothing for so long is dead."""

WAITING = "queued"
UNDER_WAY = ("sending", "running")
CENT = 1e-9
"""Sums of prices are floats; what is less than this over a budget is not over it."""


class Turn(NamedTuple):
    """A take that a process has in hand, and the how manieth time that one has."""

    take: str
    number: int


class Queue:
    """Takes that wait, for all processes on one database."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def has_any(self) -> bool:
        """Tell whether any take has nobody who works on it. Costs one look at an index."""
        with self.database.read() as session:
            states = (WAITING, *UNDER_WAY)
            query = select(db.Job.take_id).where(col(db.Job.worker).is_(None), col(db.Job.state).in_(states))
            return session.exec(query.limit(1)).first() is not None

    def next(self, worker: str, at_once: Callable[[str], int]) -> Turn | None:
        """Hand the next take to a process, or None when none is due. `at_once` tells how many a backend takes."""
        with self.database.write() as session:
            now = self.database.now(session)
            job = _left(session, now) or _due(session, at_once, now)
            if job is None:
                return None
            turn = Turn(job.take_id, job.turn + 1)
            return turn if _taken(session, job, turn, worker) else None

    def release(self, turn: Turn, wait_s: float = 0) -> None:
        """Let go of a take after its turn, however that ended; nobody takes it up before so many seconds."""
        with self.database.write() as session:
            mine = (col(db.Job.take_id) == turn.take, col(db.Job.turn) == turn.number)
            values: dict[str, Any] = {"worker": None}
            if wait_s:
                values["not_before"] = self.database.now(session) + wait_s
            session.execute(update(db.Job).where(*mine).values(**values))

    def beat(self, worker: str) -> None:
        """Say that a process lives, and take from those that do not what they had in hand."""
        with self.database.write() as session:
            now = self.database.now(session)
            session.merge(db.Executor(id=worker, beat=now))
            session.flush()
            session.execute(delete(db.Executor).where(col(db.Executor.beat) < now - STALE_S))
            held = col(db.Job.worker).is_not(None)
            dead = col(db.Job.worker).not_in(select(db.Executor.id))
            session.execute(update(db.Job).where(held, dead).values(worker=None))

    def leave(self, worker: str) -> None:
        """Give back all that a process has in hand, and forget the process."""
        with self.database.write() as session:
            session.execute(update(db.Job).where(col(db.Job.worker) == worker).values(worker=None))
            session.execute(delete(db.Executor).where(col(db.Executor.id) == worker))

    def recall(self, worker: str) -> None:
        """End the turns of a process that have sent nothing yet, so that they cannot any more."""
        with self.database.write() as session:
            unsent = (col(db.Job.worker) == worker, col(db.Job.state) == WAITING)
            session.execute(update(db.Job).where(*unsent).values(worker=None, turn=col(db.Job.turn) + 1))

    def sending(self, worker: str, within_s: float) -> bool:
        """Tell whether a process is sending a take that it claimed within the last seconds."""
        with self.database.read() as session:
            query = select(db.Job.take_id).where(db.Job.worker == worker, db.Job.state == "sending")
            late = col(db.Job.claimed_at) > time.time() - within_s
            return session.exec(query.where(late).limit(1)).first() is not None

    def move(self, take: str, before: str | None) -> None:
        """Put a waiting take before another waiting one, or at the end. Raises ConflictError when either has begun."""
        with self.database.write() as session:
            moved = _waiting(session, take)
            if before == take:
                return
            if before is None:
                moved.place = last_place(session) + 1
            else:
                place = _waiting(session, before).place
                behind = (col(db.Job.state) == WAITING, col(db.Job.place) >= place)
                session.execute(update(db.Job).where(*behind).values(place=col(db.Job.place) + 1))
                session.refresh(moved)
                moved.place = place
            session.add(moved)


def last_place(session: Session) -> int:
    """Return the place of the last take in the queue."""
    return session.exec(select(func.coalesce(func.max(db.Job.place), 0))).one()


def changed_one(session: Session, query: Update) -> bool:
    """Run an update that is meant for one row; tell whether it still found it."""
    result = session.execute(query)
    return isinstance(result, CursorResult) and result.rowcount == 1


def _left(session: Session, now: float) -> db.Job | None:
    """Return a take that is under way and that nobody works on."""
    alone = (col(db.Job.worker).is_(None), col(db.Job.state).in_(UNDER_WAY), col(db.Job.not_before) <= now)
    return session.exec(select(db.Job).where(*alone).order_by(col(db.Job.changed)).limit(1)).first()


def _due(session: Session, at_once: Callable[[str], int], now: float) -> db.Job | None:
    """Return the first take that may begin. A batch whose budget it would pass is paused with the reason."""
    waits = (col(db.Job.worker).is_(None), col(db.Job.state) == WAITING, col(db.Job.not_before) <= now)
    names = session.exec(select(db.Job.backend).where(*waits).distinct()).all()
    free = [name for name in names if _has_room(session, name, at_once(name), now)]
    first = aliased(db.Job)
    query = (
        select(db.Job, db.Batch)
        .join(db.Batch, col(db.Batch.id) == col(db.Job.batch_id), isouter=True)
        .where(*waits, col(db.Job.backend).in_(free))
        .join(first, col(first.take_id) == col(db.Job.after), isouter=True)
        .where(or_(col(db.Job.batch_id).is_(None), col(db.Batch.paused).is_(False)))
        .where(or_(col(db.Job.after).is_(None), col(first.state).in_(ENDED)))
        .order_by(col(db.Job.place), col(db.Job.take_id))
        .limit(1)
    )
    while free and (found := session.exec(query).first()):
        job: db.Job = found[0]
        batch: db.Batch | None = found[1]
        if batch is None or batch.budget_usd is None:
            return job
        bound = bound_usd(session, batch.id)
        if bound + (job.cost_usd or 0) <= batch.budget_usd + CENT:
            return job
        batch.paused = True
        batch.reason = (
            f"The next take costs ${job.cost_usd:.4f}; with ${bound:.4f} spent or under way it would pass the budget "
            f"of ${batch.budget_usd:.2f}."
        )
        session.add(batch)
        session.flush()
    return None


def bound_usd(session: Session, batch: str) -> float:
    """Return what a batch has spent, or may have, and what is under way will cost."""
    begun = or_(col(db.Job.claimed_at).is_not(None), col(db.Job.worker).is_not(None))
    query = select(func.sum(db.Job.cost_usd)).where(db.Job.batch_id == batch, begun)
    return float(session.exec(query).one() or 0) + doubtful_usd(session, batch)


def doubtful_usd(session: Session, batch: str) -> float:
    """Return what a batch may have cost with takes that were sent again, since nobody was sure of the first time."""
    return float(session.exec(select(func.sum(db.Job.doubtful_usd)).where(db.Job.batch_id == batch)).one() or 0)


def _has_room(session: Session, backend: str, at_once: int, now: float) -> bool:
    """Tell whether a backend takes one more now: counted over all processes."""
    pace = session.get(db.Pace, backend)
    if pace and now < pace.not_before:
        return False
    if pace and now < pace.slots_until:
        at_once = min(at_once, pace.slots)
    query = select(func.count()).select_from(db.Job).where(db.Job.backend == backend, under_way())
    return session.exec(query).one() < at_once


def under_way() -> Any:
    """Return the condition that a job takes up one of its backend's slots."""
    in_hand = (col(db.Job.state) == WAITING) & col(db.Job.worker).is_not(None)
    return or_(col(db.Job.state).in_(UNDER_WAY), in_hand)


def _taken(session: Session, job: db.Job, turn: Turn, worker: str) -> bool:
    """Take a job; False when it was taken or cancelled meanwhile."""
    still = (
        col(db.Job.take_id) == job.take_id,
        col(db.Job.worker).is_(None),
        col(db.Job.state) == job.state,
    )
    return changed_one(session, update(db.Job).where(*still).values(worker=worker, turn=turn.number))


def _waiting(session: Session, take: str) -> db.Job:
    job = session.get(db.Job, take)
    if job is None or job.state != WAITING or job.worker:
        raise ConflictError("This take does not wait any more.", hint="Reload to see how the queue stands.")
    return job
