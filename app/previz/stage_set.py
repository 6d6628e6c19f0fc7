"""The set around the figures, built from its plan: floor, walls with their windows, what stands there, what glows."""

from collections import defaultdict
from itertools import pairwise
from math import inf, pi
from typing import Any

import cv2
import mitsuba as mi
import numpy as np
from numpy.typing import NDArray

from app.previz import set_sky
from app.previz.denoise import Picture
from app.previz.figure import is_solid, joints
from app.previz.lamps import Shapes, facing, form_factor, panel
from app.previz.light_colour import kelvin_colour, surface_colour
from app.previz.piece import Piece, ball, box, card, merged, pole, sheet, shining
from app.previz.scene import Colour, Scene
from app.previz.set_ground import STREET_M, UP, Frame, Ground, ground, has_walls, plan, windows
from app.previz.set_plan import WALLS, Ball, Box, Glow, On, Plan, Pole, Thing, Wall, Window
from app.previz.view import Direction, View, triple

_FAR_M = 140.0
_DOME_M = 1e5  # so far away that a pixel's mean depth tells how much of it the set covers
_AIR_M = 150.0  # how deep the air is before the sky
_AIR_PER_M = 0.006
_GREY = 0.18
_EYES_M = 1.635  # of a set without people
_OTHERWISE = ((1, 1, 1), (-1, 1, 1.2), (-1, 1, 1.4), (1, 1, 1.6))
"""By quarters: on which side and how much farther the same things stand, so that no two views of open land are one."""

_AIM_M, _BEFORE_M = 0.15, 0.12  # about what the camera aims at, and before it, nothing of the set stands
_OUTSIDE_M = 0.08  # how far the day hangs behind a window
_BAR_M = 0.022
_RINGS = 24
_MOTTLES = 14  # patches of paint across a mottled wall


def pieces(scene: Scene, view: View) -> list[Piece]:
    """Everything that stands still: floor, walls, what the plan puts there, and a table under solids."""
    here, planned = ground(scene, view), plan(scene)
    built = [*_floor(scene, here, planned), *_walls(scene, here, planned), *_ceiling(scene, here)]
    built += [piece for thing in (*planned.box, *planned.ball, *planned.pole) for piece in _things(thing, scene, here)]
    return [*built, *_table(scene)]


def dome() -> Piece:
    """A black sphere around everything, so that every ray of the guide ends somewhere."""
    return ball(np.zeros(3), (_DOME_M, _DOME_M, _DOME_M), (0, 0, 0), "matte")


def without_dome(depth: Picture) -> tuple[Picture, Picture]:
    """Depth with the sky at the end of the air, and the share of each pixel that the set covers."""
    cover = np.where(depth > _AIR_M, np.clip(1 - depth / _DOME_M, 0, 1), 1).astype(np.float32)
    near = cv2.erode(np.minimum(depth, _AIR_M).astype(np.float32), np.ones((3, 3), np.uint8))
    return np.where(depth > _AIR_M, cover * near + (1 - cover) * _AIR_M, depth).astype(np.float32), cover


def emitters(scene: Scene, view: View) -> Shapes:
    """The even light from everywhere, the set's own lamps, the day in its windows and the wash on its wall."""
    here = ground(scene, view)
    weight = float(np.clip(2**scene.room.ambient_stops, 0.1, 1))
    even = {"type": "rgb", "value": triple(ambient(scene))}
    light: Shapes = {"ambient": {"type": "constant", "radiance": even, "sampling_weight": weight}}
    light |= glows(scene, view, inf) | _days(scene, here)
    return light | ({"washer": _washer(scene, here)} if has_walls(plan(scene)) else {})


def glows(scene: Scene, view: View, most: float) -> Shapes:
    """The set's own shining surfaces, none over the radiance `most`; those of one colour and level are one shape."""
    lit = _glowing(scene, view, most)
    return {f"glow_{number}": shining(one, one.colour[0], _weight(one)) for number, one in enumerate(lit)}


