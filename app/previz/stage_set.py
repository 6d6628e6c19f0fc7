"""The set around the figures: floor, one wall with a few things on it, or open ground under a sky."""

from math import pi
from typing import Any, NamedTuple

import mitsuba as mi
import numpy as np
from numpy.typing import NDArray

from app.previz.figure import is_solid
from app.previz.lamps import Shapes, facing, form_factor, panel, place
from app.previz.light_colour import kelvin_colour
from app.previz.piece import Piece, ball, box, card, pole
from app.previz.scene import Colour, Scene, Vector
from app.previz.view import Direction, View, triple, unit

_FAR_M = 140.0
_DOME_M = 150.0
_AIR_PER_M = 0.006
_PALE = 0.5  # reflectance of the cloud that stands for the visible sky


class Ground(NamedTuple):
    """Level directions in the set: towards the wall, and to the right along it; and the wall's distance."""

    ahead: Direction
    right: Direction
    wall_m: float


def ground(scene: Scene, view: View) -> Ground:
    """The wall stands square to the view, behind every figure and every lamp."""
    level = view.forward * (1, 0, 1)
    ahead = unit(level) if np.linalg.norm(level) > 0.05 else np.array([0.0, 0.0, -1.0])
    depths = [float(np.asarray(figure.at) @ ahead) + 0.8 for figure in scene.figures]
    depths += [float(place(lamp) @ ahead) + 0.3 for lamp in scene.lamps]
    return Ground(ahead, np.cross(ahead, [0.0, 1.0, 0.0]), max([scene.room.wall_m, *depths]))


def pieces(scene: Scene, view: View) -> list[Piece]:
    """Everything that stands still: floor, wall or horizon, props, and a table under solids."""
    here = ground(scene, view)
    floor = card(np.zeros(3), np.array([0, 0, _FAR_M]), np.array([_FAR_M, 0, 0]), scene.room.floor, "satin")
    around = _landscape(here) if scene.room.outdoors else _wall(scene, here)
    return [floor, *around, *_table(scene)]


def dome() -> Piece:
    """A black sphere around everything, so that every ray of the guide ends somewhere."""
    return ball(np.zeros(3), (_DOME_M, _DOME_M, _DOME_M), (0, 0, 0), "matte")


def emitters(scene: Scene, view: View) -> Shapes:
    """The even light from everywhere and, indoors, the wash on the wall."""
    level = ambient(scene)
    weight = float(np.clip(2**scene.room.ambient_stops, 0.1, 1))
    sky = {"type": "constant", "radiance": {"type": "rgb", "value": triple(level)}, "sampling_weight": weight}
    return {"ambient": sky} | ({} if scene.room.outdoors else {"washer": _washer(scene, ground(scene, view))})


def ambient(scene: Scene) -> NDArray[np.float64]:
    """Radiance of the even light, in ACEScg: neutral indoors, the sky's colour outdoors."""
    return _sky_colour(scene) * 2**scene.room.ambient_stops


def backdrop(scene: Scene, view: View, width: int, height: int) -> NDArray[np.float32]:
    """What the camera sees where the set ends, H x W x 3: a sky that darkens upwards, or a dark stage."""
    across = (np.arange(width) + 0.5) / width * 2 - 1
    above = 1 - (np.arange(height)[:, None] + 0.5) / height * 2
    rise = view.forward[1] + across * view.tan_x * view.right[1] + above * view.tan_y * view.up[1]
    sine = rise / np.sqrt(1 + (across * view.tan_x) ** 2 + (above * view.tan_y) ** 2)
    level = _PALE * 2**scene.room.background_stops * (1.15 - 0.75 * np.clip(sine, 0, 1) ** 0.7)
    colour = _sky_colour(scene) if scene.room.outdoors else ambient(scene) * 0.1
    return np.asarray(level[..., None] * colour, np.float32)


def distance_haze(scene: Scene) -> tuple[float, NDArray[np.float64]]:
    """Extinction a metre of plain outdoor air, and the horizon's radiance that it fades to."""
    level = _PALE * 2**scene.room.background_stops
    return (_AIR_PER_M if scene.room.outdoors else 0.0), _sky_colour(scene) * level


def _sky_colour(scene: Scene) -> NDArray[np.float64]:
    if scene.room.outdoors:
        return kelvin_colour(scene.room.sky_kelvin, scene.camera.white_balance_k)
    return np.ones(3)


def _wall(scene: Scene, here: Ground) -> list[Piece]:
    middle = here.ahead * here.wall_m
    wall = card(middle, here.right * 60, np.array([0.0, 12.0, 0.0]), scene.room.wall)
    skirting = _box(here, (0, 0.05, 0.012), (60, 0.05, 0.012), (0.16, 0.16, 0.16))
    return [wall, skirting, *_props(here)]


