"""Coverage: the set-ups in which a scene is shot besides its master, with its light left standing in the set.

Two people are covered from one side of the line between them, so that every set-up cuts with every other
(Mascelli, The Five C's of Cinematography, "Continuity": the action axis and the triangle system). Azimuths are
the set's: 0 towards +z, growing towards +x.
"""

from copy import deepcopy
from math import atan2, cos, degrees, hypot, radians, sin
from typing import Any, NamedTuple

from app.patch import Json
from app.physics.light import wrapped
from app.resolve.known import Resolved

APART_M = 1.2
"""How far apart two people stand of whom nobody said where they stand."""

OVER_DEG, SINGLE_DEG = 25.0, 40.0
"""How far from the line between two people the camera stands, over a shoulder and on one of them."""


class Setup(NamedTuple):
    """A set-up: what it is called, the patch on the master that makes it, and what that had to settle."""

    id: str
    label: str
    patch: Json
    notes: tuple[str, ...] = ()


class _Pair(NamedTuple):
    """Two people: where they stand in the set as x and z, where they face, and the camera's side of their line."""

    first: str
    second: str
    places: dict[str, tuple[float, float]]
    facing: dict[str, float]
    side: tuple[float, float]


def coverage(resolved: Resolved) -> list[Setup]:
    """Return the set-ups that cover a shot of one or of two people; none for a shot of nobody or of a crowd."""
    people = [name for name, _ in resolved.subjects]
    if len(people) == 2:
        return _of_two(resolved, _pair(resolved, people[0], people[1]))
    return _of_one(resolved, people[0]) if len(people) == 1 else []


def _of_one(resolved: Resolved, name: str) -> list[Setup]:
    facing = _facing(resolved, name)
    now = _camera_deg(resolved)
    stands = {"subjects": {name: {"facing_deg": _whole(facing), "screen_x": None, "screen_y": None}}}
    profile = 90.0 if wrapped(now - facing) >= 0 else -90.0
    notes = _unturned(resolved, (name,), "towards this camera")
    return [
        Setup(kind, label, _merged(_camera(size, wrapped(turn)), stands, _light(resolved, {name})), notes)
        for kind, label, size, turn in (
            ("wide", "Wide", "ws", now - facing),
            ("medium", "Medium", "ms", now - facing),
            ("close", "Close-up", "cu", now - facing),
            ("profile", "Profile", "mcu", profile),
            ("reverse", "Reverse, from behind", "ms", now - facing + 180),
        )
    ]


def _of_two(resolved: Resolved, pair: _Pair) -> list[Setup]:
    """The master, the two-shot, over either shoulder, and a single of each."""
    both = {pair.first, pair.second}
    notes: tuple[str, ...] = (
        () if _marks_said(resolved, pair) else (f"Nobody said where they stand: {APART_M} m apart.",)
    )
    notes += _unturned(resolved, (pair.first, pair.second), "towards the other")
    stand = {"subjects": {name: _stands(pair, name) for name in both}}
    kept = _merged(stand, _light(resolved, both))
    turn = wrapped(_towards(pair.side) - pair.facing[pair.first])
    setups = [
        Setup("master", "Master", _merged(_camera("ws", turn), _count("two"), kept), notes),
        Setup("two_shot", "Two-shot", _merged(_camera("ms", turn), _count("two"), kept), notes),
    ]
    for name, other in ((pair.first, pair.second), (pair.second, pair.first)):
        over = _merged(_camera("mcu", _turn(pair, name, OVER_DEG)), kept, _first(name, other))
        over = _merged(over, {"framing": {"perspective": "framing.perspective.over_the_shoulder"}})
        called, over_whom = _called(resolved, name), _called(resolved, other)
        setups.append(Setup(f"over_{other}", f"Over {over_whom}'s shoulder, on {called}", over, notes))
    for name, other in ((pair.first, pair.second), (pair.second, pair.first)):
        single = _merged(
            _camera("cu", _turn(pair, name, SINGLE_DEG)), stand, _light(resolved, {name}), _count("single")
        )
        alone = _merged(single, _without(resolved, pair, name, other))
        setups.append(Setup(f"single_{name}", f"Single of {_called(resolved, name)}", alone, notes))
    return setups


def _pair(resolved: Resolved, first: str, second: str) -> _Pair:
    """Place two people: at their marks, else side by side across the frame, the one on camera left first."""
    camera = radians(_camera_deg(resolved))
    right = (cos(camera), -sin(camera))
    left_first = (resolved.number(f"subjects.{first}.screen_x") or 0) <= (
        resolved.number(f"subjects.{second}.screen_x") or 1
    )
    half = APART_M / 2 * (1 if left_first else -1)
    usual = {first: (-half * right[0], -half * right[1]), second: (half * right[0], half * right[1])}
    places = {name: _mark(resolved, name) or usual[name] for name in (first, second)}
    along = _axis(places[first], places[second])
    across = (-along[1], along[0])
    lens = (sin(camera), cos(camera))
    towards = 1 if across[0] * lens[0] + across[1] * lens[1] >= 0 else -1
    facing = {first: _towards(along), second: _towards((-along[0], -along[1]))}
    said = {name: resolved.number(f"subjects.{name}.facing_deg") for name in places}
    facing |= {name: angle for name, angle in said.items() if angle is not None}
    return _Pair(first, second, places, facing, (across[0] * towards, across[1] * towards))


def _unturned(resolved: Resolved, names: tuple[str, ...], where: str) -> tuple[str, ...]:
    """Return a note for everybody of whom nobody said where they face."""
    open_ = [name for name in names if resolved.number(f"subjects.{name}.facing_deg") is None]
    return tuple(f"Nobody said where {_called(resolved, name)} faces: {where}." for name in open_)


