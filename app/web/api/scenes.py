"""Scenes, and what a film or a scene says for all of its shots."""

from typing import Annotated, Literal

from fastapi import Path, Query
from pydantic import BaseModel, ConfigDict, Field

from app.library.history import plain
from app.library.scenes import NOTE_CHARS
from app.resolve.layers import PARTS
from app.schema.documents import Draft, Project, Scene
from app.web import layering
from app.web.api._forms import Film, Given, Id, Line, SceneNumber, ShotId, ShotKept, WithoutNul, door
from app.web.given import DeskGiven

router = door("scenes")

PartName = Annotated[Id, Path(description=f"One of {', '.join(PARTS)}.")]
Standing = Annotated[SceneNumber | None, Query(description="The number of a scene; left out for the film itself.")]


class SceneWords(Given):
    """What a scene is called, and what one has to know of it."""

    name: Line
    note: Annotated[str, Field(max_length=NOTE_CHARS), WithoutNul] = ""


class ScenePlace(Given):
    """The number of the scene that a shot stands in; null for none."""

    number: SceneNumber | None


class Part(BaseModel):
    """A part of a shot: what it says in words, the layer that speaks of it, and whether the shot says something else.

    An empty `source` with words is the shot's own.
    """

    model_config = ConfigDict(from_attributes=True)

    id: str
    label: str
    says: tuple[str, ...]
    source: str
    departs: bool


class Gift(Given):
    """To whom a part of a shot is given, and which other shots follow; null: all that inherit it already."""

    level: Literal["film", "scene"]
    follow: Annotated[list[Id], Field(max_length=2000)] | None = None


class Gave(BaseModel):
    """Who says the part now, and the shots that followed."""

    name: str
    followed: list[str]


@router.get("/films/{film}/scenes")
def list_scenes(film: Film, desk: DeskGiven) -> list[Scene]:
    """List the scenes of a film in the order of a script."""
    return desk.library.scenes.of(desk.library.project(film).id)


@router.put("/films/{film}/scenes/{number}")
def name_scene(film: Film, number: SceneNumber, words: SceneWords, desk: DeskGiven) -> Scene:
    """Name a scene in which shots stand."""
    desk.library.scenes.say(film, number, words.name, words.note)
    return next(one for one in desk.library.scenes.of(film) if one.number == number)


@router.put("/shots/{shot}/scene", response_model=ShotKept)
def put_into_scene(shot: ShotId, place: ScenePlace, desk: DeskGiven) -> Draft:
    """Put a shot into a scene, or into none. What it says stays as it is."""
    desk.library.scenes.put_shot(shot, place.number or "")
    return desk.library.shot(shot)


@router.get("/shots/{shot}/layers", response_model=list[Part])
def list_layers(shot: ShotId, desk: DeskGiven) -> list[layering.Part]:
    """Tell of each part of a shot whether it has it from its scene, from its film, or says its own."""
    document = plain(desk.library.shot(shot).shot)
    return layering.parts(desk.library.scenes.above(shot), document)


@router.post("/shots/{shot}/layers/{part}/gift")
def give_part(shot: ShotId, part: PartName, gift: Gift, desk: DeskGiven) -> Gave:
    """Let a scene or a film say a part as a shot does. Each shot that follows is frozen first as it stands."""
    done = desk.library.scenes.give(shot, gift.level, [part], gift.follow)
    return Gave(name=done.name, followed=[one.id for one in done.followers])


@router.post("/films/{film}/layers")
def gather_layers(film: Film, desk: DeskGiven, scene: Standing = None) -> Project:
    """Let a film, or a scene of it, say what all of its shots agree on; none of them changes."""
    desk.library.scenes.gather(film, scene or "")
    return desk.library.project(film)


@router.delete("/films/{film}/layers/{part}")
def drop_layer(film: Film, part: PartName, desk: DeskGiven, scene: Standing = None) -> Project:
    """Let a film, or a scene of it, say nothing more of a part; its shots keep what they have."""
    desk.library.scenes.drop(film, scene or "", [part])
    return desk.library.project(film)
