"""Meshes made smoother, and cut."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.previz.body_mesh import cut, normals, rim, smooth, triangles, used
from app.previz.field import Values, round_mesh

CUBE = np.array([[x, y, z] for x in (-1.0, 1) for y in (-1.0, 1) for z in (-1.0, 1)])
SIDES = np.array([[0, 1, 3, 2], [4, 6, 7, 5], [0, 4, 5, 1], [2, 3, 7, 6], [0, 2, 6, 4], [1, 5, 7, 3]])


def area(points: Values, faces: np.ndarray) -> float:
    corner = points[faces]
    return float(np.linalg.norm(np.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0]), axis=1).sum() / 2)


def test_a_cube_is_rounded_as_catmull_and_clark_say() -> None:
    """Corners at 5/9, edges at 3/4, the middles of the faces where they are."""
    step = smooth(SIDES, len(CUBE))
    finer = np.abs(step(CUBE))
    assert np.allclose(finer[:8], 5 / 9)
    assert np.allclose(np.sort(finer[8:20], axis=1), [0, 0.75, 0.75])
    assert np.allclose(np.sort(finer[20:], axis=1), [0, 0, 1])
    assert len(step.quads) == 24
    assert not len(rim(triangles(step.quads)))


def test_the_rim_of_an_open_sheet_stays_in_its_line() -> None:
    sheet = np.array([[x, y, 0.0] for y in range(3) for x in range(3)])
    quads = np.array([[0, 1, 4, 3], [1, 2, 5, 4], [3, 4, 7, 6], [4, 5, 8, 7]])
    finer = smooth(quads, 9)(sheet)
    assert np.allclose(finer[1], [1, 0, 0])
    assert np.allclose(finer[4], [1, 1, 0])
    assert np.allclose(finer[:, 2], 0)
    assert finer.min() >= 0
    assert finer.max() <= 2


def test_normals_of_a_ball_point_out() -> None:
    ball = round_mesh(12, 16)
    assert (np.einsum("ij,ij->i", normals(ball.points, ball.faces.astype(np.int64)), ball.points) > 0)[17:-17].all()


@given(st.lists(st.floats(-1, 1), min_size=3, max_size=3), st.floats(-0.9, 0.9))
def test_a_cut_leaves_two_halves_that_fit(way: list[float], at: float) -> None:
    """Both halves together are the whole, each lies on its own side, and the cut is one clean line."""
    ball = round_mesh(10, 12)
    faces = ball.faces.astype(np.int64)
    keep, faces = used(faces, len(ball.points))
    points = ball.points[keep].astype(float)
    direction = np.add(way, (1.8, 0, 0))
    kept = points @ (direction / np.linalg.norm(direction)) - at
    halves = [cut(points, faces, side) for side in (kept, -kept)]
    assert np.isclose(sum(area(*half) for half in halves), area(points, faces), rtol=1e-6)
    for (half, _), sign in zip(halves, (1, -1), strict=True):
        assert (sign * (half @ (direction / np.linalg.norm(direction)) - at) > -1e-9).all()
