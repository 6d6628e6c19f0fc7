"""What is called on set, as the note box shows it. Nothing is saved."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict
from starlette.responses import HTMLResponse

from app.parse.notes import note
from app.resolve import resolve
from app.schema import read_data
from app.vocab import vocabulary
from app.web import noting, offering
from app.web.pages import page

router = APIRouter()


class Call(BaseModel):
    """A shot as it stands, and the note on it. `note` bounds the text, so that its error says how."""

    model_config = ConfigDict(extra="forbid")

    shot: dict[str, Any]
    text: str


@router.post("/notes")
def show(call: Call) -> HTMLResponse:
    """Tell what a note would do to a shot, in the words of its controls."""
    resolved = resolve(read_data(call.shot), vocabulary())
    noted = note(call.text, resolved)
    return page("notes/_told.html", noted=noted, steps=noting.steps(noted, resolved))


@router.get("/notes/terms")
def terms(text: Annotated[str, Query(max_length=4000)]) -> offering.Offer:
    """Offer the terms that the last words of a note begin."""
    return offering.offer(text)
