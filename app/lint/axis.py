"""What several checks of a cut look at on the floor: who stands on the left, who looks where, who faces whom.

A sign is +1 to the right of the frame, -1 to the left, 0 for neither: towards the lens, away from it, in line with it.
Set axes are those of `app.schema.shot`.
"""

import re
from math import atan2, cos, degrees, hypot, radians, sin
from typing import NamedTuple

from app.lint.alike import WORD, meant
from app.lint.cut import Cut, called
from app.lint.looking import motions
from app.physics.light import wrapped
from app.resolve import Resolved
from app.resolve.camera import is_thing

Point = tuple[float, float]

IN_LINE = 0.09
"""The sine of 5 degrees: within that the camera stands on the line, or is looked into."""

SAME_SPOT = 0.05
"""Two people nearer than this across the frame stand on neither side of each other."""

LENS = re.compile(r"\b(?:camera|lens|audience|viewer|us)\b", re.IGNORECASE)
SIDES = re.compile(r"\b(left|right)\b", re.IGNORECASE)
MERE = frozenset(
    WORD.findall(
        "left right camera frame screen off just past slightly lens beside towards looks looking eyes eye line eyeline "
        "him her them other man woman person partner each"
    )
)
"""Words of an eyeline that name nobody but whoever stands there."""

OVER = "framing.perspective.over_the_shoulder"
TRAVELS = ("arc", "truck", "dolly")


class Person(NamedTuple):
    """Somebody of two neighbouring shots, by the id in each; empty where only the other shot has them."""

    before: str
    after: str


class Ends(NamedTuple):
    """The two ends of an axis of action."""

    one: Person
    other: Person


def pair(cut: Cut) -> Ends | None:
    """Return the two people between whom the line runs: both of the only two, or the only two that both shots have."""
    both = [Person(was, now) for was, now in cut.people]
    gone = {one.before for one in both}
    come = {one.after for one in both}
    alone = [Person(name, "") for name, _ in cut.before.subjects if name not in gone and not is_thing(cut.before, name)]
    alone += [Person("", name) for name, _ in cut.after.subjects if name not in come and not is_thing(cut.after, name)]
    found = both if len(both) == 2 else [*both, *alone]
    return Ends(*found) if len(found) == 2 else None


def moved(resolved: Resolved) -> bool:
    """Tell whether the camera travels in a shot, so that it ends elsewhere than it stood."""
    return any(motion.term.numbers.get(axis) for motion in motions(resolved) for axis in TRAVELS)


def orders(cut: Cut, ends: Ends) -> tuple[int, int]:
    """Return where the second of two stands for the camera, seen from the first, before and after the cut.

    Where somebody has no mark in one shot the mark of the other one holds. It is also the camera's side of the line
    between them.
    """
    return (
        _order(cut.before, (ends.one.before, ends.other.before), stand(cut, ends, after=False)),
        _order(cut.after, (ends.one.after, ends.other.after), stand(cut, ends, after=True)),
    )


def stand(cut: Cut, ends: Ends, *, after: bool) -> tuple[Point, Point] | None:
    """Return where two people stand in the set, as x and z, by their own shot or else by the other one."""
    found = []
    for one in ends:
        shots = [(cut.before, one.before), (cut.after, one.after)]
        marks = (_mark(resolved, name) for resolved, name in (reversed(shots) if after else shots) if name)
        found.append(next((mark for mark in marks if mark), None))
    return (found[0], found[1]) if found[0] and found[1] else None


def camera_deg(resolved: Resolved) -> float | None:
    """Return the camera's azimuth in the set round the first subject; None unless the set is what it is said in."""
    if {"camera.mark.x_m", "camera.mark.z_m"} <= resolved.said:
        return resolved.number("camera.set_azimuth_deg")
    if resolved.number(f"subjects.{resolved.hero}.facing_deg") is None:
        return None
    return resolved.number("camera.set_azimuth_deg") if _round_face(resolved) is not None else None


def turned(before: Resolved, after: Resolved) -> float | None:
    """Return how far the camera goes round the first subject from one shot to the next, in degrees; None if unsaid."""
    was, now = camera_deg(before), camera_deg(after)
    if was is None or now is None:
        was, now = _round_face(before), _round_face(after)
    return None if was is None or now is None else abs(wrapped(now - was))


def lamp_deg(resolved: Resolved, name: str) -> float | None:
    """Return a lamp's azimuth in the set, in degrees; None unless that or the camera's place there is said."""
    at = f"lights.{name}"
    azimuth, frame = resolved.number(f"{at}.azimuth_deg"), resolved.value(f"{at}.frame")
    if azimuth is None or frame == "set":
        return azimuth
    if frame == "face":
        whose = resolved.value(f"{at}.face_of") or resolved.value(f"{at}.aimed_at") or resolved.hero
        round_what = resolved.number(f"subjects.{whose}.facing_deg")
    else:
        round_what = camera_deg(resolved)
    return None if round_what is None else wrapped(azimuth + round_what)


