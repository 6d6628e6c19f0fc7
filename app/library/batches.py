"""Batches: takes that were ordered together, to pause, to stop and to pay for as one."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import cast

from sqlmodel import Session, col, func, select

from app import db
from app.db import Database
from app.db.tables import new_id
from app.errors import BadInputError, UnknownNameError
from app.library.queue import UNDER_WAY, WAITING, doubtful_usd
from app.library.takes import Making, Takes, insert
from app.schema.documents import ENDED, Batch, State

NAME_CHARS = 120


class Batches:
    """The batches of all films."""

    def __init__(self, database: Database, author: str) -> None:
        self.database = database
        self.author = author

    def add(self, project: str, name: str, makings: Sequence[Making], budget_usd: float | None = None) -> Batch:
        """Add a batch with all of its takes, or none; they wait in this order, behind all that waits already."""
        title = " ".join(name.split())
        if not title or len(title) > NAME_CHARS:
            raise BadInputError("A batch needs a name.", hint=f"Give it one of up to {NAME_CHARS} characters.")
        if not makings:
            raise BadInputError("There is nothing in this batch.", hint="Order at least one take.")
        _check(budget_usd)
        row = db.Batch(id=new_id(), project_id=project, name=title, made=time.time(), author=self.author)
        row.budget_usd = budget_usd
        with self.database.write() as session:
            session.add(row)
            session.flush()
            for making in makings:
                insert(session, making, self.author, row.id)
        return self.get(row.id)

    def get(self, name: str) -> Batch:
        """Return a batch as it stands, or raise."""
        with self.database.read() as session:
            return _batch(session, _row(session, name))

    def of(self, project: str) -> list[Batch]:
        """Return the batches of a film, the newest first."""
        with self.database.read() as session:
            query = select(db.Batch).where(db.Batch.project_id == project).order_by(col(db.Batch.id).desc())
            return [_batch(session, row) for row in session.exec(query).all()]

    def recent(self, most: int) -> list[str]:
        """Return the ids of the newest batches of all films."""
        with self.database.read() as session:
            return list(session.exec(select(db.Batch.id).order_by(col(db.Batch.id).desc()).limit(most)).all())

    def takes(self, name: str) -> list[str]:
        """Return the ids of a batch's takes, in the order of the queue."""
        with self.database.read() as session:
            query = select(db.Job.take_id).where(db.Job.batch_id == name)
            return list(session.exec(query.order_by(col(db.Job.place), col(db.Job.take_id))).all())

    def open_jobs(self, name: str) -> list[tuple[db.Job, str]]:
        """Return the jobs of a batch that wait or are under way, each with the target that it is for."""
        with self.database.read() as session:
            query = select(db.Job, db.Take.target).join(db.Take, col(db.Take.id) == col(db.Job.take_id))
            states = (WAITING, *UNDER_WAY)
            rows = session.exec(query.where(db.Job.batch_id == name, col(db.Job.state).in_(states))).all()
        return [(job, target) for job, target in rows]

    def pause(self, name: str) -> None:
        """Let nothing more of a batch begin; what is under way goes on."""
        with self.database.write() as session:
            row = _row(session, name)
            row.paused, row.reason = True, ""
            session.add(row)

    def resume(self, name: str) -> None:
        """Let a batch go on. One that its budget stopped stops again, unless that was raised."""
        with self.database.write() as session:
            row = _row(session, name)
            row.paused, row.reason = False, ""
            session.add(row)

    def set_budget(self, name: str, budget_usd: float | None) -> None:
        """Keep what a batch may cost in all; None for whatever it costs.

        One that its budget stopped goes on, as far as the new one reaches; one that a person paused stays paused.
        """
        _check(budget_usd)
        with self.database.write() as session:
            row = _row(session, name)
            row.budget_usd = budget_usd
            if row.reason:
                row.paused, row.reason = False, ""
            session.add(row)

    def cancel(self, name: str) -> None:
        """Stop all of a batch, each take as its backend can."""
        self.pause(name)  # so that none begins meanwhile
        takes = Takes(self.database, self.author)
        for take in self.takes(name):
            takes.cancel(take)
        self.resume(name)


def _row(session: Session, name: str) -> db.Batch:
    row = session.get(db.Batch, name)
    if row is None:
        raise UnknownNameError("batch", name, ())
    return row


def _check(budget_usd: float | None) -> None:
    if budget_usd is not None and not budget_usd >= 0:
        raise BadInputError("A budget is a sum in dollars.", hint="Give one of 0 or more, or none.")


def _batch(session: Session, row: db.Batch) -> Batch:
    totals = select(db.Job.state, func.count(), func.sum(db.Job.cost_usd)).where(db.Job.batch_id == row.id)
    states: dict[str, int] = {}
    usd: dict[str, float] = {}
    for state, count, cost in session.exec(totals.group_by(db.Job.state)).all():
        states[state], usd[state] = count, float(cost or 0)
    under_way = sum(usd.get(state, 0) for state in UNDER_WAY)
    return Batch(
        id=row.id,
        project_id=row.project_id,
        name=row.name,
        made=datetime.fromtimestamp(row.made, UTC),
        author=row.author,
        budget_usd=row.budget_usd,
        paused=row.paused,
        reason=row.reason,
        states=cast("dict[State, int]", states),
        spent_usd=round(_spent(session, row.id), 4),
        under_way_usd=round(under_way, 4),
        to_come_usd=round(usd.get(WAITING, 0), 4),
    )


def _spent(session: Session, batch: str) -> float:
    """Return what ended takes of a batch, and those nobody is or was sure of, may have cost."""
    over = col(db.Job.state).in_((*ENDED, "unsure"))
    query = select(func.sum(db.Job.cost_usd)).where(db.Job.batch_id == batch, over, col(db.Job.claimed_at).is_not(None))
    return float(session.exec(query).one() or 0) + doubtful_usd(session, batch)
