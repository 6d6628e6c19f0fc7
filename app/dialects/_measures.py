"""Reads back what the compiler says of a number: by its figure where one stands, else by the middle of its words' band.

The words are asked of the compiler itself, for the number in the middle of each band.
"""

import re
from math import copysign
from typing import NamedTuple

from app.compile.wording import azimuth_words, brightness, elevation_words, facing_words, kelvin_family
from app.match import quantities


class Measure(NamedTuple):
    """A number that words tell, at a path with `*` for an id; whether the text gives its figure."""

    path: str
    value: float
    is_exact: bool


class Scale(NamedTuple):
    """A path, the number in the middle of what each piece of words covers, and how its figure stands beside them."""

    path: str
    middles: dict[str, float]
    figure: re.Pattern[str]
    unit: float = 1.0


def _scale(path: str, middles: dict[str, float], figure: str, unit: float = 1.0) -> Scale:
    return Scale(path, middles, re.compile(rf"(\d+(?:\.\d+)?){figure}"), unit)


def _levels(words: str) -> dict[str, float]:
    return {f"{words}{brightness(stops)}": stops for stops in (-4.0, -2.0, 2.0, 3.5)}


ROUND = (0.0, 20.0, -20.0, 45.0, -45.0, 90.0, -90.0, 135.0, -135.0, 180.0)
"""The middles of the bands round a face or a lens, in degrees."""

ACROSS = {
    "at the far left": 0.1,
    "on the left": 0.3,
    "in the centre": 0.5,
    "on the right": 0.7,
    "at the far right": 0.9,
}
FACING = {facing_words(degrees): degrees for degrees in ROUND}
SEEN = {azimuth_words(degrees): degrees for degrees in ROUND}
RISEN = {elevation_words(degrees): degrees for degrees in (80.0, 35.0, 0.0, -30.0)}
FAMILIES = {kelvin_family(kelvin): kelvin for kelvin in (1900.0, 2300.0, 3200.0, 4200.0, 5600.0, 6800.0, 9000.0)}

SCALES: dict[str, tuple[Scale, ...]] = {
    "facing": (_scale("subjects.*.facing_deg", FACING, "° off the lens"),),
    "position": (
        _scale("subjects.*.screen_x", {f"{words} of the frame": at for words, at in ACROSS.items()}, " % across", 100),
        _scale("subjects.*.screen_y", {"high in it": 0.25, "at mid height": 0.5, "low in it": 0.75}, " % down", 100),
    ),
    "view": (
        _scale(
            "camera.view_azimuth_deg",
            {"the face square to the face": 0.0}
            | {f"the face {words}": -degrees for words, degrees in FACING.items() if degrees},
            "° round the face",
        ),
    ),
    "pitch": (_scale("camera.pitch_deg", {"level": 0.0, "looking up": 15.0, "looking down": -15.0}, "°"),),
    "roll": (
        _scale(
            "camera.roll_deg",
            {"a level horizon": 0.0, "canted clockwise": 10.0, "canted counter-clockwise": -10.0},
            "°",
        ),
    ),
    "sun": (
        _scale("place.sun_elevation_deg", {"the sun above the horizon": 1.0, "the sun below the horizon": -1.0}, "°"),
    ),
    "where": (
        _scale("lights.*.azimuth_deg", SEEN, "° off axis"),
        _scale("lights.*.elevation_deg", RISEN, "° (?:up|down)"),
    ),
    "level": (_scale("lights.*.stops", _levels(""), " stops?"),),
    "background": (_scale("lighting.background_stops", _levels("the background "), " stops?"),),
    "ambient": (_scale("lighting.ambient_stops", _levels("the ambient light "), " stops?"),),
    "colour": (_scale("lights.*.cct_k", FAMILIES, " K"),),
}
"""The facts that say a number in words, by their names."""

EXACT: dict[str, tuple[str, re.Pattern[str]]] = {
    name: (path, re.compile(figure.replace("#", r"(\d+(?:\.\d+)?)"), re.IGNORECASE))
    for name, path, figure in (
        ("focal", "camera.focal_mm", "# mm lens"),
        ("stop", "camera.t_stop", "T#"),
        ("shutter", "camera.shutter_deg", "#° shutter"),
        ("ei", "camera.ei", "exposed at EI #"),
        ("balance", "camera.white_balance_k", "balanced for # K"),
        ("extraction", "framing.aspect", "composed for a #:1 extraction from the middle of the frame"),
        ("quality", "lights.*.angular_size_deg", r"[^()]+ \(#° wide\)"),
    )
}
"""The facts that say a number by its figure alone, and where it stands."""

LEVELS = {
    "the background": "lighting.background_stops",
    "the ambient light": "lighting.ambient_stops",
    "printed": "look.exposure_stops",
    "level": "lights.*.stops",
}
"""What a level in stops is said of, and its path: as its own words begin, or else by the fact that they tell."""

LEVEL = re.compile(
    r"(?:(the background|the ambient light|printed) )?(?P<stops>[\w.]+(?: an?)? stops?) "
    r"(?:over|up, bright|(?P<less>under|down, dark))",
    re.IGNORECASE,
)

STATES: dict[str, tuple[str, dict[str, float]]] = {
    "visible": ("lights.*.visible", {"seen in the frame": True, "out of frame": False}),
    "level": ("lights.*.stops", {"at exposure": 0.0}),
}
"""Words that say all without a figure."""

READS = re.compile(r"(?:(?:very |slightly )?(?:warm|cool)|neutral white)\b", re.IGNORECASE)
"""How a lamp reads on the balance."""


def measured(name: str, words: str) -> list[Measure]:
    """Return the numbers that the words of a fact tell; empty for words of no scale."""
    if name in EXACT:
        path, whole = EXACT[name]
        figure = whole.fullmatch(words)
        return [Measure(path, float(figure[1]), is_exact=True)] if figure else []
    level = LEVEL.fullmatch(words)
    if level and (path := LEVELS.get((level[1] or name).casefold(), "")):
        sign = -1 if level["less"] else 1
        return [Measure(path, sign * one.value, is_exact=True) for one in quantities(level["stops"])]
    path, states = STATES.get(name, ("", {}))
    if words.casefold() in states:
        return [Measure(path, states[words.casefold()], is_exact=True)]
    bare = re.sub(r" \d+(?:\.\d+)?°|\s*\([^()]*\)", "", words)
    if name == "colour":  # as it reads on the balance, and then its family
        bare = READS.sub("", bare).strip()
    told = []
    for scale in SCALES.get(name, ()):
        middle = _middle(bare, scale.middles)
        if middle is not None:
            figure = scale.figure.search(words)
            side = middle or (-1.0 if figure and figure[0].endswith(" down") else 1.0)  # at eye level, 5° down
            value = copysign(float(figure[1]) / scale.unit, side) if figure else middle
            told.append(Measure(scale.path, value, bool(figure)))
    return told


def _middle(words: str, middles: dict[str, float]) -> float | None:
    """Return the number of the longest piece that stands in some words, whole between commas."""
    folded = f", {words.casefold()},"
    known = [one for one in middles if f", {one}," in folded]
    return middles[max(known, key=len)] if known else None
