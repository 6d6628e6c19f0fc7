"""What a head wears besides its hair: a beard, a hat, glasses; and what a face does: mouth corners and brows.

Measures are metres on a grown head, from midway between the eyes (`body_face.Face.local`).
"""

from math import pi

import numpy as np

from app.previz.body_face import Face, ribbons, rise
from app.previz.body_mesh import Whole, normals
from app.previz.field import Mesh, Values
from app.previz.light_colour import surface_colour
from app.previz.piece import Piece, sheet, tube
from app.previz.scene import Colour, Figure
from app.previz.view import Direction

_SEED = 23
_HAIRS = 2600
_MOUTH = np.array([0.027, -0.0712])  # a corner, as x and y
_WIDE, _DEEP, _MIDDLE_Z = 0.086, 0.107, -0.086  # half axes of a head with a hat on, and its middle
_HATS: dict[str, tuple[tuple[float, float], ...]] = {  # from the rim up: times the head's width, and height
    "brim": (
        (1.68, 0.050), (1.66, 0.046), (1.06, 0.058), (1.05, 0.066), (1.02, 0.10), (0.9, 0.134), (0.5, 0.136), (0, 0.13),
    ),
    "beanie": (
        (1.03, 0.028), (1.07, 0.032), (1.07, 0.062), (1.04, 0.066), (0.98, 0.09), (0.78, 0.122), (0.42, 0.138),
        (0, 0.142),
    ),
    "cap": ((1.02, 0.040), (1.03, 0.06), (0.98, 0.09), (0.82, 0.116), (0.5, 0.131), (0, 0.136)),
}  # fmt: skip
_COVERED = {"brim": 0.05, "beanie": 0.032, "cap": 0.044}  # from here up a hat takes the place of hair
_PEAK_M = 0.075
_RIM_M = 0.0016
_AHEAD = np.array([0, 0, 1], np.float32)
_FRAME: Colour = (0.012, 0.011, 0.01)
_GLASS: Colour = (0.006, 0.006, 0.007)


def expressed(of: Face, figure: Figure, points: Values) -> Values:
    """Resting points with the mouth's corners drawn up or down, and the brows' skin with the brows."""
    if not (figure.mouth or any(figure.brows)):
        return points
    x, y, z = of.local(points).T
    front, side = rise(-0.03, -0.01, z), np.sign(x)
    corner = np.exp(-(((np.abs(x) - _MOUTH[0]) / 0.013) ** 2) - ((y - _MOUTH[1]) / 0.016) ** 2) * front
    cheek = np.exp(-(((np.abs(x) - 0.040) / 0.018) ** 2) - ((y + 0.045) / 0.016) ** 2) * front * max(0.0, figure.mouth)
    lifted = figure.mouth * 0.0085 * corner + 0.004 * cheek
    along = np.clip((np.abs(x) - 0.0125) / 0.040, 0, 1)
    brow = np.exp(-(((np.abs(x) - 0.03) / 0.03) ** 2) - ((y - 0.022) / 0.012) ** 2) * front
    lifted += 0.5 * brow * of.brow(along)
    aside = side * (0.0045 * max(0.0, figure.mouth) * corner + 0.001 * cheek)
    ahead = 0.003 * cheek - 0.0025 * max(0.0, figure.mouth) * corner
    return np.asarray(points + np.column_stack([aside, lifted, ahead]) * of.size)


def grown(figure: Figure, local: Values, lips: Values) -> Values:
    """How thickly a beard grows on each point of the face, 0 to 1."""
    if not figure.beard:
        return np.zeros(len(local))
    x, y, z = local.T
    wide = np.abs(x)
    lip = _band(y, -0.066, -0.056, 0.003) * (1 - rise(0.026, 0.034, wide)) * rise(-0.02, 0.0, z)
    if figure.beard == "moustache":
        return np.asarray(lip * (1 - rise(0.08, 0.2, lips)))
    line = -0.066 + 0.055 * rise(0.040, 0.066, wide)
    jaw = (1 - rise(0.0, 0.012, y - line)) * rise(-0.150, -0.128, y) * rise(-0.105, -0.085, z)
    return np.asarray(np.maximum(lip, jaw) * (1 - rise(0.06, 0.16, lips)))


def _band(values: Values, low: float, high: float, soft: float) -> Values:
    return np.asarray(rise(low - soft, low, values) * (1 - rise(high, high + soft, values)))


def shaded(figure: Figure, local: Values, lips: Values) -> Values:
    """How much of the beard's colour shows on the skin itself."""
    share = {"stubble": 0.34, "beard": 0.8, "moustache": 0.8}.get(figure.beard, 0.0)
    return share * grown(figure, local, lips)


