"""Takes and their jobs: in a state that nobody brings any further."""

import time
from collections.abc import Iterator
from typing import get_args

from sqlalchemy import Update, case, update
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from app import db
from app.library.doctor.finding import Finding, Patient
from app.library.queue import STALE_S
from app.schema.documents import State

LOST = "How far it was is not known any more: it may have been sent. Send it again, or drop it."
HOLLOW = "Its picture is not told of. Fetch it again, or shoot it again."


def examine(patient: Patient) -> Iterator[Finding]:
    """Look for jobs that wait for what never comes."""
    database = patient.library.database
    take, job = col(db.Take.id), col(db.Job.take_id)
    with database.read() as session:
        recent = col(db.Executor.beat) > database.now(session) - STALE_S
        alive = session.exec(select(db.Executor.id).where(recent)).all()
    held = (col(db.Job.worker).is_not(None), col(db.Job.worker).not_in(alive))
    unknown = col(db.Job.state).not_in(get_args(State))
    hollow = (col(db.Job.state) == "done", col(db.Job.picture).is_(None))
    first = aliased(db.Take)
    late = select(job).join(first, col(first.id) == col(db.Job.after), isouter=True)
    late = late.where(col(db.Job.after).is_not(None), col(first.id).is_(None))
    yield from _found(
        patient,
        Finding("take.held", "Takes are in the hands of a process that is gone.", "They are given back to the queue."),
        select(job).where(*held),
        update(db.Job).where(*held).values(worker=None),
    )
    state = case((col(db.Job.picture).is_not(None), "done"), else_="unsure")
    yield from _found(
        patient,
        Finding("take.state", "Takes are in a state that there is not.", "They are done, or a person decides."),
        select(job).where(unknown),
        update(db.Job).where(unknown).values(state=state, message=LOST),
    )
    yield from _found(
        patient,
        Finding("take.hollow", "Takes are done and have no picture.", "They have failed, and can be fetched again."),
        select(job).where(*hollow),
        update(db.Job).where(*hollow).values(state="failed", message=HOLLOW),
    )
    yield from _found(
        patient,
        Finding("take.behind", "Takes wait for one that is gone.", "They wait no longer, and say what they lack."),
        late,
        update(db.Job).where(job.in_(late)).values(after=None),
    )
    yield from _without_job(patient, select(take).join(db.Job, job == take, isouter=True).where(job.is_(None)))


def _found(patient: Patient, finding: Finding, which: SelectOfScalar[str], mending: Update) -> Iterator[Finding]:
    """Yield a finding where there is any."""
    with patient.library.database.read() as session:
        things = tuple(session.exec(which.order_by(*which.selected_columns)).all())

    def mend() -> None:
        with patient.library.database.write() as session:
            session.execute(mending.execution_options(synchronize_session=False))

    if things:
        yield Finding(finding.code, finding.what, finding.how, things, mend)


def _without_job(patient: Patient, which: SelectOfScalar[str]) -> Iterator[Finding]:
    """Yield the takes that no page shows, for nothing tells how far they are."""
    with patient.library.database.read() as session:
        things = tuple(session.exec(which.order_by(*which.selected_columns)).all())

    def mend() -> None:
        with patient.library.database.write() as session:
            for take in session.exec(select(db.Take).where(col(db.Take.id).in_(things))).all():
                lost = db.Job(take_id=take.id, backend=take.backend, state="unsure", message=LOST, changed=time.time())
                lost.claimed_at = take.made
                session.add(lost)

    if things:
        how = "They are shown again, and a person decides: they may have been sent."
        yield Finding("take.alone", "Nothing tells how far takes are.", how, things, mend)
