"""The symbols of a light plan: each kind of fixture, the camera, and whoever stands there, seen from above."""

from collections.abc import Callable
from math import cos, pi, sin

from app.resolve import Resolved
from app.views.shapes import Disc, Line, Point, Shape

KINDS = {
    "light.fixture.softbox": "panel",
    "light.fixture.octabox": "panel",
    "light.fixture.led_panel": "panel",
    "light.fixture.led_volume": "panel",
    "light.fixture.covered_wagon": "panel",
    "light.fixture.space_light": "globe",
    "light.fixture.china_ball": "globe",
    "light.fixture.balloon": "globe",
    "light.fixture.ring_light": "globe",
    "light.fixture.led_tube": "tube",
    "light.fixture.bare_bulb": "practical",
    "light.fixture.table_lamp": "practical",
    "light.fixture.torch": "practical",
    "light.fixture.headlights": "practical",
    "light.source.sun": "sun",
    "light.source.low_sun": "sun",
    "light.source.golden_hour_sun": "sun",
    "light.source.noon_sun": "sun",
    "light.source.moonlight": "sun",
    "light.source.window_light": "window",
    "light.source.fluorescent": "tube",
    "light.source.neon": "tube",
    "light.source.candle": "practical",
    "light.source.fire": "practical",
    "light.source.match": "practical",
    "light.source.oil_lamp": "practical",
    "light.source.household": "practical",
    "light.source.street_lamp": "practical",
    "light.source.screen_glow": "panel",
    "light.source.crt": "panel",
    "light.source.phone_screen": "practical",
}
"""The symbol of a fixture or a source; all others are drawn as a lens, or as a panel where they are soft."""

CARDS = frozenset({"light.modifier.flag", "light.modifier.negative_fill"})
"""What takes light away: a black card, where it stands by itself and no lamp with it."""

SPOKEN = {
    "lens": "lamp with a lens",
    "panel": "soft panel",
    "globe": "lamp that shines all around",
    "tube": "tube",
    "practical": "practical",
    "sun": "far source",
    "window": "window",
    "card": "black card",
}

SOFT_DEG = 15
"""From this size on, seen from the subject, a lamp that nobody named is drawn as a panel."""

LEAST, MOST = 14.0, 96.0
"""Units across a source that is drawn to scale: it stays visible, and leaves room for the others."""


def kind_of(resolved: Resolved, name: str) -> str:
    """Return the symbol of a lamp: by its fixture, else its source, its role, its softness."""
    at = f"lights.{name}"
    fixture, source = resolved.pick(f"{at}.fixture"), resolved.pick(f"{at}.source")
    if not fixture and not source and CARDS.intersection(map(str, resolved.value(f"{at}.modifiers") or ())):
        return "card"
    for pick in (fixture, source):
        if pick in KINDS:
            return KINDS[pick]
    if resolved.value(f"{at}.visible") or resolved.pick(f"{at}.role") == "light.role.practical":
        return "practical"
    return "panel" if (resolved.number(f"{at}.angular_size_deg") or 0) >= SOFT_DEG else "lens"


def lamp(kind: str, at: Point, aim: Point, wide: float, tone: str) -> tuple[Shape, ...]:
    """Return a lamp that looks from one point to another; `wide` is its source across, to scale."""
    half = min(MOST, max(LEAST, wide)) / 2
    turned = _Turned(at, aim)
    return DRAWN[kind](turned, half, tone)


def camera(at: Point, aim: Point) -> tuple[Shape, ...]:
    """Return the camera: a body, and a lens in front."""
    turned = _Turned(at, aim)
    return (
        turned.line("camera", (-6, -14), (6, -14), (6, -2), (-6, -2), closed=True),
        turned.line("camera", (-2.5, -2), (2.5, -2), (5.5, 5), (-5.5, 5), closed=True),
    )


def person(at: Point, nose: Point, radius: float) -> tuple[Shape, ...]:
    """Return a head with shoulders and a nose that points at another point."""
    turned = _Turned(at, nose)
    wide = 2.1 * radius
    shoulders = [(wide * cos(turn), 0.85 * radius * sin(turn) - 0.2 * radius) for turn in _steps(24)]
    return (
        turned.line("shoulders", *shoulders, closed=True),
        turned.line(
            "head", (-0.45 * radius, radius * 0.7), (0, radius * 1.5), (0.45 * radius, radius * 0.7), closed=True
        ),
        Disc(at, radius, "head"),
    )


