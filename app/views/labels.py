"""Puts labels on a drawing so that none lies on another, on a symbol, or over the edge."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import atan2, cos, hypot, pi, sin

from app.views.shapes import Box, Line, Point, Shape, Words, bounds

TURNS = (0, 1, -1, 2, -2, 3, -3, 4)
"""Eighths of a turn away from the side on which a label would stand best."""

GAPS = (5, 14, 26, 42, 62, 88)
LEADER_FROM = 12
"""A label that stands so far from its symbol has a line to it."""


@dataclass
class Labels:
    """The labels of one drawing, in the order in which they were asked for."""

    sheet: Box
    taken: list[Box] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)

    def keep_clear(self, shapes: Iterable[Shape]) -> None:
        """Let no label lie on these shapes."""
        self.taken.append(bounds(shapes))

    def put(self, lines: Sequence[str], round_: Box, away: Point, size: float = 11) -> bool:
        """Put a label beside a symbol, best on the side that lies away from a point; False when there is no room.

        What finds no room is left off the drawing: the table beside it names every lamp.
        """
        for place in _places(lines, round_, away, size):
            box = bounds(place)
            if self.sheet.holds(box) and not any(box.meets(one) for one in self.taken):
                self.taken.append(box)
                self.shapes += [*_leader(box, round_), *place]
                return True
        return False


def _places(lines: Sequence[str], round_: Box, away: Point, size: float) -> Iterator[list[Words]]:
    """Yield where a label may stand: all the way round, then a little farther off."""
    middle = _middle(round_)
    best = atan2(middle.y - away.y, middle.x - away.x)
    wide = max(one.right - one.left for one in (Words(Point(0, 0), line, size=size).box for line in lines))
    tall = 1.15 * size * len(lines)
    for gap in GAPS:
        for turn in TURNS:
            angle = best + turn * pi / 4
            x = middle.x + cos(angle) * ((round_.right - round_.left + wide) / 2 + gap)
            y = middle.y + sin(angle) * ((round_.bottom - round_.top + tall) / 2 + gap)
            top = y - tall / 2
            yield [
                Words(
                    Point(x, top + (number + 0.85) * 1.15 * size), line, "words" if number else "name", "middle", size
                )
                for number, line in enumerate(lines)
            ]


def _leader(box: Box, round_: Box) -> list[Line]:
    across = max(0.0, box.left - round_.right, round_.left - box.right)
    down = max(0.0, box.top - round_.bottom, round_.top - box.bottom)
    if hypot(across, down) < LEADER_FROM:
        return []
    start, end = _middle(round_), _middle(box)
    near = Point(min(max(start.x, box.left), box.right), min(max(start.y, box.top), box.bottom))
    edge = Point(min(max(end.x, round_.left), round_.right), min(max(end.y, round_.top), round_.bottom))
    return [Line((edge, near), "leader")]


def _middle(box: Box) -> Point:
    return Point((box.left + box.right) / 2, (box.top + box.bottom) / 2)
