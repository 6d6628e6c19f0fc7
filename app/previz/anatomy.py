"""The body of the stand-in: one dressed person of 1.75 m, built from signed distance fields.

Proportions follow the draughtsman's canon of seven and a half heads. The person stands on the origin and
looks to +z; its right hand is at -x. No measured body and no third-party mesh is involved.
"""

from collections.abc import Callable

import numpy as np

from app.previz.field import (
    Grid,
    Mesh,
    Point,
    Values,
    capsule,
    carve,
    ellipsoid,
    grid,
    join,
    mirror,
    round_mesh,
    surface,
)

HEIGHT_M = 1.75
EYE = (0.0, 1.635, 0.015)
"""Midway between the eyes, in metres; the head is modelled around it in millimetres."""

SHOULDER = (0.200, 1.375, -0.018)
ELBOW = (0.258, 1.11, -0.035)
WRIST = (0.272, 0.875, 0.042)
HIP = (0.088, 0.87, 0.0)
KNEE = (0.10, 0.49, 0.012)
ANKLE = (0.106, 0.10, -0.012)
"""The joints of the left side, in metres: the limbs are modelled from one to the next."""

EYEBALL = (32.0, -1.0, 64.0)
EYEBALL_MM = 12.4
NOSE = (0.0, -41.0, 99.0)
EAR = (78.0, -14.0, -14.0)


def person() -> dict[str, Mesh]:
    """Every part of the person in metres: skin, hands, eyes, hair and clothes. Takes a few seconds."""
    return {
        "skin": _from_head(_face_paint(_symmetric(_head, (-2, -215, -125), (96, 130, 128), 2.0))),
        "hair": _from_head(_hair()),
        "eyes": _from_head(_eyes()),
        "hands": _symmetric(_hand, (-0.003, 0.60, -0.03), (0.33, 0.92, 0.16), 0.003),
        **_clothes(),
    }


def joints() -> dict[str, Point]:
    """The 18 points of a COCO body by name, in metres; the neck lies midway between the shoulders."""
    left = {"shoulder": SHOULDER, "elbow": ELBOW, "wrist": WRIST, "hip": HIP, "knee": KNEE, "ankle": ANKLE}
    left |= {"eye": _head_point(EYEBALL), "ear": _head_point(EAR)}
    right = {f"right_{part}": (-x, y, z) for part, (x, y, z) in left.items()}
    neck = (0.0, *SHOULDER[1:])
    return {"nose": _head_point(NOSE), "neck": neck} | right | {f"left_{part}": at for part, at in left.items()}


def rounded_cube() -> Mesh:
    """A cube of edge 1 that stands on y = 0, with a bevel of 1.5 % that catches the light."""
    at = grid((-0.54, -0.04, -0.54), (0.54, 1.04, 0.54), 0.012)
    bevel = 0.015
    sides = [np.abs(axis - middle) - (0.5 - bevel) for axis, middle in zip(at[:3], (0, 0.5, 0), strict=True)]
    outside = np.sqrt(sum(np.maximum(side, 0) ** 2 for side in sides))
    inside = np.minimum(np.maximum(np.maximum(sides[0], sides[1]), sides[2]), 0)
    return surface(np.asarray(outside + inside - bevel, np.float32), at.low, at.step)


def _head_point(at: Point) -> Point:
    """A point of the head's millimetres in metres."""
    x, y, z = at
    return EYE[0] + x / 1000, EYE[1] + y / 1000, EYE[2] + z / 1000


def _symmetric(shape: Callable[[Grid], Values], low: Point, high: Point, step: float) -> Mesh:
    """The mesh of a field that is the same left and right; `low` must lie just left of x = 0."""
    half = grid((0.0, *low[1:]), high, step)
    field = mirror(shape(half))
    return surface(field, (-(half.x.size - 1) * step, *low[1:]), step)


def _from_head(mesh: Mesh) -> Mesh:
    return mesh._replace(points=(mesh.points / 1000 + np.array(EYE)).astype(np.float32))


def _head(at: Grid) -> Values:
    at = at._replace(x=np.sqrt(at.x**2 + 2.5**2) - 2.5)  # level at the middle, so that no crease runs down it
    field = _skull(at)
    field = _nose(at, field)
    field = _mouth(at, field)
    field = _eyelids(at, field)
    return join(_ear(at, field), _neck(at), 26)


