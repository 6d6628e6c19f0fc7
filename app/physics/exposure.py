"""Exposure: how much light a setting needs, and where a level falls on it. Lux, seconds, stops.

Exposure goes by T (or by N, for a lens that loses nothing).
"""

from math import cos, exp2, log2, log10, pi, radians, sqrt

from app.physics.limits import between, positive

INCIDENT = 250.0
"""The constant C of an incident meter with a flat receptor in lux (ISO 2720 allows 240 to 400)."""

MID_GREY_ZONE = 5


def exposure_time_s(shutter_deg: float, fps: float) -> float:
    """Return how long a frame is exposed: angle / (360 fps). Past 360 degrees that is longer than the frame lasts."""
    positive("The shutter angle", shutter_deg, "°")
    positive("The frame rate", fps, " fps")
    return shutter_deg / (360 * fps)


def shutter_angle_deg(time_s: float, fps: float) -> float:
    """Return the shutter angle of an exposure time; more than 360 cannot be shot at that frame rate."""
    positive("The exposure time", time_s, " s")
    positive("The frame rate", fps, " fps")
    return 360 * fps * time_s


def incident_lux(
    stop: float, ei: float, shutter_deg: float = 180, fps: float = 24, constant: float = INCIDENT
) -> float:
    """Return the light that a setting needs at the subject for a mid grey: C T^2 / (t S), in lux."""
    positive("The stop", stop)
    positive("The exposure index", ei)
    return constant * stop**2 / (exposure_time_s(shutter_deg, fps) * ei)


def stop_for_lux(lux: float, ei: float, shutter_deg: float = 180, fps: float = 24, constant: float = INCIDENT) -> float:
    """Return the T-stop that exposes a level correctly; the inverse of `incident_lux`."""
    positive("The light", lux, " lux")
    return sqrt(lux / incident_lux(1, ei, shutter_deg, fps, constant))


def ei_for_lux(lux: float, stop: float, shutter_deg: float = 180, fps: float = 24, constant: float = INCIDENT) -> float:
    """Return the exposure index that a level needs at a T-stop."""
    positive("The light", lux, " lux")
    return incident_lux(stop, 1, shutter_deg, fps, constant) / lux


def placement_stops(lux: float, stop: float, ei: float, shutter_deg: float = 180, fps: float = 24) -> float:
    """Return how far a level lies over (positive) or under the camera's exposure: log2(E / needed)."""
    positive("The light", lux, " lux")
    return log2(lux / incident_lux(stop, ei, shutter_deg, fps))


def ev100(n: float, time_s: float) -> float:
    """Return the exposure value of a setting, as tables at ISO 100 print it: log2(N^2 / t)."""
    positive("The stop", n)
    positive("The exposure time", time_s, " s")
    return log2(n**2 / time_s)


def light_value(stop: float, ei: float, shutter_deg: float = 180, fps: float = 24) -> float:
    """Return the EV at ISO 100 of the scene that a setting exposes: log2(100 T^2 / (t S)).

    One setting's value less another's is how many stops more light the first one needs.
    """
    positive("The exposure index", ei)
    return ev100(stop, exposure_time_s(shutter_deg, fps)) - log2(ei / 100)


def ev100_of_lux(lux: float, constant: float = INCIDENT) -> float:
    """Return the EV at ISO 100 of an incident level: log2(100 E / C)."""
    positive("The light", lux, " lux")
    return log2(100 * lux / constant)


def lux_of_ev100(ev: float, constant: float = INCIDENT) -> float:
    """Return the incident level of an EV at ISO 100: C 2^EV / 100, which is 2.5 lux at EV 0."""
    return constant / 100 * exp2(ev)


def aperture_stops(one: float, other: float) -> float:
    """Return how many stops less light `other` lets through than `one`: 2 log2(other / one). T2.8 to T4 is +1."""
    positive("The stop", one)
    positive("The stop", other)
    return 2 * log2(other / one)


def transmission_stops(transmittance: float) -> float:
    """Return the light lost in glass, net or smoke, in stops: log2(1 / transmittance). 0.8 loses 0.32, 0.5 loses 1."""
    positive("The transmittance", transmittance)
    return -log2(transmittance)


def nd_stops(density: float) -> float:
    """Return the stops that a neutral density costs: density / log10(2). ND 0.3 costs one."""
    return density / log10(2)


def nd_density(stops: float) -> float:
    """Return the neutral density that takes away so many stops; the inverse of `nd_stops`."""
    return stops * log10(2)


def bellows_stops(magnification: float) -> float:
    """Return the light that close focus costs: 2 log2(1 + m). Life size (m = 1) loses two stops."""
    positive("One and the magnification", 1 + magnification)
    return 2 * log2(1 + magnification)


def zone(stops: float) -> int:
    """Return the zone (0 to 10) of a tone that lies so many stops from mid grey, which is zone 5 (Adams)."""
    return max(0, min(10, MID_GREY_ZONE + round(stops)))


def point_lux(candela: float, distance_m: float, angle_deg: float = 0) -> float:
    """Return what a small source gives on a surface turned `angle_deg` (0 to 90) from it: I cos(angle) / d^2."""
    positive("The distance", distance_m, " m")
    between("The angle", angle_deg, -90, 90, "°")
    return candela * cos(radians(angle_deg)) / distance_m**2


def candela(lumens: float) -> float:
    """Return the intensity of a source that shines alike to all sides: lumens / 4 pi. A candle has 12.57 lm."""
    return lumens / (4 * pi)


def candle_lux(distance_m: float, candles: float = 1) -> float:
    """Return what candles give at a distance, 1 candela each: 11 lux at 0.3 m, 1 lux at 1 m."""
    return point_lux(candles, distance_m)


def inverse_square_stops(from_m: float, to_m: float) -> float:
    """Return what a small source gains (positive) or loses from one distance to another: 2 log2(from / to)."""
    positive("The distance", from_m, " m")
    positive("The distance", to_m, " m")
    return 2 * log2(from_m / to_m)
