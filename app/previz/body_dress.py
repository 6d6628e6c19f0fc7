"""Clothes as shells over the body: cut where a garment ends, eased off the skin, creased where joints bend.

Where a garment reaches is said on the resting body, so that it stays the same garment in every pose.
"""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np

from app.previz.body import Body, Rest
from app.previz.body_face import joined, rise
from app.previz.body_mesh import Whole, cut, normals, rim, triangles
from app.previz.field import Mesh, Values
from app.previz.scene import Colour, Figure

SHOES: Colour = (0.022, 0.018, 0.015)
_ALL = 9.0  # a reach that no limb has


class Upper(NamedTuple):
    """A garment above the waist: how far it stands off the trunk and the arms, and where it ends."""

    off: float
    arm_off: float
    sleeve: float  # 0 at the shoulder, 1 at the elbow, 2 at the wrist
    hem: float  # over the hip joint; a share of the height
    skirt: float = 0  # as `sleeve`, down the leg; 0 for none
    opening: float = 0  # how deep a V opens it, as a share of the height
    collar: float = 0  # how high a collar stands; a share of the height
    over: bool = False  # worn over a shirt
    neck: float = 0  # how far the neckline is lowered; a share of the height
    wide: float = 0.046  # half the width of the neckline


UPPERS = {
    "coat": Upper(0.020, 0.014, 1.97, 0.05, skirt=0.62, opening=0.16, collar=0.022, over=True),
    "jacket": Upper(0.015, 0.011, 1.94, -0.035, opening=0.19, collar=0.016, over=True),
    "shirt": Upper(0.006, 0.008, 1.92, 0.045, collar=0.012),
    "sweater": Upper(0.014, 0.011, 1.90, 0.0),
    "tee": Upper(0.011, 0.010, 0.55, -0.01, neck=0.010, wide=0.05),
    "vest": Upper(0.006, 0.006, 0.02, -0.01, neck=0.035, wide=0.055),
    "dress": Upper(0.008, 0.007, 0.5, 0.05, skirt=1.05, neck=0.02, wide=0.055),
}
"""By the name that a figure's `upper` has."""

LEGS = {"trousers": 1.90, "shorts": 0.8}
"""How far down the leg each reaches."""

_UNDER = UPPERS["shirt"]._replace(off=0.005, arm_off=0.003)
_SKIRT = Upper(0.006, 0, 0, 0, skirt=1.0)
_TROUSERS_OFF = 0.009
_LEAN = 0.45  # of its height, how far a collar leans to the neck before it folds over


class Where(NamedTuple):
    """What is known of points of the resting body: `arm` and `leg` run along a limb; all lengths in body heights."""

    points: Values
    arm: Values
    on_arm: Values
    leg: Values
    neck: Values
    hip: float
    waist: float


class Cloth(NamedTuple):
    """A shell of the posed figure: its skin's points and normals, and where each is on the resting body."""

    points: Values
    normals: Values
    faces: Whole
    where: Where


def where(body: Body, at: Rest, part: str, tall: float) -> Where:
    """Of the smooth points of one part of the mesh."""
    of, _, step = body.parts[part]
    points = step(at.points[of]) / tall
    arm_bones = [number for number, name in enumerate(body.bones) if name.startswith(_ARM)]
    weight = (body.weights * np.isin(body.carried_by, arm_bones)).sum(1)
    left = points[:, 0] > 0

    def along(chain: tuple[str, ...]) -> Values:
        sides = [_along(points, _joints(body, at, chain, side) / tall) for side in "lr"]
        return np.where(left, *sides)

    def height(bone: str) -> Values:
        return np.asarray(at.heads[body.bones.index(bone)] / tall)

    return Where(
        points,
        along(("upperarm", "lowerarm", "hand")),
        step(weight[of][:, None])[:, 0],
        along(("thigh", "calf", "foot")),
        height("neck_01"),
        float(height("thigh_l")[1]),
        float(height("spine_01")[1]),
    )