def glowing(scene: Scene, view: View, most: float) -> list[Piece]:
    """The same surfaces to be looked at alone, in the colour of their own radiance."""
    return [one._replace(finish="glow") for one in _glowing(scene, view, most)]


def _glowing(scene: Scene, view: View, most: float) -> list[Piece]:
    here = ground(scene, view)
    alike: dict[tuple[float, float], list[Piece]] = defaultdict(list)
    for glow in plan(scene).glow:
        alike[glow.kelvin, glow.stops] += _things(glow, scene, here)
    built = []
    for (kelvin, stops), ones in alike.items():
        level = min(most, _GREY * 2 ** (scene.room.background_stops + stops))
        radiance = kelvin_colour(kelvin, scene.camera.white_balance_k) * level
        if ones:
            one = merged(ones)
            built.append(one._replace(colour=np.tile(radiance, (len(one.points), 1))))
    return built


def _weight(glow: Piece) -> float:
    return float(np.clip(glow.colour[0].mean(), 0.1, 1))


def ambient(scene: Scene) -> NDArray[np.float64]:
    """Radiance of the even light, in ACEScg: neutral indoors, the sky's colour outdoors."""
    kelvin = scene.room.zenith_kelvin or scene.room.sky_kelvin
    mixed = (kelvin_colour(kelvin, scene.camera.white_balance_k) + 2 * _sky_colour(scene)) / 3
    return (mixed if scene.room.outdoors else np.ones(3)) * 2**scene.room.ambient_stops


def backdrop(scene: Scene, view: View, width: int, height: int) -> NDArray[np.float32]:
    """What the camera sees where the set ends, H x W x 3: a sky, what lies behind a window, or a dark stage."""
    planned = plan(scene)
    open_air = scene.room.outdoors or planned.window or not planned.high_m
    if not open_air:
        return set_sky.dark(ambient(scene) * 0.05, width, height)
    beyond = set_sky.Beyond(planned.lights and scene.room.night, not scene.room.outdoors)
    return set_sky.paint(scene, view, beyond, width, height)


def distance_haze(scene: Scene) -> tuple[float, NDArray[np.float64]]:
    """Extinction a metre of plain outdoor air, and the horizon's radiance that it fades to."""
    return (_AIR_PER_M if scene.room.outdoors else 0.0), set_sky.horizon(scene)


def _sky_colour(scene: Scene) -> NDArray[np.float64]:
    return kelvin_colour(scene.room.sky_kelvin, scene.camera.white_balance_k)


def _is_time(thing: Thing, scene: Scene) -> bool:
    return thing.when == "always" or (thing.when == "night") is scene.room.night


def _eyes_m(scene: Scene) -> float:
    """The height of the first person's eyes, as the figure is posed."""
    people = [joints(figure) for figure in scene.figures if not is_solid(figure)]
    return float(people[0]["left_eye"][1]) if people else _EYES_M


