"""The shots of a film on one line of time: where each begins, how long it stands, how it is joined to the next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from app.resolve import Resolved
from app.vocab import Term

STILL_S = 4.0
"""How long a shot stands where nobody said."""

FPS = 24.0

Kind = Literal["mix", "black", "white", "wipe"]
"""How a join is drawn: both pictures at once, through black or white, or one that pushes the other off."""

JOINS: dict[str, Kind] = {
    "dissolve": "mix",
    "superimposition": "mix",
    "morph": "mix",
    "focus_pull": "mix",
    "fade_in": "black",
    "fade_out": "black",
    "fade_to_white": "white",
    "flash_cut": "white",
    "wipe": "wipe",
    "natural_wipe": "wipe",
}
"""Transitions that a cut can show, by the last part of their ids; all others are shown as a plain cut."""

OF_TWO = frozenset({"mix", "wipe"})
"""Those in which both shots are seen."""

USUAL_S = {"flash_cut": 0.17}
"""How long one lasts whose term does not say."""

SECOND = 1.0


@dataclass(frozen=True)
class Join:
    """A transition of a shot: what it is called, how it is drawn, and for how long. `kind` None: as a plain cut."""

    label: str
    kind: Kind | None
    seconds: float


@dataclass(frozen=True)
class Span:
    """A shot on the line: from when, for how long, and whether somebody said so; how it comes in and goes out.

    A join of two pictures stands half on either side of its cut, and `out` says it on both shots: the later one has
    the same in `into`.
    """

    start_s: float
    seconds: float
    said: bool
    into: Join | None = None
    out: Join | None = None

    @property
    def end_s(self) -> float:
        """When the next one begins."""
        return self.start_s + self.seconds


def said_s(resolved: Resolved) -> float | None:
    """Return how long a shot is, where somebody said, or where its beats end."""
    said = resolved.number("duration_s")
    ends = [beat.end_s for beat in resolved.shot.beats.values() if beat.end_s]
    return said if said is not None else max(ends, default=None)


def fps(shots: Iterable[Resolved]) -> float:
    """Return the frames a second at which most of the shots are shown; the first of equals."""
    rates = [one.number("camera.playback_fps") or FPS for one in shots]
    return max(rates, key=rates.count, default=FPS)


def spans(shots: Sequence[Resolved]) -> list[Span]:
    """Put shots on a line, in their order."""
    lengths = [said_s(one) for one in shots]
    found: list[Span] = []
    start, before = 0.0, None
    for number, (one, said) in enumerate(zip(shots, lengths, strict=True)):
        seconds = said or STILL_S
        after = lengths[number + 1] or STILL_S if number + 1 < len(shots) else seconds
        out = _join(one, "transition_out", seconds / 2, min(seconds, after) / 2)
        into = (
            before
            if before and before.kind in {"mix", "wipe"}
            else _join(one, "transition_in", seconds / 2, seconds / 2)
        )
        found.append(Span(start, seconds, said is not None, into, out))
        start, before = start + seconds, out
    return found


def _join(resolved: Resolved, path: str, alone: float, of_two: float) -> Join | None:
    """Return a transition, at most as long as its own shot has room for, or both shots where it is of two."""
    term = resolved.term(path)
    if term is None:
        return None
    kind = JOINS.get(term.id.rpartition(".")[2])
    longest = of_two if kind in OF_TWO else alone
    return Join(term.label, kind, min(lasts_s(term), longest) if kind else 0.0)


def lasts_s(term: Term) -> float:
    """Return how long a transition usually lasts, as its term says, in seconds."""
    said = term.numbers.get("length_s")
    return float(said) if isinstance(said, int | float) else USUAL_S.get(term.id.rpartition(".")[2], SECOND)


def timecode(seconds: float, rate: float) -> str:
    """Write a time as `00:00:07:12`: hours, minutes, seconds, frames, without drops."""
    whole = round(rate)
    frames = round(seconds * rate)
    of_second, rest = frames % whole, frames // whole
    return f"{rest // 3600:02d}:{rest // 60 % 60:02d}:{rest % 60:02d}:{of_second:02d}"
