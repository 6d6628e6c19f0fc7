"""Lamps as Mitsuba shapes: emitters whose radiance gives the wanted illuminance, and their barn doors.

An illuminance of pi times 2^stops puts an 18 % grey card that faces the lamp at 0.18 * 2^stops,
scene-linear.
"""

from math import inf, pi
from typing import Any

import mitsuba as mi
import numpy as np
from numpy.typing import NDArray

from app.previz import gobo
from app.previz.light_colour import gel_colour, kelvin_colour
from app.previz.piece import Piece, ball, box, card, corners, pole, shining, tube, turned
from app.previz.scene import Camera, Colour, Flag, Lamp
from app.previz.view import Direction, View, steady_up, triple, unit

Shapes = dict[str, Any]

_GLOBE_M = 0.4
"""A visible lamp up to this size is a practical: a globe that shines all around. Larger ones are panels."""

_FLOOR_GAP_M = 0.15
BRIGHTEST_SEEN = 9.0
"""Radiance of the brightest surface in shot: what a shade or a diffuser would leave of its lamp."""

_METAL: Colour = (0.03, 0.03, 0.03)
_WAX: Colour = (0.75, 0.7, 0.6)
DOOR_SHARE, DOOR_M = 0.8, 0.5  # length as a share of the lamp's edge, and at most
_SKY_M = 25.0
"""A lamp from this distance on is the sun or the moon: it has no doors, and no wall stands behind it."""

_TUBE_M, _NEON_M = 0.019, 0.011  # radii
_FLAME = ((0.001, -0.5), (0.16, -0.42), (0.23, -0.2), (0.17, 0.05), (0.07, 0.32), (0.001, 0.5))
_SHADE = ((0.62, -0.5), (0.42, 0.5))
_FARTHER = (1.0, 1.3, 1.7, 2.2, 3.0)  # a card is moved back until the camera no longer sees it


def emitters(lamps: tuple[Lamp, ...], camera: Camera) -> Shapes:
    """One emitter a lamp, named after its place in the list."""
    return {f"lamp_{index}": _emitter(lamp, camera) for index, lamp in enumerate(lamps)}


def visible_sources(lamps: tuple[Lamp, ...], camera: Camera) -> Shapes:
    """The emitters that the camera may see, no brighter than a shade or a diffuser would leave them."""
    return {f"lamp_{index}": _emitter(lamp, camera, BRIGHTEST_SEEN) for index, lamp in enumerate(lamps) if lamp.visible}


def fittings(lamps: tuple[Lamp, ...], view: View, flags: tuple[Flag, ...] = ()) -> list[Piece]:
    """What holds, shades and takes away light: stands of visible lamps, doors of hidden ones, black cards."""
    built = [piece for lamp in lamps for piece in (_stand(lamp) if lamp.visible else _doors(lamp, view))]
    return built + [piece for flag in flags for piece in _card(flag, view)]


def sources(lamps: tuple[Lamp, ...]) -> list[Piece]:
    """The shining surfaces of the lamps that the camera may see: globes, shades, tubes, flames, and panels' fronts."""
    return [_source(lamp) for lamp in lamps if lamp.visible]


def glowing(lamps: tuple[Lamp, ...], camera: Camera) -> list[Piece]:
    """The lamps in shot that are neither a globe nor a panel, to be looked at alone, coloured by their radiance."""
    formed = [lamp for lamp in lamps if lamp.visible and shape_of(lamp) not in {"globe", "panel"}]
    return [_shining(lamp, camera, BRIGHTEST_SEEN)._replace(finish="glow") for lamp in formed]


def _shining(lamp: Lamp, camera: Camera, most: float) -> Piece:
    source, way = _source(lamp), np.asarray(lamp.target, float) - place(lamp)
    light = colour(lamp, camera.white_balance_k) * pi * 2**lamp.stops
    radiance = _held(light * float(way @ way) / max(_seen_m2(source, unit(way)), 1e-6), most)
    return source._replace(colour=np.tile(radiance, (len(source.points), 1)))


def _source(lamp: Lamp) -> Piece:
    at, radius = place(lamp), lamp.size_m / 2
    right, up, _ = _axes(lamp) * radius
    shape = shape_of(lamp)
    if shape == "flame":
        return turned(at, [(r * lamp.size_m, h * lamp.size_m) for r, h in _FLAME], (1, 1, 1))
    if shape == "shade":
        return turned(at, [(r * lamp.size_m, h * lamp.size_m) for r, h in _SHADE], (1, 1, 1))
    if shape == "tube":
        return tube(np.linspace(at - right, at + right, 4), _TUBE_M, (1, 1, 1))
    if shape == "neon":
        return tube(_bent(at, right, up), _NEON_M, (1, 1, 1))
    if shape == "globe":
        return ball(at, (radius, radius, radius), (1, 1, 1))
    return card(at, right, up * (0.62 if shape == "screen" else 1), (1, 1, 1))


def _bent(at: Direction, right: Direction, up: Direction) -> Direction:
    """The path of a sign's tube: a loop with round ends."""
    turn = np.linspace(0, 2 * pi, 49)[:, None]
    return np.asarray(at + right * np.clip(1.25 * np.cos(turn), -1, 1) + up * 0.45 * np.sin(turn))


