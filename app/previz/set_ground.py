"""The ground that a set is built on: which way its walls lie, how far, and which of them stand for this camera.

A set stays where it is when the camera goes round it. A wall that would come between the lens and the people is a wild
wall, as on a stage: it is taken out with all that leans on it. A backdrop is hung anew, square to every set-up.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.previz.scene import Scene
from app.previz.set_plan import PLAIN, WALLS, On, Plan, Wall, Window, plans
from app.previz.view import Direction, View, unit

STREET_M = 60.0
"""How far a wall reaches where no other ends it."""

FRONT_M = 3.0
"""How far it reaches past a camera that looks away from there."""

UP = np.array([0.0, 1.0, 0.0])
_SET_AHEAD = np.array([0.0, 0.0, -1.0])
_SIDE_M = 3.0  # of a plan without side walls
_CLEAR_M = 0.05  # between the lens and a wall that may stand
_FACED, _AWAY = 0.3, -0.5  # cosines between the view and the way to a wall
_ELBOW_M, _BACK_M, _LAMP_M = 0.35, 0.8, 0.3  # what walls keep from people, and from lamps
_SKY_M = 20.0  # what hangs farther than this beyond the wall is no part of the set


class Frame(NamedTuple):
    """Where a thing's three numbers are counted from, and along which directions: the rows of `axes`."""

    origin: Direction
    axes: NDArray[np.float64]

    def at(self, x: float, y: float, z: float) -> Direction:
        """A point of this frame in the set."""
        return np.asarray(self.origin + np.array([x, y, z]) @ self.axes)


class Ground(NamedTuple):
    """Level directions to the back wall and along it to the right, how far each wall is, and which of them stand."""

    ahead: Direction
    right: Direction
    far_m: dict[Wall, float]
    standing: frozenset[Wall]
    view: View

    @property
    def level(self) -> Direction:
        """The way that the camera looks, over the floor; towards the back wall where it looks straight down or up."""
        flat = self.view.forward * (1, 0, 1)
        return unit(flat) if np.linalg.norm(flat) > 0.05 else self.ahead

    @property
    def faced(self) -> Wall:
        """The wall that the camera looks at most."""
        return max(self.far_m, key=self.facing)

    @property
    def depth_m(self) -> float:
        """How far along the view the farthest corner of the set is from the lens."""
        return max(float((corner - self.view.origin) @ self.level) for corner in self._corners())

    def towards(self, wall: Wall) -> Direction:
        """The level direction from the middle to a wall."""
        return {"wall": self.ahead, "right": self.right, "front": -self.ahead, "left": -self.right}[wall]

    def facing(self, wall: Wall) -> float:
        """How squarely the camera looks at a wall: 1 at it, -1 away from it."""
        return float(self.level @ self.towards(wall))

    def reach_m(self, wall: Wall) -> float:
        """How far floor and walls reach towards a wall: to it, past the camera, or to the end of the street."""
        if wall in self.standing:
            return self.far_m[wall]
        if self.facing(wall) < _AWAY:
            return max(0.0, float(self.view.origin @ self.towards(wall))) + FRONT_M
        return STREET_M

    def frame(self, on: On, eyes_m: float = 0.0, turned: int = 0) -> Frame:
        """The frame of what a thing stands against, the whole plan turned so many quarters to the right."""
        turn = WALLS[turned % 4 :] + WALLS[: turned % 4]
        ahead, right = self.towards(turn[0]), self.towards(turn[1])
        if on not in WALLS:
            return Frame(UP * (eyes_m if on == "eyes" else 0.0), np.array([right, UP, ahead]))
        wall = turn[WALLS.index(on)]
        out = -self.towards(wall)
        along = {"wall": right, "front": -right, "left": ahead, "right": ahead}[on]
        return Frame(-out * self.far_m.get(wall, _SIDE_M), np.array([along, UP, out]))

    def span(self, wall: Wall) -> tuple[float, float]:
        """Where a wall begins and ends, along its own frame."""
        ends: dict[Wall, tuple[Wall, Wall]] = {"wall": ("left", "right"), "front": ("right", "left")}
        first, last = ends.get(wall, ("front", "wall"))
        return -self.reach_m(first), self.reach_m(last)

    def _corners(self) -> Iterator[Direction]:
        for deep in ("wall", "front"):
            for side in ("left", "right"):
                far = [self.far_m.get(one, 0.0) for one in (deep, side)]
                yield self.towards(deep) * far[0] + self.towards(side) * far[1]


def plan(scene: Scene) -> Plan:
    """The set of a scene."""
    return plans()[scene.room.plan or ("landscape" if scene.room.outdoors else PLAIN)]


def has_walls(planned: Plan) -> bool:
    """Whether a set is closed at its back."""
    return planned.high_m > 0 and not planned.outdoors


def windows(scene: Scene) -> list[Window]:
    """The windows of a set: those of the wall that has them in this shot."""
    return [one for one in plan(scene).window if one.on == (scene.room.window or "wall")]


def ground(scene: Scene, view: View) -> Ground:
    """The ground of a scene; its walls stand behind every figure."""
    planned = plan(scene)
    ahead = _SET_AHEAD
    level = view.forward * (1, 0, 1)
    if planned.hung and np.linalg.norm(level) > 0.05:
        ahead = unit(level)
    bare = Ground(ahead, np.cross(ahead, UP), {}, frozenset(), view)
    far = bare._replace(far_m=_distances(scene, planned, bare))
    return far._replace(standing=frozenset(wall for wall in far.far_m if _stands(scene, planned, far, wall)))


def _distances(scene: Scene, planned: Plan, here: Ground) -> dict[Wall, float]:
    """How far each wall is, moved out to where nobody stands in it."""
    room = scene.room
    said: dict[Wall, float | None] = {"right": room.half_m, "left": room.half_m}
    if has_walls(planned):
        said = {"wall": room.wall_m, "front": room.front_m, **said}
    found: dict[Wall, float] = {}
    for wall, far in said.items():
        if far is not None:
            gap = _ELBOW_M if wall in {"left", "right"} else _BACK_M
            depths = [float(np.asarray(figure.at) @ here.towards(wall)) + gap for figure in scene.figures]
            found[wall] = max([far, *depths, *(_behind(scene, here) if planned.hung else ())])
    return found


def _behind(scene: Scene, here: Ground) -> Iterator[float]:
    """How far a backdrop has to hang so that every lamp but sun and moon is before it."""
    for lamp in scene.lamps:
        if np.linalg.norm(lamp.at) < scene.room.wall_m + _SKY_M:
            yield float(np.asarray(lamp.at) @ here.ahead) + _LAMP_M


def _stands(scene: Scene, planned: Plan, here: Ground, wall: Wall) -> bool:
    """Whether a wall is up: the lens is on its inner side, and it is faced, in the frame, or part of a closed room."""
    if float(here.view.origin @ here.towards(wall)) > here.far_m[wall] - _CLEAR_M:
        return False
    facing = here.facing(wall)
    closed = scene.room.ceiling_m is not None and facing > _AWAY
    return closed or facing > _FACED or here.view.may_show(_corners(here, planned, wall))


def _corners(here: Ground, planned: Plan, wall: Wall) -> Direction:
    frame = here.frame(wall)
    beside: tuple[Wall, Wall] = ("left", "right") if wall in {"wall", "front"} else ("front", "wall")
    reach = max(here.far_m.get(one, STREET_M) for one in beside) if has_walls(planned) else STREET_M
    return np.array([frame.at(along, up, 0) for along in (-reach, reach) for up in (0.0, planned.high_m)])
