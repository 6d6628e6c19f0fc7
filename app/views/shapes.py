"""What drawings are made of: lines, discs and words on a sheet, y down. A page and a PDF draw the same ones."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import hypot
from typing import Literal, NamedTuple
from unicodedata import east_asian_width

LETTER = 0.62
"""The mean width of a letter as a share of its size, rounded up; a wide one (CJK) takes a whole."""

Anchor = Literal["start", "middle", "end"]


class Point(NamedTuple):
    """A place on the sheet, in units."""

    x: float
    y: float

    def towards(self, other: "Point", far: float) -> "Point":
        """Return the point that lies so far from here in the direction of another; this one when they are the same."""
        whole = hypot(other.x - self.x, other.y - self.y)
        if not whole:
            return self
        return Point(self.x + (other.x - self.x) * far / whole, self.y + (other.y - self.y) * far / whole)


class Box(NamedTuple):
    """A rectangle on the sheet."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Tell whether two rectangles share more than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, other: "Box") -> bool:
        """Tell whether another rectangle lies within."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )


@dataclass(frozen=True)
class Line:
    """A line through points; closed, it is a surface. `tone` is the colour that a lamp reads as."""

    points: tuple[Point, ...]
    style: str
    closed: bool = False
    tone: str = ""

    @property
    def path(self) -> str:
        """The line as SVG writes it."""
        drawn = " L".join(f"{_short(x)} {_short(y)}" for x, y in self.points)
        return f"M{drawn}{'Z' if self.closed else ''}"


@dataclass(frozen=True)
class Disc:
    """A circle."""

    at: Point
    radius: float
    style: str
    tone: str = ""


@dataclass(frozen=True)
class Words:
    """One line of text, standing on its place."""

    at: Point
    text: str
    style: str = "words"
    anchor: Anchor = "start"
    size: float = 11

    @property
    def box(self) -> Box:
        """About the room that the text takes."""
        wide = width(self.text, self.size)
        left = self.at.x - {"start": 0, "middle": wide / 2, "end": wide}[self.anchor]
        return Box(left, self.at.y - 0.85 * self.size, left + wide, self.at.y + 0.3 * self.size)


Shape = Line | Disc | Words


def width(text: str, size: float) -> float:
    """Return about how wide a text stands."""
    return sum(size if east_asian_width(letter) in "WF" else LETTER * size for letter in text)


def bounds(shapes: Iterable[Shape]) -> Box:
    """Return the smallest rectangle round some shapes."""
    corners = [corner for one in shapes for corner in _corners(one)]
    xs, ys = [one.x for one in corners], [one.y for one in corners]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _corners(shape: Shape) -> Iterator[Point]:
    if isinstance(shape, Line):
        yield from shape.points
    elif isinstance(shape, Disc):
        yield Point(shape.at.x - shape.radius, shape.at.y - shape.radius)
        yield Point(shape.at.x + shape.radius, shape.at.y + shape.radius)
    else:
        yield Point(shape.box.left, shape.box.top)
        yield Point(shape.box.right, shape.box.bottom)


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
