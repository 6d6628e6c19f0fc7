"""How fast each backend may be asked, and how long its pictures take: what one process learned, all know."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlmodel import func, select

from app import db
from app.db import Database
from app.library.queue import under_way

KEPT = 50
"""So many of the last durations are remembered for each target."""


class Paces:
    """What is known about each backend's pace."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def hold_off(self, backend: str, seconds: float) -> None:
        """Let no process send anything to a backend for so many seconds."""
        with self._row(backend) as (row, now):
            row.not_before = max(row.not_before, now + seconds)

    def fill(self, backend: str, seconds: float, refused: str) -> None:
        """Remember that a backend had no slot for a take: for so long it gets no more than it has."""
        with self.database.read() as session:
            query = select(func.count()).select_from(db.Job).where(db.Job.backend == backend, under_way())
            query = query.where(db.Job.take_id != refused)
            count = session.exec(query).one()
        with self._row(backend) as (row, now):
            row.slots, row.slots_until = count, now + seconds

    def learn(self, backend: str, target: str, seconds: float) -> None:
        """Remember how long a picture took."""
        with self._row(backend) as (row, _):
            past = [*row.lasted.get(target, ()), round(seconds, 2)]
            row.lasted = {**row.lasted, target: past[-KEPT:]}

    def lasted(self, backend: str, target: str) -> list[float]:
        """Return how long the last pictures of a target took, the newest last."""
        with self.database.read() as session:
            row = session.get(db.Pace, backend)
        return [float(seconds) for seconds in row.lasted.get(target, ())] if row else []

    @contextmanager
    def _row(self, backend: str) -> Iterator[tuple[db.Pace, float]]:
        with self.database.write() as session:
            row = session.get(db.Pace, backend) or db.Pace(backend=backend)
            yield row, self.database.now(session)
            session.add(row)
