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
    local: bool = False
    """Whether it stays on this machine: no service in the open internet sees any of it."""

    prompts_stay: bool = False
    """Whether its prompts stay home: copies of its pictures and clips leave without prompt and shot."""

    file_names: str = ""
    """How the files of its takes are called (`app.schema.slates`); empty for the usual way."""

    patch: dict[str, Any] = {}
    """What it says for all of its shots (`app.resolve.layers`)."""


class Scene(Doc):
    """A scene of a film, by the number that its shots stand under. `patch` is what it says for all of them."""

    project_id: str
    number: str
    name: str = ""
    note: str = ""
    patch: dict[str, Any] = {}
    author: str = ""

    @property
    def title(self) -> str:
        """What it is called: `scene 12, The stairs`."""
        return f"scene {self.number}, {self.name}" if self.name else f"scene {self.number}"


class Connection(Doc):
    """A way to a backend: its kind, where it is, and how it is set up. The key itself is never in a document."""

    id: str
    kind: str
    label: str
    url: str = ""
    has_key: bool = False
    options: dict[str, Any] = {}
    built_in: bool = False


class Preset(Doc):
    """A part of a shot, or a prompt, that is kept to be used again; for one film, or for all."""

    id: str
    kind: str
    name: str
    note: str = ""
    project_id: str | None = None
    patch: dict[str, Any] = {}
    text: str = ""
    """The words of a prompt."""
    target: str = ""
    """What a prompt, or a whole shot, was written for."""
    released: bool | None = None
    """Whether a person released their likeness; None where nobody said."""
    rights: str = ""
    """Who released it, for what, until when."""
    author: str = ""
    changed: datetime


class Draft(Doc):
    """A shot as it is being edited; `version` grows with every save."""

    id: str
    project_id: str
    slate: str
    scene: str = ""
    """The number of its scene; it need not have one."""
    name: str
    note: str = ""
    place: int = 0
    version: int
    target: str
    shot: Shot
    author: str = ""
    base: int | None = None
    """The number of the revision that it was last, or came from."""


class Revision(Doc):
    """A shot as it was when something was made of it: its layers, and the shot they flatten to. Never changed.

    `parent` is the number of the revision that it came from; `name` is what somebody called it.
    """

    id: str
    shot_id: str
    number: int
    made: datetime
    author: str
    layers: tuple[dict[str, Any], ...]
    shot: Shot
    parent: int | None = None
    name: str = ""


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
    rewritten: str = ""
    """What the service made of the prompt, where it says so."""
    parts: tuple[dict[str, str], ...] = ()
    """The layers of a picture that came apart: name, sha256 and media_type."""
    history: tuple[Transition, ...] = ()
    batch_id: str | None = None
    retries: int = 0
    circled: bool = False
    stars: int = 0
    note: str = ""


class Batch(Doc):
    """Takes that were ordered together, and how far they are. `reason` says why it is paused, if no person did that.

    `spent_usd` may have been charged so far, `under_way_usd` will be for what is being made, and `to_come_usd` for what
    waits. `seconds_left` is what the last pictures lead one to expect; None before there are any.
    """

    id: str
    project_id: str
    name: str
    made: datetime
    author: str = ""
    budget_usd: float | None = None
    paused: bool = False
    reason: str = ""
    states: dict[State, int]
    spent_usd: float = 0
    under_way_usd: float = 0
    to_come_usd: float = 0
    seconds_left: float | None = None

    @property
    def takes(self) -> int:
        """How many takes it has."""
        return sum(self.states.values())

    @property
    def ended(self) -> int:
        """How many of them have ended, well or not."""
        return sum(count for state, count in self.states.items() if state in ENDED)
