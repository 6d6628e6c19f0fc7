"""Field of view, distance and depth of field of a thin lens. Lengths in mm on the camera side, metres in the set."""

from math import atan, degrees, inf, sqrt

TRANSMITTANCE = 0.88
"""Light that a modern prime lets through; N = T * sqrt(transmittance)."""

HEAD_DEPTH_M = 0.12
"""From the tip of the nose to the ear."""


def crop(gate_w_mm: float, gate_h_mm: float, aspect: float, squeeze: float = 1) -> tuple[float, float]:
    """Return the part of the gate (w, h in mm) that a delivery ratio uses; the width is before the desqueeze."""
    if gate_w_mm * squeeze / gate_h_mm >= aspect:
        return gate_h_mm * aspect / squeeze, gate_h_mm
    return gate_w_mm, gate_w_mm * squeeze / aspect


def field_of_view_deg(gate_mm: float, focal_mm: float, squeeze: float = 1) -> float:
    """Return the angle that `gate_mm` sees: 2 atan(k s / 2 f), with k the squeeze across the width."""
    return degrees(2 * atan(squeeze * gate_mm / (2 * focal_mm)))


def camera_distance_m(frame_height_m: float, focal_mm: float, gate_h_mm: float) -> float:
    """Return the distance at which the frame is `frame_height_m` tall: D = f F / h, for D much greater than f."""
    return focal_mm * frame_height_m / gate_h_mm


def frame_height_m(distance_m: float, focal_mm: float, gate_h_mm: float) -> float:
    """Return what the frame holds from top to bottom at a distance; the inverse of `camera_distance_m`."""
    return distance_m * gate_h_mm / focal_mm


def f_number(t_stop: float, transmittance: float = TRANSMITTANCE) -> float:
    """Return the N of a T: depth of field goes by N, exposure by T."""
    return t_stop * sqrt(transmittance)


def circle_of_confusion_mm(gate_w_mm: float, gate_h_mm: float) -> float:
    """Return the usual limit of sharpness, the diagonal over 1500."""
    return sqrt(gate_w_mm**2 + gate_h_mm**2) / 1500


def hyperfocal_m(focal_mm: float, n: float, confusion_mm: float) -> float:
    """Return the distance from whose half everything is sharp: H = f^2 / (N c) + f."""
    return (focal_mm**2 / (n * confusion_mm) + focal_mm) / 1000


def depth_of_field_m(focal_mm: float, n: float, confusion_mm: float, focus_m: float) -> tuple[float, float]:
    """Return the near and far limits of sharpness; the far one is infinite from the hyperfocal distance on."""
    hyper, focal = hyperfocal_m(focal_mm, n, confusion_mm), focal_mm / 1000
    near = focus_m * (hyper - focal) / (hyper + focus_m - 2 * focal)
    far = inf if focus_m >= hyper else focus_m * (hyper - focal) / (hyper - focus_m)
    return near, far


def blur_share(focal_mm: float, n: float, focus_m: float, at_m: float, gate_w_mm: float) -> float:
    """Return the blur disc of a point at `at_m` as a share of the frame's width: f^2 |d-s| / (N (s-f) d w)."""
    focal = focal_mm / 1000
    disc_m = focal**2 / (n * (focus_m - focal)) * (1 if at_m == inf else abs(at_m - focus_m) / at_m)
    return disc_m * 1000 / gate_w_mm


def nose_to_ear(distance_m: float) -> float:
    """Return how much larger the nose is drawn than the ear: (D + 0.12) / D. From 1.2 up it reads as distortion."""
    return (distance_m + HEAD_DEPTH_M) / distance_m
