"""What an exporter is, and what it is given: a reel, the shots of a film in their order with their chosen takes."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, ClassVar, Literal

from app.pipeline import compile_shot
from app.resolve import Resolved
from app.schema import Compiled
from app.views.cut import STILL_S, fps, said_s
from app.vocab import Target

FACTS = {
    "order": "the order of the shots",
    "slate": "slate, scene and name",
    "note": "notes on shots",
    "duration": "length",
    "transition": "transitions",
    "frame": "size, angle and ratio",
    "camera": "lens, stop and format",
    "move": "camera moves",
    "light": "lamps: place, colour, level",
    "look": "stock and grade",
    "people": "people",
    "place": "place and time",
    "sound": "dialogue and sound",
    "prompt": "the prompt",
    "negative": "what stays out",
    "params": "parameters beside the prompt",
    "references": "reference pictures",
    "take": "the chosen take",
    "picture": "its picture",
    "document": "the shot whole, to be read back",
}
"""What a film says of its shots: the rows of the matrix of exports."""

GROUPS = ("Lists and paper", "The cut", "Models and their programs", "Scripts and data")
"""Under what exports are offered, in this order."""

Carry = Literal["fields", "words"]
"""As a field that the other program knows as such, or as words in a text that a person reads."""


@dataclass(frozen=True)
class ReelTake:
    """A take that stands for its shot: the newest circled one, else the newest."""

    id: str
    number: int
    target: str
    backend: str
    prompt: str
    negative: str
    params: Mapping[str, Any]
    made: datetime
    circled: bool
    file_name: str
    """How its file is called when it leaves."""

    media_type: str
    width: int
    height: int
    sha256: str
    content: Callable[[], bytes] = field(repr=False)
    """Its copy as it leaves, read when asked for."""


@dataclass(frozen=True)
class ReelShot:
    """A shot of a reel, and what it compiles to for its target."""

    id: str
    slate: str
    scene: str
    name: str
    note: str
    target: Target
    resolved: Resolved
    compiled: Compiled
    take: ReelTake | None = None
    drawn: Callable[[], bytes | None] | None = field(default=None, repr=False)
    """The previz of a shot, as PNG or JPEG, where the door has one."""

    @property
    def title(self) -> str:
        """What it is called: `12A The stair`."""
        return " ".join(filter(None, (self.slate, self.name))) or self.id

    @property
    def document(self) -> dict[str, Any]:
        """The shot whole, as plain data that Printlight reads back."""
        shot = self.resolved.shot
        return {"kind": shot.kind, **shot.model_dump(mode="json", exclude_defaults=True)}

    def shows(self, reference: str) -> str:
        """Return what a reference picture of it shows, where somebody said."""
        said = self.resolved.shot.references.get(reference)
        return (said.shows if said else None) or ""

    @property
    def said_s(self) -> float | None:
        """How long it is, where somebody said, or where its beats end."""
        return said_s(self.resolved)

    @property
    def seconds(self) -> float:
        """How long it stands in a cut."""
        return self.said_s or STILL_S

    @property
    def fps(self) -> float:
        """Frames a second at which it is shown."""
        return fps([self.resolved])


@dataclass(frozen=True)
class Reel:
    """The shots of a film, or some of them, in their order.

    `prompts_stay` says that no prompt leaves: an exporter then writes none, and one that writes nothing else refuses.
    """

    title: str
    shots: tuple[ReelShot, ...]
    author: str = ""
    made: datetime | None = None
    prompts_stay: bool = False

    @property
    def fps(self) -> float:
        """Frames a second of the cut: those of most of its shots."""
        return fps(one.resolved for one in self.shots)


@dataclass(frozen=True)
class Options:
    """What a person chooses where a format leaves it open."""

    paper: Literal["a4", "letter"] = "a4"
    numbers: bool = False
    """Slate, take and timecode burnt into the pictures of a film."""


class Exporter(ABC):
    """Writes a reel as another program reads it, or as people do.

    `carries` says which facts arrive and how; what is not named does not, and `lacks` says in a sentence what a person
    would miss. `one_each`: a file holds one shot, and several go as a zip.
    """

    id: str
    label: str
    suffix: str
    media_type: str

    group: ClassVar[str] = ""
    """Under which of the groups it is offered."""

    used_for: ClassVar[str] = ""
    """Where the file goes, in a few words."""

    carries: ClassVar[Mapping[str, Carry]] = {}
    lacks: ClassVar[str] = ""
    one_each: ClassVar[bool] = False
    needs_prompts: ClassVar[bool] = False
    """Whether nothing is left to write where a film's prompts stay home."""

    targets: ClassVar[tuple[str, ...]] = ()
    """The targets whose prompts it holds; none: those of any."""

    def missing(self) -> str:
        """Say what this machine lacks for it; empty where it has all."""
        return ""

    def aimed(self, reel: Reel) -> Reel:
        """Return a reel as it is written: a shot for another target is worded for the first of these of its medium."""
        return replace(reel, shots=tuple(map(self._aimed, reel.shots))) if self.targets else reel

    def _aimed(self, shot: ReelShot) -> ReelShot:
        if shot.target.id in self.targets:
            return shot
        found = [shot.resolved.vocabulary.target(name) for name in self.targets]
        target = next((one for one in found if one.medium == shot.target.medium), found[0])
        compiled = compile_shot(shot.resolved.shot, target, shot.resolved.vocabulary)
        return replace(shot, target=target, compiled=compiled)

    @abstractmethod
    def write(self, reel: Reel, options: Options) -> bytes:
        """Return the file. Raises BadInputError where the reel has nothing that the format can hold."""
