"""Rows that name others which are gone: takes without their shot or revision, jobs without their take."""

from collections.abc import Iterator

from sqlalchemy import Connection, delete, select, update

from app.library.doctor.finding import Attic, Finding, Patient
from app.library.keeping.astray import Astray, astray, naming


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
    with patient.library.database.write() as session:
        for one in astray(session.connection()):
            _let_go(patient.attic, session.connection(), one)


def _let_go(attic: Attic, connection: Connection, one: Astray) -> None:
    """Let a row forget what it names, or take it out: first what names it, as a server wants it."""
    mine = [column == value for column, value in zip(one.table.primary_key.columns, one.key, strict=True)]
    if one.column.nullable:
        connection.execute(update(one.table).where(*mine).values({one.column.name: None}))
    elif found := connection.execute(select(one.table).where(*mine)).mappings().first():
        row = dict(found)
        for other in naming(connection, one.table, row):
            _let_go(attic, connection, other)
        attic.keep(one.table.name, row)
        connection.execute(delete(one.table).where(*mine))
