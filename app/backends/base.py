"""What a service or a program must be able to do to make pictures."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, NamedTuple, Protocol

from app.backends._addresses import is_local
from app.errors import UnreachableError
from app.schema import Shot
from app.vocab import Target

SOURCE = "reference.role.source"
MASK = "reference.role.mask"
START = "reference.role.start_frame"
END = "reference.role.end_frame"
KEYFRAME = "reference.role.keyframe"
FRAMES = frozenset({START, END, KEYFRAME})
"""Stills that a moving shot goes through."""

CONTROLS = frozenset(f"reference.role.{name}" for name in ("depth", "pose", "edges", "normals"))
"""Maps that hold a picture to a shape: what a ControlNet reads."""


class Uploaded(NamedTuple):
    """What a service knows of a picture: its number for the file, and when it forgets it, in Unix seconds.

    No number means that the picture was sent once, as bytes.
    """

    file_id: str = ""
    expires_at: float | None = None


class Uploads(Protocol):
    """What one account was sent before, by the sha256 of each picture, so that a file is uploaded once."""

    def get(self, sha256: str) -> Uploaded | None:
        """Return what is remembered of a picture, or None."""

    def put(self, sha256: str, uploaded: Uploaded) -> None:
        """Remember a picture, in place of what was known of it."""


class Remembered:
    """Uploads that this process remembers."""

    def __init__(self) -> None:
        """Begin with none."""
        self._uploads: dict[str, Uploaded] = {}

    def get(self, sha256: str) -> Uploaded | None:
        """Return what is remembered of a picture, or None."""
        return self._uploads.get(sha256)

    def put(self, sha256: str, uploaded: Uploaded) -> None:
        """Remember a picture."""
        self._uploads[sha256] = uploaded


@dataclass(frozen=True)
class Access:
    """Where a backend is, what opens it, and how it is set up. The key never shows in a repr, a log or an answer."""

    url: str = ""
    key: str = field(default="", repr=False)
    options: Mapping[str, Any] = field(default_factory=dict)
    uploads: Uploads = field(default_factory=Remembered, repr=False, compare=False)
    patience_s: float = 30
    """How long a question may go unanswered, and how long its answer may go on; drawing and sending have their own."""

    @property
    def forwards(self) -> bool:
        """Whether what answers there hands orders on to a paid service elsewhere, as somebody said."""
        return self.options.get("forwards") == "yes"

    def hide(self, text: str) -> str:
        """Return a service's words without the key, or the password of a login."""
        key = self.key.strip()
        for secret in (key, key.partition(":")[2]):
            text = text.replace(secret, "…") if secret else text
        return text


class Headroom(NamedTuple):
    """How many more orders an account takes: `remaining` of `limit`, until `resets_at` by this machine's clock."""

    limit: int
    remaining: int
    resets_at: float


@dataclass(frozen=True)
class Ask:
    """Something that a person says when a backend is set up: a line of the form on the settings page.

    `url` and `key` fill the fields of Access; any other name is one of its options. A `workflow` has a page of its own,
    where the backend's `sheet` is shown and put right; the option `places` holds what was chosen there. A `tick` is
    `yes` or nothing.
    """

    name: str
    label: str
    kind: Literal["url", "key", "text", "folder", "json", "workflow", "tick"] = "text"
    hint: str = ""
    needed: bool = False


FORWARDS = Ask(
    "forwards",
    "Forwards to a paid service",
    "tick",
    "Its pictures then count as paid, and as leaving this machine, wherever it runs.",
)
"""Said of a server of one's own that hands orders on."""


class Input(NamedTuple):
    """Somewhere in a workflow that a value can be put: its address, and what stands there now, for a person."""

    address: str
    says: str


class Offer(NamedTuple):
    """The inputs of one node that take a kind of value."""

    node: str
    inputs: tuple[Input, ...]