def look(resolved: Resolved, who: str) -> int:
    """Return to which side of the frame somebody looks: as the eyeline says, as they stand, or as they face."""
    at = f"subjects.{who}"
    eyeline = resolved.value(f"{at}.eyeline")
    if type(eyeline) is dict and (sides := {one.lower() for one in SIDES.findall(eyeline["words"])}):
        return 0 if len(sides) > 1 else 1 if sides == {"right"} else -1
    if type(eyeline) is dict and LENS.search(eyeline["words"]):
        return 0
    if type(eyeline) is str and eyeline in resolved.shot.subjects and eyeline != who:
        spot, aim = _mark(resolved, who), _mark(resolved, eyeline)
        if found := _order(resolved, (who, eyeline), (spot, aim) if spot and aim else None):
            return found
    return _sign(sin(radians(_facing(resolved, who))), IN_LINE)


def face_to_face(cut: Cut) -> Ends | None:
    """Return the two people of a shot and its reverse, each of them first in one of the two shots; else None.

    One of them at least is said to look at the other, or the shots are over their shoulders; and neither looks
    elsewhere.
    """
    first, second = cut.before.hero, cut.after.hero
    if not first or not second or (first, second) in cut.cast:
        return None
    if is_thing(cut.before, first) or is_thing(cut.after, second):
        return None
    ends = Ends(Person(first, dict(cut.cast).get(first, "")), Person(_id_before(cut, second), second))
    names = called(cut.before, first), called(cut.after, second)
    looks = (
        _looks_at(cut.before, first, {ends.other.before, second}, names[1]),
        _looks_at(cut.after, second, {ends.one.after, first}, names[0]),
    )
    over = OVER in {cut.before.pick("framing.perspective"), cut.after.pick("framing.perspective")}
    return ends if False not in looks and (True in looks or over) else None


def _order(resolved: Resolved, ids: tuple[str, str], places: tuple[Point, Point] | None) -> int:
    """Return on which side of the first of two the second one stands, for the camera."""
    seen_from = _right(resolved, places) if places and resolved.hero in ids else None
    if places and seen_from:
        (x, z), (other_x, other_z) = places
        far = hypot(other_x - x, other_z - z)
        across = (other_x - x) * seen_from[0] + (other_z - z) * seen_from[1]
        return _sign(across / far, IN_LINE) if far else 0
    across_frame = [resolved.number(f"subjects.{name}.screen_x") if name else None for name in ids]
    if across_frame[0] is None or across_frame[1] is None:
        return 0
    return _sign(across_frame[1] - across_frame[0], SAME_SPOT)


def _right(resolved: Resolved, places: tuple[Point, Point]) -> Point | None:
    """Return camera right on the floor, for a camera that is looking at one of two places; None if nobody said."""
    mark = [resolved.number(f"camera.mark.{axis}_m") for axis in "xz"]
    if mark[0] is not None and mark[1] is not None:
        x, z = places[0]
        azimuth: float | None = degrees(atan2(mark[0] - x, mark[1] - z))
    else:
        azimuth = camera_deg(resolved)
    return None if azimuth is None else (cos(radians(azimuth)), -sin(radians(azimuth)))


def _mark(resolved: Resolved, name: str) -> Point | None:
    x, z = (resolved.number(f"subjects.{name}.mark.{axis}_m") for axis in "xz")
    return None if x is None or z is None else (x, z)


def _round_face(resolved: Resolved) -> float | None:
    """Return how far round the face the camera is said to stand: in degrees, or frontally."""
    said = resolved.number("camera.view_azimuth_deg")
    return 0.0 if said is None and resolved.pick("camera.view") == "camera.view.frontal" else said


def _facing(resolved: Resolved, who: str) -> float:
    """Return where somebody faces, for the camera: 0 into the lens, 90 to the right of the frame; 0 if unsaid."""
    facing = resolved.number(f"subjects.{who}.facing_deg")
    camera = resolved.number("camera.set_azimuth_deg")
    if facing is None and (who != resolved.hero or resolved.number("camera.view_azimuth_deg") is None):
        return 0.0
    return (facing or 0.0) - (camera or 0.0)


def _id_before(cut: Cut, now: str) -> str:
    return next((was for was, then in cut.cast if then == now), "")


def _looks_at(resolved: Resolved, who: str, ids: set[str], name: str) -> bool | None:
    """Tell whether somebody looks at another; None while nobody says where they look."""
    eyeline = resolved.value(f"subjects.{who}.eyeline")
    if eyeline is None:
        return None
    if type(eyeline) is str:
        return eyeline in ids
    words = meant(eyeline["words"])
    return words <= MERE or not words.isdisjoint(meant(name))


def _sign(value: float, slack: float) -> int:
    return 0 if abs(value) < slack else 1 if value > 0 else -1
