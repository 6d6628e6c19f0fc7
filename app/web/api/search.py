"""One search over all films, and searches that are kept by a name."""

from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, StringConstraints

from app.library.search import MOST, PAGE, plain
from app.library.searches import Kept
from app.web.api._forms import NO_CONTROL, Given, Typed, door, problems
from app.web.given import DeskGiven

router = door("search")

After = Annotated[
    str,
    StringConstraints(max_length=40, pattern=NO_CONTROL),
    Query(description="`after` of the answer before; empty for the first page."),
]
Asked = Annotated[Typed, Query(description='Words, "phrases", lens:>=85, size:cu, tag:night, -tag:old, a or b.')]
Name = Annotated[str, StringConstraints(max_length=200, pattern=NO_CONTROL)]


class FilmName(BaseModel):
    """A film, by its id and its name."""

    id: str
    name: str


class Matched(BaseModel):
    """Why something was found: values that were asked for, and the line in which the words stand."""

    facts: list[str]
    line: str


class Hit(BaseModel):
    """A shot or a take that was found; `take` and its `picture` stand for a shot where it has one."""

    kind: str
    id: str
    shot: str
    film: FilmName
    slate: str
    name: str
    note: str
    take: str | None
    picture: str | None
    matched: Matched


class Found(BaseModel):
    """A page of what a query found. `after` is where the next one begins; empty at the end."""

    query: str
    ranked_among: int | None
    hits: list[Hit]
    after: str


class KeptSearch(BaseModel):
    """A search and its name."""

    name: str
    query: str
    author: str


class NewSearch(Given):
    """A search to keep."""

    name: Name
    query: Typed


@router.get("/search")
def search(
    desk: DeskGiven, q: Asked = "", after: After = "", limit: Annotated[int, Query(ge=1, le=MOST)] = PAGE
) -> Found:
    """Find shots and takes in all films; an empty query finds every shot, the newest first."""
    return Found.model_validate(plain(desk.library.search.find(q, after, limit)))


@router.get("/searches", response_model=list[KeptSearch])
def list_searches(desk: DeskGiven) -> list[Kept]:
    """List the searches that are kept."""
    return desk.library.searches.all()


@router.post("/searches", status_code=201, response_model=KeptSearch, responses=problems(409))
def keep_search(new: NewSearch, desk: DeskGiven) -> Kept:
    """Keep a search by a name."""
    return desk.library.searches.keep(new.name, new.query)


@router.delete("/searches", status_code=204)
def forget_search(desk: DeskGiven, name: Annotated[Name, Query(description="Its name, in whatever letters.")]) -> None:
    """Forget a search; what it found stays where it is."""
    desk.library.searches.drop(name)
