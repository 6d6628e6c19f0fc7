"""What a route is given: the desk and the engine of this process, and a shot from a request's body."""

from typing import Annotated, Any, Literal

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from app.jobs import Desk, Engine


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


def _engine(request: Request) -> Engine:
    engine: Engine = request.app.state.engine
    return engine


DeskGiven = Annotated[Desk, Depends(_desk)]
EngineGiven = Annotated[Engine, Depends(_engine)]


class Edit(BaseModel):
    """A shot as it stands in somebody's window. `shot` is read by the schema, so that its errors name the field."""

    model_config = ConfigDict(extra="forbid")

    shot: dict[str, Any]
    target: str = Field(default="uni-1", max_length=80)
    wording: Literal["compiled", "plain"] = "compiled"


class Save(Edit):
    """An edit over the version that it was made of."""

    version: int = Field(ge=1)


class Shoot(Save):
    """A take to make."""

    backend: str = Field(max_length=80)
