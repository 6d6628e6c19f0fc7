"""What distance does: where the camera stands, how large things are drawn, where the horizon lies. Metres, degrees."""

from math import atan2, degrees, radians, tan

from app.physics.limits import positive

HEAD_DEPTH_M = 0.12
"""From the tip of the nose to the ear."""

DISTORTS_BELOW_M = 0.6
SHOWS_BELOW_M = 0.9
"""Nose to ear 1.20 and 1.13; at 0.3 m a nose looks 30 % wider than at 1.5 m (Paskhover and others, 2018)."""


def camera_distance_m(frame_height_m: float, focal_mm: float, gate_h_mm: float) -> float:
    """Return the distance at which the frame is `frame_height_m` tall: D = f F / h, for D much greater than f."""
    positive("The height of the gate", gate_h_mm, " mm")
    return focal_mm * frame_height_m / gate_h_mm


def frame_height_m(distance_m: float, focal_mm: float, gate_h_mm: float) -> float:
    """Return what the frame holds from top to bottom at a distance; the inverse of `camera_distance_m`."""
    positive("The focal length", focal_mm, " mm")
    return distance_m * gate_h_mm / focal_mm


def nose_to_ear(distance_m: float) -> float:
    """Return how much larger the nose is drawn than the ear: (D + 0.12) / D. From 1.2 up it reads as distortion."""
    positive("The distance", distance_m, " m")
    return (distance_m + HEAD_DEPTH_M) / distance_m


def face_distortion(distance_m: float) -> str:
    """Name what a distance does to a face: strong (below 0.6 m), visible (below 0.9 m), or empty."""
    positive("The distance", distance_m, " m")
    if distance_m < DISTORTS_BELOW_M:
        return "strong"
    return "visible" if distance_m < SHOWS_BELOW_M else ""


def background_scale(distance_m: float, behind_m: float) -> float:
    """Return how large a thing behind the subject is drawn, beside its like at the subject: D / (D + g), from 0 to 1.

    Near 1 planes stack up, as a long lens makes one stand far; near 0 they spread apart. The lens does not matter.
    """
    positive("The distance", distance_m, " m")
    positive("The distance to what stands behind", distance_m + behind_m, " m")
    return distance_m / (distance_m + behind_m)


def pitch_deg(camera_height_m: float, target_height_m: float, distance_m: float) -> float:
    """Return the tilt that centres a target; negative looks down: atan((target - camera) / D) along the floor."""
    positive("The distance", distance_m, " m")
    return degrees(atan2(target_height_m - camera_height_m, distance_m))


def camera_height_m(pitch_deg: float, target_height_m: float, distance_m: float) -> float:
    """Return how high a camera stands that centres a target at a pitch above -90 and below 90."""
    if not -90 < pitch_deg < 90:
        raise ValueError(f"A pitch that centres a target lies between -90° and 90°, not at {pitch_deg:g}°.")
    return target_height_m - distance_m * tan(radians(pitch_deg))


def horizon_in_frame(pitch_deg: float, vfov_deg: float) -> bool:
    """Tell whether the horizon of a camera without roll is seen: |pitch| below half the vertical field."""
    return abs(pitch_deg) < vfov_deg / 2


def horizon_y(pitch_deg: float, vfov_deg: float) -> float:
    """Return where the horizon lies, 0 at the top of frame and 1 at the bottom, outside of which it is not seen.

    A rectilinear lens without roll: 1/2 + tan(pitch) / (2 tan(vfov / 2)).
    """
    if not 0 < vfov_deg < 180:
        raise ValueError(f"A field of view lies between 0° and 180°, not at {vfov_deg:g}°.")
    return 0.5 + tan(radians(pitch_deg)) / (2 * tan(radians(vfov_deg) / 2))
