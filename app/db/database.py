"""Opens the database: writers take the lock at BEGIN, so that no update is lost; readers never wait for them."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, event, inspect, text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, create_engine

from app.errors import PrintlightError
from app.shipped import shipped

PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=30000", "foreign_keys=ON")

ALONE = 6_031_769
"""The lock of `Database.alone`, among all that a server may hold; the number means nothing."""


class Follower(Protocol):
    """What keeps up with all that is written, in the same transaction."""

    def noted(self, session: Session, _context: object) -> None:
        """Look at what a session is writing: its new, changed and deleted rows."""

    def follow(self, session: Session) -> None:
        """Do what follows from all of it, before the commit."""


class Database:
    """Sessions on one database; SQLite or PostgreSQL, by its URL."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_server = not url.startswith("sqlite")
        self.followers: list[Follower] = []
        self._writer = _engine(url, "BEGIN IMMEDIATE")
        self._reader = _engine(url, "BEGIN")

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session that writes, committed at its end."""
        with _plainly(), Session(self._writer, expire_on_commit=False) as session, session.begin():
            for one in self.followers:
                event.listen(session, "after_flush", one.noted)
            yield session
            session.flush()
            for one in self.followers:
                one.follow(session)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that only reads."""
        with _plainly(), Session(self._reader, expire_on_commit=False) as session:
            yield session

    def alone(self, session: Session | Connection, lock: int = ALONE) -> None:
        """Wait until no other process is past this line in a transaction. On SQLite a writer is alone anyway."""
        if self.is_server:
            session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": lock})

    def now(self, session: Session) -> float:
        """Return the time in seconds since 1970 by the one clock that all processes share."""
        if not self.is_server:
            return time.time()
        return float(session.execute(text("SELECT extract(epoch FROM clock_timestamp())")).scalar_one())

    def migrate(self) -> None:
        """Bring the tables up to this program; a second process waits its turn. Raises for tables of a newer one."""
        newest = max(path.name[:4] for path in (shipped("migrations") / "versions").glob("[0-9]*.py"))
        if (found := self._version()) == newest:
            return
        if found > newest:
            raise PrintlightError(
                f"This library was last opened by a newer Printlight (its tables are number {found}, not {newest}).",
                hint="Open it with that one, or choose another data folder (PRINTLIGHT_DATA). Nothing was changed.",
            )
        from alembic import command  # noqa: PLC0415  half a second that only a new or an old database costs
        from alembic.config import Config  # noqa: PLC0415  as above

        config = Config()
        config.set_main_option("script_location", str(shipped("migrations")))
        with _plainly(), self._writer.connect() as connection:
            self.alone(connection)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def _version(self) -> str:
        """Return the number of the last migration that is in, which its file's name begins with; "" for no tables."""
        with _plainly(), self._reader.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return ""
            return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())

    def close(self) -> None:
        """Let go of all connections."""
        self._writer.dispose()
        self._reader.dispose()


def _engine(url: str, begin: str) -> Engine:
    engine = create_engine(url)
    if url.startswith("sqlite"):

        @event.listens_for(engine, "connect")
        def _(connection: Any, _record: Any) -> None:
            connection.isolation_level = None  # we begin ourselves, below
            for pragma in PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")

        @event.listens_for(engine, "begin")
        def _(connection: Any) -> None:
            connection.exec_driver_sql(begin)

    return engine


@contextmanager
def _plainly() -> Iterator[None]:
    """Put what can go wrong with the file into a sentence."""
    try:
        yield
    except (OperationalError, sqlite3.OperationalError) as error:
        cause = str(getattr(error, "orig", error))
        hint = "Check that the disk has room and that the data folder can be written (PRINTLIGHT_DATA)."
        raise PrintlightError(f"The database cannot be used: {cause}.", hint=hint) from error
