"""One importer, one file: what another program kept, as shots, and for each of its values where it landed."""

import sys

from app.importers._inscribed import read_pictures
from app.importers._opening import importer_of
from app.importers._reading import document_of, read_prompt
from app.importers._text import MOST_BYTES
from app.importers.base import Imported, Importer, Label, Value
from app.registry import Registry
from app.vocab import Vocabulary

__all__ = [
    "MOST_BYTES",
    "Imported",
    "Importer",
    "Label",
    "Value",
    "document_of",
    "import_file",
    "importers",
    "read_pictures",
    "read_prompt",
]

importers: Registry[Importer] = Registry("importer", Importer, sys.modules[__name__])


def import_file(raw: bytes, name: str, vocabulary: Vocabulary, source: str = "") -> tuple[Importer, Imported]:
    """Read a file with the importer that is named, or that the file itself tells; return both. Raises ShotError."""
    importer = importers[source] if source else importer_of(raw, name, importers.values())
    return importer, importer.read(importer.text(raw, name), name, vocabulary)
