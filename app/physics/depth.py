"""What is sharp and how blurred the rest is, by a thin lens. Focal lengths and discs in mm, distances in metres.

Depth goes by the f-number N and never by T; `f_number` turns one into the other.
"""

from math import hypot, inf, sqrt

from app.physics.limits import between, positive

TRANSMITTANCE = 0.88
"""Light that a modern prime lets through; N = T * sqrt(transmittance)."""

SOFT_FROM = 0.001
SHALLOW_FROM = 0.005
ULTRA_SHALLOW_FROM = 0.02
"""Blur discs as a share of the frame's width at which a background changes its name; a proposal."""


def f_number(t_stop: float, transmittance: float = TRANSMITTANCE) -> float:
    """Return the N of a T: depth of field goes by N, exposure by T."""
    _lets_through(transmittance)
    return t_stop * sqrt(transmittance)


def t_stop(n: float, transmittance: float = TRANSMITTANCE) -> float:
    """Return the T of an N: T = N / sqrt(transmittance), with a transmittance above 0 and up to 1."""
    _lets_through(transmittance)
    return n / sqrt(transmittance)


def circle_of_confusion_mm(gate_w_mm: float, gate_h_mm: float) -> float:
    """Return the usual limit of sharpness, the diagonal over 1500."""
    return hypot(gate_w_mm, gate_h_mm) / 1500


def hyperfocal_m(focal_mm: float, n: float, confusion_mm: float) -> float:
    """Return the distance from whose half everything is sharp: H = f^2 / (N c) + f."""
    positive("The f-number", n)
    positive("The circle of confusion", confusion_mm, " mm")
    return (focal_mm**2 / (n * confusion_mm) + focal_mm) / 1000


def depth_of_field_m(focal_mm: float, n: float, confusion_mm: float, focus_m: float) -> tuple[float, float]:
    """Return the near and far limits of sharpness; the far one is infinite from the hyperfocal distance on.

    near = s (H - f) / (H + s - 2 f) and far = s (H - f) / (H - s).
    """
    _forms_an_image(focal_mm, focus_m)
    hyper, focal = hyperfocal_m(focal_mm, n, confusion_mm), focal_mm / 1000
    if focus_m == inf:
        return hyper - focal, inf
    near = focus_m * (hyper - focal) / (hyper + focus_m - 2 * focal)
    far = inf if focus_m >= hyper else focus_m * (hyper - focal) / (hyper - focus_m)
    return near, far


def total_depth_m(focal_mm: float, n: float, confusion_mm: float, focus_m: float) -> float:
    """Return the depth between the near and the far limit, infinite from the hyperfocal distance on."""
    near, far = depth_of_field_m(focal_mm, n, confusion_mm, focus_m)
    return far - near


def stop_for_depth(focal_mm: float, confusion_mm: float, near_m: float, far_m: float) -> tuple[float, float]:
    """Return the N that holds everything from `near_m` to `far_m` (may be infinite), and where to focus in metres.

    Focus at the harmonic mean s = 2 / (1 / near + 1 / far), then N = f^2 (s - near) / (near c (s - f)): the inverse of
    `depth_of_field_m`, exact for a thin lens.
    """
    _forms_an_image(focal_mm, near_m)
    positive("The circle of confusion", confusion_mm, " mm")
    if not far_m > near_m:
        raise ValueError(f"The far limit of {far_m:g} m does not lie behind the near one of {near_m:g} m.")
    focus_m = 2 / (1 / near_m + 1 / far_m)
    n = focal_mm**2 / 1000 * (focus_m - near_m) / (near_m * confusion_mm * (focus_m - focal_mm / 1000))
    return n, focus_m


def blur_disc_mm(focal_mm: float, n: float, focus_m: float, at_m: float) -> float:
    """Return the blur disc on the gate of a point at `at_m`, which may be infinite: f^2 |d - s| / (N (s - f) d)."""
    _forms_an_image(focal_mm, focus_m)
    positive("The f-number", n)
    positive("The distance", at_m, " m")
    focal = focal_mm / 1000
    disc_m = focal**2 / (n * (focus_m - focal)) * (1 if at_m == inf else abs(at_m - focus_m) / at_m)
    return disc_m * 1000


def blur_share(focal_mm: float, n: float, focus_m: float, at_m: float, gate_w_mm: float) -> float:
    """Return the blur disc of a point at `at_m` as a share of the frame's width: f^2 |d-s| / (N (s-f) d w)."""
    positive("The width of the gate", gate_w_mm, " mm")
    return blur_disc_mm(focal_mm, n, focus_m, at_m) / gate_w_mm


def stop_for_blur(focal_mm: float, focus_m: float, at_m: float, gate_w_mm: float, share: float) -> float:
    """Return the N at which a point at `at_m` blurs to a share of the frame's width; 0 when it is in focus."""
    positive("The share of blur", share)
    return blur_share(focal_mm, 1, focus_m, at_m, gate_w_mm) / share


def blur_reads(share: float) -> str:
    """Name a blur by its share of the frame's width: sharp, soft, shallow or ultra-shallow."""
    if share < SOFT_FROM:
        return "sharp"
    if share < SHALLOW_FROM:
        return "soft"
    return "shallow" if share <= ULTRA_SHALLOW_FROM else "ultra-shallow"


def focus_through_dioptre_m(focus_m: float, dioptres: float) -> float:
    """Return where a lens set to `focus_m` (may be infinite) is sharp behind a close-up or split dioptre.

    1 / (1 / s + D): a +1 half focuses at 1 m with the lens at infinity.
    """
    positive("The distance of focus", focus_m, " m")
    strength = 1 / focus_m + dioptres
    positive("The strength of the lens with its dioptre", strength, " dioptres")
    return 1 / strength


def _lets_through(transmittance: float) -> None:
    if not transmittance > 0:
        raise ValueError("A lens with a transmittance of 0 makes no picture.")
    between("The transmittance", transmittance, 0, 1)


def _forms_an_image(focal_mm: float, focus_m: float) -> None:
    if focal_mm <= 0 or focus_m * 1000 <= focal_mm:
        positive("The focal length", focal_mm, " mm")
        raise ValueError(f"A lens of {focal_mm:g} mm cannot focus at {focus_m:g} m: that is within its focal length.")
