"""What several rules look at in the lens: the gate it fills, what it blurs, what may flare in it."""

import re
from math import cos, inf, radians

from app.lint.hearing import texts
from app.physics import optics
from app.resolve import Resolved
from app.schema.shot import Light

SEEN_BLUR = 0.005
"""From this share of the frame's width on, a background reads as out of focus."""

SHARP_BLUR = 0.001
"""Up to this share of the frame's width, a point reads as sharp."""

SHALLOW = ("camera.focus.shallow", "camera.focus.ultra_shallow")
ASKEW = ("camera.focus.tilt_shift", "camera.focus.freelens", "camera.lens.lensbaby")
STREAKS = "look.artefact.streak_flares"
FLARES = (STREAKS, "look.artefact.veiling_flare")
TO_LENS = frozenset({"light.role.back", "light.role.rim", "light.role.kicker", "light.role.practical"})
"""Roles of lamps that shine towards the lens, or stand in the picture."""

POINTS = re.compile(
    r"\b(?:\w*lights?|\w*lamps?|lanterns?|bulbs?|candles?|candle\w+|neons?|windows?|stars?|fireworks?|sparks?|embers?"
    r"|glint\w*|glitter\w*|sparkl\w*|dew|drops?|droplets?|rain\w*|leaves|foliage|water|sea|river|traffic|city"
    r"|skyline|streets?|sun\w*|torch\w*|flames?|fires?|screens?|chandeliers?)\b",
    re.IGNORECASE,
)
"""Words for small bright things, and for what breaks light into them."""


def used_gate(resolved: Resolved) -> tuple[float, float] | None:
    """Return the part of the gate (w, h in mm) that the delivery ratio uses, whatever the lens; None for no format."""
    full = full_gate(resolved)
    aspect = resolved.number("framing.aspect")
    return optics.crop(*full, aspect, resolved.number("camera.squeeze") or 1) if full and aspect else full


def full_gate(resolved: Resolved) -> tuple[float, float] | None:
    """Return the whole gate (w, h in mm) of the picked format, or None."""
    picked = resolved.term("camera.format")
    if picked is None or "gate_w_mm" not in picked.numbers:
        return None
    return picked.numbers["gate_w_mm"], picked.numbers["gate_h_mm"]


def background_blur(resolved: Resolved) -> float | None:
    """Return the blur disc behind the subject as a share of the frame's width.

    At the background's own distance where that is said, else at infinity: the most that there can be. None while the
    lens, the stop or the distance is unknown.
    """
    most, behind = resolved.number("camera.background_blur"), resolved.number("place.background_m")
    if most is None or behind is None:
        return most
    focal, stop = resolved.number("camera.focal_mm"), resolved.number("camera.t_stop")
    gate = resolved.number("camera.gate_w_mm")
    focus = focus_m(resolved)
    if not focal or not stop or not gate or not focus:
        return most
    at = (resolved.number("camera.distance_m") or focus) + behind
    return optics.blur_share(focal, optics.f_number(stop), focus, at, gate)


def focus_m(resolved: Resolved) -> float | None:
    """Return the distance in focus: the one that is said, else the subject's."""
    return resolved.number("camera.focus.distance_m") or resolved.number("camera.distance_m")


def is_anamorphic(resolved: Resolved) -> bool | None:
    """Tell whether the lens squeezes; None while nobody named a lens or a squeeze."""
    squeeze = resolved.number("camera.squeeze")
    if squeeze is not None:
        return squeeze > 1.2
    lens = resolved.term("camera.lens_family")
    return None if lens is None else not lens.traits.isdisjoint({"front_anamorphic", "rear_anamorphic"})


def swung(resolved: Resolved) -> bool:
    """Tell whether the plane of focus may stand askew, so that depth of field says nothing: tilt-shift, freelens."""
    lens = resolved.term("camera.lens_family")
    return bool(lens and "tilt_shift" in lens.traits) or bool(resolved.where(*ASKEW))


def sized_as_a_person(resolved: Resolved) -> bool:
    """Tell whether the distance may follow from the size of the shot: sizes are measured on people."""
    hero = resolved.shot.subjects.get(resolved.hero)
    by_size = "camera.size" in resolved.because("camera.distance_m")
    return not by_size or hero is None or hero.kind in {None, "subject.kind.character"}


def glints(resolved: Resolved) -> bool:
    """Tell whether anything small and bright is said to be in the picture: a lamp in frame, or a word for one."""
    if any(lamp.visible or lamp.role in TO_LENS for _, lamp in resolved.lights):
        return True
    return any(POINTS.search(text) for _, text in texts(resolved))


def reaches_lens(resolved: Resolved, name: str, lamp: Light) -> bool | None:
    """Tell whether a lamp can shine into the lens: it is seen, or stands before the camera; None with no place."""
    if lamp.visible or lamp.role in TO_LENS:
        return True
    azimuth = resolved.number(f"lights.{name}.camera_azimuth_deg")
    if azimuth is None:
        return None
    if abs(azimuth) >= 90:
        return True
    far, camera = resolved.number(f"lights.{name}.distance_m"), resolved.number("camera.distance_m")
    if far and camera:
        return far * cos(radians(azimuth)) < camera
    return abs(azimuth) >= 45


def stop_for(resolved: Resolved, far_m: float) -> float | None:
    """Return the f-number at which depth of field reaches from the subject to `far_m`: N = f^2 / (c (H - f))."""
    focal, focus = resolved.number("camera.focal_mm"), focus_m(resolved)
    gate = used_gate(resolved)
    if not focal or not focus or not gate or far_m <= focus:
        return None
    hyper = focus if far_m == inf else focus * (far_m - focal / 1000) / (far_m - focus)
    return focal**2 / (optics.circle_of_confusion_mm(*gate) * (hyper * 1000 - focal))
