"""The stand-in's body: MakeHuman's mesh baked to arrays, blended to an age, sex and build, and bent at its joints.

Baked once into the cache folder. A body is a weighted sum of corners (a woman, young, heavy); points are metres,
the face looks to +z, the feet stand on y = 0.
"""

from collections.abc import Mapping
from itertools import product
from math import asin, cos, radians, sin
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.previz import body_data
from app.previz.body_mesh import Smooth, Whole, smooth, used
from app.previz.field import Values
from app.previz.scene import Figure
from app.previz.view import Direction

Baked = Mapping[str, NDArray[Any]]
"""What is baked, by name: points, weights, numbers of points, names of bones."""

Corner = tuple[str, str, str]
"""Sex, age and build."""

SEXES = ("female", "male")
AGES = {"baby": 1.0, "child": 9.0, "young": 25.0, "old": 75.0}
"""The years that each of MakeHuman's ages stands for."""

BUILDS = {
    "average": "averagemuscle-averageweight",
    "slim": "averagemuscle-minweight",
    "heavy": "averagemuscle-maxweight",
    "muscular": "maxmuscle-averageweight",
}

SHARES = {
    "athletic": {"muscular": 0.5},
    "slim": {"slim": 0.55},
    "petite": {"slim": 0.35},
    "wiry": {"slim": 0.45, "muscular": 0.25},
    "gaunt": {"slim": 0.95},
    "stocky": {"heavy": 0.3, "muscular": 0.35},
    "heavy": {"heavy": 0.75},
    "curvy": {"heavy": 0.35},
    "muscular": {"muscular": 0.95},
    "broad_shouldered": {"muscular": 0.65},
    "pregnant": {"heavy": 0.2},
}
"""How much of each corner a build takes, by the name of its term; the rest is average."""

_FOLKS = ("african", "asian", "caucasian")
"""Taken in equal parts: nobody's descent is guessed."""

PARTS = {"body": "body", "cloth": "helper-tights", "skirt": "helper-skirt"}
_KEPT = 4  # weights a point of the skin

_LIPS = ("mouth/mouth-upperlip-volume-incr", "mouth/mouth-lowerlip-volume-incr")
"""The targets that move the red of the lips and nothing else."""


class Part(NamedTuple):
    """One mesh of the body: the points `of` it that the quads are over, and the step that refines them."""

    of: Whole
    quads: Whole
    step: Smooth


class Body(NamedTuple):
    """What is baked: `corners` are points by corner; `bones` name the rig, each after its parent."""

    corners: Baked
    bones: tuple[str, ...]
    parents: Whole
    heads: Whole
    tails: Whole
    carried_by: Whole
    weights: Values
    parts: dict[str, Part]
    lashes: Whole
    eyes: Whole
    marks: Whole
    lips: Values


class Rest(NamedTuple):
    """A body before it is bent: its points, and the two ends of each bone."""

    points: Values
    heads: Values
    tails: Values


def bake(source: body_data.Source) -> dict[str, NDArray[Any]]:
    """Everything of the data that a figure needs, as arrays by name."""
    base = body_data.base(source)
    rig = body_data.bones(source, base.quads)
    names = [bone.name for bone in rig]
    weights = np.zeros((len(base.points), len(rig)))
    for number, bone in enumerate(rig):
        weights[bone.points, number] = bone.weights
    first = np.argsort(-weights, axis=1)[:, :_KEPT]
    chosen = np.take_along_axis(weights, first, 1)
    baked: dict[str, NDArray[Any]] = {
        "bones": np.array(names),
        "parents": np.array([names.index(bone.parent) if bone.parent in names else -1 for bone in rig]),
        "heads": np.stack([bone.head for bone in rig]),
        "tails": np.stack([bone.tail for bone in rig]),
        "carried_by": first,
        "weights": (chosen / np.maximum(chosen.sum(1, keepdims=True), 1e-9)).astype(np.float32),
        "lashes": np.concatenate([base.quads[f"helper-{side}-eyelashes-{row}"] for side in "lr" for row in (1, 2)]),
        "eyes": np.stack([np.unique(base.quads[f"helper-{side}-eye"]) for side in "lr"]),
        "marks": np.stack([np.unique(base.quads[f"joint-{mark}"]) for mark in ("l-eye", "r-eye", "mouth", "head-2")]),
    }
    baked["lips"] = _reach(source, len(base.points), _LIPS)
    for part, group in PARTS.items():
        of, quads = used(base.quads[group], len(base.points))
        step = smooth(quads, len(of))
        fields = {"of": of, "coarse": quads, **{name: getattr(step, name) for name in Smooth._fields}}
        baked |= {f"{part}.{name}": value for name, value in fields.items()}
    for sex, age in product(SEXES, AGES):
        folks = {f"macrodetails/{folk}-{sex}-{age}": 1 / len(_FOLKS) for folk in _FOLKS}
        middle = _moved(source, base.points, folks)
        for build, named in BUILDS.items():
            points = _moved(source, middle, {f"macrodetails/universal-{sex}-{age}-{named}": 1.0})
            baked[f"{sex}-{age}-{build}"] = points.astype(np.float32)
    return baked


