"""Hair: a cap on the scalp and locks that walk over the skull the way a comb would lead them.

Measures are metres on a grown head, from midway between the eyes (`body_face.Face.local`).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.previz.body_face import Face, joined, ribbons, rise
from app.previz.body_mesh import Whole, cut, normals
from app.previz.field import Mesh, Values

_CROWN = np.array([0.0, 0.035, -0.10])
_TIE = np.array([0.0, 0.012, -0.195])
_PART_X = 0.022
_LOOSE_M = 0.105
_SEED = 11


class Style(NamedTuple):
    """How hair is worn: the length of a lock, how high it stands off the head, and which way it is led."""

    length: float
    lift: float = 0.010
    led: str = "down"  # down from a parting, back, or to the tie
    curl: float = 0.0  # how far a lock winds aside
    tail: float = 0.0  # the length of what hangs from the tie
    bun: bool = False
    fringe: bool = False


STYLES: dict[str, Style | None] = {
    "bald": None,
    "buzz": Style(0.0),
    "short": Style(0.058, 0.012),
    "bob": Style(0.165, 0.014),
    "shoulder": Style(0.26, 0.014),
    "long": Style(0.40, 0.014),
    "fringe": Style(0.19, 0.014, fringe=True),
    "back": Style(0.085, 0.009, "back"),
    "tied": Style(0.24, 0.006, "tie", tail=0.24),
    "bun": Style(0.24, 0.006, "tie", bun=True),
    "curly": Style(0.17, 0.022, curl=0.007),
    "coily": Style(0.085, 0.045, "out", curl=0.006),
}
"""By the name that a figure's `hair_style` has."""

_STEPS = 9
_WOUND = 17  # points of a lock that curls
_CELLS = 1 << 12  # along each side of a room of cells about the head
_AT_ONCE = 16  # points that are compared with the whole skin at a time: little enough for the cache and for one core


def scalp(local: Values) -> Values:
    """How far inside the hairline a point of the head lies, 0 to 1."""
    x, y, z = local.T
    side = rise(0.045, 0.105, -z)
    line = (0.058 - 4.2 * x**2 + 0.006 * np.exp(-(((np.abs(x) - 0.042) / 0.012) ** 2))) * (1 - side) - 0.070 * side
    grown = rise(-0.004, 0.020, y - line)
    ear = (np.abs(x) > 0.062) & (y < 0.018) & (z > -0.112)
    return np.asarray(np.where(ear | (y < -0.085), 0.0, grown))


def shade(style: str, local: Values) -> Values:
    """How much of the hair's colour shows on the skin itself."""
    worn = STYLES.get(style, STYLES["short"])
    return scalp(local) * (0.85 if worn else 0.0)