_ARM = ("upperarm", "lowerarm", "hand", "index", "middle", "ring", "pinky", "thumb")


def _joints(body: Body, at: Rest, chain: tuple[str, ...], side: str) -> Values:
    return np.stack([at.heads[body.bones.index(f"{bone}_{side}")] for bone in chain])


def _along(points: Values, joints: Values) -> Values:
    """How far along a limb of two bones a point lies: 0, 1 and 2 at its joints, and on beyond them."""
    shares, gaps = [], []
    for start, end in ((0, 1), (1, 2)):
        way = joints[end] - joints[start]
        share = (points - joints[start]) @ way / (way @ way)
        gaps.append(np.linalg.norm(points - joints[start] - np.clip(share, 0, 1)[:, None] * way, axis=1))
        shares.append(share)
    upper, lower = shares
    return np.asarray(np.where(gaps[0] <= gaps[1], np.minimum(upper, 1), np.maximum(1 + lower, 1)))


def cloth(body: Body, at: Rest, points: Values, part: str, tall: float) -> Cloth:
    """A part of the posed mesh as a shell, its hollows bridged as cloth bridges them."""
    of, quads, step = body.parts[part]
    fine = step(_eased(points[of], quads))
    faces = triangles(step.quads)
    return Cloth(fine, normals(fine, faces), faces, where(body, at, part, tall))


def _eased(points: Values, quads: Whole) -> Values:
    """Smoothed over the neighbours, so that it hangs and does not cling."""
    faces = np.bincount(quads.ravel(), minlength=len(points))[:, None]
    mean = np.repeat(points[quads].mean(1), 4, axis=0)
    soft = [np.bincount(quads.ravel(), mean[:, axis], minlength=len(points)) for axis in range(3)]
    return np.asarray(points * 0.25 + np.stack(soft, -1) / faces * 0.75)


class Worn(NamedTuple):
    """What a figure wears: its garments with their colours, and what hides the skin beneath them."""

    garments: list[tuple[Mesh, Colour]]
    reaches: list[Callable[[Where], Values]]

    def depth(self, where: Where) -> Values:
        """How deep under cloth points of the skin lie, in body heights; below 0 where they are bare."""
        bare = np.full(len(where.leg), -1.0)
        return np.asarray(np.max([bare, *(reach(where) for reach in self.reaches)], axis=0))


def dressed(figure: Figure, body: Body, at: Rest, points: Values, up: Values) -> Worn:
    """The figure's garments on its bent body, whose points these are; `up` leads from its chest to its head."""
    tall = figure.height_m
    over = cloth(body, at, points, "cloth", tall)
    worn = Worn([], [])
    upper = UPPERS.get(figure.upper)
    lower_colour = figure.lower_clothes or figure.clothes
    lower = "bare" if figure.upper == "dress" else figure.lower
    if lower in LEGS:
        reach = partial(_trousers, reach=LEGS[lower])
        worn.garments.append((_shell(over, reach, _legs_off, tall), lower_colour))
        worn.reaches.append(reach)
    if upper and upper.over:
        worn.garments.append((_garment(over, _UNDER, tall, up), figure.shirt))
        worn.reaches.append(partial(_upper, worn=_UNDER))
    if upper:
        worn.garments.append((_garment(over, upper, tall, up), figure.clothes))
        worn.reaches.append(partial(_upper, worn=upper._replace(opening=0)))
    hanging = [(upper, figure.clothes)] if upper and upper.skirt else []
    hanging += [(_SKIRT, lower_colour)] if lower == "skirt" else []
    for garment, colour in hanging:
        hung = cloth(body, at, points, "skirt", tall)
        worn.garments.append((_skirt(hung, garment, tall), colour))
    if figure.upper != "bare":
        worn.garments.append((_shell(over, _shoes, _shoes_off, tall, creased=0), SHOES))
        worn.reaches.append(_shoes)
    return worn


