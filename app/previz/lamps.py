"""Lamps as Mitsuba shapes: emitters whose radiance gives the wanted illuminance, and their barn doors.

An illuminance of pi times 2^stops puts an 18 % grey card that faces the lamp at 0.18 * 2^stops,
scene-linear.
"""

from math import pi
from typing import Any

import mitsuba as mi
import numpy as np
from numpy.typing import NDArray

from app.previz.light_colour import gel_colour, kelvin_colour
from app.previz.piece import Piece, ball, box, card, corners, pole
from app.previz.scene import Camera, Colour, Lamp
from app.previz.view import Direction, View, steady_up, triple, unit

Shapes = dict[str, Any]

_GLOBE_M = 0.4
"""A visible lamp up to this size is a practical: a globe that shines all around. Larger ones are panels."""

_FLOOR_GAP_M = 0.15
BRIGHTEST_SEEN = 9.0
"""Radiance of the brightest surface in shot: what a shade or a diffuser would leave of its lamp."""

_METAL: Colour = (0.03, 0.03, 0.03)
_DOOR_SHARE, _DOOR_M = 0.8, 0.5  # length as a share of the lamp's edge, and at most


def emitters(lamps: tuple[Lamp, ...], camera: Camera) -> Shapes:
    """One emitter a lamp, named after its place in the list."""
    return {f"lamp_{index}": _emitter(lamp, camera) for index, lamp in enumerate(lamps)}


def visible_sources(lamps: tuple[Lamp, ...], camera: Camera) -> Shapes:
    """The emitters that the camera may see, no brighter than a shade or a diffuser would leave them."""
    seen = {f"lamp_{index}": _emitter(lamp, camera) for index, lamp in enumerate(lamps) if lamp.visible}
    for shape in seen.values():
        radiance = shape["emitter"]["radiance"]
        scale = min(1.0, BRIGHTEST_SEEN / max(radiance["value"]))
        radiance["value"] = [value * scale for value in radiance["value"]]
    return seen


def fittings(lamps: tuple[Lamp, ...], view: View) -> list[Piece]:
    """What holds and shades the lamps: housings and stands of visible ones, doors of hidden ones."""
    return [piece for lamp in lamps for piece in (_stand(lamp) if lamp.visible else _doors(lamp, view))]


def sources(lamps: tuple[Lamp, ...]) -> list[Piece]:
    """The shining surfaces of the lamps that the camera may see: globes, and panels' fronts."""
    return [_source(lamp) for lamp in lamps if lamp.visible]


def _source(lamp: Lamp) -> Piece:
    radius = lamp.size_m / 2
    if _is_globe(lamp):
        return ball(place(lamp), (radius, radius, radius), (1, 1, 1))
    right, up, _ = _axes(lamp) * radius
    return card(place(lamp), right, up, (1, 1, 1))


def colour(lamp: Lamp, balance: float) -> NDArray[np.float64]:
    """The lamp's light in ACEScg under the camera's balance, at luminance 1 as far as its hue allows."""
    return kelvin_colour(lamp.kelvin, balance) if lamp.tint is None else gel_colour(lamp.tint)


def panel(to_world: Any, radiance: NDArray[np.float64], weight: float) -> dict[str, Any]:
    """A black rectangle that shines to its front; `weight` is its share of the light samples.

    Not a `null` surface: that stops the sampling of lamps behind it and leaves their light to chance, as noise.
    """
    black = {"type": "twosided", "nested": {"type": "diffuse", "reflectance": {"type": "rgb", "value": 0.0}}}
    return {"type": "rectangle", "to_world": to_world, "bsdf": black, "emitter": _area(radiance, weight)}


