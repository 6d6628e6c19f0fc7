"""A shot in time: where camera, lens and lamps are at each moment of its beats.

Every move of a beat begins and ends softly over the whole beat, moves of one beat go together, and what a beat
has changed stays changed. What was sharp stays sharp while the camera travels, as a focus puller keeps it, until
a beat pulls focus elsewhere. People stand: a move that keeps company with somebody holds still, and says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import cos, exp, log, radians, sin
from typing import NamedTuple

import numpy as np

from app.physics.motion import dolly_zoom_focal_mm
from app.previz.scene import Camera, Lamp, Scene, Vector
from app.previz.stage import stage
from app.previz.view import Direction, unit, view
from app.resolve import Resolved
from app.resolve.known import ordered
from app.schema.fields import Words
from app.schema.shot import Beat, LightChange, Move

USUAL_S = 4.0
"""How long a shot lasts of which only the moves were said."""

USUAL = {
    "dolly": 0.35,  # share of the way to the subject
    "truck": 0.5,  # share of the way to the subject
    "pedestal": 0.6,  # metres
    "pan": 20.0,  # degrees, as the next three
    "tilt": 12.0,
    "roll": 15.0,
    "arc": 40.0,
    "zoom": 1.6,  # times the focal length
}
"""How far a move goes of which only the direction was said. Its keys are the numbers of the terms of camera.move."""

OPPOSED = {"camera.move.dolly_zoom": ("dolly", 1.0)}
"""Moves in which the zoom undoes what the travel does to the subject's size."""

STILL = "camera.move.static"
METRES, DEGREES = frozenset({"dolly", "truck", "pedestal"}), frozenset({"pan", "tilt", "roll", "arc"})
NEAREST_M = 0.05
BACKGROUND, AMBIENT = "light.role.background", "light.role.ambient"


class Span(NamedTuple):
    """A beat and its seconds."""

    name: str
    beat: Beat
    start_s: float
    end_s: float


@dataclass
class Motion:
    """A shot that can be asked for any of its moments; `notes` say what holds still though a move was said."""

    resolved: Resolved
    scene: Scene
    spans: tuple[Span, ...]
    length_s: float
    notes: list[str] = field(default_factory=list)

    @property
    def lamps_change(self) -> bool:
        """Whether a lamp changes while the shot runs."""
        return any(span.beat.lights for span in self.spans)

    @property
    def camera_moves(self) -> bool:
        """Whether the camera, its lens or its focus changes while the shot runs."""
        return any(step for span in self.spans for step in _steps(self.resolved, span)) or any(
            span.beat.focus for span in self.spans
        )


class Step(NamedTuple):
    """One movement: its kind, how far (metres, degrees, or a factor), and whether the zoom opposes it."""

    kind: str
    amount: float
    opposed: bool = False


def motion(resolved: Resolved) -> Motion:
    """Return the motion of a shot. It has no length when nothing in the shot takes time."""
    beats = ordered(resolved.shot.beats)
    timed = any(_takes_time(beat) for _, beat in beats)
    length = resolved.number("duration_s") or max((beat.end_s or 0.0 for _, beat in beats), default=0.0)
    if not length and timed:
        length = max([USUAL_S, *(beat.start_s + USUAL_S for _, beat in beats if beat.start_s is not None)])
    spans = tuple(_spans(beats, length)) if length else ()
    found = Motion(resolved, stage(resolved).scene, spans, length)
    found.notes += [note for span in spans for note in _held(resolved, span)]
    return found


def scene_at(moving: Motion, time_s: float) -> Scene:
    """Return the scene at a moment, counted from the start of the shot; before and after it stands still."""
    scene = moving.scene
    pivot = np.asarray(scene.camera.target, float)
    seen = view(scene.camera, scene.aspect)
    sharp = seen.origin + seen.forward * scene.camera.focus_m
    focus_m, pulled = scene.camera.focus_m, False
    for span in moving.spans:
        share = _eased((time_s - span.start_s) / max(span.end_s - span.start_s, 1e-6))
        if share <= 0:
            continue
        for step in _steps(moving.resolved, span):
            scene = scene.model_copy(update={"camera": _moved(scene.camera, step, share, pivot)})
        if not pulled:
            focus_m = float(np.linalg.norm(sharp - np.asarray(scene.camera.at)))
        wanted = _focus_m(moving.resolved, scene, span)
        if wanted is not None:
            focus_m, pulled = focus_m + (wanted - focus_m) * share, True
        scene = _relit(moving.resolved, scene, span, share)
    nearest = min(NEAREST_M, moving.scene.camera.focus_m)
    return scene.model_copy(update={"camera": scene.camera.model_copy(update={"focus_m": max(nearest, focus_m)})})


