"""Diagrams of terms: the geometry that their templates draw with. A facet that has a template has diagrams.

A template is `templates/terms/diagrams/<facet id>.html`. It draws `term`, or the whole facet when that is None, on a
sheet of 320 by 200, or nothing when the term has no numbers for it. `small` is a sketch for a list, without words.
"""

from functools import cache
from math import acos, atan2, cos, degrees, exp, isinf, log, log10, radians, sin, tan
from typing import NamedTuple

from jinja2 import TemplateNotFound
from markupsafe import Markup

from app.compile.wording import plain
from app.physics import colour, light, optics
from app.views import controls
from app.vocab import Facet, Term, vocabulary
from app.web.pages import environment

FULL_FRAME_MM = (36.0, 24.0)
SUPER_35_MM = (24.89, 18.66)

KEY_TONE = 0.72
"""Linear light of the key side in a drawing of a ratio: below white, so that its colour is seen."""

DEVICES = (
    "clean_single",
    "converging_verticals",
    "corrected_verticals",
    "diagonal",
    "dirty_frame",
    "frame_within_frame",
    "horizon_thirds",
    "horizontal_bands",
    "layered_depth",
    "leading_lines",
    "negative_space",
    "one_point_perspective",
    "pattern",
    "reflection",
    "s_curve",
    "triangle",
)
"""Compositions that a drawing shows."""


class Span(NamedTuple):
    """A number with its range; without one, all three are the same."""

    low: float
    mid: float
    high: float


class Point(NamedTuple):
    """A place on the sheet."""

    x: float
    y: float


def diagram(facet: Facet, term: Term) -> Markup:
    """Return the drawing of a term, or nothing."""
    return _drawn(facet.id, term.id, small=False)


def overview(facet: Facet) -> Markup:
    """Return the drawing of all terms of a facet together, or nothing."""
    return _drawn(facet.id, "", small=False)


def sketches(facet: Facet) -> dict[str, Markup]:
    """Return the small drawings of a facet's terms by id, of those that have one."""
    drawn = {term.id: _drawn(facet.id, term.id, small=True) for term in facet.terms}
    return {name: sketch for name, sketch in drawn.items() if sketch}


@cache
def _drawn(facet: str, term: str, *, small: bool) -> Markup:
    try:
        template = environment().get_template(f"terms/diagrams/{facet}.html")
    except TemplateNotFound:
        return Markup()
    one = vocabulary().terms.get(term)
    whole = vocabulary().facets[facet]
    return Markup(template.render(draw=Pen, facet=whole, term=one, small=small).strip())  # noqa: S704  escaped there


