"""Smoother meshes from coarse quads, and meshes cut along a line: what skin and garments are made with."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.previz.field import Values

Whole = NDArray[np.int64]


class Smooth(NamedTuple):
    """One step of Catmull and Clark (1978) as weights: each new point is a sum over old ones.

    The terms of new point n are those from `starts[n]` up to `starts[n + 1]`; `quads` are the finer faces.
    """

    starts: Whole
    terms: Whole
    weights: Values
    quads: Whole

    def __call__(self, values: Values) -> Values:
        """The finer points, or anything else that the points carry, N x channels."""
        return np.asarray(np.add.reduceat(values[self.terms] * self.weights[:, None], self.starts, axis=0))


def smooth(quads: Whole, count: int) -> Smooth:
    """The step that refines quads over `count` points, of which each must belong to a quad."""
    edges, of_face, shared = _edges(quads)
    faces, first_face = len(quads), count + len(edges)
    sums = _Sums(first_face + faces)
    sums.add(np.repeat(np.arange(faces) + first_face, 4), quads.ravel(), 0.25)
    _edge_points(sums, quads, edges, of_face, shared, count)
    _old_points(sums, quads, edges, shared == 1, count)
    side = of_face.reshape(4, faces) + count
    middle = np.arange(faces) + first_face
    finer = [np.stack([quads[:, i], side[i], middle, side[i - 1]], 1) for i in range(4)]
    return Smooth(*sums.rows(), np.concatenate(finer))


class _Sums:
    """Weights gathered in any order."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.parts: list[tuple[Whole, Whole, Values]] = []

    def add(self, at: Whole, of: Whole, weight: Values | float) -> None:
        self.parts.append((at, of, np.broadcast_to(np.asarray(weight, float), at.shape)))

    def rows(self) -> tuple[Whole, Whole, Values]:
        at, of, weight = (np.concatenate(column) for column in zip(*self.parts, strict=True))
        key, place = np.unique(at * self.count + of, return_inverse=True)
        weights = np.bincount(place, weight).astype(np.float32)
        rows, terms = np.divmod(key, self.count)
        return np.searchsorted(rows, np.arange(self.count)), terms, weights


def _edges(quads: Whole) -> tuple[Whole, Whole, Whole]:
    """Every edge once; the edge of each side of each face, side by side; by how many faces each is shared."""
    sides = np.sort(np.concatenate([quads[:, [i, (i + 1) % 4]] for i in range(4)]), axis=1)
    edges, of_face, shared = np.unique(sides, axis=0, return_inverse=True, return_counts=True)
    return edges, of_face.reshape(-1), shared


def _edge_points(sums: _Sums, quads: Whole, edges: Whole, of_face: Whole, shared: Whole, count: int) -> None:
    """Between two faces, the mean of the ends and of the faces' middles; at a rim, the middle of the edge."""
    at = np.arange(len(edges)) + count
    inner = shared > 1
    own = np.where(inner, 1.0, 0.5 * 1) / np.where(inner, 2.0 + shared, 1.0)
    for end in (0, 1):
        sums.add(at, edges[:, end], own)
    share = np.where(inner, 0.25 / (2.0 + shared), 0.0)[of_face]
    for corner in range(4):
        sums.add(of_face + count, np.tile(quads[:, corner], 4), share)


def _old_points(sums: _Sums, quads: Whole, edges: Whole, rim: NDArray[np.bool_], count: int) -> None:
    """Inside (F + 2E + (n - 3)P) / n; at a rim, the cubic spline along it."""
    faces = np.maximum(np.bincount(quads.ravel(), minlength=count), 1).astype(float)
    spokes = np.maximum(np.bincount(edges.ravel(), minlength=count), 1).astype(float)
    on_rim = np.zeros(count, bool)
    on_rim[edges[rim]] = True
    within = ~on_rim
    points = np.arange(count)
    sums.add(points, points, np.where(within, (faces - 3) / faces, 0.75))
    for corner in range(4):
        for across in range(4):
            at = quads[:, corner]
            sums.add(at, quads[:, across], np.where(within[at], 0.25 / faces[at] ** 2, 0.0))
    for end in (0, 1):
        at, other = edges[:, end], edges[:, 1 - end]
        each = np.where(within[at], 1 / (faces[at] * spokes[at]), 0.0)
        sums.add(at, at, each)
        sums.add(at, other, each + np.where(rim & on_rim[at], 0.125, 0.0))


def triangles(quads: Whole) -> Whole:
    """Two triangles a quad."""
    return np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])


def used(faces: Whole, count: int) -> tuple[Whole, Whole]:
    """The points that faces use, and the faces over those alone."""
    seen = np.zeros(count, bool)
    seen[faces] = True
    number = np.cumsum(seen) - 1
    return np.flatnonzero(seen), number[faces]


def normals(points: Values, faces: Whole) -> Values:
    """Smooth normals: each triangle counts by its area."""
    corner = points[faces]
    flat = np.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0])
    total = np.stack(
        [np.bincount(faces.ravel(), np.repeat(flat[:, axis], 3), minlength=len(points)) for axis in range(3)], -1
    )
    return np.asarray(total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-12))


def cut(carried: Values, faces: Whole, kept: Values) -> tuple[Values, Whole]:
    """What is left of triangles where `kept`, a value a point, is above 0, cut straight through where it is not.

    `carried` is N x channels, points and whatever goes with them; the new points on the cut come last.
    """
    above, total = kept > 0, len(carried)
    count = above[faces].sum(1)
    whole, one, two = (faces[count == number] for number in (3, 1, 2))
    sides = np.concatenate([part[:, pair] for part in (one, two) for pair in ([0, 1], [1, 2], [2, 0])])
    sides = np.sort(sides[above[sides[:, 0]] != above[sides[:, 1]]], axis=1)
    crossed = np.unique(sides[:, 0] * total + sides[:, 1])
    inside, outside = np.divmod(crossed, total)
    share = (kept[inside] / (kept[inside] - kept[outside]))[:, None]
    new = carried[inside] * (1 - share) + carried[outside] * share

    def crossing(first: Whole, second: Whole) -> Whole:
        key = np.minimum(first, second) * total + np.maximum(first, second)
        return np.asarray(total + np.searchsorted(crossed, key), np.int64)

    a, b, c = _turned(one, above[one])
    corner = np.stack([a, crossing(a, b), crossing(a, c)], 1)
    c, a, b = _turned(two, ~above[two])  # c is the one outside
    rest = [np.stack([a, b, crossing(b, c)], 1), np.stack([a, crossing(b, c), crossing(a, c)], 1)]
    faces = np.concatenate([whole, corner, *rest])
    keep, faces = used(faces, total + len(new))
    return np.concatenate([carried, new])[keep], faces


def _turned(faces: Whole, marked: NDArray[np.bool_]) -> tuple[Whole, Whole, Whole]:
    """The corners of triangles with one marked corner, that one first."""
    first = marked.argmax(1)
    rows = np.arange(len(faces))
    return faces[rows, first], faces[rows, (first + 1) % 3], faces[rows, (first + 2) % 3]


def rim(faces: Whole) -> Whole:
    """The edges that only one triangle has, in its own order, E x 2."""
    edges = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]]).astype(np.int64)
    name = edges.min(1) * (edges.max(initial=0) + 1) + edges.max(1)
    _, place, shared = np.unique(name, return_inverse=True, return_counts=True)
    return np.asarray(edges[shared[place] == 1], np.int64)