def _props(here: Ground) -> list[Piece]:
    """A low shelf with books on camera left and a framed picture on camera right."""
    wood: Colour = (0.15, 0.095, 0.06)
    vase = here.ahead * (here.wall_m - 0.2) - here.right * 1.3 + [0, 1.03, 0]
    books: tuple[tuple[float, float, Colour], ...] = (
        (-1.92, 0.13, (0.30, 0.06, 0.05)),
        (-1.85, 0.16, (0.06, 0.12, 0.16)),
        (-1.77, 0.12, (0.33, 0.28, 0.18)),
    )
    return [
        _box(here, (-1.55, 0.45, 0.2), (0.55, 0.45, 0.17), wood),
        _box(here, (-1.55, 0.62, 0.375), (0.5, 0.2, 0.006), (0.05, 0.032, 0.02)),
        *(_box(here, (x, 0.9 + half, 0.2), (0.03, half, 0.1), colour) for x, half, colour in books),
        ball(vase, (0.1, 0.13, 0.1), (0.2, 0.22, 0.2)),
        _box(here, (1.05, 1.62, 0.02), (0.44, 0.32, 0.02), (0.05, 0.045, 0.04)),
        _box(here, (1.05, 1.62, 0.041), (0.37, 0.25, 0.002), (0.36, 0.34, 0.30)),
    ]


def _landscape(here: Ground) -> list[Piece]:
    """Trees and two far ridges, for scale and depth."""
    built = []
    leaf: Colour = (0.11, 0.14, 0.065)
    for across, deep, size in ((-8.5, 17.0, 1.5), (6.2, 24.0, 1.9), (14.0, 31.0, 2.2), (-19.0, 38.0, 2.4)):
        foot = here.ahead * (here.wall_m + deep) + here.right * across
        built.append(pole(foot, size * 1.6, size * 0.1, (0.08, 0.06, 0.045)))
        for right, up, share in ((0, 2.1, 1.0), (-0.6, 1.7, 0.75), (0.65, 1.65, 0.8), (0.2, 2.75, 0.7)):
            middle = foot + here.right * (right * size) + np.array([0, up * size, 0])
            built.append(ball(middle, (size * share, size * share * 0.85, size * share), leaf, "matte"))
    for across, deep, rise in ((-35.0, 75.0, 5.0), (28.0, 88.0, 7.0)):
        foot = here.ahead * deep + here.right * across
        built.append(ball(foot, (40, rise, 40), (0.16, 0.17, 0.15), "matte"))
    return built


def _table(scene: Scene) -> list[Piece]:
    """A plain table under the solids of a product shot, as high as they stand."""
    height = max((figure.at[1] for figure in scene.figures), default=0.0)
    if height < 0.05 or not all(is_solid(figure) for figure in scene.figures):
        return []
    x, z = (float(np.mean([figure.at[axis] for figure in scene.figures])) for axis in (0, 2))
    wood: Colour = (0.17, 0.12, 0.085)
    leg = height / 2 - 0.02
    corners = [(side, end) for side in (-0.78, 0.78) for end in (-0.43, 0.43)]
    return [
        box(np.array([x, height - 0.02, z]), np.diag([0.85, 0.02, 0.5]), wood),
        *(box(np.array([x + a, leg, z + b]), np.diag([0.03, leg, 0.03]), wood) for a, b in corners),
    ]


def _washer(scene: Scene, here: Ground) -> dict[str, Any]:
    """A long soft strip above the frame that lights the wall from above."""
    at = here.ahead * (here.wall_m - 1.5) + [0, 4.4, 0]
    target = here.ahead * here.wall_m + [0, 1.5, 0]
    frame = facing(at, target)
    half_length, half_width = 1.6, 0.35
    axes = np.array(frame.matrix)[:3]
    along, down = axes[:, 0] * 2 * half_length, axes[:, 1] * 2 * half_width
    factor = form_factor(at - along / 2 - down / 2, along, down, target)
    radiance = np.ones(3) * pi * 2**scene.room.background_stops / factor
    weight = float(np.clip(2**scene.room.background_stops, 0.1, 2))
    return panel(frame @ mi.ScalarTransform4f().scale([half_length, half_width, 1]), radiance, weight)


def _box(here: Ground, middle: Vector, half: Vector, colour: Colour) -> Piece:
    """A box whose `middle` is counted along the wall, from the floor, and out from the wall."""
    right, above, out = middle
    at = here.ahead * (here.wall_m - out) + here.right * right + [0, above, 0]
    axes = np.array([here.right * half[0], [0, half[1], 0], -here.ahead * half[2]])
    return box(at, axes, colour)
