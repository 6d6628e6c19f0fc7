"""Where light comes from, how soft it is, and what it does to a face. Angles in degrees, levels in stops.

Gathers `direction`, `source`, `face`, `shadow` and `levels`.
"""

from app.physics.direction import (
    angles,
    apart_deg,
    camera_azimuth,
    face_azimuth,
    position_m,
    rim_side,
    set_azimuth_of_camera,
    set_azimuth_of_face,
    shadow_side,
    side,
    wrapped,
)
from app.physics.face import NOSE_M, catch_light_hour, meets_cheek, nose_shadow_m, pattern, side_of_face
from app.physics.levels import ratio, ratio_of_levels, stops_of, stops_of_ratio, sum_stops, times_of
from app.physics.shadow import (
    elevation_of_shadow_deg,
    lamp_shadow_m,
    shadow_azimuth,
    shadow_falls,
    shadow_length_m,
)
from app.physics.source import (
    HARD_BELOW_DEG,
    SOFT_FROM_DEG,
    VERY_SOFT_FROM_DEG,
    angular_size_deg,
    edge_is_crisp,
    edge_share,
    penumbra_m,
    size_m,
    softness,
    umbra_m,
)

__all__ = [
    "HARD_BELOW_DEG",
    "NOSE_M",
    "SOFT_FROM_DEG",
    "VERY_SOFT_FROM_DEG",
    "angles",
    "angular_size_deg",
    "apart_deg",
    "camera_azimuth",
    "catch_light_hour",
    "edge_is_crisp",
    "edge_share",
    "elevation_of_shadow_deg",
    "face_azimuth",
    "lamp_shadow_m",
    "meets_cheek",
    "nose_shadow_m",
    "pattern",
    "penumbra_m",
    "position_m",
    "ratio",
    "ratio_of_levels",
    "rim_side",
    "set_azimuth_of_camera",
    "set_azimuth_of_face",
    "shadow_azimuth",
    "shadow_falls",
    "shadow_length_m",
    "shadow_side",
    "side",
    "side_of_face",
    "size_m",
    "softness",
    "stops_of",
    "stops_of_ratio",
    "sum_stops",
    "times_of",
    "umbra_m",
    "wrapped",
]