@dataclass(frozen=True)
class Slot:
    """One thing that goes into a workflow: where to, why there, what is wrong with that, and where else it could go."""

    name: str
    label: str
    at: tuple[str, ...] = ()
    why: str = ""
    problem: str = ""
    offers: tuple[Offer, ...] = ()
    is_shared: bool = False
    """Whether it may go into several inputs."""

    def offers_to(self, address: str) -> bool:
        """Tell whether an address is one of those that it could go to."""
        return any(one.address == address for offer in self.offers for one in offer.inputs)


@dataclass(frozen=True)
class Sheet:
    """Where things go in a workflow. `missing` is what nobody found, `homeless` names what no input can take."""

    workflow: Mapping[str, Any]
    slots: tuple[Slot, ...]
    missing: tuple[str, ...] = ()
    homeless: tuple[str, ...] = ()

    @property
    def at(self) -> dict[str, list[str]]:
        """The addresses by the name of what goes there."""
        return {one.name: list(one.at) for one in self.slots if one.at}

    @property
    def is_right(self) -> bool:
        """Whether nothing is wrong with any of them."""
        return not any(one.problem for one in self.slots)


@dataclass(frozen=True)
class Can:
    """What a backend takes beside a prompt; the studio offers no more than that.

    `roles` are the reference roles whose pictures it can send, and `most` how many of those that a prompt numbers.
    `strength`: it can be said how strongly a source or a map holds. `look_up`: it can be asked what became of an order
    that carried our own reference, so that nothing has to be sent twice to find out.
    """

    roles: frozenset[str] = frozenset()
    most: int = 0
    strength: bool = False
    negative: bool = False
    seed: bool = False
    progress: bool = False
    cancel: bool = False
    look_up: bool = False


@dataclass(frozen=True)
class Seen:
    """What answers at an address: what is wrong with it, which version it is, and the models that it has."""

    problem: str = ""
    version: str = ""
    models: tuple[str, ...] = ()


@dataclass(frozen=True)
class Attachment:
    """A reference picture's bytes, in the order in which the prompt numbers them (slot from 1; 0 for no number).

    `sha256` is that of the bytes, so that a picture which was uploaded once is known. `strength` runs from 0 (free) to
    1 (held); `at_s` is the second of a keyframe. `origin` is the ticket under which the backend of this order made the
    picture itself, and `address` is where somebody says that it lies on the web.
    """

    slot: int
    role: str
    content: bytes = field(repr=False)
    media_type: str
    sha256: str = ""
    strength: float | None = None
    at_s: float | None = None
    origin: str = ""
    address: str = ""


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

    def one(self, role: str) -> Attachment | None:
        """Return the picture in a role that only one can have, or None."""
        return next((one for one in self.attachments if one.role == role), None)

    def numbered(self) -> list[Attachment]:
        """Return the pictures that the prompt numbers, in that order."""
        return sorted((one for one in self.attachments if one.slot), key=lambda one: one.slot)


@dataclass(frozen=True)
class Progress:
    """How far a job is. `fraction` is None where the service tells none; `code` names a failure.

    `preview` is an unfinished picture, where the service shows one. `transient` means that the very same order may
    well succeed, and that the failed one is not charged.
    """

    state: Literal["queued", "running", "done", "failed"]
    fraction: float | None = None
    message: str = ""
    code: str = ""
    preview: bytes = field(default=b"", repr=False)
    transient: bool = False


@dataclass(frozen=True)
class Part:
    """A layer of a picture that came apart: its name, and its bytes as received."""

    name: str
    content: bytes = field(repr=False)
    media_type: str


