"""What follows for the camera: where it stands, what it sees, what is sharp."""

from math import atan2, degrees, hypot, inf

from app.physics import light, optics
from app.resolve.known import Resolved
from app.vocab import Term

EYES = 0.935
"""Of a standing person's stature, an anthropometric mean."""

STATURE_M = 1.75

BODIES = frozenset({"subject.kind.character", "subject.kind.creature"})
"""Kinds of subject whose shot sizes are cut at the landmarks of a body."""


def place_camera(resolved: Resolved) -> None:
    """Derive the camera's azimuth in the set from its mark, or from how far round the face it looks."""
    hero = resolved.hero
    mark = [resolved.number(f"camera.mark.{axis}_m") for axis in "xz"]
    if None not in mark:
        home = [resolved.number(f"subjects.{hero}.mark.{axis}_m") or 0.0 for axis in "xz"]
        across, along = (at - base for at, base in zip(mark, home, strict=True) if at is not None)
        paths = ("camera.mark.x_m", "camera.mark.z_m")
        resolved.derive("camera.set_azimuth_deg", degrees(atan2(across, along)), paths)
        resolved.derive("camera.distance_m", hypot(across, along), paths)
    facing = resolved.number(f"subjects.{hero}.facing_deg")
    round_face = resolved.number("camera.view_azimuth_deg")
    if round_face is not None:
        turned = light.wrapped(round_face + (facing or 0))
        resolved.derive("camera.set_azimuth_deg", turned, ("camera.view_azimuth_deg",))


def derive_optics(resolved: Resolved) -> None:
    """Derive field of view, distance, pitch and depth of field, as far as what was said allows."""
    gate = _gate(resolved)
    focal = resolved.number("camera.focal_mm")
    if not gate or not focal:
        return
    width, height = gate
    squeeze = resolved.number("camera.squeeze") or 1
    lens = ("camera.focal_mm", "camera.format")
    resolved.derive("camera.hfov_deg", optics.field_of_view_deg(width, focal, squeeze), lens)
    size = resolved.term("camera.size")
    tall, thing = resolved.number(f"subjects.{resolved.hero}.height_m"), is_thing(resolved, resolved.hero)
    frame_m = framed_m(size, tall, thing=thing) if size else None
    if frame_m:
        resolved.derive("camera.distance_m", optics.camera_distance_m(frame_m, focal, height), (*lens, "camera.size"))
    distance = resolved.number("camera.distance_m")
    if distance and not thing:  # the sizes have their names from a person
        held = optics.frame_height_m(distance, focal, height) * STATURE_M / (tall or STATURE_M)
        resolved.derive("camera.frame_height_m", held, (*lens, "camera.distance_m"))
    _derive_pitch(resolved)
    _derive_depth(resolved, focal, width, height)


def is_thing(resolved: Resolved, name: str) -> bool:
    """Tell whether a subject is said to be neither a person nor a creature."""
    kind = resolved.pick(f"subjects.{name}.kind")
    return bool(kind) and kind not in BODIES


def framed_m(size: Term, tall_m: float | None, *, thing: bool) -> float | None:
    """Return how much a shot size holds from top to bottom: by a body's landmarks, or by how far a thing fills it.

    None for a thing whose height nobody knows.
    """
    if thing:
        share = size.numbers.get("thing_frame_x")
        return share * tall_m if share and tall_m else None
    held = size.numbers.get("frame_height_m")
    return held * (tall_m or STATURE_M) / STATURE_M if held else None


def _gate(resolved: Resolved) -> tuple[float, float] | None:
    """Return the used gate (w, h in mm) and keep it, or None when no known format was said."""
    picked = resolved.term("camera.format")
    if not picked or "gate_w_mm" not in picked.numbers:
        return None
    full = picked.numbers["gate_w_mm"], picked.numbers["gate_h_mm"]
    aspect = resolved.number("framing.aspect")
    squeeze = resolved.number("camera.squeeze") or 1
    width, height = optics.crop(*full, aspect, squeeze) if aspect else full
    because = ("camera.format", "framing.aspect")
    resolved.derive("camera.gate_w_mm", width, because)
    resolved.derive("camera.gate_h_mm", height, because)
    return width, height


def _derive_pitch(resolved: Resolved) -> None:
    height, distance = resolved.number("camera.height_m"), resolved.number("camera.distance_m")
    if height is None or not distance:
        return
    hero = f"subjects.{resolved.hero}"
    eyes = EYES * (resolved.number(f"{hero}.height_m") or STATURE_M) + (resolved.number(f"{hero}.mark.y_m") or 0)
    resolved.derive("camera.pitch_deg", degrees(atan2(eyes - height, distance)), ("camera.height_m",))


def _derive_depth(resolved: Resolved, focal: float, width: float, height: float) -> None:
    stop = resolved.number("camera.t_stop")
    focus = resolved.number("camera.focus.distance_m") or resolved.number("camera.distance_m")
    if not stop or not focus or focus * 1000 <= focal * 1.01:
        return
    n = optics.f_number(stop)
    because = ("camera.focal_mm", "camera.t_stop", "camera.format")
    near, far = optics.depth_of_field_m(focal, n, optics.circle_of_confusion_mm(width, height), focus)
    resolved.derive("camera.depth_near_m", near, because)
    resolved.derive("camera.depth_far_m", far, because)
    blur = optics.blur_share(focal, n, focus, inf, width)
    resolved.derive("camera.background_blur", blur, because)
