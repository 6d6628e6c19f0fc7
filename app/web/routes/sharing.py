"""What is given away as a file or a link, and what a link carries."""

from typing import Annotated

from fastapi import APIRouter, Form
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import HTMLResponse, JSONResponse, Response

from app.files.links import MAX_CHARS
from app.library import arriving, sharing
from app.library.sharing import Bundle
from app.resolve import resolve
from app.resolve.presets import KINDS
from app.schema import read_data
from app.schema.checks import EVERYTHING
from app.vocab import vocabulary
from app.web import shelf
from app.web.given import DeskGiven, compile_edit
from app.web.importing import address_of
from app.web.pages import page

router = APIRouter()

MEDIA_TYPE = "application/x-printlight"


class Link(BaseModel):
    """A link that somebody opens; its fragment is enough. `film` is where its shot goes."""

    model_config = ConfigDict(extra="forbid")

    link: str = Field(max_length=MAX_CHARS + 2000)
    film: str = Field(default="", max_length=80)


@router.post("/projects/{name}/file")
def film_file(name: str, desk: DeskGiven, takes: Annotated[str, Form(max_length=3)] = "") -> Response:
    """Save a film as one file, with the takes that are circled or starred where that is asked."""
    return _file(sharing.film(desk.library, name, takes=takes == "yes"))


@router.post("/shots/{name}/file")
def shot_file(name: str, desk: DeskGiven, takes: Annotated[str, Form(max_length=3)] = "") -> Response:
    """Save a shot as one file, with its pictures."""
    return _file(sharing.shot(desk.library, name, takes=takes == "yes"))


@router.post("/library/{name}/file")
def preset_file(name: str, desk: DeskGiven) -> Response:
    """Save a preset as one file, with its pictures."""
    return _file(sharing.preset(desk.library, name))


@router.post("/shots/{name}/link")
def shot_link(name: str, desk: DeskGiven) -> JSONResponse:
    """Return the link that carries a shot as it was last saved, and the pictures that stay behind."""
    return _link(sharing.shot(desk.library, name))


@router.post("/library/{name}/link")
def preset_link(name: str, desk: DeskGiven) -> JSONResponse:
    """Return the link that carries a preset, and the pictures that stay behind."""
    return _link(sharing.preset(desk.library, name))


@router.get("/open")
def open_page() -> HTMLResponse:
    """Wait for the fragment of a link, which the page hands to `POST /open`, or for a link to be pasted."""
    return page("sharing/open.html")


@router.post("/open")
def show(link: Link, desk: DeskGiven) -> HTMLResponse:
    """Show what a link carries, and what it would add to each film; nothing is kept."""
    bundle = sharing.read_link(link.link)
    films = [(film, arriving.look(desk.library, bundle, film.id)) for film in desk.library.projects()]
    if bundle.shared.presets:
        (preset,) = [arriving.fitting(one, None) for one in bundle.shared.presets]
        return page("sharing/_preset.html", preset=preset, kind=KINDS[preset.kind], coming=films[0][1], shelf=shelf)
    (shot,) = bundle.shared.shots
    read = read_data(shot.shot, f"The shot {shot.name}")
    target = shot.target if shot.target in vocabulary().targets else arriving.USUAL_TARGET
    return page(
        "sharing/_shot.html",
        shot=shot,
        resolved=resolve(read, vocabulary()),
        compiled=compile_edit(read, target, "compiled", EVERYTHING),
        target=vocabulary().targets[target],
        films=films,
    )


@router.post("/open/additions")
def add(link: Link, desk: DeskGiven) -> JSONResponse:
    """Keep what a link carries: a shot in a film, a preset in the library. The same one twice is not doubled."""
    bundle = sharing.read_link(link.link)
    film = link.film or desk.library.projects()[0].id
    came = arriving.take_in(desk.library, bundle, film)
    (one,) = came.found
    return JSONResponse({"open": address_of(came) if one.kind == "preset" else f"/shots/{one.id}"}, status_code=201)


def _file(bundle: Bundle) -> Response:
    headers = {
        "Content-Disposition": f'attachment; filename="{sharing.file_name(bundle)}"',
        "Cache-Control": "no-store",
    }
    return Response(sharing.as_file(bundle), media_type=MEDIA_TYPE, headers=headers)


def _link(bundle: Bundle) -> JSONResponse:
    link = sharing.as_link(bundle)
    return JSONResponse({"link": link, "characters": len(link), "left": sharing.left_behind(bundle)})
