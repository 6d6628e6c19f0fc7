"""What follows for the lights: where each stands for the camera, how soft it is, how it reads."""

from math import asin, atan2, degrees, hypot

from app.physics import colour, light
from app.resolve.known import Resolved

SIGN = {"left": -1, "right": 1}

FACE_M = 1.6
"""Height of a standing face, at which lamps are aimed."""


def turn_names_into_angles(resolved: Resolved) -> None:
    """Turn a named pattern or direction into an azimuth once its side is known; a side that nobody said stays open.

    A pattern is drawn on the face, so its azimuth is read there; a direction is seen from the camera. A side may also
    follow from the lamp or the side that motivates the light.
    """
    for name in resolved.shot.lights:
        at = f"lights.{name}"
        for facet in ("pattern", "direction"):
            term = resolved.term(f"{at}.{facet}")
            angle = term.numbers.get("azimuth_abs_deg") if term else None
            if term is None or angle is None or f"{at}.mark.x_m" in resolved.said:
                continue
            side, said = _side(resolved, at)
            if side is None and angle not in {0, 180}:
                continue
            because = (f"{at}.{facet}", said) if side else (f"{at}.{facet}",)
            if facet == "pattern" and f"{at}.azimuth_deg" not in resolved.values:
                resolved.derive(f"{at}.frame", "face", because, term.id, term=True)
            resolved.derive(f"{at}.azimuth_deg", angle * SIGN.get(side or "", 1), because, term.id, term=True)


def _side(resolved: Resolved, at: str) -> tuple[str | None, str]:
    """Return the side of camera on which a light stands, and the path that says so: its own, or its motive's."""
    if own := resolved.value(f"{at}.side"):
        return str(own), f"{at}.side"
    motive = resolved.value(f"{at}.motivated_by")
    if not isinstance(motive, str):
        return None, ""
    for key in ("side", "azimuth_deg"):
        found = resolved.value(f"lights.{motive}.{key}")
        if key == "azimuth_deg" and found is not None:
            in_camera = resolved.value(f"lights.{motive}.frame") in {None, "camera"}
            found = light.side(found) if in_camera else None
        if found:
            return str(found), f"{at}.motivated_by"
    return None, ""


def place_lights(resolved: Resolved) -> None:
    """Derive each light's azimuth for the camera, its side, and its size seen from the subject."""
    camera = resolved.number("camera.set_azimuth_deg") or 0
    for name in resolved.shot.lights:
        _place(resolved, f"lights.{name}", camera)


def _place(resolved: Resolved, at: str, camera_deg: float) -> None:
    _from_mark(resolved, at)
    azimuth = resolved.number(f"{at}.azimuth_deg")
    if azimuth is not None:
        frame = resolved.value(f"{at}.frame")
        paths = (f"{at}.azimuth_deg", f"{at}.frame", f"{at}.face_of")
        because = tuple([path for path in paths if path in resolved.values])
        owner = resolved.value(f"{at}.face_of") or resolved.value(f"{at}.aimed_at") or resolved.hero
        facing = _facing(resolved, owner, camera_deg)
        if frame == "face":
            azimuth = light.set_azimuth_of_face(azimuth, facing)
        if frame in {"face", "set"}:
            azimuth = light.camera_azimuth(azimuth, camera_deg)
        resolved.derive(f"{at}.camera_azimuth_deg", azimuth, because)
        _on_the_face(resolved, at, light.wrapped(azimuth + camera_deg - facing), because)
        if side := light.side(azimuth):
            resolved.derive(f"{at}.side", side, because)
    size, far = resolved.number(f"{at}.size_m"), resolved.number(f"{at}.distance_m")
    if size and far:
        because = (f"{at}.size_m", f"{at}.distance_m")
        if f"{at}.angular_size_deg" not in resolved.said:  # the measured size beats the one a name implies
            resolved.values.pop(f"{at}.angular_size_deg", None)
        resolved.derive(f"{at}.angular_size_deg", light.angular_size_deg(size, far), because)


