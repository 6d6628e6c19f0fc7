"""The hour of a place: how high the sun stands, and what that makes of sun, sky and even light.

Levels are in stops against an exposure for a face in that light: proposals, judged by eye.
"""

from typing import NamedTuple

from app.resolve import Resolved

CLOUDED = frozenset(
    ["overcast", "gathering_storm", "drizzle", "rain", "heavy_rain", "storm", "hailstorm", "sleet", "snow", "blizzard"]
)
RAINED = frozenset(["drizzle", "rain", "heavy_rain", "storm", "sunshower", "after_rain", "sleet"])
SNOWED = frozenset(["snow", "blizzard"])

DAY_DEG = 40.0
"""The sun's elevation when nobody said an hour."""

_CLOUD_UNDER_DEG = -2.0  # with a lower sun, clouds matter to nobody


class Hour(NamedTuple):
    """`sun` and `moon` in kelvin where they shine; `night` where lamps are lit; the sky's colour at its two ends."""

    elevation_deg: float
    sun_kelvin: float | None
    sun_stops: float
    sky_kelvin: float
    zenith_kelvin: float
    sky_stops: float
    ambient_stops: float
    night: bool


_HOURS = (  # from this elevation of the sun on, in degrees
    (20.0, Hour(0, 5500, 0.5, 7000, 16000, 2.0, -1.5, night=False)),
    (6.0, Hour(0, 4700, 0.5, 6300, 15000, 1.9, -1.7, night=False)),
    (0.5, Hour(0, 3000, 0.5, 4000, 11000, 1.7, -2.0, night=False)),
    (-2.0, Hour(0, 2300, -0.5, 3000, 10500, 1.5, -1.6, night=False)),
    (-4.0, Hour(0, None, 0, 6200, 14000, 0.3, -1.0, night=True)),
    (-6.0, Hour(0, None, 0, 9500, 22000, -0.6, -1.8, night=True)),
    (-12.0, Hour(0, None, 0, 14000, 25000, -3.5, -3.5, night=True)),
    (-90.0, Hour(0, None, 0, 12000, 20000, -6.0, -5.0, night=True)),
)
_CLOUD = Hour(0, None, 0, 6900, 7300, 2.2, -0.2, night=False)
_MOON = Hour(0, 4100, -1.5, 9000, 14000, -4.0, -3.8, night=True)
_CITY = Hour(0, None, 0, 2900, 5500, -4.5, -4.0, night=True)


class Kind(NamedTuple):
    """What falls: whether it is snow, how dense it looks, how fast it falls, and how far the wind leans it."""

    snow: bool
    density: float
    speed: float
    lean_deg: float


KINDS = {
    "drizzle": Kind(snow=False, density=0.5, speed=3.5, lean_deg=3),
    "rain": Kind(snow=False, density=1.0, speed=7, lean_deg=5),
    "heavy_rain": Kind(snow=False, density=2.2, speed=9, lean_deg=8),
    "storm": Kind(snow=False, density=2.2, speed=9, lean_deg=24),
    "sunshower": Kind(snow=False, density=0.8, speed=7, lean_deg=4),
    "hailstorm": Kind(snow=False, density=0.8, speed=14, lean_deg=8),
    "sleet": Kind(snow=True, density=0.8, speed=3.5, lean_deg=14),
    "snow": Kind(snow=True, density=1.0, speed=1.2, lean_deg=16),
    "blizzard": Kind(snow=True, density=2.6, speed=5, lean_deg=58),
}
"""By the names of the terms of place.weather."""


def hour(resolved: Resolved) -> Hour:
    """Return the hour that a shot says; a clear day when it says none."""
    said = str(resolved.value("place.time")).rpartition(".")[2]
    height = sun_deg(resolved)
    up = DAY_DEG if height is None else height
    if said == "moonlit_night":
        return _MOON._replace(elevation_deg=35)
    if said == "night_city":
        return _CITY._replace(elevation_deg=up)
    if up > _CLOUD_UNDER_DEG and weather(resolved) in CLOUDED:
        return _CLOUD._replace(elevation_deg=up)
    return next(one for least, one in _HOURS if up >= least)._replace(elevation_deg=up)


def sun_deg(resolved: Resolved) -> float | None:
    """Return the sun's elevation as said, or the middle of what its hour allows."""
    said = resolved.number("place.sun_elevation_deg")
    time = resolved.term("place.time")
    if said is not None or time is None or "sun_max_deg" not in time.numbers:
        return said
    least, most = time.numbers["sun_min_deg"], time.numbers["sun_max_deg"]
    return max(least, most - 30) / 2 + most / 2 if most <= 0 else (least + most) / 2


def weather(resolved: Resolved) -> str:
    """Return the weather's own name, without its facet; empty when nobody said it."""
    return resolved.pick("place.weather").rpartition(".")[2]


def wet(resolved: Resolved) -> bool:
    """Tell whether the ground is wet."""
    return weather(resolved) in RAINED or "place.atmosphere.wet_down" in (resolved.value("place.atmosphere") or ())


def falls(resolved: Resolved) -> str:
    """Return the weather's own name where something falls in it; else nothing."""
    return weather(resolved) if weather(resolved) in KINDS else ""


def shutter_s(resolved: Resolved) -> float:
    """Return how long the shutter is open: as said, else at 180 degrees and 24 frames."""
    angle, rate = resolved.number("camera.shutter_deg"), resolved.number("camera.fps")
    return min(0.5, (180 if angle is None else angle) / 360 / (rate or 24))
