"""Another program's file: what it would bring, and its shots at the end of a film."""

from pathlib import PurePath

from fastapi import APIRouter, UploadFile
from starlette.responses import HTMLResponse, JSONResponse

from app.importers import MAX_BYTES, Imported, Importer, import_file
from app.vocab import vocabulary
from app.web.given import DeskGiven
from app.web.importing import groups_of, labels_of
from app.web.pages import page

router = APIRouter()


@router.post("/imports")
def show(file: UploadFile) -> HTMLResponse:
    """Tell what a file would bring; nothing is kept."""
    importer, imported, stem = _read(file)
    labels = labels_of(imported, stem)
    return page("imports/show.html", importer=importer, imported=imported, labels=labels, groups=groups_of(imported))


@router.post("/projects/{name}/imports")
def add(name: str, file: UploadFile, desk: DeskGiven) -> JSONResponse:
    """Add a file's shots at the end of a film, all of them or none."""
    project = desk.library.project(name)
    _, imported, stem = _read(file)
    named = zip(labels_of(imported, stem), imported.shots, strict=True)
    drafts = desk.library.add_shots(project.id, [(label.slate, label.name, shot) for label, shot in named])
    shots = [{"id": draft.id, "slate": draft.slate, "name": draft.name} for draft in drafts]
    return JSONResponse({"shots": shots, "counts": imported.counts}, status_code=201)


def _read(file: UploadFile) -> tuple[Importer, Imported, str]:
    """Return the importer of a file that was sent, what it read, and the file's name without its ending."""
    name = file.filename or "The file"
    importer, imported = import_file(file.file.read(MAX_BYTES + 1), name, vocabulary())
    return importer, imported, PurePath(name).stem[:100] or "Shot"