def _skull(at: Grid) -> Values:
    field = ellipsoid(at, (0, 30, -20), (75, 85, 97))
    field = join(field, ellipsoid(at, (0, -40, 14), (60, 74, 66)), 32)
    field = join(field, capsule(at, (49, -50, -14), (14, -101, 54), 20, 14), 28)
    field = join(field, ellipsoid(at, (0, -104, 64), (19, 14, 14)), 20)
    field = join(field, ellipsoid(at, (43, -28, 44), (22, 17, 22)), 30)
    field = join(field, capsule(at, (9, 17, 76), (47, 16, 60), 8.5, 7.5), 15)
    return carve(field, ellipsoid(at, (33, 0, 92), (20, 13, 21)), 16)


def _nose(at: Grid, field: Values) -> Values:
    field = join(field, capsule(at, (0, 8, 76), (0, -34, 98), 6.0, 8.5), 13)
    field = join(field, ellipsoid(at, NOSE, (10, 9, 11.5)), 8)
    field = join(field, ellipsoid(at, (12, -45, 88), (7.5, 7.5, 10)), 6)
    return carve(field, ellipsoid(at, (6.5, -52, 97), (3.6, 4.5, 6.5)), 3)


def _mouth(at: Grid, field: Values) -> Values:
    field = join(field, ellipsoid(at, (0, -70, 66), (30, 22, 18)), 22)
    field = carve(field, capsule(at, (0, -55, 93), (0, -62, 93), 2.6), 5)
    field = join(field, ellipsoid(at, (0, -67.5, 79), (24, 5.4, 10)), 5)
    field = join(field, ellipsoid(at, (0, -77.5, 78), (19, 6.6, 10)), 5)
    return carve(field, capsule(at, (0, -72.4, 91), (25, -72.8, 77), 1.6, 1.2), 2.5)


def _eyelids(at: Grid, field: Values) -> Values:
    """Two caps of skin over the eyeball that leave an almond open, and a fold above."""
    x, y, z = EYEBALL
    ball = ellipsoid(at, EYEBALL, (EYEBALL_MM + 2.4, EYEBALL_MM + 2.0, EYEBALL_MM + 2.2))
    across = (at.x - x) / np.float32(14.5)
    bow = 1 - np.minimum(across**2, 1.0)
    opening = np.maximum(at.y - (y + 0.8 + 3.8 * bow), (y + 0.3 - 5.2 * bow) - at.y)
    opening = np.maximum(opening, np.abs(at.x - x) - 15)
    slit = np.broadcast_to(np.maximum(opening, z - at.z), ball.shape).astype(np.float32)
    field = join(field, ball, 6)
    return carve(field, slit, 1.5)


def _ear(at: Grid, field: Values) -> Values:
    shell = ellipsoid(at, EAR, (9, 31, 19))
    shell = carve(shell, ellipsoid(at, (90, -12, -6), (9, 20, 12)), 6)
    return join(field, shell, 7)


def _neck(at: Grid) -> Values:
    field = capsule(at, (0, -215, -44), (0, -70, -30), 60, 54)
    field = join(field, capsule(at, (60, -60, -32), (13, -205, 18), 10, 9), 22)
    return join(field, ellipsoid(at, (0, -122, 11), (11, 13, 10)), 16)


def _face_paint(mesh: Mesh) -> Mesh:
    """Lips, flushed cheeks, lash line and brows."""
    x, y, z = np.abs(mesh.points[:, 0]), mesh.points[:, 1], mesh.points[:, 2]
    front = z > 40
    lips = _spot(x / 25, (y + 72.5) / 11, 0.25) * front
    flush = np.exp(-(((x - 42) / 20) ** 2) - ((y + 34) / 18) ** 2) * front
    arch = y - (20 - 0.008 * (x - 36) ** 2 + 0.05 * x)
    thick = np.clip(4.4 - 0.09 * np.maximum(x - 30, 0), 1.5, None)
    brow = _spot((x - 34) / 21, arch / thick, 0.4) * front * 0.9
    eye = np.hypot(x - EYEBALL[0], (y - EYEBALL[1]) * 1.25)
    lash = np.exp(-(((eye - 13.5) / 2.2) ** 2)) * (y > 0) * front * 0.45
    paint = mesh.paint.copy()
    paint[:, :3] *= 1 - lips[:, None] * np.array([0.08, 0.30, 0.24]) - flush[:, None] * np.array([0, 0.07, 0.06])
    paint[:, 3] = np.clip(brow + lash, 0, 0.9)
    return mesh._replace(paint=paint)


