"""Takes: what each is made from, and how far it is. The job's row is the truth."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, func, select

from app import db
from app.db import Database
from app.db.tables import new_id
from app.errors import UnknownNameError
from app.files import Stored
from app.library.queue import changed_one, last_place
from app.schema import Compiled, read_data
from app.schema.documents import ENDED, Revision, State, Take


@dataclass(frozen=True)
class Making:
    """What a take is made from and by whom, and what that costs; `after` is the take whose end it waits for."""

    revision: Revision
    compiled: Compiled
    backend: str
    wording: str
    usd: float | None
    after: str | None = None
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class Made:
    """What came of a take: its picture, what the service used, what there is to note, and the layers it came in."""

    stored: Stored
    used: dict[str, Any]
    notes: tuple[str, ...] = ()
    prompt: str = ""
    parts: Sequence[tuple[str, Stored]] = ()


class Takes:
    """The takes of all shots, and the transitions of their jobs."""

    def __init__(self, database: Database, author: str) -> None:
        self.database = database
        self.author = author

    def add(self, revision: Revision, compiled: Compiled, backend: str, wording: str, usd: float | None) -> Take:
        """Add a take to be made of a revision, in state queued."""
        with self.database.write() as session:
            name = insert(session, Making(revision, compiled, backend, wording, usd), self.author)
        return self.get(name)

    def repeat(self, name: str) -> Take:
        """Add a take of the same revision in the same words; the old one stays as it ended."""
        with self.database.write() as session:
            old, job = session.get(db.Take, name), session.get(db.Job, name)
            if old is None or job is None:
                raise UnknownNameError("take", name, ())
            fresh = {"id": new_id(), "number": _next(session, old.shot_id), "made": time.time(), "author": self.author}
            row = db.Take(**{**old.model_dump(), **fresh})
            _queue(session, row, job.cost_usd)
        return self.get(row.id)

    def get(self, name: str) -> Take:
        """Return a take, or raise."""
        with self.database.read() as session:
            found = session.exec(rows().where(db.Take.id == name)).first()
        if found is None:
            raise UnknownNameError("take", name, ())
        return take_of(*found)

    def of_shot(self, shot: str) -> list[Take]:
        """Return a shot's takes, the newest first."""
        with self.database.read() as session:
            query = rows().where(db.Take.shot_id == shot)
            return [take_of(*row) for row in session.exec(query.order_by(col(db.Take.number).desc())).all()]

    def open(self) -> list[Take]:
        """Return all takes that have not ended, in the order of the queue; first those that are under way."""
        with self.database.read() as session:
            query = rows().where(col(db.Job.state).not_in(ENDED))
            found = session.exec(query.order_by(col(db.Job.state) == "queued", col(db.Job.place), col(db.Job.take_id)))
            return [take_of(*row) for row in found.all()]

    def changed_at_all(self) -> tuple[float, int]:
        """Return when any job last changed, and how many there are."""
        with self.database.read() as session:
            latest, count = session.exec(select(func.max(db.Job.changed), func.count())).one()
        return latest or 0.0, count

    def changed(self, shot: str) -> float:
        """Return when any job of a shot last changed, in seconds since 1970."""
        with self.database.read() as session:
            query = select(func.max(db.Job.changed)).join(db.Take, col(db.Take.id) == col(db.Job.take_id))
            return session.exec(query.where(db.Take.shot_id == shot)).one() or 0.0

    def job(self, name: str) -> db.Job:
        """Return the job's row as it stands."""
        with self.database.read() as session:
            row = session.get(db.Job, name)
        if row is None:
            raise UnknownNameError("take", name, ())
        return row

    def document(self, name: str) -> dict[str, Any]:
        """Return the document of the revision that a take is made of."""
        with self.database.read() as session:
            query = select(db.Revision).join(db.Take, col(db.Take.revision_id) == col(db.Revision.id))
            return session.exec(query.where(db.Take.id == name)).one().document

    def claim(self, name: str, turn: int | None = None) -> bool:
        """Take the right to submit, once: committed before anything is sent.

        False when it was taken before, and when the turn in which it is wanted is over.
        """
        with self.database.write() as session:
            free = (col(db.Job.claimed_at).is_(None), col(db.Job.remote_id).is_(None))
            query = update(db.Job).where(col(db.Job.take_id) == name, *free, col(db.Job.state).not_in(ENDED))
            if turn is not None:
                query = query.where(col(db.Job.turn) == turn)
            won = changed_one(session, query.values(claimed_at=time.time(), attempt=col(db.Job.attempt) + 1))
            if won:
                self._move(session, name, "sending", "")
        return won

    def put_back(self, seen: db.Job, note: str, wait_s: float = 0, retries: int = 0) -> bool:
        """Let a take wait again in its place of the queue, since nothing of it is under way.

        False, and nothing is done, when somebody else has gone on with it since the job was `seen`.
        """
        with self.database.write() as session:
            row = session.get(db.Job, seen.take_id, with_for_update=True)
            if row is None or row.state in ENDED or (row.turn, row.remote_id) != (seen.turn, seen.remote_id):
                return False
            row.worker, row.not_before = None, self.database.now(session) + wait_s
            row.claimed_at = row.sent_at = row.remote_id = row.progress = None
            row.retries += retries
            self._move(session, seen.take_id, "queued", note)
        return True

    def move(self, name: str, state: State, note: str = "", **values: Any) -> None:
        """Change a job's state, with a note for the history. An ended job stays as it ended."""
        with self.database.write() as session:
            self._move(session, name, state, note, **values)

    def reopen(self, name: str) -> bool:
        """Let a failed job that still has its ticket be asked again; nothing is sent anew. False for any other."""
        with self.database.write() as session:
            row = session.get(db.Job, name, with_for_update=True)
            if row is None or row.state != "failed" or not row.remote_id:
                return False
            row.state, row.message, row.code, row.changed = "running", "", "", time.time()
            row.not_before = 0
            row.history = [*row.history, _transition("running", "Asked for again.")]
            session.add(row)
        return True

    def send_again(self, name: str) -> bool:
        """Let a take wait anew of which nobody is sure whether it was sent; what that may have cost is remembered.

        False for any other.
        """
        with self.database.write() as session:
            row = session.get(db.Job, name, with_for_update=True)
            if row is None or row.state != "unsure":
                return False
            row.doubtful_usd += row.cost_usd or 0
            self._move(session, name, "queued", "Sent again on request.", claimed_at=None, attempt=0)
        return True

    def progress(self, name: str, fraction: float | None, message: str) -> None:
        """Say how far a running job is."""
        with self.database.write() as session:
            row = session.get(db.Job, name, with_for_update=True)
            if row and (row.progress, row.message) != (fraction, message) and row.state not in ENDED:
                row.progress, row.message, row.changed = fraction, message, time.time()
                session.add(row)

    def finish(self, name: str, made: Made) -> None:
        """Say that the picture is kept. Call it only when it is."""
        self.move(
            name,
            "done",
            " ".join(dict.fromkeys(made.notes)),
            progress=1.0,
            picture=made.stored.sha256,
            media_type=made.stored.media_type,
            width=made.stored.width,
            height=made.stored.height,
            used=made.used,
            rewritten=made.prompt,
            parts=[{"name": part, "sha256": one.sha256, "media_type": one.media_type} for part, one in made.parts],
        )

    def note_pictures(self, name: str, found: Mapping[str, str]) -> None:
        """Note which picture each reference of a take is sent as, by the reference's id."""
        with self.database.write() as session:
            row = session.get_one(db.Take, name)
            row.references = [
                {**one, "sha256": found[one["id"]]} if one["id"] in found else one for one in row.references
            ]
            session.add(row)

    def ticket_of(self, sha256: str, backend: str) -> str:
        """Return the ticket under which a backend itself made a picture, or nothing."""
        with self.database.read() as session:
            made = (db.Job.picture == sha256, db.Job.backend == backend, col(db.Job.remote_id).is_not(None))
            return session.exec(select(db.Job.remote_id).where(*made).limit(1)).first() or ""

    def cancel(self, name: str) -> None:
        """End a job that nobody has sent or that waits for a person; else leave the wish for whoever works on it."""
        with self.database.write() as session:
            row = session.get(db.Job, name, with_for_update=True)
            if row is None:
                raise UnknownNameError("take", name, ())
            if row.state == "unsure":
                self._move(session, name, "cancelled", "Dropped.")
            elif row.state == "queued" and row.claimed_at is None:
                self._move(session, name, "cancelled", "Cancelled before it was sent.")
            elif row.state not in ENDED:
                row.cancel, row.changed = True, time.time()
                session.add(row)

    @staticmethod
    def _move(session: Session, name: str, state: State, note: str, **values: Any) -> None:
        row = session.get(db.Job, name, with_for_update=True)
        if row is None or row.state in ENDED:
            return
        row.state, row.message, row.changed = state, note, time.time()
        for key, value in values.items():
            setattr(row, key, value)
        row.history = [*row.history, _transition(state, note)]
        session.add(row)


