"""Where light comes from, how soft it is, and what it does to a face. Angles in degrees, levels in stops."""

from math import atan, cos, degrees, radians, tan

HARD_BELOW_DEG = 5
SOFT_FROM_DEG = 15
VERY_SOFT_FROM_DEG = 45
"""A proposal derived from the penumbra at the distance of a nose to its cheek."""

NOSE_M = 0.022
"""How proud a nose stands of the face."""


def wrapped(angle_deg: float) -> float:
    """Return an angle between -180 (left out) and 180."""
    turned = (angle_deg + 180) % 360 - 180
    return 180.0 if turned == -180 else turned


def camera_azimuth(set_azimuth_deg: float, camera_set_azimuth_deg: float) -> float:
    """Return a set azimuth as the camera sees it: 0 at the camera, positive camera right."""
    return wrapped(set_azimuth_deg - camera_set_azimuth_deg)


def set_azimuth_of_face(face_azimuth_deg: float, facing_deg: float) -> float:
    """Return an azimuth given on the face in set axes; `facing_deg` is where the face points in the set."""
    return wrapped(face_azimuth_deg + facing_deg)


def side(azimuth_deg: float) -> str:
    """Name the side of camera on which a source stands: left, right, or empty on the axis (within 5 degrees)."""
    if abs(azimuth_deg) < 5 or abs(azimuth_deg) > 175:
        return ""
    return "right" if azimuth_deg > 0 else "left"


def shadow_side(key_azimuth_deg: float) -> str:
    """Name the side of the frame that falls to shadow: the one away from the key."""
    return {"left": "right", "right": "left", "": ""}[side(key_azimuth_deg)]


def angular_size_deg(size_m: float, distance_m: float) -> float:
    """Return how large a source is, seen from the subject: 2 atan(w / 2 d)."""
    return degrees(2 * atan(size_m / (2 * distance_m)))


def softness(angular_deg: float) -> str:
    """Name a size: hard, medium, soft or very soft."""
    if angular_deg < HARD_BELOW_DEG:
        return "hard"
    if angular_deg < SOFT_FROM_DEG:
        return "medium"
    return "soft" if angular_deg < VERY_SOFT_FROM_DEG else "very soft"


def penumbra_m(angular_deg: float, gap_m: float) -> float:
    """Return the width of a shadow's edge cast over a gap: 2 g tan(theta / 2)."""
    return 2 * gap_m * tan(radians(angular_deg) / 2)


def ratio(stops: float) -> tuple[float, float]:
    """Return both ways a ratio of `stops` is quoted: key to fill, and key plus fill to fill."""
    return 2**stops, 2**stops + 1


def nose_shadow_m(azimuth_deg: float, elevation_deg: float) -> tuple[float, float]:
    """Return how far the nose's shadow runs sideways and down, in metres, for a light in front of the face."""
    across, down = radians(azimuth_deg), radians(elevation_deg)
    return NOSE_M * tan(across), NOSE_M * tan(down) / cos(across)


def pattern(azimuth_deg: float, elevation_deg: float) -> str:
    """Name what a key does to a face, by where the nose's shadow falls; azimuth on the face.

    flat, butterfly, loop, rembrandt (the shadow meets the cheek's: 2 cm across or more), split, or back.
    """
    across = abs(azimuth_deg)
    if across > 100:
        return "back"
    if across >= 75:
        return "split"
    if across <= 15:
        return "butterfly" if elevation_deg >= 30 else "flat"
    sideways, down = nose_shadow_m(across, elevation_deg)
    return "rembrandt" if sideways >= 0.020 and down >= 0.022 else "loop"
