"""The keys of the studio, and what its palette finds."""

from fastapi import APIRouter
from starlette.responses import HTMLResponse, JSONResponse

from app.web import keys
from app.web.given import DeskGiven
from app.web.pages import page

router = APIRouter()


@router.get("/keys")
def show() -> HTMLResponse:
    """Show every key."""
    return page("keys/index.html")


@router.get("/keys/commands")
def commands(desk: DeskGiven) -> JSONResponse:
    """Return what the palette lists beside what its own page has: the key of each command, and every shot by film."""
    shots = [
        {"label": f"{one.slate} {one.name}".strip(), "of": film.name, "url": f"/shots/{one.id}"}
        for film in desk.library.projects()
        for one in desk.library.shots(film.id)
    ]
    return JSONResponse({"chords": keys.chords(), "shots": shots})


@router.get("/keys/list")
def listed() -> HTMLResponse:
    """Return the list of keys alone, for the help of a page."""
    return page("keys/_list.html")
