"""Tells whose file it is that came from somewhere."""

from collections.abc import Iterable

from app.errors import ShotError
from app.importers._text import text_of
from app.importers.base import Importer


def importer_of(raw: bytes, name: str, known: Iterable[Importer]) -> Importer:
    """Return the importer of a file, told by the end of its name or else by its beginning, or raise ShotError."""
    importers = list(known)
    found = [one for one in importers if name.lower().endswith(one.suffixes)]
    if len(found) != 1:
        content = text_of(raw, name)
        found = [one for one in found or importers if one.recognises(content)]
    if len(found) != 1:
        programs = ", ".join(f"{one.label} ({', '.join(one.suffixes)})" for one in importers)
        raise ShotError(f"{name}: nothing tells which program it is from.", hint=f"Known are {programs}.")
    return found[0]
