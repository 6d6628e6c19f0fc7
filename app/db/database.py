"""Opens the database: writers go one at a time, so that no update is lost; readers never wait for them."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol
from weakref import finalize

from sqlalchemy import Connection, Engine, delete, event, inspect, text
from sqlalchemy.exc import ArgumentError, DatabaseError, DataError, InternalError, OperationalError
from sqlmodel import Session, SQLModel, create_engine

from app.db.copies import keep_copy
from app.errors import BadInputError, PrintlightError, StorageError
from app.shipped import shipped

PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=30000", "foreign_keys=ON")

ALONE = 6_031_769
"""The lock that a writer holds on a server, among all that it may hold; the number means nothing."""


FROZEN_MS = 20_000
"""A writer that is silent for so long in the middle of a transaction is let go by its server: others wait for it."""


class Follower(Protocol):
    """What keeps up with all that is written, in the same transaction."""

    def noted(self, session: Session, _context: object) -> None:
        """Look at what a session is writing: its new, changed and deleted rows."""

    def follow(self, session: Session) -> None:
        """Do what follows from all of it, before the commit."""


class Database:
    """Sessions on one database; SQLite or PostgreSQL, by its URL.

    Its connections are let go by `close`, and at the latest when nobody holds it any more.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_server = not url.startswith("sqlite")
        self.followers: list[Follower] = []
        self._writer = _engine(url, "BEGIN IMMEDIATE", FROZEN_MS)
        self._reader = _engine(url, "BEGIN", 0)
        finalize(self, _let_go, self._writer, self._reader)

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session that writes, alone among all processes until it is committed at its end."""
        with _plainly(), Session(self._writer, expire_on_commit=False) as session, session.begin():
            self._alone(session)
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

    def now(self, session: Session) -> float:
        """Return the time in seconds since 1970 by the one clock that all processes share."""
        if not self.is_server:
            return time.time()
        return float(session.execute(text("SELECT extract(epoch FROM clock_timestamp())")).scalar_one())

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection that sees one moment of all tables, whatever others write meanwhile."""
        level: Any = {"isolation_level": "REPEATABLE READ"} if self.is_server else {}
        with _plainly(), self._reader.connect().execution_options(**level) as connection, connection.begin():
            yield connection

    @property
    def file(self) -> Path | None:
        """The file that it stands in, whether or not it is there; None for a server's."""
        name = self._reader.url.database
        return Path(name) if name and not self.is_server else None

    @property
    def version(self) -> str:
        """The number of the last migration that is in, which its file's name begins with; "" for no tables."""
        if self.file and not self.file.exists():
            return ""
        with _plainly(), self._reader.connect() as connection:
            return _version(connection)

    def migrate(self) -> None:
        """Bring the tables up to this program; a second process waits its turn. Raises for tables of a newer one.

        What is in them stays as a copy, beside the file or in a schema of its own; its place is logged.
        """
        if (found := self.version) == newest():
            return
        if found > newest():
            raise PrintlightError(
                f"This library was last opened by a newer Printlight (its tables are number {found}, not {newest()}).",
                hint="Open it with that one, or choose another data folder (PRINTLIGHT_DATA). Nothing was changed.",
            )
        with _plainly(), self._writer.connect() as connection, connection.begin():
            self._alone(connection)
            before = _version(connection)  # another process may just have done it
            if before and before != newest():
                keep_copy(connection, self.file, before)
            _step(connection, "upgrade", "head")

    @contextmanager
    def anew(self, version: str) -> Iterator[Connection]:
        """A connection on empty tables of this or an earlier version, brought up to this program's at the end.

        Until then nobody else sees any of it; where it fails, all that was there stays.
        """
        with _plainly(), self._writer.connect() as connection, connection.begin():
            self._alone(connection)
            if self.is_server:
                connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))  # files come in between
            there = set(inspect(connection).get_table_names())
            for table in reversed(SQLModel.metadata.sorted_tables):
                if table.name in there:
                    connection.execute(delete(table))
            if _version(connection):
                _step(connection, "downgrade", "base")
            _step(connection, "upgrade", version)
            yield connection
            _step(connection, "upgrade", "head")

    def _alone(self, session: Session | Connection) -> None:
        """Wait until no other writer is past this line in a transaction. SQLite has let none past BEGIN."""
        if self.is_server:
            session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ALONE})

    def close(self) -> None:
        """Let go of all connections."""
        _let_go(self._writer, self._reader)