def insert(session: Session, making: Making, author: str, batch: str | None = None) -> str:
    """Add a take and its job, in state queued and last in the queue; return its id."""
    compiled = making.compiled
    row = db.Take(
        id=making.id,
        shot_id=making.revision.shot_id,
        revision_id=making.revision.id,
        number=_next(session, making.revision.shot_id),
        made=time.time(),
        author=author,
        target=compiled.target,
        backend=making.backend,
        wording=making.wording,
        prompt=compiled.text,
        negative=compiled.negative_text,
        params=compiled.values,
        references=[
            {name: value for name, value in asdict(sent).items() if value not in ("", None)}
            for sent in compiled.references
        ],
    )
    _queue(session, row, making.usd, batch, making.after)
    return row.id


def revision(row: db.Revision) -> Revision:
    """Return a row as the document that it holds."""
    return Revision(
        id=row.id,
        shot_id=row.shot_id,
        number=row.number,
        made=datetime.fromtimestamp(row.made, UTC),
        author=row.author,
        layers=tuple(row.layers),
        shot=read_data(row.document, f"Revision {row.number} of {row.shot_id}"),
        parent=row.parent,
        name=row.name,
    )


def take_of(take: db.Take, job: db.Job, made_of: db.Revision, review: db.Review | None) -> Take:
    """Return a take's rows as one document."""
    thought = review or db.Review(take_id=take.id, changed=0)
    return Take(
        id=take.id,
        shot_id=take.shot_id,
        revision=made_of.number,
        number=take.number,
        author=take.author,
        made=datetime.fromtimestamp(take.made, UTC),
        target=take.target,
        backend=take.backend,
        wording="plain" if take.wording == "plain" else "compiled",
        prompt=take.prompt,
        negative=take.negative,
        params=take.params,
        references=tuple(take.references),
        sent=job.used,
        state=job.state,
        progress=job.progress,
        message=job.message,
        remote_id=job.remote_id,
        cost_usd=job.cost_usd,
        picture=job.picture,
        media_type=job.media_type,
        width=job.width,
        height=job.height,
        rewritten=job.rewritten,
        parts=tuple(job.parts),
        history=tuple(job.history),
        batch_id=job.batch_id,
        retries=job.retries,
        circled=thought.circled,
        stars=thought.stars,
        note=thought.note,
    )


def rows() -> Any:
    """Return the query for takes with all that `take_of` is made of."""
    return (
        select(db.Take, db.Job, db.Revision, db.Review)
        .join(db.Job, col(db.Job.take_id) == col(db.Take.id))
        .join(db.Revision, col(db.Revision.id) == col(db.Take.revision_id))
        .join(db.Review, col(db.Review.take_id) == col(db.Take.id), isouter=True)
    )


def _next(session: Session, shot: str) -> int:
    """Return the number of a shot's next take; who asks is the only one to, until the commit."""
    session.get(db.Shot, shot, with_for_update=True)
    highest = session.exec(select(func.max(db.Take.number)).where(db.Take.shot_id == shot)).one()
    return (highest or 0) + 1


def _queue(
    session: Session, take: db.Take, usd: float | None, batch: str | None = None, after: str | None = None
) -> None:
    session.add(take)
    session.flush()
    job = db.Job(take_id=take.id, backend=take.backend, cost_usd=usd, batch_id=batch, after=after, changed=time.time())
    job.place, job.history = last_place(session) + 1, [_transition("queued", "")]
    session.add(job)


def _transition(state: State, note: str) -> dict[str, str]:
    return {"at": datetime.now(UTC).isoformat(), "state": state, "note": note}
