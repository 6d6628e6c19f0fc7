"""A shot drawn for what steers another model: clay, depth, normals, edges and pose.

Every pass has the view of the previz frame of the same scene and size, pixel for pixel. All are RGB in 8 bits.
"""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from app.previz import pose
from app.previz.denoise import Picture
from app.previz.finish import finish
from app.previz.render import Report, expose, silent
from app.previz.scene import Finish, Pass, Scene
from app.previz.sight import NOTHING, Sight, look
from app.previz.view import open_gate

_LEAST_RANGE = 0.02  # of the nearest; a flat wall is not stretched to a ramp
_STEP = 0.012  # of the distance; a step in depth from here on is an edge
_CREASE = 0.80  # cosine of the angle between two pixels' normals; less is an edge
_SHORTEST = 0.012  # of the picture's width; shorter lines are specks
_SOFT_PX = 0.6


def draw(
    scene: Scene,
    kind: Pass,
    width: int,
    height: int | None = None,
    seed: int = 0,
    report: Report | None = None,
    *,
    samples: int = 16,
) -> NDArray[np.uint8]:
    """A pass of H x W x 3. Without a height the scene's ratio gives it; with one, the gate opens (`open_gate`).

    `samples` and `seed` matter to the clay alone: the other passes have no noise. `report` is told the share done.
    """
    tell = report or silent
    framed = open_gate(scene, width, height)
    if kind == "clay":
        picture = clay(framed, width, samples, seed, tell)
    elif kind == "pose":
        picture = pose.draw(framed, look(framed, width, tell))
    else:
        picture = _DRAWN[kind](look(framed, width, tell))
    tell(1.0)
    return picture


def clay(scene: Scene, width: int, samples: int, seed: int, report: Report = silent) -> NDArray[np.uint8]:
    """The shot's own light, in its own colours and exposure, on one matte grey of 25 %.

    No paint, shine, grain, halation, mist, smoke, fall-off or grade. The sky, the lamps in shot, the lens' depth of
    field and the display transform are the frame's.
    """
    plain = Finish(exposure_stops=scene.finish.exposure_stops, grain=0, halation=0, vignette=0)
    linear, seen = expose(scene.model_copy(update={"finish": plain}), width, samples, seed, report, clay=True)
    return finish(linear, plain, seen.tan_x, seed)


def depth(sight: Sight) -> NDArray[np.uint8]:
    """Inverse distance along the lens axis: the nearest is white, the farthest and the sky are black.

    As MiDaS and Depth Anything are shown by their ControlNet annotators (`annotator/midas`: the picture's own
    least and greatest as 0 and 255); sure. Whatever is hit is at least 1, so that 0 is the sky alone.
    """
    near = 1 / sight.depth
    most, least = float(near.max()), float(near.min())
    if most <= 0:
        return _grey(np.zeros(near.shape))
    scaled = 1 - (most - near) / max(most - least, _LEAST_RANGE * most)
    return _grey(np.where(near > 0, 1 + 254 * np.clip(scaled, 0, 1), 0))


def normal(sight: Sight) -> NDArray[np.uint8]:
    """Where a surface faces: red is camera left, green is up, blue is towards the camera; 0 is at mid grey.

    The convention of ControlNet 1.1's Normal (Bae), by its README: "blue is front, red is left, green is top";
    sure. Where nothing stands it is the blue of what faces the camera, as Normal 1.0 painted what is far;
    likely, for Bae's own training rooms have no sky.
    """
    nothing = np.isinf(sight.depth)[..., None]
    turned = np.where(nothing, (0, 0, 1), sight.normal * (-1, 1, 1))
    return np.asarray(np.rint((turned + 1) * 127.5), np.uint8)


def edge(sight: Sight) -> NDArray[np.uint8]:
    """White lines on black: outlines, what stands before what, where two things meet, and creases.

    The polarity of the canny, lineart, scribble and soft edge annotators; sure. Drawn from the set and not from
    the picture, so that light and grain make no line; one weight of line, as canny's, and softened like lineart's.
    """
    lines = _without_specks(_apart(sight)).astype(np.float32)
    return _grey(np.clip(cv2.GaussianBlur(lines, (0, 0), _SOFT_PX) * 1.6, 0, 1) * 255)


_DRAWN: dict[str, Callable[[Sight], NDArray[np.uint8]]] = {"depth": depth, "normal": normal, "edge": edge}


def _apart(sight: Sight) -> NDArray[np.bool_]:
    """The pixels that have an edge to a neighbour: of the two the nearer one, so that outlines lie on the figure."""
    near = 1 / sight.depth
    marked = np.zeros(near.shape, bool)
    for axis in (0, 1):
        first, second = _pairs(axis)
        surface, facing = sight.surface, sight.normal
        step = _step(near, axis)
        crease = np.einsum("ijk,ijk->ij", facing[first], facing[second]) < _CREASE
        edges = (surface[first] != surface[second]) | (surface[first] != NOTHING) & (step | crease)
        ahead = near[second] > near[first] * (1 + _STEP)
        marked[first] |= edges & ~ahead
        marked[second] |= edges & ahead
    return marked


def _without_specks(lines: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The lines that are long enough to be drawn: a strand of hair that is one pixel wide is none."""
    _, labels, found, _ = cv2.connectedComponentsWithStats(lines.astype(np.uint8), connectivity=8)
    long = found[:, cv2.CC_STAT_AREA] >= _SHORTEST * lines.shape[1]
    return np.asarray(lines & long[labels])


def _pairs(axis: int) -> tuple[tuple[slice, ...], tuple[slice, ...]]:
    """All pixels but the last, and all but the first, along an axis."""
    before, after = (slice(None),) * axis, (slice(None),) * (1 - axis)
    return (*before, slice(None, -1), *after), (*before, slice(1, None), *after)


def _step(near: Picture, axis: int) -> NDArray[np.bool_]:
    """Where depth jumps between two pixels. On a plane 1/z runs straight across the picture, at whatever slant."""
    first, second = _pairs(axis)
    wide = np.pad(near, [(1, 1) if one == axis else (0, 0) for one in (0, 1)], mode="edge")
    slope = np.diff(wide, axis=axis)
    jump = np.diff(near, axis=axis)
    before, after = (np.take(slope, range(start, start + jump.shape[axis]), axis) for start in (0, 2))
    missed = np.minimum(np.abs(jump - before), np.abs(jump - after))
    return np.asarray(missed > _STEP * np.maximum(near[first], near[second]))


def _grey(values: Picture) -> NDArray[np.uint8]:
    return np.repeat(np.rint(values).astype(np.uint8)[..., None], 3, axis=-1)
