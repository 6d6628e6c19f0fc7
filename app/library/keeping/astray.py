"""Rows that name other rows which are gone."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, Table, select
from sqlmodel import SQLModel


class Astray(NamedTuple):
    """A row, its column that names another, and which one that was."""

    table: Table
    column: Column[Any]
    key: tuple[Any, ...]
    names: str


def astray(connection: Connection) -> list[Astray]:
    """Return every row that names one of another table which is not there."""
    return [one for table in SQLModel.metadata.sorted_tables for one in _of(connection, table)]


def naming(connection: Connection, table: Table, row: Mapping[str, Any]) -> list[Astray]:
    """Return every row that would be astray if this one were gone."""
    found = []
    for other in SQLModel.metadata.sorted_tables:
        for key in other.foreign_keys:
            if key.column.table is table:
                named = row[key.column.name]
                query = select(*other.primary_key.columns).where(key.parent == named)
                found += [Astray(other, key.parent, tuple(mine), str(named)) for mine in connection.execute(query)]
    return found


def _of(connection: Connection, table: Table) -> Iterator[Astray]:
    for key in table.foreign_keys:
        column, other = key.parent, key.column.table.alias("other")
        there = other.c[key.column.name]
        mine = list(table.primary_key.columns)
        joined = table.outerjoin(other, there == column)
        query = select(*mine, column.label("named")).select_from(joined).where(column.is_not(None), there.is_(None))
        for row in connection.execute(query.order_by(*mine)):
            yield Astray(table, column, tuple(row[: len(mine)]), str(row[-1]))
