"""The face: paint on the skin, eyes that catch the light, lashes and brows. All on the resting head, in metres."""

from typing import NamedTuple

import numpy as np

from app.previz.body import Body, Rest
from app.previz.body_mesh import Whole
from app.previz.field import Mesh, Values, round_mesh
from app.previz.view import Direction

_APART = 0.061
"""The distance between the eyes that the measures here are for; other heads scale them."""

_BROW_M = 0.0065
_IRIS = 22.5
_PUPIL = 8.5
"""Half angles seen from the middle of the eyeball, in degrees."""

_WHITE, _BROWN = np.array([0.56, 0.53, 0.51]), np.array([0.062, 0.036, 0.020])
_RED = np.array([1.02, 0.84, 0.82])
_LIP = np.array([0.86, 0.60, 0.60])
_SEED = 6


class Face(NamedTuple):
    """Where a head's eyes are: `left` and `right` are their middles, `size` scales the measures of a grown head."""

    left: Direction
    right: Direction
    ball: float
    size: float
    brows: tuple[float, float] = (0, 0)  # how far inner and outer ends are raised, as a figure says it

    def brow(self, along: Values) -> Values:
        """How much higher the brows are than at rest, from the inner end at 0 to the outer at 1; metres."""
        inner, outer = self.brows
        return np.asarray(_BROW_M * (inner * (1 - along) + outer * along))

    def local(self, points: Values) -> Values:
        """Points in metres of a grown head: from midway between the eyes, x always to the figure's left."""
        return np.asarray((points - (self.left + self.right) / 2) / self.size)


def face(body: Body, at: Rest) -> Face:
    """A resting body's face."""
    left, right = (at.points[mark].mean(0) for mark in body.marks[:2])
    balls = [
        np.linalg.norm(at.points[eye] - middle, axis=1) for eye, middle in zip(body.eyes, (left, right), strict=True)
    ]
    size = float(np.linalg.norm(left - right)) / _APART
    return Face(left, right, float(np.median(np.concatenate(balls))), size)


def rise(low: float, high: float, values: Values) -> Values:
    """0 up to `low`, 1 from `high` on, smooth between."""
    share = np.clip((values - low) / (high - low), 0, 1)
    return np.asarray(share * share * (3 - 2 * share))


def paint(of: Face, points: Values, lips: Values, lashes: Values, years: float) -> Values:
    """Paint for skin at these resting points, N x 4: lips, flush, lids, brows' shade, and mottling everywhere."""
    x, y, z = of.local(points).T
    front = rise(-0.03, -0.005, z)
    colour = 1 + 0.035 * _mottle(points / of.size)[:, None] * np.array([0.6, 1.0, 1.0])
    flush = _spot(np.abs(x) - 0.038, y + 0.040, 0.022, 0.020) + 0.8 * _spot(x, y + 0.038, 0.012, 0.014)
    flush = flush + 0.6 * rise(0.058, 0.068, np.abs(x)) * rise(-0.075, -0.06, y) * (1 - rise(0.0, 0.015, y))
    colour *= 1 - np.clip(flush, 0, 1)[:, None] * (1 - _RED) * 0.8 * front[:, None]
    sockets = _spot(np.abs(x) - 0.030, y + 0.006, 0.020, 0.014) * front
    colour *= 1 - sockets[:, None] * np.array([0.10, 0.17, 0.16]) * (1.0 + 0.008 * max(0.0, years - 30))
    red = rise(0.10, 0.34, lips)[:, None]
    colour *= 1 - red * (1 - _LIP)
    seam = _spot(x * 0.5, y + 0.0712, 0.012, 0.0012) * red[:, 0]
    colour *= 1 - 0.45 * seam[:, None]
    near = np.full(len(points), 1.0)
    eyes = np.flatnonzero((np.abs(x) < 0.06) & (np.abs(y) < 0.03) & (z > -0.03))
    if len(eyes):
        near[eyes] = _gap(of.local(points[eyes]), of.local(lashes))
    colour *= 1 - (1 - rise(0.0004, 0.0030, near))[:, None] * np.array([0.55, 0.62, 0.62])
    brow = _brow_shade(of, x, y) * front * 0.45
    return np.column_stack([colour, brow]).astype(np.float32)