def _takes_time(beat: Beat) -> bool:
    return bool(beat.moves or beat.focus or beat.lights or beat.start_s is not None or beat.end_s is not None)


def _spans(beats: list[tuple[str, Beat]], length_s: float) -> Iterator[Span]:
    """Yield each beat with its seconds: one that says no start follows the one before, and lasts to the next."""
    here = 0.0
    for number, (name, beat) in enumerate(beats):
        start = here if beat.start_s is None else beat.start_s
        later = [one.start_s for _, one in beats[number + 1 :] if one.start_s is not None]
        without = sum(1 for _, one in beats[number:] if one.end_s is None and one.start_s is None) or 1
        until = later[0] if later else length_s
        end = beat.end_s if beat.end_s is not None else start + (until - start) / (1 if later else without)
        here = max(start, end)
        yield Span(name, beat, start, here)


def _held(resolved: Resolved, span: Span) -> Iterator[str]:
    """Yield a note for each move that is not drawn."""
    for _, move in ordered(span.beat.moves):
        if move.path is None or move.path == STILL or _step(resolved, move, span):
            continue
        term = resolved.vocabulary.terms.get(move.path) if isinstance(move.path, str) else None
        said = term.label if term else move.path.words if isinstance(move.path, Words) else str(move.path)
        yield f"{said}: the live view holds still, because people do not walk in it and no direction was said."


def _steps(resolved: Resolved, span: Span) -> list[Step]:
    found = (_step(resolved, move, span) for _, move in ordered(span.beat.moves))
    return [step for step in found if step]


def _step(resolved: Resolved, move: Move, span: Span) -> Step | None:
    """Return a move as a kind and an amount with its sign; None for one that has no direction."""
    term = resolved.vocabulary.terms.get(move.path) if isinstance(move.path, str) else None
    if term is None:
        return Step("zoom", move.focal_to_mm) if move.focal_to_mm else None
    opposed = OPPOSED.get(term.id)
    kind, sign = opposed or next(((key, term.numbers[key]) for key in USUAL if key in term.numbers), ("", 0.0))
    if kind == "zoom" or (not kind and move.focal_to_mm):
        return Step("zoom", _zoomed(resolved, move, sign))
    return Step(kind, sign * _amount(resolved, kind, move, span), bool(opposed)) if kind else None


def _zoomed(resolved: Resolved, move: Move, sign: float) -> float:
    """Return the focal length that a zoom ends on, in mm."""
    from_mm = resolved.number("camera.focal_mm") or 50.0
    return move.focal_to_mm or from_mm * USUAL["zoom"] ** sign


def _amount(resolved: Resolved, kind: str, move: Move, span: Span) -> float:
    """Return how far a move goes: as said, else by its speed, else as usual. Without a sign."""
    said = move.amount_m if kind in METRES else move.amount_deg
    if said is not None:
        return said
    speed = resolved.vocabulary.terms.get(move.speed) if isinstance(move.speed, str) else None
    pace = speed.numbers.get("metres_per_s" if kind in METRES else "pan_deg_per_s") if speed else None
    far = resolved.number("camera.distance_m") or 2.0
    most = 0.8 * far if kind == "dolly" else float("inf")
    if pace and kind != "roll":
        return min(most, pace * (span.end_s - span.start_s))
    return USUAL[kind] * (far if kind in {"dolly", "truck"} else 1.0)


def _moved(camera: Camera, step: Step, share: float, pivot: Direction) -> Camera:
    """Return the camera after a share of one step."""
    if step.kind == "zoom":
        focal = exp(log(camera.focal_mm) + (log(step.amount) - log(camera.focal_mm)) * share)
        return camera.model_copy(update={"focal_mm": focal})
    if step.kind == "roll":
        return camera.model_copy(update={"roll_deg": camera.roll_deg + step.amount * share})
    at, target = np.asarray(camera.at, float), np.asarray(camera.target, float)
    ahead = unit(target - at)
    level = unit(ahead * (1, 0, 1)) if abs(ahead[1]) < 0.999 else np.array([0.0, 0.0, -1.0])
    right = np.cross(level, [0.0, 1.0, 0.0])
    amount = step.amount * share
    shift = {"dolly": ahead * amount, "truck": right * amount, "pedestal": np.array([0, amount, 0])}.get(step.kind)
    if shift is not None:
        moved = camera.model_copy(update={"at": _vector(at + shift), "target": _vector(target + shift)})
        return _held_size(camera, moved, pivot) if step.opposed else moved
    if step.kind == "arc":
        turned = _about_y(np.array([at - pivot, target - pivot]), amount) + pivot
        return camera.model_copy(update={"at": _vector(turned[0]), "target": _vector(turned[1])})
    away = target - at
    turned_to = _about_y(away, -amount) if step.kind == "pan" else _about(away, right, amount)
    return camera.model_copy(update={"target": _vector(at + turned_to)})


