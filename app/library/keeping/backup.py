"""A whole library in one file: every row as it stood at one moment, and every picture."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Table

from app.db.database import newest
from app.errors import BadInputError, StorageError
from app.files import Pictures
from app.files.stores import FULL, flush
from app.library.keeping.archive import Manifest, Writer
from app.library.keeping.astray import astray
from app.library.keeping.rows import line, pictures_in, rows_of, tables
from app.library.library import Library


@dataclass(frozen=True)
class Kept:
    """What a backup holds."""

    file: Path
    manifest: Manifest
    pictures: int
    size: int

    @property
    def whole(self) -> bool:
        """Tell whether every picture that is named is in it, unharmed."""
        return not (self.manifest.missing or self.manifest.damaged)


def back_up(library: Library, file: Path, *, replace: bool = False, with_pictures: bool = True) -> Kept:
    """Write a backup, beside its place first; others may read and save meanwhile. Keys of backends are left out.

    Pictures that are missing or damaged are told of, and keep no backup from being made. Raises BadInputError where
    a file stands there and is not to be replaced, or there is nothing to back up, and StorageError where it cannot be
    written, or rows name others that are gone; then nothing is left.
    """
    if not library.database.version:
        raise BadInputError("There is no library here to back up.", hint="Say where it is: PRINTLIGHT_DATA.")
    _may_be_written(file, replace=replace)
    library.database.migrate()
    with _aside(file, replace=replace) as made, made.open("wb") as out, Writer(out) as writer:
        manifest, named = _rows(library, writer)
        if with_pictures:
            manifest = _pictures(library.pictures, writer, manifest, named)
        writer.close(manifest)
        out.flush()
        os.fsync(out.fileno())
        size = out.tell()
    pictures = sum(name.startswith("pictures/") for name in writer.parts)
    return Kept(file, manifest, pictures, size)


def _rows(library: Library, writer: Writer) -> tuple[Manifest, set[str]]:
    """Write all rows; return what is told of them, and which pictures they name."""
    counts, named = dict[str, int](), set[str]()

    def lines(connection: Connection, table: Table) -> Iterator[bytes]:
        counts[table.name] = 0
        for row in rows_of(connection, table):
            counts[table.name] += 1
            named.update(pictures_in(row))
            yield line({**row, "key": ""} if table.name == "connection" else row)

    with library.database.snapshot() as connection:
        if lost := astray(connection):
            hint = "They could not be restored. Run `printlight doctor --mend` first: it loses nothing."
            raise StorageError(f"{len(lost)} rows name others that are gone.", hint=hint)
        made = datetime.now(UTC)
        for table in tables():
            try:
                writer.add(f"rows/{table.name}.jsonl", lines(connection, table))
            except ValueError as error:  # what should be JSON is none
                hint = "Run `printlight doctor --mend` first: it loses nothing."
                raise StorageError(f"A row of {table.name} cannot be read: {error}.", hint=hint) from None
    told = made.isoformat(timespec="seconds")
    return Manifest(made=told, tables=newest(), rows=counts, with_pictures=False), named


def _pictures(pictures: Pictures, writer: Writer, manifest: Manifest, named: set[str]) -> Manifest:
    """Write all pictures there are: whatever the rows name was put there before them."""
    here, damaged = pictures.all(), list[str]()
    for sha256, held in here.items():
        part = writer.add(f"pictures/{held.key}", pictures.parts(sha256, range(held.size)))
        if part.sha256 != sha256:
            damaged.append(sha256)
    missing = tuple(sorted(named - here.keys()))
    return manifest.model_copy(update={"with_pictures": True, "missing": missing, "damaged": tuple(damaged)})


def _may_be_written(file: Path, *, replace: bool) -> None:
    if file.is_dir():
        raise BadInputError(f"{file} is a folder.", hint="Name a file in it.")
    if file.exists() and not replace:
        raise BadInputError(f"{file} is there already.", hint="Name another file, or add --replace.")


@contextmanager
def _aside(file: Path, *, replace: bool) -> Iterator[Path]:
    """A path beside a place; what was written there takes the place at the end, or is gone."""
    try:
        descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=".backup-")
        os.close(descriptor)
        try:
            yield Path(name)
            _may_be_written(file, replace=replace)
            Path(name).replace(file)
            flush(file.parent)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        if error.errno in FULL:
            hint = "Nothing was written. Make room there, or name a file on another disk."
            raise StorageError(f"There is no room left for a backup in {file.parent}.", hint=hint) from None
        hint = "Nothing was written. Name a file in a folder that can be written to."
        raise StorageError(f"{file} cannot be written: {error.strerror}.", hint=hint) from None
