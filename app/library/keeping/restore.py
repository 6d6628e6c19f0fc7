"""A whole library out of one file: all of it, or nothing is changed.

The file is read to its end first. Then its pictures are put beside those that are there, each under its hash, and last
all rows in one transaction. What a picture is called is what it is, so none is ever written over by another.
"""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, inspect, update
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, select

from app import db
from app.db.database import newest
from app.errors import BadInputError, ConflictError, StorageError
from app.files import STILLS
from app.library.keeping.archive import Manifest, Reader
from app.library.keeping.backup import back_up
from app.library.keeping.rows import pictures_in, put_in
from app.library.library import Library
from app.library.queue import STALE_S, WAITING

MEDIA_TYPES = {*STILLS.values(), "video/mp4", "video/webm"}

ROOM = 3
"""Times the rows as they are told: the database, its log, and what bringing it up to date writes."""

SPARE_BYTES = 16 * 1024 * 1024

LOST = "lost+found"
"""Where in a store things are put that were in the way: nothing is deleted."""

HELD = "It waited when the backup was made, and may have been made since. Send it again, or drop it."


@dataclass(frozen=True)
class Restored:
    """What came back."""

    manifest: Manifest
    added: int
    """Pictures that were not here."""

    held: int
    """Takes that waited: a person decides, for they may have been made since."""

    missing: tuple[str, ...]
    """Pictures that rows name and that are neither in the backup nor here."""

    before: Path | None
    """A backup of what was here, without its pictures: they stay where they are."""


def restore(library: Library, file: Path, beside: Path, *, replace: bool = False) -> Restored:
    """Bring a library back, into an empty place or in place of the one that is here, which is kept `beside` it first.

    Raises BadInputError for a file that is no backup, or damaged, or of a newer program; ConflictError where there is
    a library that is not to be replaced, or a process that works on it; StorageError where there is no room. Then
    nothing was changed.
    """
    reader = Reader(file)
    try:
        if reader.manifest.tables > newest():
            told = f"its tables are number {reader.manifest.tables}, not {newest()}"
            hint = "Restore it with that one. Nothing was changed."
            raise BadInputError(f"{file} was made by a newer Printlight ({told}).", hint=hint)
        there = _check_place(library, replace=replace)
        reader.check()
        named = {one for table in reader.manifest.rows for row in reader.rows(table) for one in pictures_in(row)}
        _check_room(library, reader)
        with (
            _backed_up(library, beside, wanted=there) as kept,
            _pictures(library, reader) as added,
            _no_file_left(library),
        ):
            held = _rows(library, reader)
        missing = tuple(sorted(named - library.pictures.all().keys()))
    finally:
        reader.close()
    return Restored(reader.manifest, added, held, missing, kept)


def _check_place(library: Library, *, replace: bool) -> bool:
    """Tell whether there is a library. Raises ConflictError where it may not be replaced now."""
    if not library.database.version:
        return False
    with library.database.read() as session:
        tables = set(inspect(session.connection()).get_table_names())
        if "executor" in tables:
            alive = col(db.Executor.beat) > library.database.now(session) - STALE_S
            if session.exec(select(db.Executor.id).where(alive).limit(1)).first():
                hint = "Stop the studio and every `printlight work`, wait ten seconds, then try again."
                raise ConflictError("Printlight is at work on this library.", hint=hint)
        if session.exec(select(db.Project.id).limit(1)).first() is None:
            return False
    if not replace:
        hint = "Add --replace: it is kept beside itself first. Or choose an empty place with PRINTLIGHT_DATA."
        raise ConflictError("There is a library here already.", hint=hint)
    return True


@contextmanager
def _backed_up(library: Library, beside: Path, *, wanted: bool) -> Iterator[Path | None]:
    """Back up what is here, without its pictures, which stay; where what follows fails, it is not wanted any more."""
    file = beside / f"before-restore-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.backup"
    try:
        yield back_up(library, file, with_pictures=False).file if wanted else None
    except BaseException:
        file.unlink(missing_ok=True)
        raise


