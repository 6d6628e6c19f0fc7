"""The folders: whether they can be written to, have room, and keep keys from others."""

import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from app.files import MAX_FILM_BYTES
from app.library.doctor.finding import Finding, Patient

OTHERS = stat.S_IRWXG | stat.S_IRWXO


def examine(patient: Patient) -> Iterator[Finding]:
    """Look at the data folder, the folders of the database and of the pictures, and the files of keys."""
    pictures = patient.library.pictures.path("00")
    file = patient.library.database.file
    wanted = (patient.data, file and file.parent, pictures and pictures.parent.parent)
    folders = list(dict.fromkeys(one.absolute() for one in wanted if one and one.exists()))
    yield from (one for folder in folders if (one := _written(folder)))
    yield from (one for folder in folders[:1] if (one := _room(folder)))
    if open_to_others := [one for one in patient.keys if one.is_file() and one.stat().st_mode & OTHERS]:

        def close() -> None:
            for one in open_to_others:
                one.chmod(stat.S_IRUSR | stat.S_IWUSR)

        things = tuple(str(one) for one in open_to_others)
        yield Finding(
            "key.open", "Keys can be read by others.", "They are closed to all but their owner.", things, close
        )


def _written(folder: Path) -> Finding | None:
    """Write a file and take it away again: what a folder's permissions say is not all there is."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"printlight")
            file.flush()
    except OSError as error:
        how = "Let it be written to, or choose another one with PRINTLIGHT_DATA."
        return Finding("folder.closed", f"A folder cannot be written to: {error.strerror}.", how, (str(folder),))
    return None


def _room(folder: Path) -> Finding | None:
    free = shutil.disk_usage(folder).free
    if free >= MAX_FILM_BYTES:
        return None
    how = "Make room on that disk: the largest clip that is kept needs as much."
    return Finding("folder.full", f"Only {free // 1_000_000:,} MB are free.", how, (str(folder),))
