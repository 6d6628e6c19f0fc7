"""A pasted prompt, in any form: what would be understood, and its shots at the end of a film."""

from typing import Any

from fastapi import APIRouter, UploadFile
from pydantic import BaseModel, ConfigDict
from starlette.responses import HTMLResponse, JSONResponse

from app.importers import read_prompt
from app.parse.forms import decoded
from app.parse.inscriptions import MAX_PICTURE, is_picture
from app.vocab import vocabulary
from app.web import pasting
from app.web.given import DeskGiven
from app.web.pages import page

router = APIRouter()

TARGET = "uni-1"
"""What a shot is written for whose text names no model."""


class Pasted(BaseModel):
    """A text as somebody pasted it."""

    model_config = ConfigDict(extra="forbid")

    text: str


@router.post("/pasted")
def show(pasted: Pasted) -> HTMLResponse:
    """Tell what would be understood of a text; nothing is kept."""
    return page("paste/_understood.html", reading=pasting.read(pasted.text))


@router.post("/pasted/files")
def read(file: UploadFile) -> JSONResponse:
    """Return the text of a file, or the one that a picture carries; nothing is kept."""
    content, name = file.file.read(MAX_PICTURE + 1), file.filename or "The file"
    if not is_picture(content):
        return JSONResponse({"text": decoded(content), "note": f"The text of {name}."})
    first = read_prompt(content, name, vocabulary())[0]
    return JSONResponse({"text": first.params["text"], "note": f"{name}: {first.notes[0]}"})


@router.post("/projects/{name}/pasted")
def add(name: str, pasted: Pasted, desk: DeskGiven) -> JSONResponse:
    """Add a text's shots at the end of a film, all of them or none, written for the model that the text names."""
    project = desk.library.project(name)
    found = read_prompt(pasted.text, "The text", vocabulary())
    named: list[tuple[str, str, Any]] = [
        ("", title, one.shot) for title, one in zip(pasting.names_of(pasted.text, found), found, strict=True)
    ]
    drafts = desk.library.add_shots(project.id, named, found[0].target or TARGET)
    shots = [{"id": draft.id, "name": draft.name, "target": draft.target} for draft in drafts]
    return JSONResponse({"shots": shots}, status_code=201)
