"""What the lens meets first, pixel by pixel: how far, which way it faces, and whose surface it is.

The same view as the frame's, through an iris closed to a point: sharp from front to back, no light, no air. One
ray a pixel, through its middle, so nothing here is random.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.previz import figure, lamps, piece, stage_set
from app.previz.denoise import Picture
from app.previz.piece import Piece
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
    pieces, owners = _surfaces(scene, seen)
    seen = seen._replace(tan_y=seen.tan_x * rows(scene, width) / width)  # of the picture's own whole pixels
    shown = [_shown(part, seen) for part in pieces]
    ends = np.cumsum([len(part.faces) for part in shown])
    pixels = _traced(scene, seen, width, [part for part in shown if len(part.faces)], report)
    at, facing, triangle = pixels[..., :3].astype(np.float64), pixels[..., 3:6], pixels[..., 6]
    met = np.linalg.norm(facing, axis=-1) > 0.5
    surface = np.where(met, np.searchsorted(ends, triangle, side="right"), NOTHING)
    return Sight(
        seen,
        np.where(met, (at - seen.origin) @ seen.forward, np.inf),
        _towards(facing, seen),
        surface.astype(np.int32),
        np.where(met, owners[surface], NOTHING).astype(np.int32),
    )


def _surfaces(scene: Scene, seen: View) -> tuple[list[Piece], NDArray[np.int32]]:
    """Everything that stands, and the number of the figure that each piece belongs to."""
    people = [figure.pieces((one,)) for one in scene.figures]
    rest = [*stage_set.pieces(scene, seen), *lamps.fittings(scene.lamps, seen), *lamps.sources(scene.lamps)]
    owners = [number for number, parts in enumerate(people) for _ in parts] + [NOTHING] * len(rest)
    return [part for parts in people for part in parts] + rest, np.array(owners, np.int32)


def _shown(part: Piece, seen: View) -> Piece:
    """The piece without the triangles that lie outside the frame or turn their back: fewer build sooner."""
    offset = part.points.astype(np.float64) - seen.origin
    depth, across, above = offset @ seen.forward, offset @ seen.right, offset @ seen.up
    wide, high = depth * seen.tan_x, depth * seen.tan_y
    outside = np.stack([depth < 0, across > wide, across < -wide, above > high, above < -high], -1)
    faces = part.faces[~outside[part.faces].all(1).any(-1)]
    corner = offset[faces]
    front = np.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0])
    faces = faces[np.einsum("ij,ij->i", front, corner[:, 0]) < 0]
    used = np.zeros(len(offset), bool)
    used[faces] = True
    number = (np.cumsum(used) - 1).astype(np.uint32)
    return Piece(part.points[used], part.normals[used], number[faces], part.colour[used], part.finish)


def _traced(scene: Scene, seen: View, width: int, pieces: list[Piece], report: Report) -> Picture:
    """Place, normal and triangle of each pixel's first hit, H x W x 7; zeros where there is none."""
    sharp = scene.camera.model_copy(update={"f_number": _PINHOLE})
    size = (width, rows(scene, width))
    if not pieces:
        return np.zeros((size[1], size[0], 7))
    job = Job(scene.model_copy(update={"camera": sharp}), seen, size, 1, 0, jitter=False)
    guide = {"type": "aov", "aovs": "at:position,normal:sh_normal,triangle:prim_index"}
    return trace(assembled(piece.guide(pieces)), guide, job, report)[..., -7:]


def _towards(normal: Picture, seen: View) -> Picture:
    """Normals in the camera's axes; a smooth one that leans past the outline is brought back to it."""
    turned = normal @ np.stack([seen.right, seen.up, -seen.forward], -1)
    turned[..., 2] = np.maximum(turned[..., 2], 0)
    return np.asarray(turned / np.maximum(np.linalg.norm(turned, axis=-1, keepdims=True), 1e-9))
