"""The set around the figures, built from its plan: floor, walls with their windows, what stands there, what glows."""

from collections import defaultdict
from itertools import pairwise
from math import inf, pi
from typing import Any, NamedTuple

import cv2
import mitsuba as mi
import numpy as np
from numpy.typing import NDArray

from app.previz import set_sky
from app.previz.denoise import Picture
from app.previz.figure import is_solid, joints
from app.previz.lamps import Shapes, facing, form_factor, panel, place
from app.previz.light_colour import kelvin_colour, surface_colour
from app.previz.piece import Piece, ball, box, card, merged, pole, sheet, shining
from app.previz.scene import Colour, Scene
from app.previz.set_plan import PLAIN, Ball, Box, Glow, On, Plan, Pole, Thing, Window, plans
from app.previz.view import Direction, View, triple, unit

_FAR_M = 140.0
_DOME_M = 1e5  # so far away that a pixel's mean depth tells how much of it the set covers
_AIR_M = 150.0  # how deep the air is before the sky
_AIR_PER_M = 0.006
_GREY = 0.18
_UP = np.array([0.0, 1.0, 0.0])
_EYES_M = 1.635  # of a set without people
_SKY_M = 20.0  # what hangs farther than this beyond the wall is no part of the set
_FRONT_M = 3.0  # how far side walls reach past the camera
_STREET_M = 60.0  # how far they reach where no wall ends them
_OUTSIDE_M = 0.08  # how far the day hangs behind a window
_BAR_M = 0.022
_RINGS = 24
_MOTTLES = 14  # patches of paint across a mottled wall


class Ground(NamedTuple):
    """Level directions in the set: towards the wall, and to the right along it; and the wall's distance."""

    ahead: Direction
    right: Direction
    wall_m: float


class Frame(NamedTuple):
    """Where a thing's three numbers are counted from, and along which directions: the rows of `axes`."""

    origin: Direction
    axes: NDArray[np.float64]

    def at(self, x: float, y: float, z: float) -> Direction:
        """A point of this frame in the set."""
        return np.asarray(self.origin + np.array([x, y, z]) @ self.axes)


def plan(scene: Scene) -> Plan:
    """The set of a scene."""
    return plans()[scene.room.plan or ("landscape" if scene.room.outdoors else PLAIN)]


def ground(scene: Scene, view: View) -> Ground:
    """The wall stands square to the view, behind every figure and every lamp but sun and moon."""
    level = view.forward * (1, 0, 1)
    ahead = unit(level) if np.linalg.norm(level) > 0.05 else np.array([0.0, 0.0, -1.0])
    depths = [float(np.asarray(figure.at) @ ahead) + 0.8 for figure in scene.figures]
    lamps = [place(lamp) for lamp in scene.lamps]
    depths += [float(at @ ahead) + 0.3 for at in lamps if np.linalg.norm(at) < scene.room.wall_m + _SKY_M]
    return Ground(ahead, np.cross(ahead, _UP), max([scene.room.wall_m, *depths]))


def pieces(scene: Scene, view: View) -> list[Piece]:
    """Everything that stands still: floor, walls, what the plan puts there, and a table under solids."""
    here, planned = ground(scene, view), plan(scene)
    built = [*_floor(scene, here, planned), *_walls(scene, here, planned, view), *_ceiling(scene, here, view)]
    for thing in (*planned.box, *planned.ball, *planned.pole):
        built += _things(thing, _frame(thing.on, scene, here)) if _is_time(thing, scene) else []
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
    return light | ({"washer": _washer(scene, here)} if _has_wall(plan(scene)) else {})


def glows(scene: Scene, view: View, most: float) -> Shapes:
    """The set's own shining surfaces, none over the radiance `most`; those of one colour and level are one shape."""
    here = ground(scene, view)
    alike: dict[tuple[float, float], list[Piece]] = defaultdict(list)
    for glow in plan(scene).glow:
        if _is_time(glow, scene):
            alike[glow.kelvin, glow.stops] += _things(glow, _frame(glow.on, scene, here))
    built = {}
    for number, ((kelvin, stops), shining_ones) in enumerate(alike.items()):
        level = min(most, _GREY * 2 ** (scene.room.background_stops + stops))
        radiance = kelvin_colour(kelvin, scene.camera.white_balance_k) * level
        built[f"glow_{number}"] = shining(merged(shining_ones), radiance, float(np.clip(level, 0.1, 1)))
    return built


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


def _has_wall(planned: Plan) -> bool:
    return planned.high_m > 0 and not planned.outdoors


def _frame(on: On, scene: Scene, here: Ground) -> Frame:
    """The frame of what a thing stands against."""
    back, half = -here.ahead, scene.room.half_m or 3.0
    if on == "wall":
        return Frame(here.ahead * here.wall_m, np.array([here.right, _UP, back]))
    if on in {"left", "right"}:
        inwards = here.right if on == "left" else -here.right
        return Frame(-inwards * half, np.array([here.ahead, _UP, inwards]))
    eyes = _UP * _eyes_m(scene) if on == "eyes" else np.zeros(3)
    return Frame(eyes, np.array([here.right, _UP, here.ahead]))


def _eyes_m(scene: Scene) -> float:
    """The height of the first person's eyes, as the figure is posed."""
    people = [joints(figure) for figure in scene.figures if not is_solid(figure)]
    return float(people[0]["left_eye"][1]) if people else _EYES_M


def _things(thing: Thing, frame: Frame) -> list[Piece]:
    """The thing, as many times as it stands there."""
    places = [np.asarray(thing.at) + number * np.asarray(thing.step) for number in range(thing.times)]
    return [_thing(thing, frame, frame.at(*place)) for place in places]


