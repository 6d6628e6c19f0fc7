"""What a service or a program must be able to do to make pictures."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from app.schema import Shot
from app.vocab import Target


@dataclass(frozen=True)
class Access:
    """Where a backend is and what opens it. The key never shows in a repr, a log or an answer."""

    url: str = ""
    key: str = field(default="", repr=False)


@dataclass(frozen=True)
class Attachment:
    """A reference picture's bytes, in the order in which the prompt numbers them (slot from 1)."""

    slot: int
    role: str
    content: bytes = field(repr=False)
    media_type: str


@dataclass(frozen=True)
class Order:
    """One picture to make. `ref` is our own id of the job; `shot` is there for backends that draw it themselves."""

    ref: str
    target: Target
    shot: Shot
    text: str
    negative: str = ""
    params: dict[str, Any] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Progress:
    """How far a job is. `fraction` is None where the service tells none; `code` names a failure."""

    state: Literal["queued", "running", "done", "failed"]
    fraction: float | None = None
    message: str = ""
    code: str = ""


@dataclass(frozen=True)
class Artifact:
    """A finished picture: its bytes as received, and what the service says it really used."""

    content: bytes = field(repr=False)
    media_type: str
    used: dict[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


class Backend(ABC):
    """Makes a picture of an order: submit once, poll, fetch. Stateless but for work that runs in this process.

    Every method raises the BackendError family of `app.errors` and nothing else for what a service can do wrong.
    """

    id: str
    label: ClassVar[str]
    gloss: ClassVar[str]

    paid: ClassVar[bool] = False
    """Whether a submit may cost money: it is then never repeated unless it surely was not received."""

    reads_text: ClassVar[bool] = True
    """Whether the prompt matters to it; a previz draws the shot itself."""

    generative: ClassVar[bool] = True
    """Whether a trained model makes its pictures, which a copy that leaves then says."""

    targets: ClassVar[tuple[str, ...]] = ()
    """The targets it serves; none named: all of them."""

    default_url: ClassVar[str] = ""

    at_once: ClassVar[int] = 4
    """How many of its pictures one process works on at a time."""

    first_wait_s: ClassVar[float] = 0.5
    every_s: ClassVar[float] = 2
    deadline_s: ClassVar[float] = 600
    """After this a worker stops waiting; the job stays watched."""

    def serves(self, target: str) -> bool:
        """Tell whether it makes pictures for a target."""
        return not self.targets or target in self.targets

    def estimate_usd(self, target: Target, references: int) -> float | None:
        """Return what a picture will cost, None where nobody charges."""
        return None

    @abstractmethod
    async def ready(self, access: Access) -> str:
        """Return nothing when a picture can be made, else a sentence that says what is missing and what to do."""

    @abstractmethod
    async def submit(self, order: Order, access: Access) -> str:
        """Start the work once and return a ticket.

        Raises BusyError or UnreachableError when it was surely not received, UnsureError when it may have been,
        RejectedError or NeedsKeyError when it was refused.
        """

    @abstractmethod
    async def poll(self, ticket: str, access: Access) -> Progress:
        """Return how far a ticket is. Raises LostError for a ticket that is not known (any more).

        NeedsKeyError, BusyError and UnreachableError are no failure of the job: it may be done all the same.
        """

    @abstractmethod
    async def fetch(self, ticket: str, access: Access) -> Artifact:
        """Return the finished picture of a ticket that is done."""

    async def cancel(self, ticket: str, access: Access) -> bool:
        """Stop the work if that can be done; False means that the picture may still arrive, and be charged."""
        return False