@dataclass(frozen=True)
class Artifact:
    """A finished picture or clip: its bytes as received, and what the service says it really used.

    `prompt` is what the service made of ours, where it rewrote it and says so.
    """

    content: bytes = field(repr=False)
    media_type: str
    used: dict[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    prompt: str = ""
    parts: tuple[Part, ...] = ()


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

    variables: ClassVar[tuple[str, str]] = ("", "")
    """The environment variables that say where it is, and what opens it."""

    key_file: ClassVar[str] = ""
    """A file in the data folder that may hold its key."""

    asks: ClassVar[tuple[Ask, ...]] = ()
    """What is to be said to set one up; nothing for one that is built in."""

    abilities: ClassVar[Can] = Can()

    at_once: ClassVar[int] = 4
    """How many of its pictures one process works on at a time."""

    first_wait_s: ClassVar[float] = 0.5
    every_s: ClassVar[float] = 2
    deadline_s: ClassVar[float] = 600
    """After this a worker stops waiting; the job stays watched."""

    def serves(self, target: str) -> bool:
        """Tell whether it makes pictures for a target."""
        return not self.targets or target in self.targets

    def can(self, access: Access) -> Can:
        """Return what it takes, as it is set up."""
        return self.abilities

    def leaves(self, access: Access) -> bool:
        """Tell whether what is sent there leaves this machine."""
        url = access.url or self.default_url
        return access.forwards or (bool(url) and not is_local(url))

    def sheet(self, access: Access) -> Sheet | None:
        """Return where things go in the workflow that it is set up with, or None without one.

        As the option `places` says; guessed where there is none. Raises BadInputError for what is no workflow.
        """
        return None

    def costs(self, access: Access) -> bool:
        """Tell whether a submit there may cost money; a server on one's own machine does not, unless it forwards."""
        return self.paid or access.forwards

    def estimate_usd(self, target: Target, params: Mapping[str, Any], roles: Sequence[str]) -> float | None:
        """Return what a picture will cost with these parameters and a picture in each of these roles.

        None where nobody charges, or nobody knows the price.
        """
        return None

    def unsent(self, order: Order, access: Access) -> Iterator[str]:
        """Say what of an order will not reach the model: a sentence for each, told before and on the take."""
        return left_out(order, self.can(access), self.label)

    def headroom(self, access: Access) -> Headroom | None:
        """Return how many more orders the account takes, as the service said last; None where it has not said."""
        return None

    @abstractmethod
    async def ready(self, access: Access) -> str:
        """Return nothing when a picture can be made, else a sentence that says what is missing and what to do.

        A service in the open internet is not asked: nothing leaves the machine before somebody sends it.
        """

    async def look(self, access: Access) -> Seen:
        """Ask what is there: whether it answers and takes the key, which version it is, and which models it has."""
        return Seen(problem=await self.ready(access))

    @abstractmethod
    async def submit(self, order: Order, access: Access) -> str:
        """Start the work once and return a ticket.

        Raises BusyError or UnreachableError when it was surely not received, UnsureError when it may have been,
        RejectedError or NeedsKeyError when it was refused.
        """

    async def find(self, ref: str, access: Access) -> str | None:
        """Return the ticket of the order that carried our reference, or None when it surely never arrived.

        Asked only of one that can look up. Raises UnreachableError or BusyError when that cannot be told now.
        """
        raise UnreachableError(f"{self.label} cannot be asked what became of an order.")

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


def left_out(order: Order, can: Can, taker: str) -> Iterator[str]:
    """Say what of an order somebody with these abilities leaves out."""
    if order.negative and not can.negative:
        yield f"{taker} has no field for what to keep out; that was not sent."
    if "seed" in order.params and not can.seed:
        yield f"{taker} takes no seed; each picture is new."
    for one in order.attachments:
        if one.role not in can.roles:
            yield f"{taker} takes no picture as {_said(one.role)}; it was not sent."
        elif one.strength is not None and not can.strength:
            yield f"{taker} cannot be told how strongly the {_said(one.role)} holds."
    if (extra := len(order.numbered()) - can.most) > 0 and can.most:
        yield f"{taker} takes {can.most} references; the last {extra} were not sent."


def _said(role: str) -> str:
    return role.removeprefix("reference.role.").replace("_", " ")