def _thing(thing: Thing, frame: Frame, middle: Direction) -> Piece:
    if isinstance(thing, Box):
        return _box(middle, frame.axes * np.asarray(thing.half)[:, None], thing.colour, thing.finish)
    if isinstance(thing, Ball):
        return ball(middle, thing.radii, thing.colour, thing.finish, _RINGS)
    if isinstance(thing, Glow):
        along, above, out = frame.axes
        return _facing(middle, along * thing.half[0], (out if thing.down else above) * thing.half[1], -_UP, out, thing)
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
    deep, wide = _FAR_M, scene.room.half_m or _FAR_M
    middle = np.zeros(3)
    if planned.outdoors:
        wide = _FAR_M
    elif planned.window:
        middle = here.ahead * (here.wall_m - deep)
    return [card(middle, here.right * wide, here.ahead * deep, scene.room.floor, finish)]


def _cove(scene: Scene, here: Ground, radius: float, finish: str) -> Piece:
    """Paper that runs from the floor up into the wall."""
    turn = np.linspace(0, pi / 2, 16)
    start = here.wall_m - radius
    deep = np.concatenate([[-_FAR_M, 0.0], start + radius * np.sin(turn), [here.wall_m]])
    high = np.concatenate([[0.0, 0.0], radius * (1 - np.cos(turn)), [plan(scene).high_m]])
    across = np.linspace(-_STREET_M, _STREET_M, 3)
    rows = [here.right * across[:, None] + here.ahead * d + _UP * h for d, h in zip(deep, high, strict=True)]
    return sheet(rows, np.tile(surface_colour(scene.room.wall), (len(rows) * len(across), 1)), finish)


def _walls(scene: Scene, here: Ground, planned: Plan, view: View) -> list[Piece]:
    """The back wall and the side walls, as far as the set has them, with the windows that the day falls through."""
    room = scene.room
    built = []
    if _has_wall(planned) and not planned.cove_m:
        half = room.half_m or _STREET_M
        frame = _frame("wall", scene, here)
        built += [_mottled(scene, here, planned)] if planned.mottle else _wall(scene, frame, (-half, half), "wall")
    if room.half_m:
        front = -abs(float(view.origin @ here.ahead)) - _FRONT_M
        reach = (front, here.wall_m if _has_wall(planned) else _STREET_M)
        for side in ("left", "right"):
            built += _wall(scene, _frame(side, scene, here), reach, side)
    for window in _windows(scene):
        built += _casing(window, _frame(window.on, scene, here))
    return built


def _wall(scene: Scene, frame: Frame, reach: tuple[float, float], on: On) -> list[Piece]:
    """A wall from the floor up around its windows."""
    holes = [window for window in _windows(scene) if window.on == on]
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
    rows = [here.ahead * here.wall_m + here.right * across[:, None] + _UP * h for h in high]
    shades = surface_colour(scene.room.wall) * (1 + planned.mottle * np.clip(fine, -1, 1)).reshape(-1, 1)
    return sheet(rows, shades)


def _windows(scene: Scene) -> list[Window]:
    return [one for one in plan(scene).window if one.on == (scene.room.window or "wall")]


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
    for window in _windows(scene):
        frame = _frame(window.on, scene, here)
        found.append((frame.at(*window.at, -_OUTSIDE_M), frame.axes[2], 4 * window.half[0] * window.half[1]))
    return found


def _days(scene: Scene, here: Ground) -> Shapes:
    """The sky behind each window as a lamp of its size and level; the camera sees through it."""
    light = (set_sky.horizon(scene) + set_sky.zenith(scene)) / 2
    built = {}
    for number, window in enumerate(_windows(scene)):
        frame = _frame(window.on, scene, here)
        at = frame.at(*window.at, -_OUTSIDE_M)
        world = facing(at, at + frame.axes[2]) @ mi.ScalarTransform4f().scale([*window.half, 1])
        built[f"day_{number}"] = panel(world, light, float(np.clip(light.max(), 0.1, 2)))
    return built


def _ceiling(scene: Scene, here: Ground, view: View) -> list[Piece]:
    """The ceiling where the camera sees it; else it is left open, as on a stage, and lets the even light in."""
    high = scene.room.ceiling_m
    if high is None or view.origin[1] >= high:
        return []
    half = scene.room.half_m or _FAR_M
    reach = here.ahead * here.wall_m - view.origin
    top = max(_rise(view, x, y) for x in (-1, 1) for y in (-1, 1)) * float(reach @ here.ahead)
    if view.origin[1] + top < high:
        return []
    deep = float(np.linalg.norm(reach)) + _FRONT_M
    middle = here.ahead * (here.wall_m - deep) + _UP * high
    return [card(middle, -here.right * half, here.ahead * deep, _lighter(scene.room.wall))]


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
    room = scene.room
    at = here.ahead * (here.wall_m - 1.5) + _UP * min(4.4, (room.ceiling_m or 9.0) - 0.15)
    target = here.ahead * here.wall_m + _UP * 1.5
    frame = facing(at, target)
    half_length, half_width = min(1.6, 0.9 * (room.half_m or 9.0)), 0.35
    axes = np.array(frame.matrix)[:3]
    along, down = axes[:, 0] * 2 * half_length, axes[:, 1] * 2 * half_width
    factor = form_factor(at - along / 2 - down / 2, along, down, target)
    radiance = np.ones(3) * pi * 2**room.background_stops / factor
    weight = float(np.clip(2**room.background_stops, 0.1, 2))
    return panel(frame @ mi.ScalarTransform4f().scale([half_length, half_width, 1]), radiance, weight)
