"""Another program's file, a shared one, or a pasted prompt: what it would bring, and its shots in a film."""

from typing import Annotated, Literal

from fastapi import File, UploadFile
from pydantic import BaseModel, ConfigDict, Field

from app.files.parcels import MAX_PARCEL
from app.importers import Value, read_prompt
from app.library import arriving
from app.library.arriving import Arrivals
from app.library.library import SAMPLE_PROJECT
from app.vocab import vocabulary
from app.web import pasting
from app.web.api._forms import FORM_BYTES, Film, Given, Id, Prose, ShotKept, ShotSaid, door
from app.web.given import DeskGiven
from app.web.importing import keep, opened, shared_in

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
    """A shot of a file, what it will be called, and what the file notes beside it."""

    slate: str
    name: str
    note: str
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
    if shared := shared_in(file):
        coming = _coming(arriving.look(desk.library, shared, desk.library.project(film).id))
        return Import(
            source="printlight", shots=[], values=[], counts=Counts(typed=0, free=0, unknown=0), shared=coming
        )
    importer, imported, labels = opened(file)
    shots = [
        ImportedShot(slate=label.slate, name=label.name, note=label.note, shot=shot)
        for label, shot in zip(labels, imported.shots, strict=True)
    ]
    counts = Counts.model_validate(imported.counts)
    return Import(source=importer.id, shots=shots, values=list(imported.values), counts=counts)


@router.post("/films/{film}/imports", status_code=201, max_body_size=FILE_BYTES)
def import_into_film(film: Film, file: Upload, desk: DeskGiven) -> Added:
    """Add the shots of a file at the end of a film, all of them or none; a shared film is its own."""
    project = desk.library.project(film)
    if shared := shared_in(file):
        came = arriving.take_in(desk.library, shared, project.id)
        drafts = [desk.library.shot(one.id) for one in came.found if one.kind == "shot"]
        return Added(shots=[_kept(one) for one in drafts], shared=_coming(came))
    _, imported, labels = opened(file)
    return Added(shots=[_kept(one) for one in keep(desk.library, project.id, imported, labels)])


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


def _coming(came: Arrivals) -> Coming:
    return Coming.model_validate(came)


def _kept(draft: object) -> ShotKept:
    return ShotKept.model_validate(draft, from_attributes=True)