class Pen:
    """What the templates draw with."""

    FULL_FRAME = FULL_FRAME_MM
    DEVICES = DEVICES

    @staticmethod
    def n(value: float) -> str:
        """Write a coordinate."""
        return f"{value:.1f}".removesuffix(".0")

    @staticmethod
    def told(value: float, digits: int = 2) -> str:
        """Write a number for reading, with a real minus."""
        return plain(round(value, digits), digits).replace("-", "−")

    @staticmethod
    def d(*parts: str | float) -> str:
        """Write the path of a line from its commands and coordinates."""
        return " ".join(one if isinstance(one, str) else Pen.n(one) for one in parts)

    @staticmethod
    def short(term: Term) -> str:
        """Return the last part of a term's id."""
        return term.id.rpartition(".")[2]

    @staticmethod
    def span(term: Term, *names: str, sets: str = "") -> Span | None:
        """Return the first of some numbers that a term has: by its name, as a range, or as what picking implies."""
        for name in names:
            low, high = _ends(term, name)
            mid = term.numbers.get(name, term.sets.get(sets))
            if mid is None and low is not None and high is not None:
                mid = (low + high) / 2
            if mid is not None:
                return Span(mid if low is None else low, mid, mid if high is None else high)
        return None

    @staticmethod
    def spans(facet: Facet, *names: str, sets: str = "") -> list[tuple[Term, Span]]:
        """Return the terms of a facet that have a number, from the least on."""
        found = [(term, span) for term in facet.terms if (span := Pen.span(term, *names, sets=sets))]
        return sorted(found, key=lambda one: one[1].mid)

    @staticmethod
    def at(x: float, y: float, r: float, deg: float) -> Point:
        """Return the point at a distance: 0 degrees to the right, 90 up."""
        return Point(x + r * cos(radians(deg)), y - r * sin(radians(deg)))

    @staticmethod
    def plan(x: float, y: float, r: float, azimuth: float) -> Point:
        """Return a point on the plan: azimuth 0 below, where the camera stands; positive to camera right."""
        return Pen.at(x, y, r, azimuth - 90)

    @staticmethod
    def sector(x: float, y: float, r: float, low: float, high: float) -> str:
        """Return the path of a slice between two angles, counted as `at` counts them."""
        a, b = Pen.at(x, y, r, low), Pen.at(x, y, r, min(high, low + 359.9))
        return Pen.d("M", x, y, "L", a.x, a.y, "A", r, r, 0, 1 if high - low > 180 else 0, 0, b.x, b.y, "Z")

    @staticmethod
    def arc(x: float, y: float, r: float, low: float, high: float) -> str:
        """Return the path of an arc from one angle to another, which may be the smaller one."""
        a, b = Pen.at(x, y, r, low), Pen.at(x, y, r, high)
        wide, turns = (1 if abs(high - low) > 180 else 0), (0 if high > low else 1)
        return Pen.d("M", a.x, a.y, "A", r, r, 0, wide, turns, b.x, b.y)

    @staticmethod
    def head(x: float, y: float, deg: float, size: float = 7) -> str:
        """Return the path of an arrow's head at a point, pointing in a direction."""
        left, right = (Pen.at(x, y, size, deg + 180 + turn) for turn in (-26, 26))
        return Pen.d("M", left.x, left.y, "L", x, y, "L", right.x, right.y)

    @staticmethod
    def arrow(x: float, y: float, to_x: float, to_y: float) -> str:
        """Return the path of an arrow."""
        return Pen.d("M", x, y, "L", to_x, to_y) + " " + Pen.head(to_x, to_y, degrees(atan2(y - to_y, to_x - x)))

    @staticmethod
    def turned(x: float, y: float, r: float, low: float, high: float) -> str:
        """Return the path of an arrow along an arc."""
        end = Pen.at(x, y, r, high)
        return Pen.arc(x, y, r, low, high) + " " + Pen.head(end.x, end.y, high + (90 if high > low else -90))

    @staticmethod
    def frame_top_m(frame_m: float) -> float:
        """Return where the frame's upper edge lies over the floor for a standing person of 1.75 m.

        Close frames put the eyes a third down; with more body a little air stays over the head; the whole figure
        stands near the lower edge.
        """
        return 0.93 * frame_m if frame_m > 1.96 else min(1.64 + frame_m / 3, 1.75 + 0.1 * frame_m)

    @staticmethod
    def fov(focal_mm: float) -> float:
        """Return the horizontal angle that a focal length sees on Super 35."""
        return optics.field_of_view_deg(SUPER_35_MM[0], focal_mm)

    @staticmethod
    def sharp(t_stop: float) -> tuple[float, float]:
        """Return the near and far limits of sharpness in metres: 50 mm on full frame, focused at 2 m."""
        limit = optics.circle_of_confusion_mm(*FULL_FRAME_MM)
        near, far = optics.depth_of_field_m(50, optics.f_number(t_stop), limit, 2)
        return near, 1000.0 if isinf(far) else far

    @staticmethod
    def nose_shadow(azimuth: float, elevation: float) -> tuple[float, float]:
        """Return how far the nose's shadow runs, sideways and down, in metres."""
        return light.nose_shadow_m(azimuth, elevation)

    @staticmethod
    def terminator(azimuth: float, elevation: float) -> tuple[float, float]:
        """Return where on a ball light ends: how far towards the lamp or away (1 to -1), and which way it leans.

        The edge of light on a ball, seen from the front, is half an ellipse: its half width is the cosine of the angle
        between the lamp and the view.
        """
        across, up = radians(azimuth), radians(elevation)
        x, y, z = sin(across) * cos(up), sin(up), cos(across) * cos(up)
        return cos(acos(max(-1.0, min(1.0, z)))), degrees(atan2(y, x))

    @staticmethod
    def penumbra_mm(angular_deg: float) -> float:
        """Return how wide the edge of a nose's shadow is on the cheek."""
        return light.penumbra_m(angular_deg, light.NOSE_M) * 1000

    @staticmethod
    def tan(deg: float) -> float:
        """Return a tangent."""
        return tan(radians(deg))

    @staticmethod
    def tone(stops: float) -> str:
        """Return the grey of a side of the face so many stops under the key."""
        value = round(255 * (KEY_TONE * 2**-stops) ** (1 / 2.2))
        return f"#{value:02x}{value:02x}{value:02x}"

    @staticmethod
    def ratio(stops: float) -> str:
        """Write stops as key to fill."""
        return f"{plain(light.ratio(stops)[0], 1)}:1"

    @staticmethod
    def swatch(kelvin: float, balance: float) -> str:
        """Return the colour in which a source reads on a balance."""
        return controls.swatch(max(1000, min(kelvin, 25000)), balance)

    @staticmethod
    def through(kelvin: float, mired: float) -> float:
        """Return the Kelvin of a lamp behind a gel."""
        return colour.through_gel(kelvin, mired)

    @staticmethod
    def mired(kelvin: float) -> float:
        """Return 10^6 / K."""
        return colour.mired(kelvin)

    @staticmethod
    def rgb(red: float, green: float, blue: float) -> str:
        """Return linear Rec. 709 as a screen's colour."""
        return "#" + "".join(f"{round(255 * min(1, value) ** (1 / 2.2)):02x}" for value in (red, green, blue))

    @staticmethod
    def transmission(sigma: float, distance_m: float) -> float:
        """Return the share of light that comes through air: exp(-s d)."""
        return exp(-sigma * distance_m)

    @staticmethod
    def decades(value: float) -> float:
        """Return a place on a scale whose equal steps are powers of ten."""
        return log10(value)

    @staticmethod
    def half_m(sigma: float) -> float:
        """Return the distance at which half of the contrast is gone."""
        return log(2) / sigma


def _ends(term: Term, name: str) -> tuple[float | None, float | None]:
    """Return the ends of a number's range: `height_m` runs from `height_min_m` to `height_max_m`."""
    parts = name.split("_")
    for cut in range(len(parts), 0, -1):
        low, high = ("_".join([*parts[:cut], which, *parts[cut:]]) for which in ("min", "max"))
        if low in term.numbers or high in term.numbers:
            return term.numbers.get(low), term.numbers.get(high)
    return None, None