def _let_go(*engines: Engine) -> None:
    for one in engines:
        one.dispose()


def _engine(url: str, begin: str, frozen_ms: int) -> Engine:
    try:
        engine = create_engine(url)
    except (ArgumentError, ImportError, ValueError):  # which may tell the password
        hint = "Write postgresql://USER:PASSWORD@HOST/NAME; or say nothing, and it is a file in the data folder."
        raise BadInputError("DATABASE_URL names no database that can be opened.", hint=hint) from None
    if not url.startswith("sqlite"):

        @event.listens_for(engine, "connect")
        def _(connection: Any, _record: Any) -> None:
            with connection.cursor() as cursor:
                cursor.execute(f"SET idle_in_transaction_session_timeout = {frozen_ms}")
            connection.commit()

    else:

        @event.listens_for(engine, "connect")
        def _(connection: Any, _record: Any) -> None:
            connection.isolation_level = None  # we begin ourselves, below
            for pragma in PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")

        @event.listens_for(engine, "begin")
        def _(connection: Any) -> None:
            connection.exec_driver_sql(begin)

    return engine


def newest() -> str:
    """Return the number of the newest migration that this program knows."""
    return max(path.name[:4] for path in (shipped("migrations") / "versions").glob("[0-9]*.py"))


def _version(connection: Connection) -> str:
    if not inspect(connection).has_table("alembic_version"):
        return ""
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    return str(found or "")


def _step(connection: Connection, command: str, to: str) -> None:
    """Migrate in the transaction of a connection."""
    import alembic.command  # noqa: PLC0415  half a second that only a new or an old database costs
    from alembic.config import Config  # noqa: PLC0415  as above

    config = Config()
    config.set_main_option("script_location", str(shipped("migrations")))
    config.attributes["connection"] = connection
    getattr(alembic.command, command)(config, to)


FULL = ("disk is full", "No space left")


@contextmanager
def _plainly() -> Iterator[None]:
    """Put what can go wrong with the database, and with what it is given, into a sentence."""
    try:
        yield
    except (OperationalError, InternalError, sqlite3.OperationalError) as error:
        cause = " ".join(str(getattr(error, "orig", error)).split()).rstrip(".?")
        if any(words in cause for words in FULL):
            hint = "Nothing was saved. Make room on that disk, then try again."
            raise StorageError(f"There is no room left for the database: {cause}.", hint=hint) from error
        hint = "Check that the disk has room and that the data folder can be written (PRINTLIGHT_DATA)."
        if not isinstance(getattr(error, "orig", error), sqlite3.Error):
            hint = "Nothing was saved. Check that the server runs and lets Printlight in (DATABASE_URL)."
        raise PrintlightError(f"The database cannot be used: {cause}.", hint=hint) from error
    except (DataError, OverflowError, UnicodeEncodeError) as error:
        cause = str(getattr(error, "orig", error)).partition("\n")[0].strip()
        hint = "Nothing was saved. Leave out characters that are no text, and numbers of ten digits and more."
        raise BadInputError(f"The database cannot hold this: {cause}.", hint=hint) from error
    except (DatabaseError, sqlite3.DatabaseError) as error:
        if type(error) not in (DatabaseError, sqlite3.DatabaseError):  # a row that is refused
            raise
        cause = str(getattr(error, "orig", error)).strip()
        hint = "Move it away, then bring the library back with `printlight restore`."
        raise StorageError(f"The database is damaged: {cause}.", hint=hint) from error
