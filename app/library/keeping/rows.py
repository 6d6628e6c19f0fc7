"""Rows as lines of JSON and back, for any table of any version; and which pictures a row names."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Connection, Float, Integer, MetaData, String, Table, insert, select
from sqlmodel import SQLModel

from app.errors import BadInputError

Row = dict[str, Any]

AT_ONCE = 500
SHA256 = re.compile(r"[0-9a-f]{64}")
MENTION = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")

HELD: tuple[tuple[type, tuple[type, ...]], ...] = (
    (Boolean, (bool,)),
    (Integer, (int,)),
    (Float, (float, int)),
    (String, (str,)),
    (JSON, (dict, list, str, int, float, bool, type(None))),
)
"""What a column of a type holds, as JSON."""


def tables() -> list[Table]:
    """Return the tables that last, each behind those that it names."""
    return [one for one in SQLModel.metadata.sorted_tables if not one.info.get("passing")]


def rows_of(connection: Connection, table: Table) -> Iterator[Row]:
    """Yield the rows of a table in the order of its key, a few at a time."""
    query = select(table).order_by(*table.primary_key.columns)
    with connection.execute(query, execution_options={"yield_per": AT_ONCE}) as found:
        for row in found.mappings():
            yield dict(row)


def line(row: Mapping[str, Any]) -> bytes:
    """Return a row as a line of JSON."""
    return json.dumps(row, separators=(",", ":")).encode() + b"\n"


def put_in(connection: Connection, name: str, rows: Iterable[Row]) -> int:
    """Put rows into an empty table as it stands in the database; return how many.

    Raises BadInputError for a table or a row that is not of that version.
    """
    table = _found(connection, name)
    rows, total = iter(rows), 0
    while some := [_checked(table, row) for row in islice(rows, AT_ONCE)]:
        connection.execute(insert(table), some)
        total += len(some)
    return total


def pictures_in(row: Mapping[str, Any]) -> Iterator[str]:
    """Yield the hashes of the pictures that a row needs: a take's, a reference's, one that somebody gave."""
    if "media_type" in row:
        yield from _hashes(row.get("picture"), row.get("sha256"))
    for value in row.values():
        if isinstance(value, list):  # the layers of a take's picture, or the references that it sent
            yield from (found for one in value if isinstance(one, dict) for found in _of(one))
        elif isinstance(value, dict) and isinstance(references := value.get("references"), dict):
            yield from (found for one in references.values() if isinstance(one, dict) for found in _of(one))


def mentions(row: Mapping[str, Any]) -> set[str]:
    """Return all that looks like a picture's hash anywhere in a row."""
    return set(MENTION.findall(line(row).decode()))


def _of(one: Mapping[str, Any]) -> Iterator[str]:
    yield from _hashes(one.get("sha256") or one.get("asset"))


def _hashes(*values: object) -> Iterator[str]:
    yield from (one for one in values if isinstance(one, str) and SHA256.fullmatch(one))


def _found(connection: Connection, name: str) -> Table:
    """Return a table as it stands in the database, if it is one of ours."""
    if name not in {one.name for one in tables()}:
        raise BadInputError(f"A library has no table {name!r}.", hint="Nothing was changed.")
    return Table(name, MetaData(), autoload_with=connection, resolve_fks=False)


def _checked(table: Table, row: Row) -> Row:
    if set(row) != set(table.columns.keys()):
        raise BadInputError(f"A row of {table.name} has other columns than its table.", hint="Nothing was changed.")
    return {name: _value(table, column, row[name]) for name, column in table.columns.items()}


def _value(table: Table, column: Column[Any], value: Any) -> Any:
    """Return a value as its column takes it."""
    if value is None and column.nullable:
        return None
    kinds = next((held for kind, held in HELD if isinstance(column.type, kind)), ())
    if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
        raise BadInputError(f"{table.name}.{column.name} holds what it cannot.", hint="Nothing was changed.")
    return value