def _gap(points: Values, others: Values) -> Values:
    """How far each point is from the nearest of the others, which lie no farther apart than a head is wide."""
    square = (points**2).sum(1)[:, None] + (others**2).sum(1) - 2 * points @ others.T
    return np.asarray(np.sqrt(np.maximum(square.min(1), 0)))


def _spot(x: Values, y: Values, wide: float, high: float) -> Values:
    return np.asarray(np.exp(-((x / wide) ** 2) - (y / high) ** 2))


def _mottle(points: Values) -> Values:
    """Uneven skin: waves of a few sizes that never line up, about -1 to 1."""
    total = np.zeros(len(points))
    for turn, size in enumerate((0.031, 0.017, 0.0090, 0.0052, 0.0031)):
        phase = points / size + np.array([1.3, 4.1, 2.2]) * (turn + 1)
        total += np.sin(phase[:, 0] + 1.7 * np.sin(phase[:, 1])) * np.sin(phase[:, 2] + 1.3 * np.sin(phase[:, 0] * 0.7))
    return np.asarray(total / 2.4)


def _arch(along: Values) -> Values:
    """The height of a brow over the eyes, from its inner end at 0 to its outer at 1."""
    return np.asarray(0.0150 + 0.0062 * np.sin(np.clip(along * 1.12, 0, 1) * 2.45))


def _brow_shade(of: Face, x: Values, y: Values) -> Values:
    along = (np.abs(x) - 0.0125) / 0.040
    y = y - of.brow(np.clip(along, 0, 1))
    thick = 0.0042 * (1 - 0.55 * np.clip(along, 0, 1))
    ends = rise(-0.06, 0.08, along) * (1 - rise(0.92, 1.06, along))
    return np.asarray((1 - rise(0.5, 1.25, np.abs(y - _arch(np.clip(along, 0, 1))) / thick)) * ends)


def eyes(of: Face, turn: Values) -> Mesh:
    """Both eyeballs, looking straight ahead and then turned by a rotation, shaded by the lids above them."""
    unit = round_mesh(56, 32)
    out = np.degrees(np.arccos(np.clip(unit.points[:, 2], -1, 1)))
    bulge = 1 + 0.045 * (1 - rise(0, _IRIS * 1.25, out))
    ball = (unit.points * bulge[:, None] * (of.ball * 0.995)) @ turn.T
    around = np.arctan2(unit.points[:, 1], unit.points[:, 0])
    fibre = 1 + 0.22 * np.sin(around * 29 + 2 * np.sin(around * 7)) * rise(_PUPIL, _IRIS * 0.7, out)
    light = 0.75 + 0.7 * (1 - rise(_PUPIL, _IRIS * 0.85, out))
    iris = _BROWN * (fibre * light)[:, None]
    ring = np.exp(-(((out - _IRIS) / 1.8) ** 2))[:, None]
    white = _WHITE * (1 - rise(40, 75, out)[:, None] * np.array([0.05, 0.22, 0.24]))
    colour = np.where((out < _IRIS)[:, None], iris, white)
    colour = colour * (1 - 0.75 * ring) + 0.75 * ring * _BROWN * 0.35
    pupil = 1 - rise(_PUPIL - 0.8, _PUPIL + 0.8, out)[:, None]
    colour = colour * (1 - pupil) + 0.003 * pupil
    lid = rise(0.18, 0.62, ball[:, 1] / of.ball) * 0.6 + 0.12 * rise(0.25, 0.6, -ball[:, 1] / of.ball)
    side = 0.3 * rise(0.5, 0.95, np.abs(ball[:, 0]) / of.ball)
    colour = colour * (1 - np.clip(lid + side, 0, 0.8))[:, None]
    paint = np.column_stack([colour, np.zeros(len(out))]).astype(np.float32)
    normals = unit.normals @ turn.T
    return joined([Mesh(ball + middle, normals, unit.faces, paint) for middle in (of.left, of.right)])


