"""What a lens sees on a gate: crop, field of view, equivalent focal lengths. Lengths in mm on the camera side.

The names of `depth` and `perspective` are found here too.
"""

from math import atan, degrees, hypot, radians, tan

from app.physics.depth import (
    TRANSMITTANCE,
    blur_share,
    circle_of_confusion_mm,
    depth_of_field_m,
    f_number,
    hyperfocal_m,
)
from app.physics.limits import between, positive
from app.physics.perspective import HEAD_DEPTH_M, camera_distance_m, frame_height_m, nose_to_ear

__all__ = [
    "FULL_FRAME_DIAGONAL_MM",
    "FULL_FRAME_W_MM",
    "HEAD_DEPTH_M",
    "TRANSMITTANCE",
    "blur_share",
    "camera_distance_m",
    "circle_of_confusion_mm",
    "covers",
    "crop",
    "crop_factor",
    "crop_factor_by_width",
    "depth_of_field_m",
    "desqueezed_ratio",
    "diagonal_mm",
    "enlargement",
    "equivalent_focal_mm",
    "f_number",
    "field_of_view_deg",
    "fisheye_field_of_view_deg",
    "focal_of_view_mm",
    "frame_height_m",
    "hyperfocal_m",
    "lens_class",
    "magnification",
    "nose_to_ear",
    "used_share",
]

FULL_FRAME_W_MM = 36.0
FULL_FRAME_DIAGONAL_MM = hypot(36, 24)

SUPER_35_W_MM = 24.89

ULTRA_WIDE_FROM_DEG = 84
WIDE_FROM_DEG = 54
NORMAL_FROM_DEG = 30
LONG_FROM_DEG = 12
"""Horizontal fields of 20, 35, 67 and 171 mm on a gate 36 mm wide: where the names of lenses change, by convention."""


def crop(gate_w_mm: float, gate_h_mm: float, aspect: float, squeeze: float = 1) -> tuple[float, float]:
    """Return the part of the gate (w, h in mm) that a delivery ratio uses; the width is before the desqueeze."""
    positive("The height of the gate", gate_h_mm, " mm")
    positive("The delivery ratio", aspect)
    if gate_w_mm * squeeze / gate_h_mm >= aspect:
        return gate_h_mm * aspect / squeeze, gate_h_mm
    return gate_w_mm, gate_w_mm * squeeze / aspect


def used_share(gate_w_mm: float, gate_h_mm: float, aspect: float, squeeze: float = 1) -> float:
    """Return how much of the gate's area a delivery ratio keeps, above 0 and up to 1."""
    width, height = crop(gate_w_mm, gate_h_mm, aspect, squeeze)
    return width * height / (gate_w_mm * gate_h_mm)


def desqueezed_ratio(gate_w_mm: float, gate_h_mm: float, squeeze: float = 1) -> float:
    """Return the ratio of the whole gate on screen: squeeze times width over height."""
    positive("The height of the gate", gate_h_mm, " mm")
    return squeeze * gate_w_mm / gate_h_mm


def field_of_view_deg(gate_mm: float, focal_mm: float, squeeze: float = 1) -> float:
    """Return the angle that `gate_mm` sees: 2 atan(k s / 2 f), with k the squeeze across the width."""
    positive("The focal length", focal_mm, " mm")
    return degrees(2 * atan(squeeze * gate_mm / (2 * focal_mm)))


def focal_of_view_mm(gate_mm: float, view_deg: float, squeeze: float = 1) -> float:
    """Return the focal length (marked, of the spherical axis) that sees `view_deg`, from above 0 to below 180."""
    if not 0 < view_deg < 180:
        raise ValueError(f"A field of view lies between 0° and 180°, not at {view_deg:g}°.")
    return squeeze * gate_mm / (2 * tan(radians(view_deg) / 2))


def fisheye_field_of_view_deg(gate_mm: float, focal_mm: float) -> float:
    """Return the angle of an equidistant fisheye across `gate_mm`: s / f in radians, at most a full turn."""
    positive("The focal length", focal_mm, " mm")
    return min(degrees(gate_mm / focal_mm), 360.0)


def lens_class(hfov_deg: float) -> str:
    """Name a horizontal field (0 to 180): super telephoto, long, normal, wide or ultra wide.

    A fisheye is a kind of lens and not a field, so that it is never the answer.
    """
    between("A field of view", hfov_deg, 0, 180, "°")
    if hfov_deg < LONG_FROM_DEG:
        return "super telephoto"
    if hfov_deg < NORMAL_FROM_DEG:
        return "long"
    if hfov_deg < WIDE_FROM_DEG:
        return "normal"
    return "wide" if hfov_deg < ULTRA_WIDE_FROM_DEG else "ultra wide"


def diagonal_mm(gate_w_mm: float, gate_h_mm: float) -> float:
    """Return the diagonal of a gate, which a lens's image circle has to span."""
    return hypot(gate_w_mm, gate_h_mm)


def covers(circle_mm: float, gate_w_mm: float, gate_h_mm: float) -> bool:
    """Tell whether an image circle of a diameter reaches the corners of a gate."""
    return circle_mm >= diagonal_mm(gate_w_mm, gate_h_mm)


def crop_factor(gate_w_mm: float, gate_h_mm: float) -> float:
    """Return the diagonal of 36 × 24 mm over that of a gate: 1.5 and more for Super 35, below 1 for 65 mm."""
    positive("The diagonal of the gate", diagonal_mm(gate_w_mm, gate_h_mm), " mm")
    return FULL_FRAME_DIAGONAL_MM / diagonal_mm(gate_w_mm, gate_h_mm)


def crop_factor_by_width(gate_w_mm: float) -> float:
    """Return 36 mm over the width of a gate; the two crop factors differ when the ratios do."""
    positive("The width of the gate", gate_w_mm, " mm")
    return FULL_FRAME_W_MM / gate_w_mm


def equivalent_focal_mm(focal_mm: float, gate_w_mm: float, squeeze: float = 1) -> float:
    """Return the focal length that sees the same horizontal field on a gate 36 mm wide: f 36 / (k w)."""
    positive("The focal length", focal_mm, " mm")
    positive("The squeeze", squeeze)
    return focal_mm * crop_factor_by_width(gate_w_mm) / squeeze


def enlargement(gate_w_mm: float, beside_w_mm: float = SUPER_35_W_MM) -> float:
    """Return how many times more a gate is enlarged than another (Super 35), and so how much coarser its grain is."""
    positive("The width of the gate", gate_w_mm, " mm")
    return beside_w_mm / gate_w_mm


def magnification(focal_mm: float, focus_m: float) -> float:
    """Return the size on the gate over the size in the set, f / (s - f), with focus measured from the lens.

    Half and above is macro. Raises ValueError at or inside the focal length, where no image forms.
    """
    positive("The focal length", focal_mm, " mm")
    beyond = focus_m - focal_mm / 1000
    positive("The distance of focus beyond the focal length", beyond, " m")
    return focal_mm / 1000 / beyond