def _upper(w: Where, worn: Upper) -> Values:
    """How far inside a garment a point lies, in body heights; below 0 outside."""
    x, y, z = w.points.T
    back = w.neck + np.array([0, 0.012 - worn.neck, -0.03])
    neckline = np.maximum(back[1] - 0.50 * (z - back[2]) - y, np.abs(x) - worn.wide)
    cuff = np.where(w.on_arm > 0.4, (worn.sleeve - w.arm) * 0.14, _ALL)
    hem = np.where(w.on_arm > 0.4, _ALL, y - (w.hip + worn.hem))
    inside = np.minimum(np.minimum(neckline, cuff), hem)
    if worn.opening:
        lowest = w.neck[1] - worn.opening
        slope = 0.045 / worn.opening * 1.15
        gap = np.abs(x) - np.maximum((y - lowest) * slope, 0)
        inside = np.minimum(inside, np.where((z > w.neck[2] - 0.02) & (y > lowest), gap, _ALL))
    return np.asarray(inside)


def _trousers(w: Where, reach: float) -> Values:
    y = w.points[:, 1]
    waist = np.where(w.on_arm > 0.4, -_ALL, w.waist + 0.008 - y)
    return np.asarray(np.minimum(waist, (reach - w.leg) * 0.24))


def _legs_off(w: Where) -> Values:
    """Looser towards the foot, and wide enough over the calf to hang straight."""
    return np.asarray(_TROUSERS_OFF + 0.012 * rise(1.2, 1.9, w.leg) + 0.004 * rise(0.3, 0.9, w.leg))


def _shoes(w: Where) -> Values:
    return np.asarray(np.where(w.on_arm > 0.4, -_ALL, (w.leg - 1.86) * 0.24))


def _shoes_off(w: Where) -> Values:
    return np.full(len(w.leg), 0.005)


def _garment(over: Cloth, worn: Upper, tall: float, up: Values) -> Mesh:
    arm = worn.arm_off

    def off(w: Where) -> Values:
        shoulder = rise(0.25, 0.75, w.on_arm)
        return np.asarray(worn.off * (1 - shoulder) + arm * shoulder + 0.004 * rise(1.6, 1.95, w.arm) * shoulder)

    parts = [_shell(over, lambda w: _upper(w, worn), off, tall)]
    if worn.collar:
        parts.append(_collar(over, worn, off, tall, up))
    return joined(parts)


def _shell(
    over: Cloth, reach: Callable[[Where], Values], off: Callable[[Where], Values], tall: float, *, creased: float = 1
) -> Mesh:
    """A garment's cloth, with a hem that turns in."""
    stands, faces = _cut(over, reach, off, tall, creased)
    points = stands[:, :3]
    facing = normals(points, faces)
    edge = rim(faces)
    inner = points[edge] - stands[edge][..., 6:] * 0.004 * tall
    strip = _strip(points[edge], inner)
    whole = _mesh(points, faces, facing)
    return joined([whole, strip])


def _cut(
    over: Cloth, reach: Callable[[Where], Values], off: Callable[[Where], Values], tall: float, creased: float
) -> tuple[Values, Whole]:
    stands = off(over.where) + creased * _creases(over.where)
    points = over.points + over.normals * (stands * tall)[:, None]
    return cut(np.column_stack([points, over.where.points, over.normals]), over.faces, reach(over.where))


def _strip(one: Values, other: Values) -> Mesh:
    """Quads between pairs of edges, E x 2 x 3 each."""
    count = len(one)
    points = np.concatenate([one, other], axis=1).reshape(-1, 3)
    start = np.arange(count)[:, None] * 4
    faces = np.concatenate([start + np.array([[0, 3, 1]]), start + np.array([[0, 2, 3]])])
    return _mesh(points, faces, normals(points, faces))


