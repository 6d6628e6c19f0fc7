"""The cut of a reel: how many whole frames each shot stands, and how it is joined to the next."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from app.exporters.base import Reel, ReelShot
from app.views.cut import lasts_s

PULLED = (24, 30, 48, 60, 120)
"""The whole rates that television runs slower by a thousandth: 24 as 23.976, 30 as 29.97."""

NEAR = 0.006
"""So far from the exact rate a rounded one may lie: 23.98 is 24000/1001."""

Kind = Literal["dissolve", "fade_out", "fade_to_white"]

JOINS: dict[str, Kind] = {
    "time.transition.dissolve": "dissolve",
    "time.transition.fade_out": "fade_out",
    "time.transition.fade_to_white": "fade_to_white",
}
"""The ends of a shot that editing programs know as more than a cut; `views.cut` draws more of them."""


@dataclass(frozen=True)
class Join:
    """A dissolve, which begins at the cut and uses more of the shot before it; or a fade, which ends at the cut."""

    kind: Kind
    label: str
    frames: int


@dataclass(frozen=True)
class Cut:
    """A shot in a cut: its first frame from the head of the film, its length, and how it goes over into the next."""

    shot: ReelShot
    start: int
    frames: int
    join: Join | None = None


def rate_of(fps: float) -> Fraction:
    """Return frames a second exactly: 23.976, 23.98 and 29.97 stand for 24000/1001 and 30000/1001."""
    for whole in PULLED:
        if abs(fps - whole * 1000 / 1001) < NEAR:
            return Fraction(whole * 1000, 1001)
    return Fraction(fps).limit_denominator(1001)


def frames_of(seconds: float, rate: Fraction) -> int:
    """Return how many whole frames a time is, to the nearest."""
    return round(Fraction(seconds) * rate)


def cuts(reel: Reel) -> Iterator[Cut]:
    """Yield the shots of a reel one behind the other, each at least a frame long."""
    rate, start = rate_of(reel.fps), 0
    lengths = [max(1, frames_of(shot.seconds, rate)) for shot in reel.shots]
    for number, shot in enumerate(reel.shots):
        frames = lengths[number]
        following = lengths[number + 1] if number + 1 < len(lengths) else None
        yield Cut(shot, start, frames, _join(shot, frames, following, rate))
        start += frames


def _join(shot: ReelShot, frames: int, following: int | None, rate: Fraction) -> Join | None:
    """Return how a shot ends, where that is no cut: at its usual length, and at most half of what it lies on."""
    term = shot.resolved.term("transition_out")
    kind = JOINS.get(term.id) if term else None
    if term is None or kind is None or (kind == "dissolve" and following is None):
        return None
    room = min(frames, following or frames) if kind == "dissolve" else frames
    length = min(frames_of(lasts_s(term), rate), room // 2)
    return Join(kind, term.label, length) if length else None
