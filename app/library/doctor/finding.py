"""What is examined, and what is found."""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Connection, Table, Text, cast, select

from app.library.library import Library

LOST = "lost+found"
AT_ONCE = 500


@dataclass(frozen=True)
class Finding:
    """Something that is wrong, of which there may be several: `things` says which, by id, hash, key or path."""

    code: str
    what: str
    how: str
    """How it is mended: by `--mend` where there is a `mend`, else by a person."""

    things: tuple[str, ...] = ()
    mend: Callable[[], None] | None = None


@dataclass(frozen=True)
class Patient:
    """A library, the folder of its data, and the files that only its owner may read."""

    library: Library
    data: Path
    keys: tuple[Path, ...] = ()

    @cached_property
    def attic(self) -> "Attic":
        """Where rows go that have no place any more."""
        return Attic(self.data / LOST)


class Attic:
    """A file of rows that were taken out of their tables, a line of JSON each; never written over."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / f"rows-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.jsonl"

    def keep(self, table: str, row: Mapping[str, Any]) -> None:
        """Keep a row, safe from a power cut when this returns."""
        self.file.parent.mkdir(exist_ok=True)
        with self.file.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"table": table, "row": dict(row)}) + "\n")
            file.flush()
            os.fsync(file.fileno())


def rows(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table as they can be read: JSON that is none stays a text."""
    documents = {column.name for column in table.columns if isinstance(column.type, JSON)}
    columns = [cast(one, Text).label(one.name) if one.name in documents else one for one in table.columns]
    query = select(*columns).order_by(*table.primary_key.columns)
    with connection.execute(query, execution_options={"yield_per": AT_ONCE}) as found:
        for row in found.mappings():
            yield {name: _read(value) if name in documents else value for name, value in row.items()}


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, TypeError, RecursionError):
        return text