def _marks_said(resolved: Resolved, pair: _Pair) -> bool:
    return all(_mark(resolved, name) is not None for name in (pair.first, pair.second))


def _mark(resolved: Resolved, name: str) -> tuple[float, float] | None:
    x, z = (resolved.number(f"subjects.{name}.mark.{axis}_m") for axis in "xz")
    return None if x is None and z is None else (x or 0.0, z or 0.0)


def _axis(start: tuple[float, float], end: tuple[float, float]) -> tuple[float, float]:
    x, z = end[0] - start[0], end[1] - start[1]
    length = hypot(x, z)
    return (x / length, z / length) if length > 0.01 else (1.0, 0.0)


def _turn(pair: _Pair, name: str, off_deg: float) -> float:
    """How far round a person's face the camera stands, so far off the line to the other that it looks along."""
    other = pair.second if name == pair.first else pair.first
    x, z = _axis(pair.places[name], pair.places[other])
    ahead, aside = cos(radians(off_deg)), sin(radians(off_deg))
    lens = (x * ahead + pair.side[0] * aside, z * ahead + pair.side[1] * aside)
    return wrapped(_towards(lens) - pair.facing[name])


def _stands(pair: _Pair, name: str) -> Json:
    x, z = pair.places[name]
    mark = {"x_m": round(x, 2), "z_m": round(z, 2)}
    return {"mark": mark, "facing_deg": _whole(pair.facing[name]), "screen_x": None, "screen_y": None}


def _camera(size: str, turn: float) -> Json:
    """The camera at a size, so far round the face of the first subject; where it stood before is taken back."""
    gone = dict.fromkeys(("mark", "aimed_at", "view", "distance_m"))
    return {
        "camera": {**gone, "size": f"camera.size.{size}", "view_azimuth_deg": _whole(turn)},
        "framing": dict.fromkeys(("placement", "perspective", "count")),
    }


def _count(term: str) -> Json:
    return {"framing": {"count": f"framing.count.{term}"}}


def _first(name: str, other: str) -> Json:
    """The person on whom the camera is comes first, and is sharp."""
    return {"subjects": {name: {"slot": 0}, other: {"slot": 1}}, "camera": {"focus": {"on": name}}}


def _without(resolved: Resolved, pair: _Pair, name: str, other: str) -> Json:
    """One of the two alone; who looked at the other looks past the camera. What that one does and says is not in it."""
    side = "left" if _turn(pair, name, SINGLE_DEG) > 0 else "right"
    looks = {"words": f"{_called(resolved, other)}, just off camera {side}"}
    eyeline = {"eyeline": looks} if resolved.value(f"subjects.{name}.eyeline") == other else {}
    beats = {
        key: {part: {other: None} for part in ("action", "says", "delivery") if other in getattr(beat, part)}
        for key, beat in resolved.shot.beats.items()
    }
    focus = resolved.value("camera.focus.on")
    return {
        "subjects": {other: None, name: {"slot": 0, **eyeline}},
        "beats": {key: parts for key, parts in beats.items() if parts},
        **({"camera": {"focus": {"on": name}}} if focus == other else {}),
    }


def _light(resolved: Resolved, present: set[str]) -> Json:
    """Every lamp left where it stands: what was read from the camera or a face is read from the set."""
    return {"lights": {name: _lamp(resolved, name, present) for name, _ in resolved.lights}}


def _lamp(resolved: Resolved, name: str, present: set[str]) -> Json:
    at = f"lights.{name}"
    owner = resolved.value(f"{at}.aimed_at")
    aim: Json = {"aimed_at": None} if owner is not None and owner not in present else {}
    if owner is None and resolved.hero in present and len(resolved.subjects) > 1:
        aim = {"aimed_at": resolved.hero}
    return {**standing(resolved, name), **aim}


def standing(resolved: Resolved, name: str) -> Json:
    """Return the patch on a lamp that lets it stand in the set where it shines from now; empty where it has a mark."""
    at = f"lights.{name}"
    azimuth = resolved.number(f"{at}.camera_azimuth_deg")
    if azimuth is None or f"{at}.mark.x_m" in resolved.said:
        return {}
    gone = dict.fromkeys(("side", "direction", "pattern", "face_of"))
    rise = resolved.number(f"{at}.elevation_deg")
    kept = {} if rise is None else {"elevation_deg": rise}
    return {**gone, **kept, "frame": "set", "azimuth_deg": _whole(wrapped(azimuth + _camera_deg(resolved)))}


def _called(resolved: Resolved, name: str) -> str:
    return str(resolved.value(f"subjects.{name}.name") or name.replace("_", " "))


def _camera_deg(resolved: Resolved) -> float:
    return resolved.number("camera.set_azimuth_deg") or 0.0


def _facing(resolved: Resolved, name: str) -> float:
    said = resolved.number(f"subjects.{name}.facing_deg")
    return _camera_deg(resolved) if said is None else said


def _towards(direction: tuple[float, float]) -> float:
    return degrees(atan2(direction[0], direction[1]))


def _whole(angle: float) -> int:
    return round(angle)


def _merged(*patches: Json) -> Json:
    """Patches on top of each other, as one: a null stays a null."""
    whole: Json = {}
    for patch in patches:
        _lay(whole, patch)
    return whole


def _lay(under: Json, patch: Json) -> None:
    for key, value in patch.items():
        held: Any = under.get(key)
        if isinstance(value, dict) and isinstance(held, dict):
            _lay(held, value)
        else:
            under[key] = deepcopy(value)