def _things(thing: Thing, scene: Scene, here: Ground) -> list[Piece]:
    """The thing, as many times as it stands there; without what leans on a wall that is out, or hides the hero."""
    if not _is_time(thing, scene):
        return []
    turns, built = plan(scene).turns, []
    places = [np.asarray(thing.at) + number * np.asarray(thing.step) for number in range(thing.times)]
    for turned in range(0, 4, 4 // turns):
        if thing.on in WALLS and WALLS[(WALLS.index(thing.on) + turned) % 4] not in here.standing:
            continue
        frame = here.frame(thing.on, _eyes_m(scene) if thing.on == "eyes" else 0.0, turned)
        other = _OTHERWISE[turned] if thing.on == "hero" else (1, 1, 1)
        made = [_thing(thing, frame, frame.at(*place * other)) for place in places]
        built += [piece for piece in made if _is_wanted(piece, scene, here, again=turned > 0)]
    return built


def _is_wanted(piece: Piece, scene: Scene, here: Ground, *, again: bool) -> bool:
    """Whether a thing may stand: it hides the hero from no lens, and stands there again only where that is seen."""
    low, high = piece.points.min(0).astype(float), piece.points.max(0).astype(float)
    if again:
        middle = (low + high) / 2 - np.asarray(scene.camera.target)
        corners = np.array([[x, y, z] for x in (low[0], high[0]) for y in (low[1], high[1]) for z in (low[2], high[2])])
        if float(middle @ here.level) < 0 or not here.view.may_show(corners):
            return False
    return not any(_is_crossed(low, high, here.view.origin, aim) for aim in _aims(scene, here))


def _aims(scene: Scene, here: Ground) -> list[Direction]:
    """Points about what the camera aims at, as wide as a head and shoulders, just before it."""
    target = np.asarray(scene.camera.target, float)
    away = float(np.linalg.norm(target - here.view.origin))
    near = here.view.origin + (target - here.view.origin) * max(0.0, 1 - _BEFORE_M / max(away, _BEFORE_M))
    shifts = [(x, y) for x in (-_AIM_M, 0, _AIM_M) for y in (-_AIM_M, 0, _AIM_M)]
    return [near + here.view.right * x + here.view.up * y for x, y in shifts]


def _is_crossed(low: Direction, high: Direction, start: Direction, end: Direction) -> bool:
    """Whether the straight way between two points meets an upright box."""
    way = end - start
    safe = np.where(np.abs(way) < 1e-9, 1e-9, way)
    one, other = (low - start) / safe, (high - start) / safe
    return bool(max(0.0, np.minimum(one, other).max()) <= min(1.0, np.maximum(one, other).min()))


def _thing(thing: Thing, frame: Frame, middle: Direction) -> Piece:
    if isinstance(thing, Box):
        return _box(middle, frame.axes * np.asarray(thing.half)[:, None], thing.colour, thing.finish)
    if isinstance(thing, Ball):
        return ball(middle, thing.radii, thing.colour, thing.finish, _RINGS)
    if isinstance(thing, Glow):
        along, above, out = frame.axes
        return _facing(middle, along * thing.half[0], (out if thing.down else above) * thing.half[1], -UP, out, thing)
    if isinstance(thing, Pole):
        return pole(middle, thing.height_m, thing.radius_m, thing.colour)
    raise TypeError(f"{thing} has no shape.")


def _facing(
    middle: Direction, along: Direction, across: Direction, down: Direction, out: Direction, glow: Glow
) -> Piece:
    """A card that looks down, or out from the wall."""
    wanted = down if glow.down else out
    return card(middle, along if np.cross(along, across) @ wanted > 0 else -along, across, glow.colour)


def _box(middle: Direction, axes: NDArray[np.float64], colour: Colour, finish: str = "satin") -> Piece:
    """A box by its half edges in either hand."""
    return box(middle, axes if np.linalg.det(axes) > 0 else axes * [[-1], [1], [1]], colour, finish)


def _floor(scene: Scene, here: Ground, planned: Plan) -> list[Piece]:
    """The ground to the horizon; to the wall where the set has windows, the curve of a cove where it has one."""
    finish = "wet" if scene.room.wet else planned.floor_finish
    if planned.high_m == 0:
        return []
    if planned.cove_m:
        return [_cove(scene, here, planned.cove_m, finish)]
    if planned.outdoors or not planned.window:
        return [card(np.zeros(3), here.right * _FAR_M, here.ahead * _FAR_M, scene.room.floor, finish)]
    reach = {wall: here.far_m[wall] if wall in here.standing else _FAR_M for wall in WALLS}
    return [_level(here, reach, 0.0, scene.room.floor, finish)]


def _level(here: Ground, reach: dict[Wall, float], high: float, colour: Colour, finish: str = "matte") -> Piece:
    """A level rectangle that reaches so far towards each wall; it looks up, or down where it lies overhead."""
    across, along = (reach["right"] - reach["left"]) / 2, (reach["wall"] - reach["front"]) / 2
    half = here.right * (reach["right"] + reach["left"]) / 2
    deep = here.ahead * (reach["wall"] + reach["front"]) / 2
    middle = here.right * across + here.ahead * along + UP * high
    return card(middle, half if high <= 0 else -half, deep, colour, finish)


def _cove(scene: Scene, here: Ground, radius: float, finish: str) -> Piece:
    """Paper that runs from the floor up into the wall."""
    turn = np.linspace(0, pi / 2, 16)
    far = here.far_m["wall"]
    start = far - radius
    deep = np.concatenate([[-_FAR_M, 0.0], start + radius * np.sin(turn), [far]])
    high = np.concatenate([[0.0, 0.0], radius * (1 - np.cos(turn)), [plan(scene).high_m]])
    across = np.linspace(-STREET_M, STREET_M, 3)
    rows = [here.right * across[:, None] + here.ahead * d + UP * h for d, h in zip(deep, high, strict=True)]
    return sheet(rows, np.tile(surface_colour(scene.room.wall), (len(rows) * len(across), 1)), finish)


def _walls(scene: Scene, here: Ground, planned: Plan) -> list[Piece]:
    """The walls that stand, with the windows that the day falls through."""
    built = []
    for wall in WALLS:
        if wall not in here.standing or (wall == "wall" and planned.cove_m):
            continue
        if wall == "wall" and planned.mottle:
            built.append(_mottled(scene, here, planned))
        else:
            built += _wall(scene, here.frame(wall), here.span(wall), wall)
    for window in windows(scene):
        if window.on in here.standing:
            built += _casing(window, here.frame(window.on))
    return built


def _wall(scene: Scene, frame: Frame, reach: tuple[float, float], on: On) -> list[Piece]:
    """A wall from the floor up around its windows."""
    holes = [window for window in windows(scene) if window.on == on]
    high = scene.room.ceiling_m or plan(scene).high_m
    columns = sorted({*reach, *(one.at[0] + side * one.half[0] for one in holes for side in (-1, 1))})
    rows = sorted({0.0, high, *(one.at[1] + side * one.half[1] for one in holes for side in (-1, 1))})
    built = []
    for left, right in pairwise(columns):
        for low, top in pairwise(rows):
            x, y = (left + right) / 2, (low + top) / 2
            if not any(abs(x - one.at[0]) < one.half[0] and abs(y - one.at[1]) < one.half[1] for one in holes):
                along, above, out = frame.axes
                along = along * (right - left) / 2 * (1 if np.cross(along, above) @ out > 0 else -1)
                built.append(card(frame.at(x, y, 0), along, above * (top - low) / 2, scene.room.wall))
    return built


def _mottled(scene: Scene, here: Ground, planned: Plan) -> Piece:
    """A wall painted by hand: the same on every day."""
    random = np.random.default_rng(5)
    grain = random.uniform(-1, 1, (_MOTTLES, _MOTTLES)).astype(np.float32)
    fine = cv2.resize(grain, (_MOTTLES * 5, _MOTTLES * 5), interpolation=cv2.INTER_CUBIC)
    across, high = np.linspace(-4, 4, fine.shape[1]), np.linspace(0, 5, fine.shape[0])
    rows = [here.ahead * here.far_m["wall"] + here.right * across[:, None] + UP * h for h in high]
    shades = surface_colour(scene.room.wall) * (1 + planned.mottle * np.clip(fine, -1, 1)).reshape(-1, 1)
    return sheet(rows, shades)


def _casing(window: Window, frame: Frame) -> list[Piece]:
    """The frame, the bars and the sill."""
    (x, y), (wide, high) = window.at, window.half
    white: Colour = (0.5, 0.49, 0.46)
    parts = [(x, y + side * high, wide + 0.05, 0.045) for side in (-1, 1)]
    parts += [(x + side * wide, y, 0.045, high + 0.05) for side in (-1, 1)]
    columns, rows = window.panes
    parts += [(x - wide + 2 * wide * n / columns, y, _BAR_M, high) for n in range(1, columns)]
    parts += [(x, y - high + 2 * high * n / rows, wide, _BAR_M) for n in range(1, rows)]
    built = [_box(frame.at(at, up, 0), frame.axes * [[w], [h], [0.035]], white) for at, up, w, h in parts]
    return [*built, _box(frame.at(x, y - high - 0.03, 0.07), frame.axes * [[wide + 0.1], [0.02], [0.1]], white)]


def openings(scene: Scene, view: View) -> list[tuple[Direction, Direction, float]]:
    """The windows that are open to the day: where, which way into the room, and how many square metres."""
    here = ground(scene, view)
    found = []
    for window in windows(scene):
        frame = here.frame(window.on)
        found.append((frame.at(*window.at, -_OUTSIDE_M), frame.axes[2], 4 * window.half[0] * window.half[1]))
    return found


def _days(scene: Scene, here: Ground) -> Shapes:
    """The sky behind each window as a lamp of its size and level; the camera sees through it."""
    light = (set_sky.horizon(scene) + set_sky.zenith(scene)) / 2
    built = {}
    for number, window in enumerate(windows(scene)):
        frame = here.frame(window.on)
        at = frame.at(*window.at, -_OUTSIDE_M)
        world = facing(at, at + frame.axes[2]) @ mi.ScalarTransform4f().scale([*window.half, 1])
        built[f"day_{number}"] = panel(world, light, float(np.clip(light.max(), 0.1, 2)))
    return built


def _ceiling(scene: Scene, here: Ground) -> list[Piece]:
    """The ceiling where the camera sees it; else it is left open, as on a stage, and lets the even light in."""
    high, view = scene.room.ceiling_m, here.view
    if high is None or view.origin[1] >= high:
        return []
    top = max(_rise(view, x, y) for x in (-1, 1) for y in (-1, 1)) * here.depth_m
    if view.origin[1] + top < high:
        return []
    return [_level(here, {wall: here.reach_m(wall) for wall in WALLS}, high, _lighter(scene.room.wall))]


def _rise(view: View, x: float, y: float) -> float:
    """How much a corner of the frame rises a metre of its way over the floor."""
    ray = view.forward + view.right * x * view.tan_x + view.up * y * view.tan_y
    return float(ray[1] / max(np.hypot(ray[0], ray[2]), 1e-3))


def _lighter(colour: Colour) -> Colour:
    red, green, blue = (0.6 * part + 0.25 for part in colour)
    return red, green, blue


def _table(scene: Scene) -> list[Piece]:
    """A plain table under the solids of a product shot, as high as they stand."""
    height = max((figure.at[1] for figure in scene.figures), default=0.0)
    if height < 0.05 or not all(is_solid(figure) for figure in scene.figures):
        return []
    x, z = (float(np.mean([figure.at[axis] for figure in scene.figures])) for axis in (0, 2))
    wood: Colour = (0.17, 0.12, 0.085)
    leg = height / 2 - 0.02
    legs = [(side, end) for side in (-0.78, 0.78) for end in (-0.43, 0.43)]
    return [
        box(np.array([x, height - 0.02, z]), np.diag([0.85, 0.02, 0.5]), wood),
        *(box(np.array([x + a, leg, z + b]), np.diag([0.03, leg, 0.03]), wood) for a, b in legs),
    ]


def _washer(scene: Scene, here: Ground) -> dict[str, Any]:
    """A long soft strip above the frame that lights the wall from above."""
    room, wall = scene.room, here.faced
    way, far = here.towards(wall), here.far_m[wall]
    at = way * (far - min(1.5, 0.75 * far)) + UP * min(4.4, (room.ceiling_m or 9.0) - 0.15)
    target = way * far + UP * 1.5
    frame = facing(at, target)
    beside = here.far_m.get("right" if wall in {"wall", "front"} else "front", 9.0)
    half_length, half_width = min(1.6, 0.9 * beside), 0.35
    axes = np.array(frame.matrix)[:3]
    along, down = axes[:, 0] * 2 * half_length, axes[:, 1] * 2 * half_width
    factor = form_factor(at - along / 2 - down / 2, along, down, target)
    radiance = np.ones(3) * pi * 2**room.background_stops / factor
    weight = float(np.clip(2**room.background_stops, 0.1, 2))
    return panel(frame @ mi.ScalarTransform4f().scale([half_length, half_width, 1]), radiance, weight)
