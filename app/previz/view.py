"""Where the camera stands and what its frame takes in."""

from math import cos, radians, sin
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.previz.scene import Camera, Scene, Vector

Direction = NDArray[np.float64]


class View(NamedTuple):
    """The camera's axes in the set, roll applied, and the tangents of half its angles of view."""

    origin: Direction
    right: Direction
    up: Direction
    forward: Direction
    tan_x: float
    tan_y: float

    def may_show(self, corners: Direction, margin: float = 1.15) -> bool:
        """Whether a flat thing with these N x 3 corners can be in the frame, widened by `margin`.

        It cannot when all corners lie outside one and the same side of the pyramid of vision.
        """
        offset = corners - self.origin
        depth = offset @ self.forward
        wide, high = depth * self.tan_x * margin, depth * self.tan_y * margin
        across, above = offset @ self.right, offset @ self.up
        outside = (depth < 0, across > wide, across < -wide, above > high, above < -high)
        return not any(bool(side.all()) for side in outside)


def view(camera: Camera, aspect: float) -> View:
    """The view of a camera whose picture is `aspect` times as wide as high."""
    origin = np.asarray(camera.at, float)
    forward = unit(np.asarray(camera.target, float) - origin)
    right = unit(np.cross(forward, steady_up(forward)))
    upright = np.cross(right, forward)
    roll = radians(camera.roll_deg)
    up = upright * cos(roll) + right * sin(roll)
    tan_x = camera.gate_w_mm / (2 * camera.focal_mm)
    return View(origin, right * cos(roll) - upright * sin(roll), up, forward, tan_x, tan_x / aspect)


def open_gate(scene: Scene, width: int, height: int | None = None) -> Scene:
    """The scene as a camera frames it that delivers `width` x `height` pixels.

    Where the delivery is of another ratio, the gate opens on the side that has too little: all that the shot
    frames stays in, at the same place about the middle, and more is seen above and below, or left and right.
    Without a height, or at the height that the scene's own ratio gives, the scene stays as it is.
    """
    if height is None or height == rows(scene, width):
        return scene
    aspect = width / height
    own_h = scene.camera.gate_w_mm / scene.aspect
    gate_w = own_h * max(aspect, scene.aspect)
    gate = {"gate_w_mm": gate_w, "gate_h_mm": gate_w / aspect}
    return scene.model_copy(update={"aspect": aspect, "camera": scene.camera.model_copy(update=gate)})


def rows(scene: Scene, width: int) -> int:
    """The height in pixels of the scene's picture at a width."""
    return max(1, round(width / scene.aspect))


def unit(vector: Direction) -> Direction:
    """The vector at length 1; a vector of no length points to the default camera."""
    length = float(np.linalg.norm(vector))
    return vector / length if length > 1e-6 else np.array([0.0, 0.0, 1.0])


def steady_up(forward: Direction) -> Direction:
    """An up vector that is never parallel to `forward`: the world's, or -z for looks straight down or up."""
    return np.array([0.0, 1.0, 0.0]) if abs(forward[1]) < 0.999 else np.array([0.0, 0.0, -1.0])


def triple(vector: Direction | Vector) -> list[float]:
    """Three plain numbers, as Mitsuba's transforms want them."""
    return [float(number) for number in vector]
