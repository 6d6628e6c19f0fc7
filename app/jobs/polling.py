"""When to look at a picture that is being made: seldom while it cannot be done yet, often around its expected end.

Looks are best as dense as the square root of the hazard, the chance that what is not done yet will be done in the next
second: the inspection rule of Keller ("Optimum checking schedules for systems subject to random failure", Management
Science 21, 1974). The hazard is read off the last pictures from the same place, each smeared out over the logarithm of
time, and one guess that stands for all that has not been seen yet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import erfc, exp, isqrt, log, pi, sqrt

LOOK_COSTS_S = 0.07
"""One look is worth this much delay: more of it means fewer looks, and seeing the end later."""

FREE_S = 1
"""A backend that wants to be asked so often answers from this machine; a look costs nothing."""

MOST_S = 30
"""However unlikely it is, one looks so often."""

GUESS_SPREAD = 1.6
"""The guess before anything was learned is wide: two thirds of all pictures within a factor of five of it."""

SAID_OFTEN = 15
"""A backend's own pace suits pictures that take so many times as long."""

NARROWEST = 0.05
"""However alike the last pictures were, the next one may be a twentieth off."""

STEP = 0.05
"""The hazard is followed in steps of this part of the time that has passed."""


@dataclass(frozen=True)
class Schedule:
    """The looks at one picture. `lasted` is how many seconds the last ones took; the rest is the backend's own wish."""

    lasted: Sequence[float]
    first_s: float
    every_s: float

    def wait(self, passed_s: float) -> float:
        """Return how many seconds to wait for the next look, when so many have passed since the picture was sent."""
        if self.every_s <= FREE_S:
            return self.every_s if passed_s else self.first_s
        waited, looks = 0.0, 0.0
        while waited < MOST_S:
            step = max(STEP * (passed_s + waited), 0.1)
            more = step * sqrt(self._hazard(passed_s + waited + step / 2) / (2 * LOOK_COSTS_S))
            if looks + more >= 1:
                return min(waited + step * (1 - looks) / more, MOST_S)
            waited, looks = waited + step, looks + more
        return MOST_S

    def _hazard(self, seconds: float) -> float:
        """Return the chance in a second that a picture which is not done yet will be."""
        density = left = 0.0
        for middle, spread in self._bells:
            away = (log(seconds) - middle) / spread
            density += exp(-away * away / 2) / (sqrt(2 * pi) * spread * seconds)
            left += erfc(away / sqrt(2)) / 2
        return density / left if left > 1e-12 else 1 / seconds

    @cached_property
    def _bells(self) -> list[tuple[float, float]]:
        """Return what is expected as bells over the logarithm of time: their middles and spreads."""
        guess = (log(self.every_s * SAID_OFTEN), GUESS_SPREAD)
        logs = [log(max(seconds, 0.1)) for seconds in self.lasted]
        return [guess, *((one, _spread(one, logs)) for one in logs)]


def _spread(one: float, logs: Sequence[float]) -> float:
    """Return how far one of some values stands for its neighbours: as far as so many others are, wide where few are."""
    others = sorted(abs(other - one) for other in logs)
    return max(others[isqrt(len(others) - 1)], NARROWEST)
