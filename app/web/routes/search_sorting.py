"""Tags, stars and collections: what people sort shots and takes by."""

import re
from typing import Annotated, Literal

from fastapi import APIRouter, Form
from starlette.responses import HTMLResponse, RedirectResponse

from app.jobs import Desk
from app.library.search import things
from app.web import searching
from app.web.given import DeskGiven
from app.web.pages import page

router = APIRouter()

Kind = Literal["shot", "take"]
Name = Annotated[str, Form(max_length=200)]


@router.get("/sorting/{kind}/{name}")
def show(kind: Kind, name: str, desk: DeskGiven) -> HTMLResponse:
    """Return the stars, tags and collections of a shot or a take, to be changed."""
    return _sort(desk, kind, name)


@router.put("/sorting/{kind}/{name}/tags")
def tag(kind: Kind, name: str, desk: DeskGiven, tags: Annotated[str, Form(max_length=2000)] = "") -> HTMLResponse:
    """Give a shot or a take these tags, written with commas between them."""
    desk.library.tags.set(kind, name, [one for one in re.split(r"[,\n]", tags) if one.strip()])
    return _sort(desk, kind, name)


@router.put("/sorting/shot/{name}/stars")
def rate(name: str, desk: DeskGiven, stars: Annotated[int, Form()]) -> HTMLResponse:
    """Give a shot 0 to 5 stars."""
    desk.library.tags.rate(name, stars)
    return _sort(desk, "shot", name)


@router.post("/sorting/{kind}/{name}/collections")
def begin(kind: Kind, name: str, desk: DeskGiven, title: Name) -> HTMLResponse:
    """Begin a collection with a shot or a take."""
    desk.library.collections.put(desk.library.collections.add(title).id, kind, name)
    return _sort(desk, kind, name)


@router.put("/sorting/{kind}/{name}/collections/{collection}")
def put(kind: Kind, name: str, collection: str, desk: DeskGiven) -> HTMLResponse:
    """Put a shot or a take into a collection."""
    desk.library.collections.put(collection, kind, name)
    return _sort(desk, kind, name)


@router.delete("/sorting/{kind}/{name}/collections/{collection}")
def take_out(kind: Kind, name: str, collection: str, desk: DeskGiven) -> HTMLResponse:
    """Take a shot or a take out of a collection."""
    desk.library.collections.take_out(collection, kind, name)
    return _sort(desk, kind, name)


@router.get("/collections/{name}")
def collection(name: str, desk: DeskGiven) -> HTMLResponse:
    """Show a collection in its order."""
    found = desk.library.collections.get(name)
    hits = searching.drawn(things(desk.library.database, found.things))
    return page("search/collection.html", collection=found, hits=hits)


@router.post("/collections/{name}/name")
def rename(name: str, desk: DeskGiven, title: Name) -> RedirectResponse:
    """Give a collection another name."""
    desk.library.collections.rename(name, title)
    return RedirectResponse(f"/collections/{name}", status_code=303)


@router.post("/collections/{name}/removal")
def drop(name: str, desk: DeskGiven) -> RedirectResponse:
    """Take a collection away; what it holds stays."""
    desk.library.collections.drop(name)
    return RedirectResponse("/search", status_code=303)


@router.post("/collections/{name}/{kind}/{thing}/place")
def move(
    name: str, kind: Kind, thing: str, desk: DeskGiven, step: Annotated[int, Form(ge=-1, le=1)]
) -> RedirectResponse:
    """Move one of a collection a place earlier or later."""
    desk.library.collections.move(name, kind, thing, step)
    return RedirectResponse(f"/collections/{name}#{thing}", status_code=303)


@router.post("/collections/{name}/{kind}/{thing}/removal")
def leave(name: str, kind: Kind, thing: str, desk: DeskGiven) -> RedirectResponse:
    """Take one out of a collection, on its page."""
    desk.library.collections.take_out(name, kind, thing)
    return RedirectResponse(f"/collections/{name}", status_code=303)


def _sort(desk: Desk, kind: Kind, name: str) -> HTMLResponse:
    library = desk.library
    stars = library.takes.get(name).stars if kind == "take" else library.tags.stars(library.shot(name).id)
    return page(
        "search/_sort.html",
        kind=kind,
        name=name,
        stars=stars,
        tags=library.tags.of(kind, name),
        known=list(library.tags.all())[:40],
        collections=library.collections.all(),
        holding=library.collections.holding(kind, name),
    )
