"""Rows that name others which are gone: takes without their shot or revision, jobs without their take."""

from collections.abc import Iterator

from sqlalchemy import delete, select, text, update

from app.library.doctor.finding import Finding, Patient
from app.library.keeping.astray import Astray, astray


def examine(patient: Patient) -> Iterator[Finding]:
    """Look up every row that another one names."""
    with patient.library.database.snapshot() as connection:
        found = astray(connection)
    if found:
        how = (
            f"They go to {patient.attic.file}, with what hangs on them; where they can do without, they only forget it."
        )
        things = tuple(_told(one) for one in found)
        yield Finding("row.astray", "Rows name others that are gone.", how, things, lambda: _mend(patient))


def _told(one: Astray) -> str:
    return f"{one.table.name} {' '.join(map(str, one.key))}: {one.column.name} {one.names}"


def _mend(patient: Patient) -> None:
    """Take rows out until none is astray: what hung on one that went is astray then."""
    with patient.library.database.write() as session:
        connection = session.connection()
        if patient.library.database.file:
            connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        while found := astray(connection):
            for one in found:
                mine = [column == value for column, value in zip(one.table.primary_key.columns, one.key, strict=True)]
                if one.column.nullable:
                    connection.execute(update(one.table).where(*mine).values({one.column.name: None}))
                elif row := connection.execute(select(one.table).where(*mine)).mappings().first():
                    patient.attic.keep(one.table.name, dict(row))
                    connection.execute(delete(one.table).where(*mine))