def _facing(resolved: Resolved, owner: str, camera_deg: float) -> float:
    """Return where a face points in the set: as said; along the axis that the camera goes round; else at the camera."""
    facing = resolved.number(f"subjects.{owner}.facing_deg")
    if facing is not None:
        return facing
    return 0.0 if resolved.number("camera.view_azimuth_deg") is not None else camera_deg


def _on_the_face(resolved: Resolved, at: str, azimuth: float, because: tuple[str, ...]) -> None:
    """Derive a light's azimuth on the face, and the pattern that it draws there when its elevation is known too."""
    resolved.derive(f"{at}.face_azimuth_deg", azimuth, because)
    rise = resolved.number(f"{at}.elevation_deg")
    if rise is not None:
        drawn = f"light.pattern.{light.pattern(azimuth, rise)}"
        if drawn in resolved.vocabulary.terms:
            resolved.derive(f"{at}.draws", drawn, (*because, f"{at}.elevation_deg"))


def _from_mark(resolved: Resolved, at: str) -> None:
    """Derive azimuth, elevation and distance of a lamp that has a mark in the set."""
    if resolved.shot.lights[at.partition(".")[2]].mark is None:
        return
    mark = [resolved.number(f"{at}.mark.{axis}_m") for axis in "xyz"]
    if mark[0] is None or mark[2] is None:
        return
    aimed = f"subjects.{resolved.value(f'{at}.aimed_at') or resolved.hero}.mark"
    at_m = (mark[0], FACE_M if mark[1] is None else mark[1], mark[2])
    x, y, z = (a - (resolved.number(f"{aimed}.{axis}_m") or 0) for a, axis in zip(at_m, "xyz", strict=True))
    because = (f"{at}.mark.x_m", f"{at}.mark.z_m")
    rise, far = y - FACE_M, hypot(x, y - FACE_M, z)
    resolved.derive(f"{at}.frame", "set", because)
    resolved.derive(f"{at}.azimuth_deg", degrees(atan2(x, z)), because)
    if far:
        resolved.derive(f"{at}.elevation_deg", degrees(asin(rise / far)), because)
        resolved.derive(f"{at}.distance_m", far, because)


def derive_colour(resolved: Resolved) -> None:
    """Derive each lamp's colour temperature behind its gels, and how it reads on the balance, if one is known."""
    balance = resolved.number("camera.white_balance_k")
    for name in resolved.shot.lights:
        at = f"lights.{name}"
        kelvin = resolved.number(f"{at}.cct_k")
        if kelvin is None:
            continue
        mired = sum(gel.numbers.get("mired", 0) for gel in resolved.terms(f"{at}.gels"))
        because = (f"{at}.cct_k", f"{at}.gels") if mired else (f"{at}.cct_k",)
        seen = colour.through_gel(kelvin, mired) if mired else kelvin
        resolved.derive(f"{at}.seen_k", seen, because)
        if balance:
            shift = colour.shift(seen, balance)
            paths = (*because, "camera.white_balance_k")
            resolved.derive(f"{at}.shift_mired", shift, paths)
            resolved.derive(f"{at}.reads", colour.reads(shift), paths)


def derive_ratio(resolved: Resolved) -> None:
    """Derive the side that falls to shadow from the key, and key over fill in stops from the two levels."""
    key = resolved.key
    if not key:
        return
    azimuth = resolved.number(f"lights.{key}.camera_azimuth_deg")
    if azimuth is not None and abs(azimuth) >= 15 and (away := light.shadow_side(azimuth)):
        resolved.derive("lighting.shadow_side", away, (f"lights.{key}.azimuth_deg",))
    fill = next((name for name, lamp in resolved.lights if str(lamp.role) == "light.role.fill"), "")
    levels = [resolved.number(f"lights.{name}.stops") for name in (key, fill)]
    ratio = resolved.number("lighting.ratio_stops")
    if ratio is not None and fill and levels[0] is not None:
        resolved.derive(f"lights.{fill}.stops", levels[0] - ratio, ("lighting.ratio_stops", f"lights.{key}.stops"))
    elif levels[0] is not None and levels[1] is not None:
        because = (f"lights.{key}.stops", f"lights.{fill}.stops")
        resolved.derive("lighting.ratio_stops", levels[0] - levels[1], because)