def hair(of: Face, points: Values, faces: Whole, style: str, count: int) -> list[Mesh]:
    """The hair of a resting head: a cap, and about `count` locks; nothing for the bald.

    `points` and `faces` are the skin of the head and shoulders.
    """
    worn = STYLES.get(style, STYLES["short"])
    if worn is None:
        return []
    local, facing = of.local(points), normals(points, faces)
    cap = _cap(local, facing, faces, worn)
    if worn.length == 0:
        return [_placed(of, cap)]
    chance = np.random.default_rng(_SEED)
    parts = [_locks(local, facing, faces, worn, count, chance)]
    if worn.tail:
        parts.append(_tail(worn, count // 4, chance))
    if worn.bun:
        parts.append(_bun(count // 4, chance))
    return [_placed(of, cap), _placed(of, joined(parts))]


def _placed(of: Face, mesh: Mesh) -> Mesh:
    return mesh._replace(points=mesh.points * of.size + (of.left + of.right) / 2)


def _cap(local: Values, facing: Values, faces: Whole, worn: Style) -> Mesh:
    """A thin shell that lets no skin through between the locks."""
    grown = scalp(local)
    deep = 0.0018 if worn.length == 0 else min(0.006, worn.lift * 0.5)
    lifted = local + facing * (deep * grown)[:, None]
    near = faces[(grown[faces] > 0).any(1)]
    x, y, z = local.T * 1000
    uneven = 0.12 * np.sin(0.9 * x + 2 * np.sin(0.31 * y)) + 0.10 * np.sin(0.7 * z + 0.8 * x)
    kept, new = cut(np.column_stack([lifted, facing]), near, grown - 0.42 + uneven)
    paint = np.tile(np.array([0.55, 0.55, 0.55, 0], np.float32), (len(kept), 1))
    return Mesh(kept[:, :3], kept[:, 3:], new.astype(np.uint32), paint)


def _locks(local: Values, facing: Values, faces: Whole, worn: Style, count: int, chance: np.random.Generator) -> Mesh:
    root, side = _roots(local, faces, count, chance)
    bulk = _thinned(local, facing)
    lines, lit = _walk(root, side, bulk, worn, chance)
    clear = ~_stands_off(lines) if worn.led == "down" else np.ones(count, bool)
    if not worn.fringe:
        clear &= ~_crosses_face(lines)
    lines, lit = lines[clear], lit[clear]
    if worn.curl:
        lines, lit = _curled(lines, lit, worn.curl, chance)
    wide = 0.0030 * np.sqrt(1800 / max(count, 1)) * np.linspace(1.0, 0.35, lines.shape[1])
    return _toned(ribbons(lines, np.clip(wide, 0.0008, 0.006), lit), lines.shape[1], chance)


def _roots(local: Values, faces: Whole, count: int, chance: np.random.Generator) -> tuple[Values, Values]:
    """Points spread evenly over the scalp, and to which side of the parting each belongs."""
    grown = scalp(local)
    on = faces[(grown[faces] > 0.15).all(1)]
    corner = local[on]
    area = np.linalg.norm(np.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0]), axis=1)
    picked = corner[chance.choice(len(on), count, p=area / area.sum())]
    u, v = chance.random((2, count, 1))
    flip = u + v > 1
    u, v = np.where(flip, 1 - u, u), np.where(flip, 1 - v, v)
    root = picked[:, 0] * (1 - u - v) + picked[:, 1] * u + picked[:, 2] * v
    return root, np.where(root[:, 0] > _PART_X, 1.0, -1.0)


def _walk(root: Values, side: Values, bulk: Values, worn: Style, chance: np.random.Generator) -> tuple[Values, Values]:
    """Each lock's line, N x K x 3, and the way that it faces."""
    count = len(root)
    clump = chance.integers(0, max(8, count // 9), count)
    stray = chance.standard_normal((clump.max() + 1, 3))[clump]
    length = worn.length * (1 + 0.13 * chance.standard_normal(count))
    if worn.fringe:
        length = np.where((root[:, 2] > -0.06) & (np.abs(root[:, 0]) < 0.055), 0.045 + 0.6 * (0.0 - root[:, 2]), length)
    high = worn.lift * (0.55 + 0.9 * chance.random(count))
    at, way = root.copy(), np.zeros_like(root)
    lines, lit = [], []
    for step in range(_STEPS + 1):
        foot, up = _nearest(at, bulk)
        height = ((at - foot) * up).sum(1)
        sunk = np.maximum(0.0045 + 0.012 * rise(0.14, 0.20, -at[:, 1]) - height, 0) * (step > 0)
        at = at + up * np.minimum(sunk, 0.02)[:, None]
        lit.append(up)
        lines.append(at)
        led = _led(at, side, worn) + 0.11 * stray * np.array([1, 0.4, 1]) + 0.05 * chance.standard_normal(at.shape)
        led -= up * np.minimum((led * up).sum(1), 0)[:, None]
        led /= np.maximum(np.linalg.norm(led, axis=1, keepdims=True), 1e-9)
        wanted = high * min(1.0, (step + 1) / 4)
        rising = np.clip((wanted - height) / 0.01, -1, 1) * np.clip(1 - (height - 0.03) / 0.03, 0, 1)
        falling = np.array([0, -1.0, 0]) * rise(0.02, 0.05, height)[:, None]
        way = 0.35 * way + led + falling + up * (0.8 * rising)[:, None]
        way /= np.maximum(np.linalg.norm(way, axis=1, keepdims=True), 1e-9)
        at = at + way * (length / _STEPS)[:, None]
    return np.stack(lines, 1), np.stack(lit, 1)


def _thinned(local: Values, facing: Values) -> Values:
    """Points of the skin and the way they face, at most one to a cell of 11 mm."""
    near = (local[:, 1] > -0.45) & (np.abs(local[:, 0]) < 0.22)
    x, y, z = (np.floor(local[near] / 0.011).astype(np.int64) + _CELLS // 2).T
    _, first = np.unique((x * _CELLS + y) * _CELLS + z, return_index=True)
    return np.column_stack([local, facing])[near][first].astype(np.float32)


def _nearest(at: Values, bulk: Values) -> tuple[Values, Values]:
    """The nearest point of the skin to each point, and which way it faces."""
    skin = bulk[:, :3]
    against = np.concatenate([-2 * skin.T, (skin**2).sum(1)[None]])
    points = np.column_stack([at, np.ones(len(at))]).astype(np.float32)
    near = [(points[start : start + _AT_ONCE] @ against).argmin(1) for start in range(0, len(points), _AT_ONCE)]
    found = bulk[np.concatenate(near)]
    return found[:, :3], found[:, 3:]


def _led(at: Values, side: Values, worn: Style) -> Values:
    """The way a comb leads the hair at these points."""
    x, y, z = at.T
    if worn.led == "tie":
        return np.asarray((_TIE - at) / np.maximum(np.linalg.norm(_TIE - at, axis=1, keepdims=True), 0.02))
    if worn.led == "out":
        return np.asarray((at - _CROWN) / np.linalg.norm(at - _CROWN, axis=1, keepdims=True) + np.array([0, -0.25, 0]))
    high = np.clip((y - 0.04) / 0.06, 0, 1)
    if worn.led == "back":
        return np.column_stack([0.12 * x / 0.07, -0.25 - 0.6 * (1 - high), -np.ones(len(at))])
    front = np.clip((z + 0.13) / 0.09, 0, 1)
    if worn.fringe:
        over = front * (np.abs(x) < 0.055)
        return np.column_stack([side * 0.12, -np.full(len(at), 0.8), 0.75 * over * high - 0.5 * front * (1 - over)])
    loose = np.clip((y + 0.05) / 0.06, 0, 1)
    return np.column_stack(
        [side * (0.10 * loose + 0.55 * high), -0.9 * (1 - 0.75 * high), -0.05 - 0.55 * front * loose]
    )


def _crosses_face(lines: Values) -> NDArray[np.bool_]:
    x, y, z = lines[..., 0], lines[..., 1], lines[..., 2]
    return np.asarray(((z > -0.030) & (np.abs(x) < 0.072) & (y < 0.030) & (y > -0.14)).any(1))


def _stands_off(lines: Values) -> NDArray[np.bool_]:
    """Strands that leave the head sideways, over the shoulders."""
    return np.asarray(((np.abs(lines[..., 0]) > _LOOSE_M) & (lines[..., 1] > -0.15)).any(1))


def _curled(lines: Values, lit: Values, wide: float, chance: np.random.Generator) -> tuple[Values, Values]:
    """Locks wound about their own line, and the way that each point faces."""
    last = lines.shape[1] - 1
    steps = np.linspace(0, last, _WOUND)
    before = np.minimum(steps.astype(int), last - 1)
    share = (steps - before)[None, :, None]
    line = lines[:, before] * (1 - share) + lines[:, before + 1] * share
    up = lit[:, before]
    across = np.cross(np.gradient(line, axis=1), up)
    across /= np.maximum(np.linalg.norm(across, axis=2, keepdims=True), 1e-9)
    turn = (np.linspace(0, 4.5 * np.pi, _WOUND)[None] + chance.random(len(lines))[:, None] * 6.3)[..., None]
    grown = wide * np.minimum(1, np.linspace(0, 3, _WOUND))[None, :, None]
    out = np.cos(turn) * across + np.sin(turn) * up
    return line + grown * out, up + 0.5 * out


def _tail(worn: Style, count: int, chance: np.random.Generator) -> Mesh:
    """What hangs from the tie."""
    spread = chance.standard_normal((count, 3)) * np.array([0.011, 0.008, 0.011])
    down = np.linspace(0, 1, _STEPS + 1)[None, :, None]
    length = (worn.tail * (1 + 0.15 * chance.standard_normal(count)))[:, None, None]
    fall = np.array([0, -1.0, -0.10]) * down * length + np.array([0, 0, -0.035]) * np.sin(down * 2.2)
    widen = 1 + 0.9 * np.sin(down * 2.6)
    lines = _TIE + np.array([0, 0, -0.006]) + spread[:, None] * widen + fall
    out = spread / np.maximum(np.linalg.norm(spread, axis=1, keepdims=True), 1e-9) + np.array([0, 0, -0.6])
    lit = np.repeat((out / np.linalg.norm(out, axis=1, keepdims=True))[:, None], _STEPS + 1, 1)
    wide = 0.0045 * np.linspace(1, 0.3, _STEPS + 1)
    return _toned(ribbons(lines, wide, lit), _STEPS + 1, chance)


def _bun(count: int, chance: np.random.Generator) -> Mesh:
    """Locks wound to a knot at the tie."""
    turn = np.linspace(0, 3.4, _STEPS + 1)[None] + chance.random(count)[:, None] * 6.3
    tilt = np.arccos(chance.uniform(-0.75, 1, count))[:, None] + 0 * turn
    radius = 0.036 * (1 + 0.05 * chance.standard_normal(count))[:, None]
    lit = np.stack([np.cos(turn) * np.sin(tilt), np.sin(turn) * np.sin(tilt), -np.cos(tilt)], 2)
    lines = _TIE + np.array([0, 0.004, -0.014]) + lit * radius[..., None] * np.array([1, 1, 0.8])
    return _toned(ribbons(lines, np.full(_STEPS + 1, 0.0055), lit), _STEPS + 1, chance)


def _toned(mesh: Mesh, length: int, chance: np.random.Generator) -> Mesh:
    """Locks a little lighter and darker than each other, and darker at the root."""
    count = len(mesh.points) // (2 * length)
    tone = np.clip(1 + 0.22 * chance.standard_normal(count), 0.5, 1.6)
    along = 0.62 + 0.5 * np.linspace(0, 1, length)
    factor = np.repeat((tone[:, None] * along[None]).reshape(-1), 2)
    paint = mesh.paint.copy()
    paint[:, :3] *= factor[:, None]
    return mesh._replace(paint=paint)