def shape_of(lamp: Lamp) -> str:
    """What a visible lamp looks like: its fitting; else a globe or a panel by its size."""
    return lamp.fitting or ("globe" if lamp.size_m <= _GLOBE_M else "panel")


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


def _emitter(lamp: Lamp, camera: Camera, most: float = inf) -> Any:
    light = colour(lamp, camera.white_balance_k) * pi * 2**lamp.stops
    weight = float(np.clip(2**lamp.stops, 0.1, 4))
    at, target = place(lamp), np.asarray(lamp.target, float)
    if lamp.gobo and not lamp.visible:
        return _projector(lamp, light)
    if lamp.visible and shape_of(lamp) == "globe":
        radius = lamp.size_m / 2
        distance = max(float(np.linalg.norm(target - at)), radius * 1.01)
        radiance = _held(light * (distance / radius) ** 2 / pi, most)
        return {"type": "sphere", "center": triple(at), "radius": radius, "emitter": _area(radiance, weight)}
    if lamp.visible and shape_of(lamp) != "panel":
        source = _shining(lamp, camera, most)
        return shining(source, source.colour[0], weight)
    frame = facing(at, target)
    right, up, _ = _axes(lamp) * lamp.size_m
    radiance = light / max(form_factor(at - right / 2 - up / 2, right, up, target), 1e-6)
    return panel(frame @ mi.ScalarTransform4f().scale(lamp.size_m / 2), _held(radiance, most), weight)


def _projector(lamp: Lamp, light: NDArray[np.float64]) -> dict[str, Any]:
    """A profile spot with a gobo: `light` reaches the target where the pattern is open.

    Mitsuba's projector gives pi times its image, over the square of the distance.
    """
    at, target = np.asarray(gobo.thrown_from(lamp), float), np.asarray(lamp.target, float)
    pattern = gobo.mask(lamp)[..., None] * (light * float(np.sum((target - at) ** 2)) / pi)
    bitmap = {"type": "bitmap", "bitmap": mi.Bitmap(pattern.astype(np.float32)), "raw": True, "wrap_mode": "clamp"}
    return {"type": "projector", "irradiance": bitmap, "fov": gobo.field_deg(lamp), "to_world": facing(at, target)}


def _held(radiance: NDArray[np.float64], most: float) -> NDArray[np.float64]:
    """The radiance in its own colour, its strongest channel no more than `most`."""
    return radiance * min(1.0, most / float(radiance.max()))


def _seen_m2(source: Piece, towards: Direction) -> float:
    """The area of a convex source as seen from a direction."""
    corner = source.points.astype(float)[source.faces]
    doubled = np.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0]) @ towards
    return float(np.abs(doubled).sum() / 4) if len(source.faces) > 2 else float(np.abs(doubled).sum() / 2)


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


def _stand(lamp: Lamp) -> list[Piece]:
    """What carries a lamp in shot: a pole, a candle, a lamp's foot, or the housing behind it."""
    at, shape = place(lamp), shape_of(lamp)
    right, up, forward = _axes(lamp)
    half = lamp.size_m / 2
    if shape == "globe":
        return [pole(at * (1, 0, 1), at[1] - half, 0.014, _METAL)]
    if shape == "flame":
        foot = max(0.0, at[1] - half - 0.22)
        return [pole(np.array([at[0], foot, at[2]]), at[1] - half * 0.9 - foot, max(0.011, half * 0.5), _WAX)]
    if shape == "shade":
        return [pole(at * (1, 0, 1), at[1] - half, 0.014, _METAL)]
    if shape in {"tube", "neon"}:
        deep = 0.05 if shape == "tube" else 0.03
        tall = 0.05 if shape == "tube" else half * 0.6
        axes = np.array([right * half * 1.06, up * tall, forward * 0.015])
        return [box(at - forward * deep, axes, _METAL)]
    tall = half * (0.62 if shape == "screen" else 1) * 1.03
    return [box(at - forward * 0.045, np.array([right * half * 1.03, up * tall, forward * 0.04]), _METAL)]


def _card(flag: Flag, view: View) -> list[Piece]:
    """A black card that faces its target, as near as it can stand out of frame; none where it never can."""
    target = np.asarray(flag.target, float)
    way = np.asarray(flag.at, float) - target
    for share in _FARTHER:
        right, up, _ = np.array(facing(target + way * share, target).matrix, float)[:3, :3].T
        half = flag.size_m * share / 2
        sides = (target + way * share, right * half, up * half)
        if not view.may_show(np.array(corners(*sides))):
            return [card(*sides, (0, 0, 0))]
    return []


def _doors(lamp: Lamp, view: View) -> list[Piece]:
    """Four black cards that keep the lamp's spill off the set; none when the camera may see one."""
    if lamp.gobo or np.linalg.norm(place(lamp) - np.asarray(lamp.target)) > _SKY_M:
        return []
    right, up, forward = _axes(lamp)
    half, reach = lamp.size_m / 2 * 1.02, forward * min(lamp.size_m * DOOR_SHARE, DOOR_M) / 2
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
