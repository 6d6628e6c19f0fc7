"""What is given away as a file or a link, and what a link brings."""

from typing import Annotated, Any

from fastapi import Path, Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from app.files.links import MAX_CHARS
from app.library import arriving, sharing
from app.library.sharing import Bundle
from app.web.api._forms import Film, Given, Id, Prose, ShotId, answers_file, door
from app.web.api.imports import Coming
from app.web.attaching import attached
from app.web.given import DeskGiven

router = door("sharing")

MEDIA_TYPE = "application/x-printlight"

Takes = Annotated[bool, Query(description="With the takes that are circled or starred.")]
PresetId = Annotated[Id, Path(description="The id of a preset.")]


class Link(BaseModel):
    """A link that carries a shot or a preset in its fragment, and the pictures that stay behind."""

    link: str
    characters: int
    left: list[str]


class Opened(Given):
    """A link that somebody opens; its fragment is enough. `film` is where its shot goes."""

    link: Annotated[Prose, Field(min_length=1, max_length=MAX_CHARS + 2000)]
    film: Id


@router.get("/films/{film}/file", response_class=Response, responses=answers_file(MEDIA_TYPE))
def share_film(film: Film, desk: DeskGiven, *, takes: Takes = False) -> Any:
    """Save a film as one file."""
    return _file(sharing.film(desk.library, desk.library.project(film).id, takes=takes))


@router.get("/shots/{shot}/file", response_class=Response, responses=answers_file(MEDIA_TYPE))
def share_shot(shot: ShotId, desk: DeskGiven, *, takes: Takes = False) -> Any:
    """Save a shot as one file, with its pictures."""
    return _file(sharing.shot(desk.library, shot, takes=takes))


@router.get("/presets/{preset}/file", response_class=Response, responses=answers_file(MEDIA_TYPE))
def share_preset(preset: PresetId, desk: DeskGiven) -> Any:
    """Save a preset as one file, with its pictures."""
    return _file(sharing.preset(desk.library, preset))


@router.get("/shots/{shot}/link")
def link_shot(shot: ShotId, desk: DeskGiven) -> Link:
    """Return the link that carries a shot as it was last saved."""
    return _link(sharing.shot(desk.library, shot))


@router.get("/presets/{preset}/link")
def link_preset(preset: PresetId, desk: DeskGiven) -> Link:
    """Return the link that carries a preset."""
    return _link(sharing.preset(desk.library, preset))


@router.post("/links")
def preview_link(opened: Opened, desk: DeskGiven) -> Coming:
    """Tell what a link would bring to a film; nothing is kept."""
    film = desk.library.project(opened.film)
    return Coming.model_validate(arriving.look(desk.library, sharing.read_link(opened.link), film.id))


@router.post("/links/additions", status_code=201)
def take_in_link(opened: Opened, desk: DeskGiven) -> Coming:
    """Keep what a link carries. The same one twice is not doubled."""
    film = desk.library.project(opened.film)
    return Coming.model_validate(arriving.take_in(desk.library, sharing.read_link(opened.link), film.id))


def _file(bundle: Bundle) -> Response:
    return attached(sharing.as_file(bundle), MEDIA_TYPE, sharing.file_name(bundle))


def _link(bundle: Bundle) -> Link:
    link = sharing.as_link(bundle)
    return Link(link=link, characters=len(link), left=sharing.left_behind(bundle))