def _mesh(points: Values, faces: Whole, facing: Values) -> Mesh:
    paint = np.tile(np.array([1, 1, 1, 0], np.float32), (len(points), 1))
    return Mesh(points, facing, faces.astype(np.uint32), paint)


def _collar(over: Cloth, worn: Upper, off: Callable[[Where], Values], tall: float, up: Values) -> Mesh:
    """A band along the neckline that stands and folds over; along a V it lies on the chest as a lapel."""
    carried, faces = _cut(over, lambda w: _upper(w, worn), off, tall, 0)
    edge = rim(faces)
    points, at, facing = carried[:, :3], carried[:, 3:6], carried[:, 6:]
    lowest = over.where.neck[1] - (worn.opening or 0.05)
    on = (at[edge][..., 1] > lowest).all(1) & (np.abs(at[edge][..., 0]) < 0.075).all(1)
    edge = edge[on]
    high = over.where.neck[1]
    stand = (
        rise(high - 0.045, high - 0.012, at[edge][..., 1])[..., None] if worn.opening else np.ones((len(edge), 2, 1))
    )
    middle = points[edge][stand[..., 0] > 0.5].mean(0)
    out = points[edge] - middle
    out -= (out @ up)[..., None] * up
    out /= np.maximum(np.linalg.norm(out, axis=2, keepdims=True), 1e-9)
    aside = out - facing[edge] * (out * facing[edge]).sum(2, keepdims=True)
    aside /= np.maximum(np.linalg.norm(aside, axis=2, keepdims=True), 1e-9)
    tallness = worn.collar * tall
    top = points[edge] + stand * (up * tallness - out * _LEAN * tallness)
    wide = np.sin(np.clip((at[edge][..., 1] - lowest) / max(high - lowest, 1e-6), 0, 1) * 2.6)[..., None]
    lapel = points[edge] + aside * (0.030 * tall * wide) + facing[edge] * 0.006 * tall
    fold = top + out * (0.008 * tall + _LEAN * tallness) - up * tallness * 1.35
    end = fold * stand + lapel * (1 - stand)
    return joined([_strip(points[edge], top), _strip(top, end), _strip(end, end - facing[edge] * 0.003 * tall)])


def _skirt(hung: Cloth, worn: Upper, tall: float) -> Mesh:
    """What hangs from the waist; it flares a little and falls in folds."""
    x, _, z = hung.where.points.T
    around = np.arctan2(z, x)

    def off(w: Where) -> Values:
        fall = rise(0.0, 1.0, w.leg)
        return np.asarray(worn.off * 0.9 + 0.006 * fall * np.sin(around * 9 + 1.3 * np.sin(around * 4)))

    return _shell(hung, lambda w: (worn.skirt - w.leg) * 0.24, off, tall, creased=0)


def _creases(w: Where) -> Values:
    """Folds of a few millimetres, in body heights: stronger where a limb bends and where cloth gathers."""
    x, y, z = w.points.T * 1.75
    wave = np.sin(y * 58 + 7 * x + 2.2 * np.sin(x * 23 + z * 17))
    slant = np.sin(y * 31 - x * 40 + z * 26 + 1.5 * np.sin(y * 13))
    sleeve = w.on_arm * (_near(w.arm, 1.0, 0.28) + 0.7 * _near(w.arm, 1.85, 0.15))
    leg = (1 - w.on_arm) * (_near(w.leg, 1.0, 0.2) + 0.9 * _near(w.leg, 1.86, 0.14) + 0.5 * _near(w.leg, 0.1, 0.15))
    along = np.where(w.on_arm > 0.5, w.arm, w.leg)
    rings = np.sin(along * 26 + 3 * np.sin(x * 31 + z * 19))
    return np.asarray(0.0005 * wave + 0.0009 * slant + 0.0024 * (sleeve + leg) * rings)


def _near(values: Values, middle: float, wide: float) -> Values:
    return np.asarray(np.exp(-(((values - middle) / wide) ** 2)))