def _check_room(library: Library, reader: Reader) -> None:
    """Raise StorageError where the disks of this machine have too little room."""
    here = library.pictures.all()
    wanted = dict[Path, int]()
    parts = reader.manifest.parts
    pictures = sum(parts[name].bytes for name, sha256 in reader.pictures if sha256 not in here)
    rows = sum(part.bytes for name, part in parts.items() if name.startswith("rows/"))
    if folder := library.pictures.path("00"):
        wanted[_there(folder)] = pictures
    if library.database.file:
        place = _there(library.database.file)
        wanted[place] = wanted.get(place, 0) + ROOM * rows
    for place, size in wanted.items():
        if (free := shutil.disk_usage(place).free) < size + SPARE_BYTES:
            told = f"{size:,} bytes are wanted in {place}, and {free:,} are free"
            raise StorageError(f"There is no room to restore: {told}.", hint="Nothing was changed. Make room there.")


def _there(path: Path) -> Path:
    return next(one for one in path.parents if one.is_dir())


@contextmanager
def _pictures(library: Library, reader: Reader) -> Iterator[int]:
    """Put in what is not here; return how many. Where that or what follows fails, they go again.

    One that is damaged here is moved to `lost+found`, and comes back whole.
    """
    here, damaged = library.pictures.all(), set(reader.manifest.damaged)
    added, moved = list[str](), list[tuple[str, str]]()
    store = library.pictures.store
    try:
        for name, sha256 in reader.pictures:
            key = name.removeprefix("pictures/")
            if sha256 in damaged:
                continue
            if sha256 in here:
                if _same(library, sha256):
                    continue
                moved.append((store.move(key, f"{LOST}/{key}"), key))
            added.append(key)
            store.add(key, reader.picture(name))
        yield len(added)
    except BaseException:
        for key in added:
            store.remove(key)
        for place, key in moved:
            store.move(place, key)
        raise


@contextmanager
def _no_file_left(library: Library) -> Iterator[None]:
    """Take the file of a database away again that was begun and came to nothing."""
    file = library.database.file
    began = file is not None and not file.exists()
    try:
        yield
    except BaseException:
        library.database.close()
        if file and began:
            file.unlink(missing_ok=True)
        raise


def _same(library: Library, sha256: str) -> bool:
    try:
        return library.pictures.verified(sha256) is not None
    except StorageError:
        return False


def _rows(library: Library, reader: Reader) -> int:
    """Put all rows in, in place of those that are there; return how many takes are held."""
    try:
        with library.database.anew(reader.manifest.tables) as connection:
            for table, count in reader.manifest.rows.items():
                with closing(reader.rows(table)) as rows:
                    put = put_in(connection, table, rows)
                if put != count:
                    hint = "Nothing was changed."
                    raise BadInputError(f"{table} holds another number of rows than is told.", hint=hint)
            _check_media_types(connection)
            return _hold(connection, reader.manifest)
    except (SQLAlchemyError, ValueError, OverflowError) as error:
        reason = str(getattr(error, "orig", None) or error).partition("\n")[0]
        hint = "Nothing was changed. Take another backup."
        raise BadInputError(f"{reader.path} cannot be restored: its rows do not fit: {reason}.", hint=hint) from None


def _check_media_types(connection: Connection) -> None:
    """Refuse a picture that says it is something else: it is shown to people as what it says."""
    for column in (col(db.Job.media_type), col(db.Asset.media_type)):
        found = {one for one in connection.execute(select(column).distinct()).scalars() if one is not None}
        if found - MEDIA_TYPES:
            told = ", ".join(sorted(found - MEDIA_TYPES))[:100]
            raise BadInputError(
                f"The backup holds what is neither picture nor film: {told}.", hint="Nothing was changed."
            )


def _hold(connection: Connection, manifest: Manifest) -> int:
    """Let no take begin by itself that the library went on with after the backup: it would be paid twice."""
    jobs = db.Job.__table__  # type: ignore[attr-defined]
    there = {one["name"] for one in inspect(connection).get_columns("job")}
    if "worker" in there:
        connection.execute(update(jobs).values(worker=None))
    made = datetime.fromisoformat(manifest.made).timestamp()
    waits = update(jobs).where(jobs.c.state == WAITING)
    return connection.execute(waits.values(state="unsure", message=HELD, claimed_at=made)).rowcount