def _held_size(before: Camera, after: Camera, pivot: Direction) -> Camera:
    """Return the camera with the focal length that keeps the subject as large as it was."""
    was, now = (max(NEAREST_M, float(np.linalg.norm(pivot - np.asarray(one.at)))) for one in (before, after))
    return after.model_copy(update={"focal_mm": dolly_zoom_focal_mm(before.focal_mm, was, now)})


def _focus_m(resolved: Resolved, scene: Scene, span: Span) -> float | None:
    """Return the distance that a beat pulls focus to: as said, or to the person or thing that it names."""
    focus = span.beat.focus
    if focus is None:
        return None
    if focus.distance_m is not None:
        return focus.distance_m
    names = [name for name, _ in resolved.subjects]
    if focus.on not in names:
        return None
    who = scene.figures[names.index(str(focus.on))]
    head = np.asarray(who.at) + np.array([0, who.height_m * (0.93 if who.kind == "person" else 0.5), 0])
    seen = view(scene.camera, scene.aspect)
    return max(NEAREST_M, float((head - seen.origin) @ seen.forward))


def _relit(resolved: Resolved, scene: Scene, span: Span, share: float) -> Scene:
    """Return the scene with a share of what a beat does to the lamps."""
    room = scene.room
    for name, change in span.beat.lights.items():
        role = str(resolved.value(f"lights.{name}.role"))
        key = {BACKGROUND: "background_stops", AMBIENT: "ambient_stops"}.get(role)
        if key and change.stops is not None:
            now = getattr(room, key)
            room = room.model_copy(update={key: now + (change.stops - now) * share})
    lamps = tuple(
        _relit_lamp(resolved, lamp, span.beat.lights[lamp.name], share) if lamp.name in span.beat.lights else lamp
        for lamp in scene.lamps
    )
    return scene.model_copy(update={"lamps": lamps, "room": room})


def _relit_lamp(resolved: Resolved, lamp: Lamp, change: LightChange, share: float) -> Lamp:
    """Return a lamp on its way: its level in stops, its colour in equal steps for the eye, its place round its aim."""
    update: dict[str, object] = {}
    if change.stops is not None:
        update["stops"] = lamp.stops + (change.stops - lamp.stops) * share
    if change.cct_k is not None and lamp.tint is None:
        update["kelvin"] = 1 / (1 / lamp.kelvin + (1 / change.cct_k - 1 / lamp.kelvin) * share)
    target = np.asarray(lamp.target, float)
    away = np.asarray(lamp.at, float) - target
    at = f"lights.{lamp.name}"
    if change.azimuth_deg is not None:
        known = resolved.number(f"{at}.azimuth_deg") if resolved.value(f"{at}.frame") else None
        now = known if known is not None else resolved.number(f"{at}.camera_azimuth_deg") or 0.0
        away = _about_y(away, (change.azimuth_deg - now) * share)
    if change.elevation_deg is not None:
        far, flat = float(np.linalg.norm(away)), unit(away * (1, 0, 1))
        now = float(np.degrees(np.arcsin(away[1] / max(far, 1e-6))))
        rise = radians(now + (change.elevation_deg - now) * share)
        away = far * (flat * cos(rise) + np.array([0, sin(rise), 0]))
    return lamp.model_copy(update={**update, "at": _vector(target + away)})


def _eased(share: float) -> float:
    """Return a share of the way that starts and stops softly: 0 before the beat, 1 after it."""
    held = min(1.0, max(0.0, share))
    return held * held * (3 - 2 * held)


def _about_y(offset: Direction, angle_deg: float) -> Direction:
    """Turn about the upright axis; positive turns +z towards +x, as azimuths grow."""
    return _about(offset, np.array([0.0, 1.0, 0.0]), angle_deg)


def _about(offset: Direction, axis: Direction, angle_deg: float) -> Direction:
    """Turn by the right hand about an axis: Rodrigues' formula."""
    turn = radians(angle_deg)
    along = (offset @ axis)[..., None] * axis
    return np.asarray(offset * cos(turn) + np.cross(axis, offset) * sin(turn) + along * (1 - cos(turn)))


def _vector(values: Direction) -> Vector:
    x, y, z = (float(value) for value in values)
    return x, y, z
