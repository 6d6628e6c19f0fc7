"""Opens a file that came from somewhere: its text, and whose file it is."""

from collections.abc import Iterable

from app.errors import ShotError
from app.importers.base import Importer

MAX_BYTES = 16_000_000
"""A file beyond this is not read."""


def text_of(raw: bytes, name: str) -> str:
    """Return a file's text. Raises ShotError where it is too large, or is none."""
    if len(raw) > MAX_BYTES:
        raise ShotError(f"{name} is larger than {MAX_BYTES // 1_000_000} MB.", hint="That is too much for an import.")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        hint = "Expected text in UTF-8: save or export it again in that encoding."
        raise ShotError(f"{name} is not text (byte {error.start}).", hint=hint) from None


def importer_of(content: str, name: str, known: Iterable[Importer]) -> Importer:
    """Return the importer of a file, told by the end of its name or else by its beginning, or raise ShotError."""
    importers = list(known)
    by_name = [one for one in importers if name.lower().endswith(one.suffixes)]
    found = by_name or [one for one in importers if one.recognises(content)]
    if len(found) != 1:
        programs = ", ".join(f"{one.label} ({', '.join(one.suffixes)})" for one in importers)
        raise ShotError(f"{name}: nothing tells which program it is from.", hint=f"Known are {programs}.")
    return found[0]