def _spot(x: Values, y: Values, edge: float) -> Values:
    """1 inside the unit circle, falling to 0 over `edge` outside of it."""
    return np.asarray(np.clip((1 - np.hypot(x, y)) / edge + 1, 0, 1), np.float32)


def _hair() -> Mesh:
    at = grid((-104, -120, -140), (104, 140, 104), 2.2)
    cap = ellipsoid(at, (0, 32, -22), (83, 95, 106))
    cap = join(cap, ellipsoid(at, (0, -40, -72), (62, 58, 40)), 30)
    cap = join(cap, ellipsoid(at, (14, 88, 40), (54, 26, 40)), 26)
    cap = carve(cap, ellipsoid(at, (-3, -22, 96), (70, 94, 86)), 8)
    cap = carve(cap, ellipsoid(at, (0, -66, 26), (130, 74, 60)), 10)
    ear = ellipsoid(at, (82, -16, -12), (22, 34, 24))
    cap = carve(carve(cap, ear, 6), ellipsoid(at, (-82, -16, -12), (22, 34, 24)), 6)
    cap = carve(cap, np.broadcast_to(at.y + 92, cap.shape).astype(np.float32), 8)
    part = np.abs(at.x + 30 + 0.10 * at.z) + np.maximum(70 - at.y, 0) * 0.5
    cap = cap + 3.0 * np.exp(-((part / 4) ** 2))
    lean = np.where(at.x > -30, 1.0, -1.0) * 0.045
    strand = np.sin(at.z * 0.42 + at.x * lean + 1.3 * np.sin(at.y * 0.05 + at.x * 0.03))
    fine = np.sin(at.z * 0.95 + at.y * 0.16 + 1.7 * np.sin(at.x * 0.06))
    return surface(np.asarray(cap + 0.6 * strand + 0.55 * fine, np.float32), at.low, at.step)


def _eyes() -> Mesh:
    """Two eyeballs that look straight ahead, painted with iris and pupil."""
    unit = round_mesh(96, 48)
    out = np.arccos(np.clip(unit.points[:, 2], -1, 1)) * EYEBALL_MM
    white, iris = np.array([0.62, 0.58, 0.55]), np.array([0.10, 0.055, 0.03])
    colour = np.where(out[:, None] < 6.0, np.where(out[:, None] < 2.3, 0.004, iris), white)
    colour = np.where(np.abs(out[:, None] - 6.0) < 0.5, iris * 0.4, colour)
    paint = np.column_stack([colour, np.zeros(len(out))]).astype(np.float32)
    sides = [unit.points * EYEBALL_MM + np.array(EYEBALL) * (side, 1, 1) for side in (-1, 1)]
    return Mesh(
        np.concatenate(sides).astype(np.float32),
        np.concatenate([unit.normals, unit.normals]),
        np.concatenate([unit.faces, unit.faces + np.uint32(len(out))]),
        np.concatenate([paint, paint]),
    )


def _hand(at: Grid) -> Values:
    field = capsule(at, (0.272, 0.90, 0.045), (0.275, 0.83, 0.058), 0.026, 0.025)
    field = join(field, ellipsoid(at, (0.276, 0.795, 0.066), (0.017, 0.052, 0.040)), 0.02)
    for spread, length in ((-0.028, 0.062), (-0.010, 0.074), (0.010, 0.080), (0.029, 0.070)):
        knuckle = (0.279, 0.757, 0.070 + spread)
        middle = (0.281, 0.757 - 0.55 * length, 0.077 + spread * 1.05)
        tip = (0.268, 0.757 - length, 0.086 + spread)
        field = join(field, capsule(at, knuckle, middle, 0.0098, 0.0088), 0.006)
        field = join(field, capsule(at, middle, tip, 0.0088, 0.0075), 0.004)
    field = join(field, capsule(at, (0.270, 0.82, 0.085), (0.262, 0.775, 0.112), 0.014, 0.011), 0.014)
    return join(field, capsule(at, (0.262, 0.775, 0.112), (0.258, 0.745, 0.117), 0.011, 0.009), 0.004)