def _reach(source: body_data.Source, count: int, names: tuple[str, ...]) -> Values:
    """How far each point is moved by any of some targets, each against the farthest that it moves."""
    far = np.zeros(count, np.float32)
    for name in names:
        which, way = body_data.target(source, name)
        length = np.linalg.norm(way, axis=1)
        far[which] = np.maximum(far[which], length / length.max())
    return far


def _moved(source: body_data.Source, points: Values, targets: dict[str, float]) -> Values:
    points = points.copy()
    for name, share in targets.items():
        which, way = body_data.target(source, name)
        points[which] += way * share
    return points


def loaded(baked: Baked, detail: int = 1) -> Body:
    """What `bake` made, ready for use; with a detail of 0, meshes stay as coarse as the data gives them."""
    plain = {name: baked[name] for name in Body._fields if name not in {"corners", "bones", "parts"}}
    parts = {}
    for part in PARTS:
        of, coarse = baked[f"{part}.of"], baked[f"{part}.coarse"]
        fine = Smooth(*(baked[f"{part}.{name}"] for name in Smooth._fields)) if detail else _as_is(len(of), coarse)
        parts[part] = Part(of, coarse, fine)
    return Body(corners=baked, bones=tuple(map(str, baked["bones"])), parts=parts, **plain)


def _as_is(count: int, quads: Whole) -> Smooth:
    return Smooth(np.arange(count), np.arange(count), np.ones(count, np.float32), quads)


def rest(body: Body, figure: Figure) -> Rest:
    """The figure's own body, as tall as it says, before it is bent."""
    mixed = [body.corners["-".join(corner)] * share for corner, share in corners(figure).items()]
    points = np.sum(mixed, axis=0)
    skin = body.parts["body"].of
    low, high = points[skin, 1].min(), points[skin, 1].max()
    points = (points - np.array([0, low, 0])) * (figure.height_m / (high - low))
    return Rest(points, points[body.heads].mean(1), points[body.tails].mean(1))


def corners(figure: Figure) -> dict[Corner, float]:
    """The corners that a figure is mixed from; the shares add up to 1."""
    sexes = {"woman": {"female": 1.0}, "man": {"male": 1.0}}.get(figure.body, {"female": 0.5, "male": 0.5})
    built = SHARES.get(figure.build, {})
    builds = {"average": 1 - sum(built.values())} | built
    return {
        (sex, age, build): share * years * much
        for sex, share in sexes.items()
        for age, years in _ages(figure.age_y).items()
        for build, much in builds.items()
        if share * years * much > 0
    }


def _ages(years: float) -> dict[str, float]:
    names, at = list(AGES), list(AGES.values())
    place = float(np.interp(years, at, range(len(at))))
    before = min(int(place), len(at) - 2)
    return {names[before]: 1 - (place - before), names[before + 1]: place - before}


