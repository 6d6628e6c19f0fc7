"""Tags, stars and collections: what people sort shots and takes by."""

from typing import Annotated, Literal

from fastapi import Path
from pydantic import BaseModel, Field

from app.library import Library
from app.library.tags import MOST_TAGS, Collection
from app.web.api._forms import MOST_NUMBER, Given, Id, Line, ShotId, Stars, door
from app.web.given import DeskGiven

router = door("sorting")

Kind = Annotated[Literal["shot", "take"], Path()]
Thing = Annotated[Id, Path(description="The id of the shot or take.")]
CollectionId = Annotated[Id, Path(description="The id of a collection.")]


class Tags(Given):
    """All tags of a shot or a take; those that are left out are taken away."""

    tags: Annotated[list[Line], Field(max_length=MOST_TAGS)]


class Starred(Given):
    """How many stars a shot has."""

    stars: Stars


class Sorted(BaseModel):
    """What a shot or a take is sorted by: its tags, its stars, and the collections that hold it."""

    tags: list[str]
    stars: int
    collections: list[str]


class Title(Given):
    """What a collection is called."""

    name: Line


class Step(Given):
    """By how many places something moves in a collection; less than 0 is earlier."""

    step: Annotated[int, Field(ge=-MOST_NUMBER, le=MOST_NUMBER)]


class Member(BaseModel):
    """A shot or a take of a collection."""

    kind: str
    id: str


class CollectionKept(BaseModel):
    """A named set of shots and takes over all films, in its order."""

    id: str
    name: str
    author: str
    count: int
    things: list[Member]


@router.get("/tags")
def list_tags(desk: DeskGiven) -> dict[str, int]:
    """List every tag with how many shots and takes have it, the most used first."""
    return desk.library.tags.all()


@router.get("/sorting/{kind}/{thing}")
def get_sorting(kind: Kind, thing: Thing, desk: DeskGiven) -> Sorted:
    """Return what a shot or a take is sorted by."""
    return _sorted(desk.library, kind, thing)


@router.put("/sorting/{kind}/{thing}/tags")
def set_tags(kind: Kind, thing: Thing, given: Tags, desk: DeskGiven) -> Sorted:
    """Give a shot or a take exactly these tags."""
    desk.library.tags.set(kind, thing, given.tags)
    return _sorted(desk.library, kind, thing)


@router.put("/shots/{shot}/stars")
def star_shot(shot: ShotId, given: Starred, desk: DeskGiven) -> Sorted:
    """Give a shot stars."""
    desk.library.tags.rate(shot, given.stars)
    return _sorted(desk.library, "shot", shot)


@router.get("/collections")
def list_collections(desk: DeskGiven) -> list[CollectionKept]:
    """List every collection with what it holds."""
    return [_collection(desk.library.collections.get(one.id)) for one in desk.library.collections.all()]


@router.post("/collections", status_code=201)
def create_collection(title: Title, desk: DeskGiven) -> CollectionKept:
    """Begin a collection; where one has this name already, that is returned."""
    return _collection(desk.library.collections.add(title.name))


@router.get("/collections/{collection}")
def get_collection(collection: CollectionId, desk: DeskGiven) -> CollectionKept:
    """Return a collection in its order."""
    return _collection(desk.library.collections.get(collection))


@router.patch("/collections/{collection}")
def rename_collection(collection: CollectionId, title: Title, desk: DeskGiven) -> CollectionKept:
    """Give a collection another name."""
    desk.library.collections.rename(collection, title.name)
    return _collection(desk.library.collections.get(collection))


@router.delete("/collections/{collection}", status_code=204)
def drop_collection(collection: CollectionId, desk: DeskGiven) -> None:
    """Take a collection away; what it holds stays."""
    desk.library.collections.drop(collection)


@router.put("/collections/{collection}/{kind}/{thing}")
def put_into_collection(collection: CollectionId, kind: Kind, thing: Thing, desk: DeskGiven) -> CollectionKept:
    """Put a shot or a take at the end of a collection."""
    desk.library.collections.put(collection, kind, thing)
    return _collection(desk.library.collections.get(collection))


@router.delete("/collections/{collection}/{kind}/{thing}")
def take_out_of_collection(collection: CollectionId, kind: Kind, thing: Thing, desk: DeskGiven) -> CollectionKept:
    """Take a shot or a take out of a collection."""
    desk.library.collections.take_out(collection, kind, thing)
    return _collection(desk.library.collections.get(collection))


@router.post("/collections/{collection}/{kind}/{thing}/place")
def move_in_collection(
    collection: CollectionId, kind: Kind, thing: Thing, step: Step, desk: DeskGiven
) -> CollectionKept:
    """Move a shot or a take earlier or later in a collection."""
    desk.library.collections.move(collection, kind, thing, step.step)
    return _collection(desk.library.collections.get(collection))


def _collection(found: Collection) -> CollectionKept:
    things = [Member(kind=kind, id=thing) for kind, thing in found.things]
    return CollectionKept(id=found.id, name=found.name, author=found.author, count=found.count, things=things)


def _sorted(library: Library, kind: str, thing: str) -> Sorted:
    stars = library.takes.get(thing).stars if kind == "take" else library.tags.stars(library.shot(thing).id)
    held = sorted(library.collections.holding(kind, thing))
    return Sorted(tags=library.tags.of(kind, thing), stars=stars, collections=held)
