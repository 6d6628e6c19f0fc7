"""What is kept: projects, scenes, shots being edited, revisions and takes. `library` maps them to rows."""

from datetime import datetime
from typing import Any, Literal

from app.schema.checks import Checks
from app.schema.fields import Doc
from app.schema.shot import Shot

State = Literal["queued", "sending", "running", "done", "failed", "unsure", "cancelled"]
"""Of a take. `unsure`: it may have been sent, and a person decides."""

ENDED = frozenset({"done", "failed", "cancelled"})


class Project(Doc):
    """A film."""

    id: str
    name: str
    note: str = ""
    author: str = ""
    checks: Checks = Checks()


class Connection(Doc):
    """A way to a backend: its kind, where it is, and how it is set up. The key itself is never in a document."""

    id: str
    kind: str
    label: str
    url: str = ""
    has_key: bool = False
    options: dict[str, Any] = {}
    built_in: bool = False


class Draft(Doc):
    """A shot as it is being edited; `version` grows with every save."""

    id: str
    project_id: str
    slate: str
    name: str
    note: str = ""
    place: int = 0
    version: int
    target: str
    shot: Shot
    author: str = ""


class Revision(Doc):
    """A shot as it was when something was made of it: its layers, and the shot they flatten to. Never changed."""

    id: str
    shot_id: str
    number: int
    made: datetime
    author: str
    layers: tuple[dict[str, Any], ...]
    shot: Shot


class Transition(Doc):
    """One change of a take's state."""

    at: datetime
    state: State
    note: str = ""


class Take(Doc):
    """One picture, made or being made, and all that went into it."""

    id: str
    shot_id: str
    revision: int
    number: int
    author: str
    made: datetime
    target: str
    backend: str
    wording: Literal["compiled", "plain"]
    prompt: str
    negative: str
    params: dict[str, Any]
    references: tuple[dict[str, Any], ...]
    sent: dict[str, Any] = {}
    state: State
    progress: float | None = None
    message: str = ""
    remote_id: str | None = None
    cost_usd: float | None = None
    picture: str | None = None
    media_type: str | None = None
    width: int | None = None
    height: int | None = None
    history: tuple[Transition, ...] = ()