class Bend(NamedTuple):
    """How a figure holds itself: a turn of its own axes for some bones, a direction for others.

    `turns` are degrees (nod, turn, tilt) against the parent; `aims` are degrees (forward, out, twist) in the
    axes of the trunk: an upper arm at (0, 0, 0) hangs straight down, at (90, 0, 0) it points ahead, at (0, 90, 0)
    straight out to its own side. Bones that are `flat` keep level with the floor; `curl` closes each finger's joint.
    """

    turns: Mapping[str, tuple[float, float, float]]
    aims: Mapping[str, tuple[float, float, float]]
    flat: frozenset[str] = frozenset()
    curl: float = 0


def places(body: Body, at: Rest, bend: Bend) -> Values:
    """Each bone's placing, B x 3 x 4: what it carries goes from the resting body to the bent one."""
    placed = np.zeros((len(body.bones), 3, 4))
    palms = {side: _palm(body, at, side) for side in "lr"}
    for number, name in enumerate(body.bones):
        parent = body.parents[number]
        above = placed[parent] if parent >= 0 else np.eye(3, 4)
        along = at.tails[number] - at.heads[number]
        if name in bend.aims:
            trunk = placed[body.bones.index(_trunk(name)), :, :3]
            forward, out, twist = bend.aims[name]
            way = trunk @ _aim(forward, out, name.endswith("_l"))
            own = about(way, twist * (1 if name.endswith("_l") else -1)) @ arc(above[:, :3] @ along, way) @ above[:, :3]
        elif name in bend.flat:
            own = np.eye(3)
        elif name.startswith(_FINGERS):
            own = above[:, :3] @ about(np.cross(along, palms[name[-1]]), -bend.curl)
        else:
            own = above[:, :3] @ turned(*bend.turns.get(name, (0, 0, 0)))
        stays = above[:, :3] @ at.heads[number] + above[:, 3]
        placed[number] = np.column_stack([own, stays - own @ at.heads[number]])
    return placed


_FINGERS = ("index", "middle", "ring", "pinky")


def _palm(body: Body, at: Rest, side: str) -> Direction:
    """The way the back of a resting hand faces."""
    wrist, first, last = (at.heads[body.bones.index(f"{bone}_{side}")] for bone in ("hand", "index_01", "pinky_01"))
    normal = np.cross(first - wrist, last - wrist)
    return np.asarray(normal if side == "l" else -normal)


def _trunk(name: str) -> str:
    """Whose axes a limb's direction is said in: the chest's for arms, the hips' for legs."""
    return "spine_03" if name.startswith(("upperarm", "lowerarm", "hand")) else "pelvis"


def _aim(forward: float, out: float, left: bool) -> Direction:  # noqa: FBT001 - one of two sides, private
    ahead, side = radians(forward), radians(out) * (1 if left else -1)
    return np.array([sin(side), -cos(side) * cos(ahead), cos(side) * sin(ahead)])


def turned(nod: float, turn: float, tilt: float) -> Values:
    """A rotation: tilted to its right shoulder, then nodded forward, then turned to its left."""
    x, y, z = np.eye(3)
    return about(y, turn) @ about(x, nod) @ about(z, tilt)


def about(axis: Direction, degrees: float) -> Values:
    """The rotation by an angle about a direction."""
    x, y, z = axis / max(float(np.linalg.norm(axis)), 1e-9)
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    angle = radians(degrees)
    return np.asarray(np.eye(3) + sin(angle) * cross + (1 - cos(angle)) * cross @ cross)


def arc(one: Direction, other: Direction) -> Values:
    """The shortest rotation from a direction to another."""
    first, second = one / np.linalg.norm(one), other / np.linalg.norm(other)
    axis = np.cross(first, second)
    length = float(np.linalg.norm(axis))
    if length < 1e-6:
        across = np.cross(first, np.eye(3)[np.abs(first).argmin()])
        return np.eye(3) if first @ second > 0 else about(across, 180)
    angle = np.degrees(asin(min(1.0, length)))
    return about(axis, angle if first @ second > 0 else 180 - angle)


def carried(body: Body, at: Rest, placed: Values) -> Values:
    """The points of the bent body: linear blend skinning."""
    own = placed[body.carried_by]
    moved = np.einsum("pkij,pj->pki", own[..., :3], at.points) + own[..., 3]
    return np.asarray(np.einsum("pki,pk->pi", moved, body.weights))