def lashes(of: Face, points: Values, quads: Whole) -> Mesh:
    """Fine dark blades along the strips that MakeHuman keeps for them, from the lid outward."""
    middles = np.where(points[quads].mean(1)[:, :1] > 0, of.left, of.right)
    far = np.linalg.norm(points[quads] - middles[:, None], axis=2)
    order = np.argsort(far, axis=1)
    corner = np.take_along_axis(points[quads], order[..., None], 1)
    root, tip = corner[:, :2], corner[:, 2:]
    crossed = np.linalg.norm(tip[:, 0] - root[:, 0], axis=1) > np.linalg.norm(tip[:, 0] - root[:, 1], axis=1)
    tip[crossed] = tip[crossed][:, ::-1]
    blades = []
    for share in (0.2, 0.7):
        foot = root[:, 0] * (1 - share) + root[:, 1] * share
        end = tip[:, 0] * (1 - share) + tip[:, 1] * share
        blades.append(np.stack([foot, (foot + end) / 2, end], 1))
    lines = np.concatenate(blades)
    facing = np.broadcast_to(np.array([0, 0, 1.0]), lines.shape)
    return ribbons(lines, np.array([0.00028, 0.0002, 0.00004]) * of.size, facing)


def brows(of: Face, points: Values, normals: Values, fullness: int = 190) -> Mesh:
    """Single hairs that grow up and outward along each brow, lying on the skin at these points."""
    chance = np.random.default_rng(_SEED)
    x, y, z = of.local(points).T
    near = np.flatnonzero((np.abs(x) < 0.066) & (y > 0.008) & (y < 0.042) & (z > -0.04))
    lines, facing = [], []
    for side in (1, -1):
        along = chance.random(fullness) ** 0.9
        across = (chance.random(fullness) - 0.5) * 0.0068 * (1 - 0.62 * along)
        at = np.column_stack([side * (0.0125 + 0.0395 * along), _arch(along) + of.brow(along) + across])
        gap = ((at[:, None] - np.column_stack([x[near], y[near]])[None]) ** 2).sum(2)
        four = np.argpartition(gap, 4, axis=1)[:, :4]
        weight = 1 / (np.take_along_axis(gap, four, 1) + 1e-8)
        weight /= weight.sum(1, keepdims=True)
        foot = (points[near[four]] * weight[..., None]).sum(1)
        up = (normals[near[four]] * weight[..., None]).sum(1)
        way = np.column_stack([np.full(fullness, side), 0.75 - 1.25 * along - 25 * across, np.full(fullness, -0.15)])
        way += 0.18 * chance.standard_normal(way.shape)
        way -= up * (way * up).sum(1, keepdims=True)
        way /= np.linalg.norm(way, axis=1, keepdims=True)
        length = (0.0072 * (1 - 0.35 * along) * of.size)[:, None]
        line = [foot + way * length * share + up * (0.0003 + 0.0007 * share) for share in (0.0, 0.5, 1.0)]
        lines.append(np.stack(line, 1))
        facing.append(np.repeat(up[:, None], 3, 1))
    return ribbons(np.concatenate(lines), np.array([0.00032, 0.00026, 0.00006]) * of.size, np.concatenate(facing))


def ribbons(lines: Values, widths: Values, facing: Values) -> Mesh:
    """Flat strips along N lines of K points, `widths` (K, or N x K) across, lit as if they were round."""
    count, length, _ = lines.shape
    along = np.gradient(lines, axis=1)
    across = np.cross(along, facing)
    across /= np.maximum(np.linalg.norm(across, axis=2, keepdims=True), 1e-9)
    half = np.broadcast_to(widths, (count, length))[..., None] / 2
    points = np.stack([lines - across * half, lines + across * half], 2).reshape(-1, 3)
    normals = np.stack([facing - across * 0.7, facing + across * 0.7], 2).reshape(-1, 3)
    normals = normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)
    start = (np.arange(count)[:, None] * length + np.arange(length - 1)).reshape(-1, 1) * 2
    faces = np.concatenate([start + np.array([[0, 1, 2]]), start + np.array([[1, 3, 2]])])
    paint = np.tile(np.array([1, 1, 1, 0], np.float32), (len(points), 1))
    return Mesh(points, normals, faces.astype(np.uint32), paint)


def joined(meshes: list[Mesh]) -> Mesh:
    """Several meshes as one."""
    starts = np.cumsum([0, *(len(mesh.points) for mesh in meshes)])
    faces = [mesh.faces + np.uint32(start) for mesh, start in zip(meshes, starts, strict=False)]
    return Mesh(
        np.concatenate([mesh.points for mesh in meshes]),
        np.concatenate([mesh.normals for mesh in meshes]),
        np.concatenate(faces).astype(np.uint32),
        np.concatenate([mesh.paint for mesh in meshes]),
    )
