"""Reads pictures that carry their prompts, one or a zip of many: each is a shot."""

import zlib
from base64 import b64decode, b64encode
from binascii import Error as NoBase64
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePath
from zipfile import BadZipFile, ZipFile

from app.errors import ShotError
from app.importers._inscribed import HINT, read_pictures
from app.importers._text import MOST_BYTES
from app.importers.base import Imported, Importer
from app.parse.inscriptions import MAX_PICTURE, is_picture
from app.vocab import Vocabulary

ZIP = b"PK\x03\x04"
MAX_FILES = 200
MAX_UNPACKED = 500_000_000
UNREADABLE = (BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, NotImplementedError, LookupError)
"""What a zip raises that is broken, locked, or packed in a way that nobody reads here."""


class Pictures(Importer):
    """Pictures of A1111, Forge, ComfyUI, InvokeAI, Printlight and others, by what those wrote into them."""

    id = "pictures"
    label = "Pictures with their prompts"
    suffixes = (".png", ".jpg", ".jpeg", ".webp", ".zip")

    def text(self, raw: bytes, name: str) -> str:
        """Return a file as base64: it is no text. Raises ShotError for one that is too large."""
        if len(raw) > MOST_BYTES:
            raise ShotError(f"{name} is larger than {MOST_BYTES // 1_000_000} MB.", hint="Import some at a time.")
        return b64encode(raw).decode()

    def recognises(self, content: str) -> bool:  # noqa: ARG002 - a picture is no text, so no text is one
        """Tell nothing by a text: pictures are known by their names."""
        return False

    def read(self, content: str, name: str, vocabulary: Vocabulary) -> Imported:
        """Return a shot for each picture with a prompt, in the order of their names; the others are told of."""
        return read_pictures(_pictures(_raw(content, name), name), name, vocabulary)


def _raw(content: str, name: str) -> bytes:
    try:
        return b64decode(content, validate=True)
    except (NoBase64, ValueError):
        raise ShotError(f"{name} is no picture.", hint=HINT) from None


def _pictures(raw: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """Yield the pictures of a file with their names. Raises ShotError for one that is neither picture nor zip."""
    if is_picture(raw):
        yield name, raw
        return
    if not raw.startswith(ZIP):
        raise ShotError(f"{name} is neither a picture nor a zip.", hint=HINT)
    try:
        yield from _of_zip(raw, name)
    except UNREADABLE as error:
        raise ShotError(f"{name} is a zip that cannot be read: {str(error)[:120]}.", hint=HINT) from None


def _of_zip(raw: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """Yield the pictures of a zip one after the other; what a file says of its own size is not believed."""
    with ZipFile(BytesIO(raw)) as archive:
        files = sorted((one for one in archive.infolist() if _is_shown(one.filename)), key=lambda one: one.filename)
        if len(files) > MAX_FILES:
            raise ShotError(f"{name} holds {len(files):,} files.", hint=f"At most {MAX_FILES} are read at once.")
        room = MAX_UNPACKED
        for one in files:
            with archive.open(one) as packed:
                content = packed.read(min(room, MAX_PICTURE) + 1)
            room -= len(content)
            if len(content) > MAX_PICTURE or room < 0:
                raise ShotError(f"{name}, {one.filename[:80]}: it unpacks to too much.", hint="Import some at a time.")
            if is_picture(content):
                yield one.filename, content


def _is_shown(name: str) -> bool:
    """Tell whether a file of a zip is one that a person sees: no folder, and nothing that a system adds."""
    parts = PurePath(name).parts
    return not name.endswith("/") and not any(one.startswith(".") or one == "__MACOSX" for one in parts)