def form_factor(corner: Direction, along: Direction, down: Direction, target: Direction) -> float:
    """Illuminance at `target` from a rectangle of radiance 1, the receiver facing the rectangle's middle.

    The rectangle spans `along` and `down` from `corner`; midpoint rule on 16 x 16 cells, no occlusion.
    """
    middle = corner + (along + down) / 2
    facing = unit(target - middle)
    normal = np.cross(along, down)
    area = float(np.linalg.norm(normal))
    cell = (np.arange(16) + 0.5) / 16
    u, v = (part.reshape(-1, 1) for part in np.meshgrid(cell, cell))
    offset = target - (corner + u * along + v * down)
    distance = np.linalg.norm(offset, axis=1)
    emitted = np.abs(offset @ normal) / (area * distance)
    received = np.maximum(offset @ facing, 0) / distance
    return float((emitted * received / distance**2).mean() * area)


def _emitter(lamp: Lamp, camera: Camera) -> dict[str, Any]:
    light = colour(lamp, camera.white_balance_k) * pi * 2**lamp.stops
    weight = float(np.clip(2**lamp.stops, 0.1, 4))
    at, target = place(lamp), np.asarray(lamp.target, float)
    if _is_globe(lamp):
        radius = lamp.size_m / 2
        distance = max(float(np.linalg.norm(target - at)), radius * 1.01)
        radiance = light * (distance / radius) ** 2 / pi
        return {"type": "sphere", "center": triple(at), "radius": radius, "emitter": _area(radiance, weight)}
    frame = facing(at, target)
    right, up, _ = _axes(lamp) * lamp.size_m
    factor = form_factor(at - right / 2 - up / 2, right, up, target)
    return panel(frame @ mi.ScalarTransform4f().scale(lamp.size_m / 2), light / max(factor, 1e-6), weight)


def place(lamp: Lamp) -> Direction:
    """The lamp's middle, kept above the floor."""
    at = np.asarray(lamp.at, float)
    return np.array([at[0], max(at[1], _FLOOR_GAP_M), at[2]])


def facing(at: Direction, target: Direction) -> Any:
    """The transform of a thing at `at` whose +z looks at `target`, whatever the elevation."""
    up = steady_up(unit(target - at))
    return mi.ScalarTransform4f().look_at(origin=triple(at), target=triple(at + unit(target - at)), up=triple(up))


def _area(radiance: NDArray[np.float64], weight: float) -> dict[str, Any]:
    return {"type": "area", "radiance": {"type": "rgb", "value": triple(radiance)}, "sampling_weight": weight}


def _is_globe(lamp: Lamp) -> bool:
    return lamp.visible and lamp.size_m <= _GLOBE_M


def _stand(lamp: Lamp) -> list[Piece]:
    """The pole under a globe, or the housing behind a panel."""
    at = place(lamp)
    if _is_globe(lamp):
        return [pole(at * (1, 0, 1), at[1] - lamp.size_m / 2, 0.014, _METAL)]
    right, up, forward = _axes(lamp)
    half = lamp.size_m / 2 * 1.03
    return [box(at - forward * 0.045, np.array([right * half, up * half, forward * 0.04]), _METAL)]


def _doors(lamp: Lamp, view: View) -> list[Piece]:
    """Four black cards that keep the lamp's spill off the set; none when the camera may see one."""
    right, up, forward = _axes(lamp)
    half, reach = lamp.size_m / 2 * 1.02, forward * min(lamp.size_m * _DOOR_SHARE, _DOOR_M) / 2
    cards = [
        (place(lamp) + reach + out * side, along * half, reach)
        for out, along in ((right, up), (up, right))
        for side in (-half, half)
    ]
    if any(view.may_show(np.array(corners(*sides))) for sides in cards):
        return []
    return [card(*sides, (0, 0, 0)) for sides in cards]


def _axes(lamp: Lamp) -> NDArray[np.float64]:
    """Right, up and forward of the lamp, as rows."""
    matrix: NDArray[np.float64] = np.array(facing(place(lamp), np.asarray(lamp.target, float)).matrix, float)
    return matrix[:3, :3].T
