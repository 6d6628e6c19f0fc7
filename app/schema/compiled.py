"""What the compiler returns, at every door: one Compiled."""

from dataclasses import dataclass
from typing import Any, Literal

Severity = Literal["error", "warning", "info"]
Paths = tuple[str, ...]


@dataclass(slots=True, unsafe_hash=True)
class Segment:
    """A run of prompt text and the paths it came from; connecting words have none.

    Never changed once made. It is not declared frozen, because a prompt has a hundred of them and a frozen dataclass
    takes four times as long to make.
    """

    text: str
    paths: Paths = ()
    derived: bool = False


@dataclass(slots=True, unsafe_hash=True)
class Param:
    """A value that goes into a field of the request, never into the text."""

    value: Any
    paths: Paths = ()


@dataclass(frozen=True, slots=True)
class Sent:
    """A reference as it is sent: `slot` is its number in the request's array, from 1.

    It is 0 for one that travels in a `field` of its own, such as a start frame: no text names that one. `strength`
    runs from 0, free, to 1, held; `at_s` is the second at which a keyframe is reached. None: nobody said.
    """

    slot: int
    id: str
    role: str
    asset: str
    field: str = ""
    strength: float | None = None
    at_s: float | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that a person may do about a loss: a patch on the shot."""

    label: str
    patch: dict[str, Any]


@dataclass(slots=True)
class Loss:
    """A fact that did not reach the model whole, why, what was sent in its place, and what one may do about it.

    Never changed once made; see Segment.
    """

    paths: Paths
    kind: Literal["dropped", "approximated"]
    reason: str
    sent: str = ""
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a camera department would point out. `fix` is a patch on the shot, or None."""

    code: str
    severity: Severity
    message: str
    paths: Paths
    fix: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a dialect wrote, and what it could not say."""

    segments: tuple[Segment, ...]
    negative: tuple[Segment, ...] = ()
    params: dict[str, Param] | None = None
    references: tuple[Sent, ...] = ()
    losses: tuple[Loss, ...] = ()

    @property
    def text(self) -> str:
        """The prompt as it is sent."""
        return "".join([segment.text for segment in self.segments])


@dataclass(frozen=True, slots=True)
class Compiled:
    """A shot compiled for one target."""

    target: str
    text: str
    segments: tuple[Segment, ...]
    negative: tuple[Segment, ...]
    params: dict[str, Param]
    references: tuple[Sent, ...]
    losses: tuple[Loss, ...]
    findings: tuple[Finding, ...]

    @property
    def negative_text(self) -> str:
        """The negative prompt as it is sent."""
        return "".join(segment.text for segment in self.negative)

    @property
    def values(self) -> dict[str, Any]:
        """The parameters without the paths they came from."""
        return {name: param.value for name, param in self.params.items()}
