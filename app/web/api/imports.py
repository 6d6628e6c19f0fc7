"""Another program's file, a shared one, or a pasted prompt: what it would bring, and its shots in a film."""

from pathlib import PurePath
from typing import Annotated, Literal

from fastapi import File, UploadFile
from pydantic import BaseModel, ConfigDict, Field

from app.files.parcels import BEGINS, MAX_PARCEL, is_parcel
from app.importers import MOST_BYTES, Imported, Importer, Value, import_file, read_prompt
from app.library import arriving, sharing
from app.library.arriving import Arrivals
from app.library.library import SAMPLE_PROJECT
from app.library.sharing import Bundle
from app.schema import Shot
from app.vocab import vocabulary
from app.web import pasting
from app.web.api._forms import FORM_BYTES, Film, Given, Id, Prose, ShotKept, ShotSaid, door
from app.web.given import DeskGiven
from app.web.importing import labels_of

router = door("imports")

USUAL = "uni-1"
FILE_BYTES = 2 * MAX_PARCEL + FORM_BYTES

Upload = Annotated[UploadFile, File(description="The file, by its name.")]


class Arrival(BaseModel):
    """One thing that comes: new here, here already, or kept beside one that differs."""

    model_config = ConfigDict(from_attributes=True)

    kind: Literal["shot", "preset", "take", "scene"]
    id: str
    slate: str
    name: str
    state: Literal["new", "here", "copy"]
    note: str


class Coming(BaseModel):
    """What a shared file or a link brings, and to which film."""

    model_config = ConfigDict(from_attributes=True)

    film: str
    film_name: str
    film_is_new: bool
    found: list[Arrival]
    new_pictures: int
    known_pictures: int
    new_bytes: int
    missing: list[str]


class ImportedShot(BaseModel):
    """A shot of a file, and what it will be called."""

    slate: str
    name: str
    shot: ShotSaid


class Counts(BaseModel):
    """How many values of a file became terms or numbers, stayed words, or found no term."""

    typed: int
    free: int
    unknown: int


class Import(BaseModel):
    """What a file brings: of another program its shots and where each value landed, of a shared one what arrives."""

    source: str
    shots: list[ImportedShot]
    values: list[Value]
    counts: Counts
    shared: Coming | None = None


class Added(BaseModel):
    """The shots that were added, and what arrived of a shared file."""

    shots: list[ShotKept]
    shared: Coming | None = None


class Pasted(Given):
    """A prompt in any form, and the model that its shots are written for; left out, the text tells."""

    text: Prose
    target: Id | None = None


@router.post("/imports", max_body_size=FILE_BYTES)
def preview_import(file: Upload, desk: DeskGiven, film: Id = SAMPLE_PROJECT) -> Import:
    """Tell what a file would bring to a film; nothing is kept."""
    if shared := _shared(file):
        coming = _coming(arriving.look(desk.library, shared, desk.library.project(film).id))
        return Import(
            source="printlight", shots=[], values=[], counts=Counts(typed=0, free=0, unknown=0), shared=coming
        )
    importer, imported, named = _read(file)
    shots = [ImportedShot(slate=slate, name=name, shot=shot) for slate, name, shot in named]
    counts = Counts.model_validate(imported.counts)
    return Import(source=importer.id, shots=shots, values=list(imported.values), counts=counts)


@router.post("/films/{film}/imports", status_code=201, max_body_size=FILE_BYTES)
def import_into_film(film: Film, file: Upload, desk: DeskGiven) -> Added:
    """Add the shots of a file at the end of a film, all of them or none; a shared film is its own."""
    project = desk.library.project(film)
    if shared := _shared(file):
        came = arriving.take_in(desk.library, shared, project.id)
        drafts = [desk.library.shot(one.id) for one in came.found if one.kind == "shot"]
        return Added(shots=[_kept(one) for one in drafts], shared=_coming(came))
    _, _, named = _read(file)
    return Added(shots=[_kept(one) for one in desk.library.add_shots(project.id, named)])


class Back(Given):
    """Shots that came in together."""

    shots: Annotated[list[Id], Field(min_length=1, max_length=2000)]


@router.post("/films/{film}/imports/undo", status_code=204)
def undo_import(film: Film, back: Back, desk: DeskGiven) -> None:
    """Take the shots of an import out of a film again, all of them or none; 409 where somebody worked on one since."""
    desk.library.take_back(desk.library.project(film).id, back.shots)


@router.post("/films/{film}/prompts", status_code=201)
def paste_into_film(film: Film, pasted: Pasted, desk: DeskGiven) -> Added:
    """Add the shots of a prompt at the end of a film, all of them or none."""
    project = desk.library.project(film)
    chosen = vocabulary().target(pasted.target) if pasted.target else None
    found = read_prompt(pasted.text, "The text", vocabulary(), chosen)
    titles = pasting.names_of(pasted.text, found)
    named = [("", title, one.shot) for title, one in zip(titles, found, strict=True)]
    drafts = desk.library.add_shots(project.id, named, found[0].target or USUAL)
    return Added(shots=[_kept(one) for one in drafts])


def _read(file: UploadFile) -> tuple[Importer, Imported, list[tuple[str, str, Shot]]]:
    """Return the importer of a file, what it read, and its shots with their slates and names."""
    name = file.filename or "The file"
    importer, imported = import_file(file.file.read(MOST_BYTES + 1), name, vocabulary())
    labels = labels_of(imported, PurePath(name).stem[:100] or "Shot")
    named = [(label.slate, label.name, shot) for label, shot in zip(labels, imported.shots, strict=True)]
    return importer, imported, named


def _shared(file: UploadFile) -> Bundle | None:
    """Return what a file shares; None for another program's."""
    begins = file.file.read(len(BEGINS))
    file.file.seek(0)
    if not is_parcel(begins):
        return None
    return sharing.read_file(file.file.read(MAX_PARCEL * 2), file.filename or "The file")


def _coming(came: Arrivals) -> Coming:
    return Coming.model_validate(came)


def _kept(draft: object) -> ShotKept:
    return ShotKept.model_validate(draft, from_attributes=True)