def _clothes() -> dict[str, Mesh]:
    """An open jacket over a shirt, trousers and shoes."""
    step = 0.0055
    half = grid((0.0, -0.02, -0.19), (0.36, 1.54, 0.21), step)
    low = (-(half.x.size - 1) * step, *half.low[1:])
    creases = _creases(grid(low, (0.36, 1.54, 0.21), step))
    torso = _torso(half)
    fields = {"shirt": torso, "coat": _coat(half, torso), "trousers": _legs(half)}
    worn = {}
    for name, field in fields.items():
        whole = mirror(field)
        worn[name] = surface(whole - creases[: whole.shape[0]], low, step)
    shoes = worn["trousers"].points[:, 1] < 0.085
    worn["trousers"].paint[:, :3] *= np.where(shoes, 0.2, 0.6)[:, None]
    return worn


def _torso(at: Grid) -> Values:
    field = ellipsoid(at, (0, 1.28, -0.005), (0.152, 0.185, 0.105))
    field = join(field, ellipsoid(at, (0, 1.08, 0), (0.135, 0.17, 0.098)), 0.08)
    field = join(field, ellipsoid(at, (0, 0.95, -0.005), (0.150, 0.12, 0.108)), 0.06)
    field = join(field, capsule(at, (0, 1.415, -0.025), (0.145, 1.395, -0.02), 0.052, 0.050), 0.06)
    field = join(field, capsule(at, (0, 1.36, -0.022), (0, 1.425, -0.018), 0.075, 0.061), 0.03)
    ring = np.hypot(np.hypot(at.x, at.z + 0.018) - 0.062, at.y - 1.482 + 0.35 * (at.z + 0.018)) - 0.011
    return join(field, np.asarray(ring, np.float32), 0.008)


def _coat(at: Grid, torso: Values) -> Values:
    """The torso grown by a layer of cloth, cut open in a V, with lapels, sleeves and a hem."""
    field = join(torso - 0.013, ellipsoid(at, (0, 0.90, -0.004), (0.186, 0.20, 0.128)), 0.05)
    field = join(field, ellipsoid(at, (0.172, 1.385, -0.018), (0.062, 0.058, 0.060)), 0.04)
    field = join(field, capsule(at, SHOULDER, ELBOW, 0.058, 0.049), 0.03)
    field = join(field, capsule(at, ELBOW, WRIST, 0.050, 0.039), 0.02)
    hem = np.broadcast_to(0.80 - at.y, field.shape).astype(np.float32)
    field = -join(-field, -hem, 0.008)
    edge = np.maximum(0.36 * (at.y - 1.13), 0.004) - at.x
    wide = np.maximum(at.y - 1.30, 0) * 0.10
    lapel = np.maximum(np.abs(edge + 0.025 + wide) - (0.026 + wide), np.abs(at.y - 1.29) - 0.15)
    lapel = np.maximum(np.maximum(lapel, torso - 0.024), -at.z)
    field = join(field, np.asarray(lapel, np.float32), 0.004)
    gap = np.minimum(np.minimum(edge, at.z), 1.6 - at.y)
    return carve(field, np.asarray(-gap, np.float32), 0.004)


def _legs(at: Grid) -> Values:
    field = ellipsoid(at, (0, 0.93, -0.005), (0.148, 0.12, 0.102))
    field = join(field, capsule(at, HIP, KNEE, 0.088, 0.066), 0.03)
    field = join(field, capsule(at, KNEE, ANKLE, 0.066, 0.054), 0.03)
    shoe = capsule(at, (0.108, 0.042, -0.045), (0.126, 0.036, 0.135), 0.044, 0.036)
    field = join(field, shoe, 0.008)
    return np.asarray(np.maximum(field, -at.y), np.float32)


def _creases(at: Grid) -> Values:
    """Folds of cloth: a few millimetres of uneven waves, stronger at elbow, waist and knee."""
    wave = np.sin(at.y * 58 + 7 * at.x + 2.2 * np.sin(at.x * 23 + at.z * 17))
    slant = np.sin(at.y * 31 - at.x * 40 + at.z * 26 + 1.5 * np.sin(at.y * 13))
    bends = sum(np.exp(-(((at.y - y) / 0.09) ** 2)) for y in (1.11, 0.50, 0.12, 0.92))
    return np.asarray((0.0006 + 0.0014 * bends) * wave + 0.0012 * slant, np.float32)
