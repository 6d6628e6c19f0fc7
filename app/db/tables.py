"""The tables. Documents are kept as JSON beside the columns that are searched."""

import secrets
import time
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

PASSING = {"passing": True}
"""The info of a table that no backup holds: what is in it ends with a process, or is made from other tables."""


def new_id() -> str:
    """Return an id that sorts by the time it was made."""
    return f"{time.time_ns() // 1_000_000:011x}{secrets.token_hex(4)}"


def json_column() -> Any:
    """A column of JSON that is always there."""
    return Column(JSON, nullable=False)


class Project(SQLModel, table=True):
    """A film."""

    id: str = Field(primary_key=True)
    name: str
    note: str = ""
    author: str = ""
    made: float
    checks: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False, server_default="{}"))
    local: bool = False
    prompts_stay: bool = False
    file_names: str = ""
    patch: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False, server_default="{}"))
    """What it says for all of its shots (`resolve.layers`)."""


class Scene(SQLModel, table=True):
    """A scene of a film, by the number that its shots stand under, and what it says for all of them."""

    project_id: str = Field(primary_key=True, foreign_key="project.id")
    number: str = Field(primary_key=True)
    name: str = ""
    note: str = ""
    patch: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())
    author: str = ""
    changed: float


class Shot(SQLModel, table=True):
    """A shot as it is being edited."""

    id: str = Field(primary_key=True)
    project_id: str = Field(foreign_key="project.id", index=True)
    slate: str
    scene: str = ""
    """The number of its scene; it need not have one."""
    name: str
    note: str = ""
    place: int = 0
    version: int = 1
    target: str
    document: dict[str, Any] = Field(sa_column=json_column())
    author: str = ""
    changed: float
    base: int | None = None
    """The number of the revision that it was last, or came from."""


class Revision(SQLModel, table=True):
    """A shot as it was when something was made of it. Never changed, but that it may be given another name."""

    __table_args__ = (UniqueConstraint("shot_id", "number"),)

    id: str = Field(primary_key=True)
    shot_id: str = Field(foreign_key="shot.id", index=True)
    number: int
    made: float
    author: str = ""
    layers: list[Any] = Field(sa_column=json_column())
    document: dict[str, Any] = Field(sa_column=json_column())
    parent: int | None = None
    name: str = ""
    digest: str = ""


class Take(SQLModel, table=True):
    """What one picture is made from. Never changed, but that it is noted which picture each reference goes out as."""

    __table_args__ = (UniqueConstraint("shot_id", "number"),)

    id: str = Field(primary_key=True)
    shot_id: str = Field(foreign_key="shot.id", index=True)
    revision_id: str = Field(foreign_key="revision.id")
    number: int
    made: float
    author: str = ""
    target: str
    backend: str
    wording: str
    prompt: str
    negative: str = ""
    params: dict[str, Any] = Field(sa_column=json_column())
    references: list[Any] = Field(sa_column=Column("sent_references", JSON, nullable=False))


class Batch(SQLModel, table=True):
    """Takes that were ordered together."""

    id: str = Field(primary_key=True)
    project_id: str = Field(foreign_key="project.id", index=True)
    name: str
    made: float
    author: str = ""
    budget_usd: float | None = None
    paused: bool = False
    reason: str = ""
    """Why it is paused, where no person did that."""


class Job(SQLModel, table=True):
    """How far a take is, and the claim that guards its submit: one row a take, and the truth about it.

    `after` is a take that has to end first. `worker` is the process that has it in hand, and `turn` how often one took
    it up. `claimed_at` stands from before the submit for as long as money may have gone out; `sent_at` is when the
    ticket came. `attempt` counts submits, `retries` those that followed a failure. `doubtful_usd` is what earlier
    submits may have cost, of which nobody was sure when a person sent the take again.
    """

    take_id: str = Field(primary_key=True, foreign_key="take.id")
    backend: str
    state: str = Field(default="queued", index=True)
    batch_id: str | None = Field(default=None, foreign_key="batch.id", index=True)
    after: str | None = None
    place: int = Field(default=0, index=True)
    not_before: float = 0
    worker: str | None = Field(default=None, index=True)
    turn: int = 0
    claimed_at: float | None = None
    sent_at: float | None = None
    remote_id: str | None = None
    attempt: int = 0
    retries: int = 0
    cancel: bool = False
    progress: float | None = None
    message: str = ""
    code: str = ""
    cost_usd: float | None = None
    doubtful_usd: float = 0
    changed: float = 0
    picture: str | None = None
    media_type: str | None = None
    width: int | None = None
    height: int | None = None
    used: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())
    rewritten: str = ""
    parts: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False, server_default="[]"))
    history: list[Any] = Field(default_factory=list, sa_column=json_column())


