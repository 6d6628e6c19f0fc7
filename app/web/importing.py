"""A file from elsewhere: read, and what it would bring, as its dialog tells it."""

from collections.abc import Sequence
from pathlib import PurePath
from typing import NamedTuple

from fastapi import UploadFile

from app.files.parcels import BEGINS, MAX_PARCEL, is_parcel
from app.importers import MOST_BYTES, Imported, Importer, Label, Value, import_file
from app.library import Library, sharing
from app.library.arriving import Arrivals
from app.library.sharing import Bundle
from app.schema.documents import Draft
from app.schema.facets import field_of, pattern
from app.vocab import vocabulary

MOST = 200
"""Of a longer list the rest is counted, so that the dialog stays quick."""


class Row(NamedTuple):
    """A value of the file: of which shot, what the file calls it, what it says, where it goes, and a word on it."""

    slate: str
    field: str
    value: str
    goes: str
    note: str


class Group(NamedTuple):
    """Values that fare alike: in how many words, with the first of them as rows."""

    name: str
    title: str
    total: int
    rows: tuple[Row, ...]


def shared_in(file: UploadFile) -> Bundle | None:
    """Return what a file that was sent shares; None for another program's."""
    begins = file.file.read(len(BEGINS))
    file.file.seek(0)
    if not is_parcel(begins):
        return None
    return sharing.read_file(file.file.read(MAX_PARCEL * 2), _name(file))


def opened(file: UploadFile) -> tuple[Importer, Imported, tuple[Label, ...]]:
    """Return the importer of a file that was sent, what it read, and what each shot will be called."""
    importer, imported = import_file(file.file.read(MOST_BYTES + 1), _name(file), vocabulary())
    return importer, imported, labels_of(imported, PurePath(_name(file)).stem[:100] or "Shot")


def keep(library: Library, film: str, imported: Imported, labels: Sequence[Label]) -> list[Draft]:
    """Add what was read at the end of a film, notes included: all of its shots or none."""
    named = [(label.slate, label.name, shot) for label, shot in zip(labels, imported.shots, strict=True)]
    return library.add_shots(film, named, notes=[label.note for label in labels])


def _name(file: UploadFile) -> str:
    return file.filename or "The file"


def labels_of(imported: Imported, stem: str) -> tuple[Label, ...]:
    """Return what each shot will be called: as its file says, else by the file's own name and a number."""
    count = len(imported.shots)
    if imported.labels:
        return imported.labels
    return tuple(Label(name=f"{stem} {number}" if count > 1 else stem) for number in range(1, count + 1))


def groups_of(imported: Imported) -> list[Group]:
    """Return the values by how they fare: left out, without a term, in words, as terms. An empty group is left out."""
    by_name: dict[str, list[Value]] = {"left": [], "unknown": [], "free": [], "typed": []}
    for value in imported.values:
        by_name[value.status if value.path else "left"].append(value)
    titles = {
        "left": "Left out of the shots",
        "unknown": "Found no term: kept as words",
        "free": "Kept as words",
        "typed": "Picked as terms and numbers",
    }
    return [
        Group(name, titles[name], len(values), tuple(_row(imported, value) for value in values[:MOST]))
        for name, values in by_name.items()
        if values
    ]


def address_of(came: Arrivals) -> str:
    """Return where what came is seen: at its first shot on the film's board, or in the library."""
    first = next((one for one in came.found if one.kind != "take"), None)
    if first and first.kind == "preset":
        return f"/library#{first.id}"
    return f"/projects/{came.film}#{first.id}" if first else f"/projects/{came.film}"


def _row(imported: Imported, value: Value) -> Row:
    label = imported.labels[value.shot - 1] if imported.labels and value.shot else Label()
    return Row(label.slate, value.field, value.value, _goes(value), value.note)


def _goes(value: Value) -> str:
    """Name where a value goes: the term that it became, else the field that holds it."""
    term = vocabulary().terms.get(value.term)
    if term:
        return term.label
    path = pattern(value.path).removesuffix(".*") if value.path else ""
    field = field_of(path) if path else None
    return (field.title if field else None) or path.rpartition(".")[2].replace("_", " ").capitalize()
