"""What people think of a take: whether it is circled, how many stars it has, and a note. The take itself stays."""

import time

from sqlmodel import Session

from app import db
from app.db import Database
from app.errors import BadInputError, UnknownNameError

MOST_STARS = 5
NOTE_CHARS = 2000


class Reviews:
    """The reviews of all takes; `author` is put on what is said."""

    def __init__(self, database: Database, author: str) -> None:
        self.database = database
        self.author = author

    def circle(self, take: str, *, circled: bool) -> None:
        """Circle a take, as a script supervisor does with the one to print; or take the circle away."""
        with self.database.write() as session:
            self._row(session, take).circled = circled

    def rate(self, take: str, stars: int) -> None:
        """Give a take 1 to 5 stars, or 0 for none. Raises BadInputError for any other number."""
        if not 0 <= stars <= MOST_STARS:
            raise BadInputError(f"A take has 0 to {MOST_STARS} stars, not {stars}.", hint="Give it one of those.")
        with self.database.write() as session:
            self._row(session, take).stars = stars

    def note(self, take: str, words: str) -> None:
        """Put a note on a take; an empty one takes it away. Raises BadInputError when it is too long."""
        said = words.strip()
        if len(said) > NOTE_CHARS:
            raise BadInputError(f"A note has up to {NOTE_CHARS:,} characters, this one {len(said):,}.", hint="Cut it.")
        with self.database.write() as session:
            self._row(session, take).note = said

    def _row(self, session: Session, take: str) -> db.Review:
        """Return a take's review, to be changed; whoever looks at the take's shot is told."""
        job = session.get(db.Job, take, with_for_update=True)
        if job is None:
            raise UnknownNameError("take", take, ())
        row = session.get(db.Review, take) or db.Review(take_id=take, author="", changed=0)
        row.author, row.changed = self.author, time.time()
        job.changed = row.changed
        session.add_all([row, job])
        return row
