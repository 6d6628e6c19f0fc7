"""What the lens meets first, pixel by pixel: how far, which way it faces, and whose surface it is.

The same view as the frame's, through an iris closed to a point: sharp from front to back, no light, no air. One
ray a pixel, through its middle, so nothing here is random.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.previz import figure, lamps, piece, stage_set
from app.previz.denoise import Picture
from app.previz.render import Job, Report, assembled, silent, trace
from app.previz.scene import Scene
from app.previz.view import View, rows, view

_PINHOLE = 1e6  # an f-number that leaves no lens blur

NOTHING = -1


class Sight(NamedTuple):
    """H x W each. Depth is in metres along the lens axis, infinite where nothing stands.

    `normal` is H x W x 3: to camera right, up, and towards the camera. `surface` numbers the pieces of the set
    and `figure` the scene's figures; both are NOTHING where there is none.
    """

    view: View
    depth: Picture
    normal: Picture
    surface: NDArray[np.int32]
    figure: NDArray[np.int32]


def look(scene: Scene, width: int, report: Report = silent) -> Sight:
    """The scene's first surfaces at a width in pixels."""
    seen = view(scene.camera, scene.aspect)
    people = [figure.pieces((one,)) for one in scene.figures]
    rest = [*stage_set.pieces(scene, seen), *lamps.fittings(scene.lamps, seen), *lamps.sources(scene.lamps)]
    pieces = [part for parts in people for part in parts] + rest
    owners = [number for number, parts in enumerate(people) for _ in parts] + [NOTHING] * len(rest)
    world = assembled(piece.guide(pieces))
    pixels = trace(world, _GUIDE, _job(scene, seen, width), report)
    at, normal, triangle = pixels[..., -7:-4].astype(np.float64), pixels[..., -4:-1], pixels[..., -1]
    met = np.linalg.norm(normal, axis=-1) > 0.5
    ends = np.cumsum([len(part.faces) for part in pieces])
    surface = np.where(met, np.searchsorted(ends, triangle, side="right"), NOTHING)
    return Sight(
        seen,
        np.where(met, (at - seen.origin) @ seen.forward, np.inf),
        _towards(normal, seen) * met[..., None],
        surface.astype(np.int32),
        np.where(met, np.array(owners)[surface], NOTHING).astype(np.int32),
    )


_GUIDE: dict[str, Any] = {"type": "aov", "aovs": "at:position,normal:sh_normal,triangle:prim_index"}


def _job(scene: Scene, seen: View, width: int) -> Job:
    sharp = scene.camera.model_copy(update={"f_number": _PINHOLE})
    return Job(scene.model_copy(update={"camera": sharp}), seen, (width, rows(scene, width)), 1, 0, jitter=False)


def _towards(normal: Picture, seen: View) -> Picture:
    """Normals in the camera's axes; a smooth one that leans past the outline is brought back to it."""
    turned = normal @ np.stack([seen.right, seen.up, -seen.forward], -1)
    turned[..., 2] = np.maximum(turned[..., 2], 0)
    return np.asarray(turned / np.maximum(np.linalg.norm(turned, axis=-1, keepdims=True), 1e-9))
