"""How often a service is asked whether a picture is done, and how late that is seen: python -m benchmarks polling.

Each line is 1,000 pictures whose times are drawn anew from one distribution; "cold" is the mean over 30 places that
know nothing before their first 20 pictures, "warm" a place that has seen 50. A look is taken to be answered at once.
"""

import random
from collections.abc import Callable, Iterator
from itertools import count
from math import log
from statistics import mean

from app.jobs.polling import Schedule

PICTURES = 1000
Draw = Callable[[random.Random], float]
Wait = Callable[[float], float]

DRAWS: dict[str, tuple[Draw, float]] = {
    # docs: 15 to 60 s; others measured a middle of 31 s with a long tail
    "uni-1, middle 31 s": (lambda dice: dice.lognormvariate(log(31), 0.42), 2),
    "ray-3.2, about 90 s": (lambda dice: dice.lognormvariate(log(90), 0.15), 2),
    "local server, 4 s": (lambda dice: max(dice.gauss(4, 0.2), 0.5), 2),
    "queue: 30 s or 150 s": (
        lambda dice: dice.lognormvariate(log(30), 0.2) + (dice.gauss(120, 10) if dice.random() < 0.3 else 0),
        2,
    ),
}


def fixed(first_s: float, every_s: float) -> Callable[[], Wait]:
    """Wait the same each time."""
    return lambda: lambda passed: every_s if passed else first_s


def growing() -> Wait:
    """Wait 0.5 s, then half as long again each time, up to 5 s."""
    waits: Iterator[float] = (min(0.5 * 1.5**number, 5) for number in count())
    return lambda _passed: next(waits)


def watched(took: float, wait: Wait) -> tuple[int, float, float]:
    """Return how many looks a picture needs, how late its end is seen, and what its time is then taken to be."""
    at, looks, before = 0.0, 0, 0.0
    while at < took:
        before = at
        at += wait(at)
        looks += 1
    return looks, at - took, (before + at) / 2


def learned(draw: Draw, every_s: float, pictures: int, seen: list[float], seed: int) -> list[tuple[int, float]]:
    """Watch pictures one after the other, each with what the ones before it have taught."""
    dice, rows = random.Random(seed), []  # noqa: S311  a simulation wants the same dice each time
    for _ in range(pictures):
        looks, late, took = watched(draw(dice), Schedule(seen[-50:], 1, every_s).wait)
        seen.append(took)
        rows.append((looks, late))
    return rows


def found(draw: Draw, every_s: float) -> Iterator[tuple[str, list[tuple[int, float]]]]:
    """Give each schedule's looks and delays."""
    plain = {"every 2 s": fixed(2, 2), "1 s, then every 2 s": fixed(1, 2), "0.5 s × 1.5 up to 5 s": growing}
    for name, new in plain.items():
        dice = random.Random(1)  # noqa: S311  as above
        yield name, [watched(draw(dice), new())[:2] for _ in range(PICTURES)]
    yield "ours, cold", [row for seed in range(30) for row in learned(draw, every_s, 20, [], seed)]
    yield "ours, warm", learned(draw, every_s, PICTURES + 50, [], 1)[50:]


def rows() -> Iterator[str]:
    """Give the lines of the table."""
    yield f"{'':24}{'schedule':24}{'looks':>8}{'late, mean':>12}{'p95':>8}"
    for name, (draw, every_s) in DRAWS.items():
        for schedule, pictures in found(draw, every_s):
            late = sorted(delay for _, delay in pictures)
            looks = mean(number for number, _ in pictures)
            yield f"{name:24}{schedule:24}{looks:8.1f}{mean(late):10.2f} s{late[len(late) * 95 // 100]:6.2f} s"
