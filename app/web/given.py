"""What a route is given: the desk and the engine of this process, and a shot from a request's body."""

from functools import lru_cache
from typing import Annotated, Any, Literal

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from app.jobs import Desk, Engine
from app.pipeline import Editing, compile_shot, plain_shot
from app.resolve.layers import origins
from app.schema import Compiled, Shot
from app.schema.checks import Checks
from app.vocab import vocabulary


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


def _engine(request: Request) -> Engine:
    engine: Engine = request.app.state.engine
    return engine


DeskGiven = Annotated[Desk, Depends(_desk)]
EngineGiven = Annotated[Engine, Depends(_engine)]


def compile_edit(shot: Shot, target: str, wording: str, checks: Checks) -> Compiled:
    """Compile a shot in one of its two wordings, checked as its film wants it."""
    vocab = vocabulary()
    found = vocab.target(target)
    return plain_shot(shot, found, vocab) if wording == "plain" else compile_shot(shot, found, vocab, checks)


@lru_cache(maxsize=32)
def editing(_of: str) -> Editing:
    """Return what compiles the edits of one shot."""
    return Editing(vocabulary())


def inherited(desk: Desk, edit: "Edit") -> dict[str, str]:
    """Return the layer of each path that an edit has from its scene or film; nothing for an edit of no shot."""
    return origins(desk.library.scenes.above(edit.of), edit.shot) if edit.of else {}


Metres = Annotated[float, Field(ge=-5000, le=5000, allow_inf_nan=False)]


class Before(BaseModel):
    """A shot as it stands in somebody's window. `shot` is read by the schema, so that its errors name the field."""

    model_config = ConfigDict(extra="forbid")

    shot: dict[str, Any]


class Edit(Before):
    """A shot as it is being edited, and what it is written for."""

    of: str = Field(default="", max_length=80)
    """The id of the shot that is edited, so that the next edit of it compiles sooner."""
    target: str = Field(default="uni-1", max_length=80)
    wording: Literal["compiled", "plain"] = "compiled"
    checks: Checks = Checks()
    frame: tuple[Metres, Metres, Metres, Metres, Metres, Metres] | None = None
    """What the light plan shows while something on it is dragged: it must not move under the hand. See `plan.Frame`."""


class Save(Edit):
    """An edit over the version that it was made of."""

    version: int = Field(ge=1)


class Shoot(Save):
    """A take to make."""

    backend: str = Field(max_length=80)