class Review(SQLModel, table=True):
    """What people think of a take."""

    take_id: str = Field(primary_key=True, foreign_key="take.id")
    circled: bool = False
    stars: int = 0
    note: str = ""
    author: str = ""
    changed: float


class Star(SQLModel, table=True):
    """How many stars a shot has, 1 to 5."""

    shot_id: str = Field(primary_key=True, foreign_key="shot.id")
    stars: int
    author: str = ""


class Tag(SQLModel, table=True):
    """A tag on a shot or a take; `kind` says which of them."""

    kind: str = Field(primary_key=True)
    thing: str = Field(primary_key=True)
    name: str = Field(primary_key=True, index=True)


class Collection(SQLModel, table=True):
    """A named set of shots and takes, over all films."""

    id: str = Field(primary_key=True)
    name: str
    made: float
    author: str = ""


class Member(SQLModel, table=True):
    """A shot or take of a collection, and its place there."""

    collection_id: str = Field(primary_key=True, foreign_key="collection.id")
    kind: str = Field(primary_key=True)
    thing: str = Field(primary_key=True, index=True)
    place: int = 0


class Search(SQLModel, table=True):
    """What somebody searches for again and again, by the name that it was given."""

    name: str = Field(primary_key=True)
    query: str
    made: float
    author: str = ""


class Entry(SQLModel, table=True):
    """What the search knows of a shot or a take: everything it is found by, as `library.search_tokens` writes it.

    The newest has the highest id; `at` is when it was changed. The full-text index over `tokens` is `entry_index`.
    """

    __table_args__ = (UniqueConstraint("kind", "thing"), {"info": PASSING})

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    thing: str
    shot_id: str
    at: float
    tokens: str


class Token(SQLModel, table=True):
    """A token that stands in some entry, or stood there: words that begin with `remb`, numbers in their order."""

    __table_args__ = {"info": PASSING}

    name: str = Field(primary_key=True)


class Pace(SQLModel, table=True):
    """How fast one backend may be asked, as all processes have learned it together.

    Nothing is sent before `not_before`. `slots` is how many it took at once when it refused one more, true until
    `slots_until`. `lasted` is how many seconds its last pictures took, by target.
    """

    backend: str = Field(primary_key=True)
    not_before: float = 0
    slots: int = 0
    slots_until: float = 0
    lasted: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())


class Asset(SQLModel, table=True):
    """A reference picture that somebody gave."""

    sha256: str = Field(primary_key=True)
    name: str = ""
    media_type: str
    width: int
    height: int
    size: int
    made: float
    author: str = ""


class Connection(SQLModel, table=True):
    """A backend that somebody has set up; its key is sealed."""

    id: str = Field(primary_key=True)
    kind: str
    label: str
    url: str = ""
    key: str = ""
    options: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())
    made: float
    author: str = ""


class Upload(SQLModel, table=True):
    """A picture that a service holds already, so that it is sent once: its number there, until it expires."""

    connection: str = Field(primary_key=True)
    sha256: str = Field(primary_key=True)
    remote_id: str
    expires: float | None = None


class Drawing(SQLModel, table=True):
    """A picture that the previz drew of a shot, by the hash of what it was drawn from."""

    name: str = Field(primary_key=True)
    sha256: str


class Preset(SQLModel, table=True):
    """A part of a shot, or a prompt, that is kept to be used again; for one film, or for all."""

    id: str = Field(primary_key=True)
    kind: str = Field(index=True)
    name: str
    note: str = ""
    project_id: str | None = Field(default=None, foreign_key="project.id", index=True)
    patch: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())
    text: str = ""
    target: str = ""
    released: bool | None = None
    rights: str = ""
    author: str = ""
    changed: float


class Executor(SQLModel, table=True):
    """A process that works on jobs, and when it was last alive."""

    __table_args__ = {"info": PASSING}

    id: str = Field(primary_key=True)
    beat: float
