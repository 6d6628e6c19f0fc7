"""A prompt while it is being written for one target: its layout; what was numbered, set apart and lost so far."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from app.resolve import Resolved
from app.schema import Choice, Loss, Param, Sent
from app.vocab import Target

Patterns = dict[str, str]

READING = "reading"
"""A mark on this path switches what the light does: pinned it is told, left to the model it is not."""

BUDGET = "budget"
"""A pin on this path keeps a prompt within the words that its model likes."""


class Layout(NamedTuple):
    """A target's text before anything is said: its blocks, their slots, what a beat holds, patterns by slot."""

    target: Target
    blocks: tuple[tuple[str, tuple[str, ...]], ...]
    named: frozenset[str]
    of_a_beat: tuple[str, ...]
    patterns: Patterns
    mute: frozenset[str]
    """Slots that tell of a sound which the target cannot be told of."""
    voice: str
    """All that the wording of a clause depends on beside its pattern: targets of one voice word it alike."""
    voices: dict[str, str]
    """The voice in each slot, with its pattern."""


@dataclass
class Draft:
    """What is known beside the text."""

    resolved: Resolved
    target: Target
    layout: Layout
    losses: list[Loss] = field(default_factory=list)
    params: dict[str, Param] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    """The number of each reference that the text names."""
    sent: list[Sent] = field(default_factory=list)
    already: tuple[Sent, ...] = ()
    """Pictures that earlier shots of the same prompt send."""
    extraction: float = 0
    clip: float = 0
    """How long the moving picture will be, in seconds; 0 where nobody knows."""
    editing: bool = False
    """Whether a picture that exists is being changed, so that only the change is said."""
    started: bool = False
    """Whether a start frame shows what is seen, so that only motion is said."""
    dropped: set[str] = field(default_factory=set)
    approximated: list[tuple[tuple[str, ...], str, str]] = field(default_factory=list)
    """Numbers that became words in the text as it stands: their paths, their unit, and the words."""

    unheard: dict[str, str] = field(init=False)
    derived: bool = field(init=False)

    def __post_init__(self) -> None:
        """Find the said paths that the target cannot hear, with the reason of each."""
        self.unheard = self.target.silenced(self.resolved.said)
        mark = self.resolved.mark(READING)
        self.derived = (self.target.derived or bool(mark.pin)) and not mark.leave

    def lose(self, paths: tuple[str, ...], reason: str, sent: str = "", choices: tuple[Choice, ...] = ()) -> None:
        """Record that a fact was dropped, or sent as something near it."""
        known, dropped = self.resolved.said, self.dropped
        said = paths
        if not known.issuperset(paths) or not dropped.isdisjoint(paths):
            said = tuple([path for path in paths if path in known and path not in dropped])
        if said:
            if not sent:
                self.dropped.update(said)
            self.losses.append(Loss(said, "approximated" if sent else "dropped", reason, sent, choices))

    def reads(self, unit: str, paths: tuple[str, ...]) -> bool:
        """Tell whether a number of this unit stands in the text: the target reads it, or somebody pinned it."""
        return unit in self.target.units or not self.resolved.pins.isdisjoint(paths)

    def below(self, at: str) -> tuple[str, ...]:
        """Return the said paths below a path."""
        return _below(self.resolved.said, f"{at}.")


@lru_cache(maxsize=64)
def _below(said: frozenset[str], start: str) -> tuple[str, ...]:
    """Return the paths that begin so: a shot for many targets asks the same of each."""
    return tuple(sorted([path for path in said if path.startswith(start)]))
