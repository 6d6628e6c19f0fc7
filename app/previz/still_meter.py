"""The meters of a still: false colour, a waveform and an RGB parade, read off the light and not off the screen.

All count in stops against mid grey (0.18), before print, grade and grain. Beside the stops stands what a plain
grey of that light reads on the screen, 0 to 100, as on the IRE scale.
"""

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.previz.denoise import Picture
from app.previz.finish import display
from app.previz.light_colour import LUMINANCE

_GREY = 0.18
_DARKEST = 2.0**-24

Paint = tuple[int, int, int]


class Zone(NamedTuple):
    """A stretch of light; `low` and `high` in stops against mid grey."""

    name: str
    low: float
    high: float
    paint: Paint


ZONES = (
    Zone("Black", -np.inf, -5, (92, 44, 140)),
    Zone("Deep shadow", -5, -3, (38, 84, 196)),
    Zone("Shadow", -3, -1.5, (44, 44, 44)),
    Zone("Under grey", -1.5, -0.5, (98, 98, 98)),
    Zone("Mid grey", -0.5, 0.5, (40, 166, 74)),
    Zone("Light skin", 0.5, 1.5, (240, 150, 170)),
    Zone("Bright", 1.5, 4, (190, 190, 190)),
    Zone("Near white", 4, 6, (245, 215, 60)),
    Zone("White", 6, np.inf, (222, 48, 38)),
)
"""Under 5 stops nothing is left to see on the screen, over 6 nothing is left to tell apart."""

TOP, BOTTOM = 6.0, -8.0
"""The stops that a waveform reaches from and to; what lies beyond is drawn on its edge."""

TICKS = (6, 4, 2, 0, -2, -4, -6, -8)
"""The stops that have a line across the waveform."""

_ROWS, _COLUMNS = 168, 320
_LUMA: Paint = (225, 225, 225)
_CHANNELS: tuple[Paint, ...] = ((255, 110, 100), (110, 225, 130), (125, 165, 255))
_PAPER, _LINE, _MIDDLE = 16, 44, 84


class Reading(NamedTuple):
    """A zone, its ends as the screen shows them, and the part of the picture that lies in it, 0 to 1."""

    zone: Zone
    screen: tuple[float, float]
    share: float


def stops(light: Picture) -> Picture:
    """The luminance of each pixel in stops against mid grey, H x W."""
    return _stops(light @ LUMINANCE.astype(np.float32))


def false_colour(light: Picture) -> NDArray[np.uint8]:
    """Each pixel in the paint of its zone, H x W x 3."""
    return np.array([zone.paint for zone in ZONES], np.uint8)[_zones(light)]


def readings(light: Picture) -> list[Reading]:
    """Return each zone with its share of the picture."""
    counts = np.bincount(_zones(light).ravel(), minlength=len(ZONES))
    return [
        Reading(zone, (screen(zone.low), screen(zone.high)), float(count / counts.sum()))
        for zone, count in zip(ZONES, counts, strict=True)
    ]


@cache
def screen(level: float) -> float:
    """What a plain grey reads on the screen, 0 to 100, at a level in stops against mid grey."""
    light = _GREY * 2.0 ** float(np.clip(level, -24, 12))
    return float(np.clip(display(np.full((1, 1, 3), light, np.float32))[0, 0, 1], 0, 1) * 100)


def waveform(light: Picture) -> NDArray[np.uint8]:
    """The luminance of each column of the picture, the brightest on top."""
    return _drawn(stops(light), _LUMA)


def parade(light: Picture) -> NDArray[np.uint8]:
    """Red, green and blue beside each other, each drawn as a waveform."""
    red, green, blue = (_drawn(_stops(light[..., at]), paint) for at, paint in enumerate(_CHANNELS))
    gap = np.full((_ROWS, 1 + red.shape[1] // 40, 3), _PAPER, np.uint8)
    return np.concatenate([red, gap, green, gap, blue], 1)


def said_of_zones(light: Picture) -> str:
    """Say the exposure in a sentence, for somebody who does not see the picture."""
    share = {one.zone.name: one.share for one in readings(light)}
    return (
        f"Over: {_percent(share['White'])} of the picture is white. Under: {_percent(share['Black'])} is black. "
        f"{_percent(share['Mid grey'])} lies at mid grey, {_percent(share['Light skin'])} at light skin."
    )


def said_of_waveform(light: Picture) -> str:
    """Say the waveform: each third of the frame, and the ends."""
    level = stops(light)
    thirds = [float(np.median(part)) for part in np.array_split(level, 3, axis=1) if part.size]
    low, high = (float(np.percentile(level, at)) for at in (1, 99))
    return (
        f"In the middle of each third, from left to right: {', '.join(map(in_stops, thirds))}. "
        f"Nearly everything lies between {in_stops(low)} and {in_stops(high)}."
    )


def said_of_parade(light: Picture) -> str:
    """Say how red and blue stand against green, over all that is not black."""
    seen = light[stops(light) > ZONES[0].high]
    if not len(seen):
        return "All of the picture is black."
    red, green, blue = (float(np.median(_stops(seen[:, at]))) for at in range(3))
    lean = red - blue
    reads = "neutral" if abs(lean) < 0.15 else "warm" if lean > 0 else "cool"
    return (
        f"Against green, red stands at {in_stops(red - green)} and blue at {in_stops(blue - green)}: it reads {reads}."
    )


def in_stops(level: float) -> str:
    """A level in words, with a true minus sign."""
    if abs(level) < 0.05:
        return "0 stops"
    return f"{level:+.1f} stops".replace("-", "−")


def _percent(share: float) -> str:
    return "under 1 %" if 0 < share < 0.01 else f"{share * 100:.0f} %"


def _stops(light: Picture) -> Picture:
    return np.asarray(np.log2(np.maximum(light, _DARKEST) / _GREY), np.float32)


def _zones(light: Picture) -> NDArray[np.int64]:
    return np.digitize(stops(light), [zone.low for zone in ZONES[1:]])


def _drawn(level: Picture, paint: Paint) -> NDArray[np.uint8]:
    """How many pixels of each column have each level, on paper with a line every two stops."""
    height, width = level.shape
    columns = min(width, _COLUMNS)
    rows = ((TOP - np.clip(level, BOTTOM, TOP)) / (TOP - BOTTOM) * (_ROWS - 1)).round().astype(np.int64)
    across = np.arange(width) * columns // width
    counts = np.bincount((rows * columns + across).ravel(), minlength=_ROWS * columns).reshape(_ROWS, columns)
    share = counts / (height * np.bincount(across))
    trace = np.clip(share * 12, 0, 1)[..., None] ** 0.5
    return np.asarray(_paper(columns) * (1 - trace) + np.array(paint) * trace, np.uint8)


@cache
def _paper(columns: int) -> NDArray[np.uint8]:
    paper = np.full((_ROWS, columns, 3), _PAPER, np.uint8)
    for line in TICKS:
        paper[round((TOP - line) / (TOP - BOTTOM) * (_ROWS - 1))] = _MIDDLE if line == 0 else _LINE
    return paper
