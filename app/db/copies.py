"""Copies of a database as it stands, kept before its tables are changed."""

import logging
import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import ProgrammingError
from sqlmodel import SQLModel

from app.errors import StorageError

log = logging.getLogger(__name__)


def keep_copy(connection: Connection, file: Path | None, number: str) -> None:
    """Keep what the tables of an earlier program hold, and log where; nothing is kept of tables without rows.

    Of SQLite it is a file beside the file; of a server's a schema of its own, where it lets one be made. Raises
    StorageError where there is no room: then the tables are not to be changed.
    """
    if not _holds_something(connection):
        return
    place = _beside(file, number) if file else _schema(connection, number)
    if place:
        log.warning("The tables are brought up to this Printlight. As they were, they are kept in %s.", place)
    else:
        log.warning("The tables are brought up to this Printlight, and no copy could be kept: back the server up.")


def copied(file: Path, to: Path) -> None:
    """Copy a SQLite database, whole and of one moment, while others write to it. Nothing stands at `to` before."""
    with tempfile.TemporaryDirectory(dir=to.parent, prefix=".copy-") as folder:
        made = Path(folder) / to.name
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(made)) as target:
            source.backup(target)
        with made.open("rb") as whole:
            os.fsync(whole.fileno())
        made.rename(to)


def _holds_something(connection: Connection) -> bool:
    return any(
        connection.execute(text(f'SELECT 1 FROM "{name}" LIMIT 1')).first()  # noqa: S608  a name of ours
        for name in _ours(connection)
    )


def _ours(connection: Connection) -> list[str]:
    return sorted(set(inspect(connection).get_table_names()) & set(SQLModel.metadata.tables))


def _beside(file: Path, number: str) -> Path:
    paths = (file.with_name(f"{file.stem}-{number}{which}{file.suffix}") for which in _which())
    to = next(path for path in paths if not path.exists())
    try:
        copied(file, to)
    except (OSError, sqlite3.Error) as error:
        hint = f"Make room in {file.parent}, and let it be written to. Nothing was changed."
        raise StorageError(
            f"No copy of the library could be kept before its tables change: {error}.", hint=hint
        ) from None
    return to


def _schema(connection: Connection, number: str) -> str:
    """Copy the tables of a server's database into a schema of their own; "" where it lets none be made."""
    there = set(inspect(connection).get_schema_names())
    schema = next(name for which in _which() if (name := f"printlight_{number}{which}") not in there)
    try:
        with connection.begin_nested():
            connection.execute(text(f'CREATE SCHEMA "{schema}"'))
            for name in _ours(connection):
                connection.execute(text(f'CREATE TABLE "{schema}"."{name}" AS TABLE "{name}"'))
    except ProgrammingError:  # it may not be allowed to
        return ""
    return f"the schema {schema}"


def _which() -> list[str]:
    """Return what tells a copy from earlier ones of the same number."""
    return ["", *(f"-{one}" for one in range(2, 1000))]