def thing(at: Point, nose: Point, radius: float) -> tuple[Shape, ...]:
    """Return what is no person: a square with its front marked."""
    turned = _Turned(at, nose)
    return (
        turned.line("head", (-radius, -radius), (radius, -radius), (radius, radius), (-radius, radius), closed=True),
        turned.line("front", (-radius, radius), (radius, radius)),
    )


def broken(at: Point, aim: Point) -> tuple[Shape, ...]:
    """Return the two strokes that say: in truth this stands farther away."""
    turned = _Turned(at, aim)
    return tuple(turned.line("break", (-5, along - 2), (5, along + 2)) for along in (13, 17))


def cut(at: Point, aim: Point) -> tuple[Shape, ...]:
    """Return the flag in front of a lamp whose light is cut."""
    return (_Turned(at, aim).line("card", (2, 9), (15, 9), (15, 12), (2, 12), closed=True),)


class _Turned:
    """A place with a direction: x across, y ahead."""

    def __init__(self, at: Point, aim: Point) -> None:
        ahead = at.towards(aim, 1)
        self.at, self.dx, self.dy = at, ahead.x - at.x, ahead.y - at.y
        if not self.dx and not self.dy:
            self.dy = 1.0

    def point(self, across: float, along: float) -> Point:
        return Point(self.at.x - self.dy * across + self.dx * along, self.at.y + self.dx * across + self.dy * along)

    def line(self, style: str, *points: tuple[float, float], closed: bool = False, tone: str = "") -> Line:
        return Line(tuple(self.point(*one) for one in points), style, closed, tone)


def _steps(count: int) -> list[float]:
    return [2 * pi * step / count for step in range(count)]


def _lens(turned: _Turned, _half: float, tone: str) -> tuple[Shape, ...]:
    bulge = [(7 * sin(turn), 4 * cos(turn) - 1) for turn in (-pi / 2, -pi / 4, 0, pi / 4, pi / 2)]
    return (
        turned.line("housing", (-7, -1), (-5, -13), (5, -13), (7, -1), closed=True),
        turned.line("source", *bulge, closed=True, tone=tone),
    )


def _panel(turned: _Turned, half: float, tone: str) -> tuple[Shape, ...]:
    back = min(half, 8)
    return (
        turned.line("housing", (-half, -2), (-back, -9), (back, -9), (half, -2), closed=True),
        turned.line("source", (-half, -2), (half, -2), (half, 2), (-half, 2), closed=True, tone=tone),
    )


def _globe(turned: _Turned, half: float, tone: str) -> tuple[Shape, ...]:
    radius = min(half, 14)
    return (Disc(turned.at, radius, "source", tone), Disc(turned.at, radius * 0.4, "mark"))


def _tube(turned: _Turned, half: float, tone: str) -> tuple[Shape, ...]:
    half = max(half, 12)
    ends = tuple(turned.line("mark", (end, -3.5), (end, 3.5)) for end in (-half, half))
    return (turned.line("source", (-half, -2), (half, -2), (half, 2), (-half, 2), closed=True, tone=tone), *ends)


def _practical(turned: _Turned, _half: float, tone: str) -> tuple[Shape, ...]:
    cross = tuple(turned.line("mark", (-4.6, side), (4.6, -side)) for side in (-4.6, 4.6))
    return (Disc(turned.at, 6.5, "source", tone), *cross)


def _sun(turned: _Turned, _half: float, tone: str) -> tuple[Shape, ...]:
    rays = tuple(
        turned.line("ray", (9 * cos(turn), 9 * sin(turn)), (13 * cos(turn), 13 * sin(turn))) for turn in _steps(8)
    )
    return (Disc(turned.at, 6.5, "source", tone), *rays)


def _window(turned: _Turned, half: float, tone: str) -> tuple[Shape, ...]:
    half = max(half, 14)
    bars = tuple(turned.line("mark", (at, -4), (at, 4)) for at in (-half, 0, half))
    return (turned.line("source", (-half, -4), (half, -4), (half, 4), (-half, 4), closed=True, tone=tone), *bars)


def _card(turned: _Turned, half: float, _tone: str) -> tuple[Shape, ...]:
    half = max(half, 12)
    return (turned.line("card", (-half, -2), (half, -2), (half, 2), (-half, 2), closed=True),)


DRAWN: dict[str, Callable[[_Turned, float, str], tuple[Shape, ...]]] = {
    "lens": _lens,
    "panel": _panel,
    "globe": _globe,
    "tube": _tube,
    "practical": _practical,
    "sun": _sun,
    "window": _window,
    "card": _card,
}
