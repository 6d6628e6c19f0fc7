"""The pictures: all that are named are here and whole, and nothing lies about that nobody names."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from app.files import Held, Pictures
from app.library.doctor.finding import LOST, Finding, Patient, rows
from app.library.keeping.rows import mentions, pictures_in, tables

SETTLED = timedelta(hours=1)
"""What was put there since may be of a take that is just being finished."""

PART = re.compile(r"(?:.*/)?\.part-[^/]*")
THUMBNAIL = re.compile(r"thumbnails/\d+/[0-9a-f]{2}/([0-9a-f]{64})\.webp")

BACK = "Bring them back from a backup: in its zip each is pictures/AB/ABCD…, and has the same place in the store."


def examine(patient: Patient) -> Iterator[Finding]:
    """Read every picture, and compare all files with all rows."""
    store, pictures = patient.library.pictures.store, patient.library.pictures
    named, mentioned = _named(patient)
    held = store.held()
    here = pictures.all()
    if missing := tuple(sorted(named - here.keys())):
        yield Finding("picture.missing", "Pictures are named and not there.", BACK, missing)
    if damaged := tuple(one for one, found in here.items() if _hash(pictures, one, found) != one):
        yield Finding("picture.damaged", "Pictures are not as they were put there.", BACK, damaged)
    before = datetime.now(UTC) - SETTLED
    settled = [one for one in held if one.since < before]
    orphans = [one.key for sha256, one in here.items() if sha256 not in mentioned and one.since < before]
    yield from _moved(patient, "picture.orphan", "Pictures are named by nothing.", orphans)
    yield from _moved(patient, "file.part", "Files were never finished.", [one.key for one in settled if _is_part(one)])
    left = [one.key for one in settled if (of := THUMBNAIL.fullmatch(one.key)) and of[1] not in here]
    yield from _moved(patient, "thumbnail.orphan", "Thumbnails are of pictures that are not there.", left)


def _named(patient: Patient) -> tuple[set[str], set[str]]:
    """Return which pictures rows need, and all that they so much as mention."""
    named, mentioned = set[str](), set[str]()
    with patient.library.database.snapshot() as connection:
        for table in tables():
            for row in rows(connection, table):
                named.update(pictures_in(row))
                mentioned |= mentions(row)
    return named, mentioned


def _hash(pictures: Pictures, sha256: str, held: Held) -> str:
    found = hashlib.sha256()
    for some in pictures.parts(sha256, range(held.size)):
        found.update(some)
    return found.hexdigest()


def _is_part(one: Held) -> bool:
    return bool(PART.fullmatch(one.key)) and not one.key.startswith(f"{LOST}/")


def _moved(patient: Patient, code: str, what: str, keys: Iterable[str]) -> Iterator[Finding]:
    """Yield what is to be moved out of the way, if anything."""
    found = tuple(keys)

    def mend() -> None:
        for key in found:
            patient.library.pictures.store.move(key, f"{LOST}/{key}")

    if found:
        yield Finding(code, what, f"They are moved to {LOST}, where the pictures are kept.", found, mend)
