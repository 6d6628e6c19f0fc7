"""Signed distance fields on a regular grid, and the meshes they become.

Lengths are in metres unless a caller keeps to another unit throughout. Primitives and smooth unions follow
Inigo Quilez, "Distance functions" (iquilezles.org/articles/distfunctions).
"""

from math import pi
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from skimage.measure import marching_cubes

Values = NDArray[np.floating[Any]]
"""Held in float32 wherever size matters."""
Point = tuple[float, float, float]


class Grid(NamedTuple):
    """The sample points of a box: three axes that broadcast against each other."""

    x: Values
    y: Values
    z: Values
    low: Point
    step: float


class Mesh(NamedTuple):
    """Triangles with smooth normals and paint.

    `paint` holds four numbers a vertex: three factors on the part's own colour, then the share of its second.
    """

    points: Values
    normals: Values
    faces: NDArray[np.uint32]
    paint: Values


def grid(low: Point, high: Point, step: float) -> Grid:
    """Sample points from `low` up to `high`, `step` apart."""
    axes = [np.arange(a, b, step, dtype=np.float32) for a, b in zip(low, high, strict=True)]
    x, y, z = np.meshgrid(*axes, indexing="ij", sparse=True)
    return Grid(x, y, z, low, step)


def ellipsoid(at: Grid, centre: Point, radii: Point) -> Values:
    """Approximate distance to an ellipsoid, exact on its surface."""
    scaled = [(axis - np.float32(c)) / np.float32(r) for axis, c, r in zip(at[:3], centre, radii, strict=True)]
    length = np.sqrt(sum(part**2 for part in scaled))
    slope = np.sqrt(sum((part / np.float32(radius)) ** 2 for part, radius in zip(scaled, radii, strict=True)))
    return np.asarray(length * (length - 1) / np.maximum(slope, 1e-6), np.float32)


def capsule(at: Grid, start: Point, end: Point, radius: float, end_radius: float | None = None) -> Values:
    """Distance to a line with round ends, tapering from `radius` to `end_radius`."""
    way = np.asarray(end, np.float32) - np.asarray(start, np.float32)
    offset = [axis - np.float32(first) for axis, first in zip(at[:3], start, strict=True)]
    along = sum(o * w for o, w in zip(offset, way, strict=True)) / (way @ way)
    along = np.clip(along, 0, 1)
    square = sum((o - along * w) ** 2 for o, w in zip(offset, way, strict=True))
    taper = (radius if end_radius is None else end_radius) - radius
    return np.asarray(np.sqrt(square) - (radius + taper * along), np.float32)


def join(one: Values, other: Values, soft: float) -> Values:
    """The union of two fields, rounded over the length `soft`."""
    share = np.clip(0.5 + 0.5 * (other - one) / np.float32(soft), 0, 1)
    return np.asarray(other + share * (one - other) - soft * share * (1 - share), np.float32)


def carve(body: Values, cut: Values, soft: float) -> Values:
    """`body` without `cut`, its edge rounded over the length `soft`."""
    return -join(-body, cut, soft)


def mirror(half: Values) -> Values:
    """A field sampled from x = 0 upwards, completed to the left of x = 0."""
    return np.concatenate([half[:0:-1], half])


def surface(field: Values, low: Point, step: float) -> Mesh:
    """The zero level of a field as triangles, unpainted; `low` is the corner of its first sample."""
    points, faces, normals, _ = marching_cubes(  # type: ignore[no-untyped-call]
        field, 0.0, spacing=(step,) * 3, gradient_direction="descent"
    )
    points = (points + np.asarray(low)).astype(np.float32)
    paint = np.tile(np.array([1, 1, 1, 0], np.float32), (len(points), 1))
    return Mesh(points, -normals.astype(np.float32), faces.astype(np.uint32), paint)


def round_mesh(rings: int, slices: int) -> Mesh:
    """The unit sphere; the vertices of one ring after the other, from +z to -z, `slices` + 1 each."""
    tilt, turn = np.meshgrid(np.linspace(0, pi, rings + 1), np.linspace(0, 2 * pi, slices + 1), indexing="ij")
    normal = np.stack([np.sin(tilt) * np.cos(turn), np.sin(tilt) * np.sin(turn), np.cos(tilt)], -1).reshape(-1, 3)
    row = slices + 1
    first = (np.arange(rings)[:, None] * row + np.arange(slices)).ravel()
    faces = np.stack([first, first + row, first + row + 1, first, first + row + 1, first + 1], -1).reshape(-1, 3)
    points = normal.astype(np.float32)
    paint = np.tile(np.array([1, 1, 1, 0], np.float32), (len(points), 1))
    return Mesh(points, points, faces.astype(np.uint32), paint)
