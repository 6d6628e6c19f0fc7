"""Documents that no longer read: a shot, a revision, how a film is checked."""

from collections.abc import Callable, Iterator
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, Table, update
from sqlmodel import SQLModel

from app.errors import PrintlightError
from app.library.doctor.finding import Finding, Patient, rows
from app.schema import read_data
from app.schema.checks import Checks

Row = dict[str, Any]


def examine(patient: Patient) -> Iterator[Finding]:
    """Read every document as the studio does."""
    with patient.library.database.snapshot() as connection:
        films = _unread(connection, "project", lambda row: Checks.model_validate(row["checks"]))
        shots = _unread(connection, "shot", lambda row: read_data(row["document"]))
        revisions = _unread(connection, "revision", lambda row: read_data(row["document"]))
        whole = _newest(connection, shots, {row["id"] for row in revisions})
    kept = f"What is there now goes to {patient.attic.file}."
    if films:
        new: dict[str, Row] = {row["id"]: {"checks": {}} for row in films}
        how = f"They are checked as a new film is. {kept}"
        yield Finding(
            "film.unread",
            "How a film is checked cannot be read.",
            how,
            _ids(films),
            _put(patient, "project", films, new),
        )
    if shots:
        fresh = {row["id"]: {"document": whole.get(row["id"], {}), "version": row["version"] + 1} for row in shots}
        how = f"Each gets its newest revision that reads, or begins empty. {kept}"
        yield Finding("shot.unread", "Shots cannot be read.", how, _ids(shots), _put(patient, "shot", shots, fresh))
    if revisions:
        how = "A revision is never changed: bring the library back from a backup, or leave it; its takes stay."
        yield Finding("revision.unread", "Revisions cannot be read.", how, _ids(revisions))


def _unread(connection: Connection, table: str, read: Callable[[Row], object]) -> list[Row]:
    return [row for row in rows(connection, _table(table)) if not _reads(read, row)]


def _reads(read: Callable[[Row], object], row: Row) -> bool:
    try:
        read(row)
    except (PrintlightError, ValidationError):
        return False
    return True


def _newest(connection: Connection, shots: list[Row], unread: set[str]) -> dict[str, Row]:
    """Return the document of the newest revision that reads, by shot."""
    wanted = {row["id"] for row in shots}
    if not wanted:
        return {}
    found = (
        row for row in rows(connection, _table("revision")) if row["shot_id"] in wanted and row["id"] not in unread
    )
    return {row["shot_id"]: row["document"] for row in sorted(found, key=lambda row: int(row["number"]))}


def _put(patient: Patient, name: str, old: list[Row], fresh: dict[str, Row]) -> Callable[[], None]:
    """Return what puts fresh values into rows, once the old ones are kept elsewhere."""

    def mend() -> None:
        table = _table(name)
        for row in old:
            patient.attic.keep(name, row)
        with patient.library.database.write() as session:
            for key, values in fresh.items():
                session.execute(update(table).where(table.c.id == key).values(**values))

    return mend


def _ids(found: list[Row]) -> tuple[str, ...]:
    return tuple(str(row["id"]) for row in found)


def _table(name: str) -> Table:
    return SQLModel.metadata.tables[name]
