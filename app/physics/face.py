"""What a light does to a face: the nose's shadow, the pattern, the lit side, the glint in the eye. Degrees, metres.

Azimuths are on the face: 0 where it points, positive or negative to either side. The geometry of the patterns: the tip
of the nose stands 2.2 cm proud, so that its shadow runs 2.2 tan(az) cm sideways and 2.2 tan(el) / cos(az) cm down.
Below the cheekbone a cheek bends away with a radius of about 2.7 cm, so that its own shadow begins 2.7 cos(az) cm out:
further in, the further round the light. The two can meet only there, 2.2 cm below the tip. When they do, they close a
triangle of light under the far eye.
"""

from math import atan2, cos, degrees, hypot, inf, radians, sin, tan

from app.physics.direction import wrapped

NOSE_M = 0.022
"""How proud a nose stands of the face."""

CHEEK_M = 0.027
"""The bend of a cheek below its bone, such that loop turns to Rembrandt 42 degrees round the face."""

BELOW_THE_BONE_M = 0.022
"""From the tip of the nose down to where a cheek bends away."""

FRONT_DEG = 15
SPLIT_FROM_DEG = 75
BEHIND_FROM_DEG = 100
BUTTERFLY_FROM_DEG = 30

TURNED_FROM_DEG = 10
"""A head turned less than this from the camera has no near and no far side."""

BROW_SHADES_FROM_DEG = 65
"""From here up the brow shades the eye (60 to 70 degrees, by the face); craft."""

GLINT_AT_THE_LENS_DEG = 3


def nose_shadow_m(azimuth_deg: float, elevation_deg: float) -> tuple[float, float]:
    """Return how far the nose's shadow runs sideways and down, in metres, for a light in front of the face.

    n tan(az) and n tan(el) / cos(az), with n = 2.2 cm. The azimuth lies between -90 and 90; a negative elevation throws
    the shadow up.
    """
    if not -90 < azimuth_deg < 90:
        raise ValueError(f"A light {azimuth_deg:g}° round the face throws no shadow of the nose on it.")
    across = radians(azimuth_deg)
    down = tan(radians(elevation_deg)) if abs(elevation_deg) < 90 else inf if elevation_deg > 0 else -inf
    return NOSE_M * tan(across), NOSE_M * down / cos(across)


def meets_cheek(azimuth_deg: float, elevation_deg: float) -> bool:
    """Tell whether the nose's shadow runs into the cheek's, for a light in front of the face.

    It has to reach 2.7 cos(az) cm sideways and 2.2 cm down: from 42 degrees round, and from 36 degrees up there.
    """
    across = abs(azimuth_deg)
    sideways, down = nose_shadow_m(across, elevation_deg)
    return sideways >= CHEEK_M * cos(radians(across)) and down >= BELOW_THE_BONE_M


def pattern(azimuth_deg: float, elevation_deg: float) -> str:
    """Name what a key does to a face, by where the nose's shadow falls; azimuth on the face.

    flat or butterfly (in front, low or from 30 up), loop (the nose's shadow ends on the cheek), rembrandt (it meets the
    cheek's), split (from 75: the far cheek is unlit), or back (past 100).
    """
    across = abs(wrapped(azimuth_deg))
    if across > BEHIND_FROM_DEG:
        return "back"
    if across >= SPLIT_FROM_DEG:
        return "split"
    if across <= FRONT_DEG:
        return "butterfly" if elevation_deg >= BUTTERFLY_FROM_DEG else "flat"
    return "rembrandt" if meets_cheek(across, elevation_deg) else "loop"


def side_of_face(key_azimuth_deg: float, camera_azimuth_deg: float) -> str:
    """Name the side of the face that the key lights: broad (turned to camera), short (the key is upstage), or empty.

    Both azimuths are on the face. There is no near and no far side of a head turned less than 10 degrees from the
    camera or from its back, and no lit side of a key within 15 degrees of the face's own axis.
    """
    key, camera = wrapped(key_azimuth_deg), wrapped(camera_azimuth_deg)
    if _near_axis(camera, TURNED_FROM_DEG) or _near_axis(key, FRONT_DEG):
        return ""
    return "broad" if (key > 0) == (camera > 0) else "short"


def catch_light_hour(azimuth_deg: float, elevation_deg: float) -> int | None:
    """Return where a source glints in an eye, as the hour of a clock seen by the camera: 1 to 12, or 0 in the middle.

    None when it cannot be seen: more than 100 degrees from the camera, or from 65 degrees up, where the brow shades the
    eye. Azimuth from the camera; the glint of a ball lies half way to its source, in the same direction.
    """
    across, rise = radians(wrapped(azimuth_deg)), radians(elevation_deg)
    right, up, ahead = cos(rise) * sin(across), sin(rise), cos(rise) * cos(across)
    off_axis = degrees(atan2(hypot(right, up), ahead))
    if off_axis > BEHIND_FROM_DEG or elevation_deg >= BROW_SHADES_FROM_DEG:
        return None
    if off_axis <= GLINT_AT_THE_LENS_DEG:
        return 0
    return round(degrees(atan2(right, up)) / 30) % 12 or 12


def _near_axis(azimuth_deg: float, within_deg: float) -> bool:
    return abs(azimuth_deg) < within_deg or abs(azimuth_deg) > 180 - within_deg
