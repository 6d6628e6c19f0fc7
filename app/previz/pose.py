"""The people of a scene as skeletons: OpenPose's 18 points of the body, drawn as ControlNet's annotator draws them.

Sticks of 60 % brightness, discs at full, eighteen hues in a circle, black behind. ControlNet 1.1's
`annotator/openpose/util.py` and controlnet_aux's `open_pose/util.py` agree on the points, their order and their
colours; sure. Both draw 4 pixels thick at a short side of 512; so it grows with the picture here.
"""

from colorsys import hsv_to_rgb
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from app.previz import figure
from app.previz.scene import Figure, Scene
from app.previz.sight import Sight
from app.previz.view import Direction, View, unit

POINTS = (
    "nose", "neck", "right_shoulder", "right_elbow", "right_wrist", "left_shoulder", "left_elbow", "left_wrist",
    "right_hip", "right_knee", "right_ankle", "left_hip", "left_knee", "left_ankle", "right_eye", "left_eye",
    "right_ear", "left_ear",
)  # fmt: skip
"""In OpenPose's order; right is the person's own right."""

CHAINS = (
    ("neck", "right_shoulder"),
    ("neck", "left_shoulder"),
    ("right_shoulder", "right_elbow", "right_wrist"),
    ("left_shoulder", "left_elbow", "left_wrist"),
    ("neck", "right_hip", "right_knee", "right_ankle"),
    ("neck", "left_hip", "left_knee", "left_ankle"),
    ("neck", "nose", "right_eye", "right_ear"),
    ("nose", "left_eye", "left_ear"),
)
"""The sticks from point to point; their order gives each its hue."""

COLOURS = [tuple(round(255 * part) for part in hsv_to_rgb(step / 18, 1, 1)) for step in range(18)]

_LOOKS = {
    "nose": ((0.0, 0.0, 1.0), -0.2),
    "right_eye": ((-0.35, 0.0, 0.94), 0.1),
    "left_eye": ((0.35, 0.0, 0.94), 0.1),
    "right_ear": ((-1.0, 0.0, 0.0), -0.35),
    "left_ear": ((1.0, 0.0, 0.0), -0.35),
}
"""Where a mark of the face looks, in the head's axes, and the cosine to the camera from which on it shows."""

_BEHIND_M = 0.1  # how far before a joint another thing must stand to hide it
_STICK = 4 / 512  # half a stick's thickness and a disc's radius, as a share of the short side
_SLIM = 1 / 40  # the same, as a share of the skeleton's own reach, at most


class Point(NamedTuple):
    """A place in the picture, in pixels from its top left corner."""

    x: float
    y: float


def skeletons(scene: Scene, sight: Sight) -> list[dict[str, Point]]:
    """Each person's points that show, by name.

    Out of frame or behind the camera, a point is left out; so is a mark of the face that looks away, and a point
    with another person or thing before it, for a detector would not find it and a model would draw it in front.
    What only the person's own body hides stays: detectors are trained to guess it.
    """
    return [
        {name: place for name, at in figure.joints(one).items() if (place := _place(name, at, number, one, sight))}
        for number, one in enumerate(scene.figures)
    ]


def draw(scene: Scene, sight: Sight) -> NDArray[np.uint8]:
    """The skeletons of a scene's people on black, H x W x 3."""
    height, width = sight.depth.shape
    picture = np.zeros((height, width, 3), np.uint8)
    people = [(person, _thickness(person, min(width, height))) for person in skeletons(scene, sight)]
    sticks = [stick for chain in CHAINS for stick in pairwise(chain)]
    for colour, (start, end) in zip(COLOURS, sticks, strict=False):
        for person, half in people:
            if start in person and end in person:
                _stick(picture, person[start], person[end], half, colour)
    picture = (picture * 0.6).astype(np.uint8)
    for colour, name in zip(COLOURS, POINTS, strict=True):
        for person, half in people:
            if name in person:
                cv2.circle(picture, _fixed(person[name]), round(half * _FINE), colour, -1, cv2.LINE_AA, _SHIFT)
    return picture


_SHIFT = 4  # OpenCV takes places in sixteenths of a pixel
_FINE = 1 << _SHIFT


def _place(name: str, at: Direction, number: int, one: Figure, sight: Sight) -> Point | None:
    """Where a point shows in the picture, or nothing."""
    height, width = sight.depth.shape
    offset = at - sight.view.origin
    depth = float(offset @ sight.view.forward)
    if depth <= 0 or not _looks(name, at, one, sight.view):
        return None
    x = (1 + float(offset @ sight.view.right) / (depth * sight.view.tan_x)) * width / 2
    y = (1 - float(offset @ sight.view.up) / (depth * sight.view.tan_y)) * height / 2
    if not (0 <= x < width and 0 <= y < height):
        return None
    pixel = int(y), int(x)
    hidden = sight.figure[pixel] != number and sight.depth[pixel] < depth - _BEHIND_M
    return None if hidden else Point(x, y)


def _looks(name: str, at: Direction, one: Figure, view: View) -> bool:
    """Whether a mark of the face looks the camera's way; every other point does."""
    if name not in _LOOKS:
        return True
    ahead, least = _LOOKS[name]
    return float(figure.head_turn(one) @ np.asarray(ahead) @ unit(view.origin - at)) > least


def _thickness(person: dict[str, Point], short_side: int) -> float:
    """Half a stick's thickness in pixels: the annotator's, but slim enough that a far figure stays a figure."""
    places = np.array(list(person.values())).reshape(-1, 2)
    reach = float(np.ptp(places, axis=0).max()) if len(places) > 1 else short_side
    return max(1.0, min(_STICK * short_side, _SLIM * reach))


def _stick(picture: NDArray[np.uint8], start: Point, end: Point, thick: float, colour: tuple[int, ...]) -> None:
    """A slim ellipse from point to point."""
    along = np.subtract(end, start) / 2
    length = float(np.linalg.norm(along))
    across = np.array([-along[1], along[0]]) / max(length, 1e-6) * thick
    turn = np.linspace(0, 2 * np.pi, 73)[:, None]
    outline = np.add(start, end) / 2 + np.cos(turn) * along + np.sin(turn) * across
    cv2.fillConvexPoly(picture, np.rint((outline - 0.5) * _FINE).astype(np.int32), colour, cv2.LINE_AA, _SHIFT)


def _fixed(place: Point) -> tuple[int, int]:
    """A place as OpenCV takes it: its whole numbers are the middles of pixels."""
    return round((place.x - 0.5) * _FINE), round((place.y - 0.5) * _FINE)
