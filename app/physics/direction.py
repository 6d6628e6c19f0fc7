"""Directions round a subject: azimuths of the camera, the set and a face, and places. Degrees and metres.

An azimuth is 0 at the camera, 180 behind the subject, positive camera right. In the set frame 0 is the set's z axis and
90 its x axis, so that a lamp at (x, z) from the subject stands at atan2(x, z). On a face 0 is where it points.
"""

from math import acos, asin, atan2, cos, degrees, hypot, radians, sin

from app.physics.limits import positive

ON_AXIS_DEG = 5
"""A source nearer than this to the axis of the camera stands on no side."""

RIM_FROM_DEG = 120
"""From here on a source reaches the camera's side of the subject as an edge only."""


def wrapped(angle_deg: float) -> float:
    """Return an angle between -180 (left out) and 180."""
    turned = (angle_deg + 180) % 360 - 180
    return 180.0 if turned == -180 else turned


def camera_azimuth(set_azimuth_deg: float, camera_set_azimuth_deg: float) -> float:
    """Return a set azimuth as the camera sees it: 0 at the camera, positive camera right."""
    return wrapped(set_azimuth_deg - camera_set_azimuth_deg)


def set_azimuth_of_camera(camera_azimuth_deg: float, camera_set_azimuth_deg: float) -> float:
    """Return an azimuth given from the camera in set axes; the inverse of `camera_azimuth`."""
    return wrapped(camera_azimuth_deg + camera_set_azimuth_deg)


def set_azimuth_of_face(face_azimuth_deg: float, facing_deg: float) -> float:
    """Return an azimuth given on the face in set axes; `facing_deg` is where the face points in the set."""
    return wrapped(face_azimuth_deg + facing_deg)


def face_azimuth(set_azimuth_deg: float, facing_deg: float) -> float:
    """Return a set azimuth as the face has it: 0 where it points; the inverse of `set_azimuth_of_face`."""
    return wrapped(set_azimuth_deg - facing_deg)


def side(azimuth_deg: float) -> str:
    """Name the side of camera on which a source stands: left, right, or empty on the axis (within 5 degrees)."""
    if abs(azimuth_deg) < ON_AXIS_DEG or abs(azimuth_deg) > 180 - ON_AXIS_DEG:
        return ""
    return "right" if azimuth_deg > 0 else "left"


def shadow_side(key_azimuth_deg: float) -> str:
    """Name the side of the frame that falls to shadow: the one away from the key."""
    return {"left": "right", "right": "left", "": ""}[side(key_azimuth_deg)]


def rim_side(azimuth_deg: float) -> str:
    """Name the edge that a source behind the subject draws in frame: left, right or both; empty in front of 120."""
    if abs(wrapped(azimuth_deg)) < RIM_FROM_DEG:
        return ""
    return side(wrapped(azimuth_deg)) or "both"


def position_m(azimuth_deg: float, elevation_deg: float, distance_m: float) -> tuple[float, float, float]:
    """Return a place (x, y, z) from the point that the light is aimed at: x right, y up, z towards azimuth 0."""
    along = distance_m * cos(radians(elevation_deg))
    across, rise = radians(azimuth_deg), radians(elevation_deg)
    return along * sin(across), distance_m * sin(rise), along * cos(across)


def angles(x_m: float, y_m: float, z_m: float) -> tuple[float, float, float]:
    """Return azimuth, elevation and distance of a place; the inverse of `position_m`. The point itself has none."""
    far = hypot(x_m, y_m, z_m)
    positive("The distance", far, " m")
    return degrees(atan2(x_m, z_m)), degrees(asin(max(-1.0, min(1.0, y_m / far)))), far


def apart_deg(azimuth_deg: float, elevation_deg: float, other_azimuth_deg: float, other_elevation_deg: float) -> float:
    """Return the angle between two directions, from 0 to 180: the spherical law of cosines."""
    low, high = radians(elevation_deg), radians(other_elevation_deg)
    turned = radians(other_azimuth_deg - azimuth_deg)
    return degrees(acos(max(-1.0, min(1.0, sin(low) * sin(high) + cos(low) * cos(high) * cos(turned)))))