def beard(of: Face, figure: Figure, points: Values, faces: Whole, lips: Values) -> list[Mesh]:
    """The hairs of a beard on resting skin; stubble is paint alone."""
    if figure.beard in {"", "stubble"}:
        return []
    chance = np.random.default_rng(_SEED)
    thick = grown(figure, of.local(points), lips)
    on = faces[(thick[faces] > 0.35).all(1)]
    corner, facing = points[on], normals(points, faces)
    area = np.linalg.norm(np.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0]), axis=1)
    picked = chance.choice(len(on), _HAIRS, p=area / area.sum())
    weight = chance.dirichlet((1, 1, 1), _HAIRS)[..., None]
    foot = (corner[picked] * weight).sum(1)
    up = (facing[on][picked] * weight).sum(1)
    up /= np.maximum(np.linalg.norm(up, axis=1, keepdims=True), 1e-9)
    way = np.array([0, -1.0, 0.05]) + 0.55 * up + 0.16 * chance.standard_normal(foot.shape)
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    chin = rise(0.085, 0.125, -of.local(foot)[:, 1])
    length = (0.0055 if figure.beard == "moustache" else 0.011 + 0.012 * chin) * (
        1 + 0.2 * chance.standard_normal(_HAIRS)
    )
    steps = [
        foot + (way * share + np.array([0, -0.35, 0]) * share**2) * length[:, None] * of.size for share in (0, 0.5, 1)
    ]
    wide = np.array([0.0011, 0.0009, 0.0002]) * of.size
    return [ribbons(np.stack(steps, 1), wide, np.repeat(up[:, None], 3, 1))]


def uncovered(of: Face, figure: Figure, mesh: Mesh) -> Mesh:
    """Hair without what a hat covers."""
    if not figure.hat:
        return mesh
    free = of.local(mesh.points)[:, 1] < _COVERED[figure.hat]
    return mesh._replace(faces=mesh.faces[free[mesh.faces].all(1)])


def headwear(of: Face, figure: Figure) -> list[Piece]:
    """Hat and glasses on the resting head."""
    built = [*_hat(figure), *_glasses(figure)]
    middle = (of.left + of.right) / 2
    return [piece._replace(points=(piece.points * of.size + middle).astype(np.float32)) for piece in built]


def _hat(figure: Figure) -> list[Piece]:
    if not figure.hat:
        return []
    built = [_turned(_HATS[figure.hat], figure.hat_colour)]
    if figure.hat == "cap":
        across = np.linspace(-1.15, 1.15, 15)
        rim = np.column_stack([np.sin(across) * _WIDE, 0.044 - 0.012 * across**2, _MIDDLE_Z + np.cos(across) * _DEEP])
        out = np.column_stack([0 * across, -0.02 * np.cos(across), np.cos(across * 1.3)]) * _PEAK_M
        rows = [rim + out * share for share in (0.0, 0.5, 1.0)]
        built.append(_painted(rows, figure.hat_colour))
    return built


def _turned(profile: tuple[tuple[float, float], ...], colour: Colour) -> Piece:
    turn = np.linspace(0, -2 * pi, 49)
    rows = []
    for share, high in profile:
        dip = 0.012 * (share > 1.2) * np.cos(2 * turn)
        rows.append(
            np.column_stack([np.cos(turn) * _WIDE * share, high - dip, _MIDDLE_Z + np.sin(turn) * _DEEP * share])
        )
    return _painted(rows, colour)


def _painted(rows: list[Direction], colour: Colour) -> Piece:
    return sheet(rows, np.tile(surface_colour(colour), (len(rows) * len(rows[0]), 1)), "cloth")


def _glasses(figure: Figure) -> list[Piece]:
    if not figure.glasses:
        return []
    turn = np.linspace(0, 2 * pi, 33)
    built = []
    for side in (-1, 1):
        x = side * (0.0325 + 0.0245 * np.cos(turn))
        ring = np.column_stack(
            [x, -0.003 + 0.0205 * np.sin(turn), 0.025 - 0.9 * np.maximum(np.abs(x) - 0.03, 0) ** 1.3]
        )
        built.append(tube(ring, _RIM_M, _FRAME))
        arm = np.array([[side * 0.057, 0.002, 0.021], [side * 0.071, 0.003, -0.03], [side * 0.074, 0.001, -0.092]])
        built.append(tube(arm, _RIM_M, _FRAME))
        if figure.glasses == "sunglasses":
            middle = ring.mean(0)
            lens = _painted([middle + (ring - middle) * share for share in (0.02, 1.0)], _GLASS)
            built.append(lens._replace(normals=np.tile(_AHEAD, (len(lens.points), 1)), finish="eye"))
    bridge = np.array([[-0.009, 0.001, 0.026], [0, 0.004, 0.028], [0.009, 0.001, 0.026]])
    return [*built, tube(bridge, _RIM_M, _FRAME)]
