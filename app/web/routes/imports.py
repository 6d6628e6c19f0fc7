"""A file from elsewhere, another program's or a shared one: what it would bring, and its shots in a film."""

from typing import Annotated

from fastapi import APIRouter, Query, UploadFile
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import HTMLResponse, JSONResponse

from app.library import arriving
from app.library.library import SAMPLE_PROJECT
from app.web.given import DeskGiven
from app.web.importing import address_of, groups_of, keep, opened, shared_in
from app.web.pages import page

router = APIRouter()


@router.post("/imports")
def show(
    file: UploadFile, desk: DeskGiven, film: Annotated[str, Query(max_length=80)] = SAMPLE_PROJECT
) -> HTMLResponse:
    """Tell what a file would bring to a film; nothing is kept."""
    shared = shared_in(file)
    if shared:
        return page("sharing/_arrivals.html", shared=shared.shared, coming=arriving.look(desk.library, shared, film))
    importer, imported, labels = opened(file)
    return page("imports/show.html", importer=importer, imported=imported, labels=labels, groups=groups_of(imported))


@router.post("/projects/{name}/imports")
def add(name: str, file: UploadFile, desk: DeskGiven) -> JSONResponse:
    """Add a file's shots at the end of a film, all of them or none; a shared film is its own."""
    project = desk.library.project(name)
    shared = shared_in(file)
    if shared:
        came = arriving.take_in(desk.library, shared, project.id)
        return JSONResponse({"open": address_of(came)}, status_code=201)
    _, imported, labels = opened(file)
    drafts = keep(desk.library, project.id, imported, labels)
    shots = [{"id": draft.id, "slate": draft.slate, "name": draft.name} for draft in drafts]
    return JSONResponse({"shots": shots, "counts": imported.counts}, status_code=201)


class Back(BaseModel):
    """Shots that came in together."""

    model_config = ConfigDict(extra="forbid")

    shots: list[Annotated[str, Field(max_length=80)]] = Field(min_length=1, max_length=20_000)


@router.post("/projects/{name}/imports/undo", status_code=204)
def undo(name: str, back: Back, desk: DeskGiven) -> None:
    """Take the shots of an import out again, unless somebody has worked on one of them since."""
    desk.library.take_back(desk.library.project(name).id, back.shots)
