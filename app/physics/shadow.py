"""Shadows on a level floor: how long, and which way they fall. Degrees and metres."""

from math import atan2, degrees, inf, radians, tan

from app.physics.direction import wrapped
from app.physics.limits import between, positive


def shadow_length_m(height_m: float, elevation_deg: float) -> float:
    """Return how long a thing's shadow is under the sun or a far lamp: h / tan(el).

    With a height of 1 this is shadow per height. Infinite for a source at the horizon or below it.
    """
    between("The elevation", elevation_deg, -90, 90, "°")
    if elevation_deg <= 0:
        return inf if height_m else 0.0
    return 0.0 if elevation_deg == 90 else height_m / tan(radians(elevation_deg))


def elevation_of_shadow_deg(height_m: float, length_m: float) -> float:
    """Return how high the source stands when a thing of a height throws a shadow of a length; 90 without a shadow."""
    positive("The height", height_m, " m")
    return degrees(atan2(height_m, length_m))


def lamp_shadow_m(height_m: float, lamp_height_m: float, distance_m: float) -> float:
    """Return how long a thing's shadow is by a lamp at a height and a distance along the floor: h d / (L - h).

    Infinite when the lamp hangs no higher than the thing stands.
    """
    if lamp_height_m <= height_m:
        return inf
    return height_m * distance_m / (lamp_height_m - height_m)


def shadow_azimuth(azimuth_deg: float) -> float:
    """Return the azimuth towards which shadows fall: straight away from the source, in the same frame."""
    return wrapped(azimuth_deg + 180)


def shadow_falls(azimuth_deg: float) -> str:
    """Name where shadows fall for the camera: towards camera, away from camera, left or right, whichever is nearest."""
    falls = shadow_azimuth(azimuth_deg)
    if abs(falls) <= 45:
        return "towards camera"
    if abs(falls) >= 135:
        return "away from camera"
    return "right" if falls > 0 else "left"
