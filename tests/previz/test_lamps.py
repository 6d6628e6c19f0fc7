"""Radiance, doors and placement of lamps."""

from math import pi

import numpy as np
import pytest

from app.previz.lamps import emitters, fittings, form_factor, place, sources
from app.previz.scene import Camera, Flag, Lamp, Vector
from app.previz.view import view

CAMERA = Camera(at=(0, 1.6, 3.5), target=(0, 1.6, 0), gate_w_mm=25, gate_h_mm=14, focal_mm=85, f_number=2, focus_m=3.5)


def lamp(at: Vector = (-2, 3, 2), size_m: float = 0.8, *, visible: bool = False) -> Lamp:
    return Lamp(name="key", at=at, target=(0, 1.6, 0), size_m=size_m, visible=visible)


def test_a_small_source_obeys_the_inverse_square() -> None:
    corner, along, down = np.array([-0.05, 2, -0.05]), np.array([0.1, 0, 0]), np.array([0, 0, 0.1])
    assert form_factor(corner, along, down, np.zeros(3)) == pytest.approx(0.1 * 0.1 / 2**2, rel=0.01)


def test_a_source_that_fills_half_the_sky_approaches_pi() -> None:
    corner, along, down = np.array([-50.0, 1, -50]), np.array([100.0, 0, 0]), np.array([0, 0, 100.0])
    steps = form_factor(corner, along, down, np.array([0, -40.0, 0]))
    assert 0.4 * pi < steps < pi


@pytest.mark.parametrize("at", [(0.0, 4.0, 0.0), (0.0, -3.0, 0.0), (-2.0, 1.6, 0.0)])
def test_any_elevation_gives_a_finite_emitter(at: Vector) -> None:
    shape = emitters((lamp(at),), CAMERA)["lamp_0"]
    assert np.isfinite(np.array(shape["to_world"].matrix)).all()
    assert min(shape["emitter"]["radiance"]["value"]) > 0


def test_a_lamp_below_the_floor_is_lifted_onto_it() -> None:
    assert place(lamp((0, -2, 1)))[1] > 0


def test_hidden_lamps_have_doors_and_visible_ones_a_fitting() -> None:
    seen = view(CAMERA, 1.85)
    assert len(fittings((lamp(),), seen)) == 4
    assert len(fittings((lamp(visible=True),), seen)) == 1


def test_only_a_visible_lamp_has_a_shining_surface_and_it_faces_its_target() -> None:
    assert sources((lamp(),)) == []
    globe, panel = sources((lamp(size_m=0.3, visible=True), lamp(visible=True)))
    assert np.ptp(globe.points, axis=0) == pytest.approx(0.3, rel=0.01)
    assert np.linalg.norm(panel.points[0] - panel.points[1]) == pytest.approx(0.8)
    aim = np.array([2, -1.4, -2]) / np.linalg.norm([2, -1.4, -2])
    assert panel.normals @ aim == pytest.approx(1)


def test_a_lamp_in_the_middle_of_the_frame_has_no_doors() -> None:
    assert fittings((lamp((0, 1.6, -2), 0.5),), view(CAMERA, 1.85)) == []


@pytest.mark.parametrize("size_m", [0.3, 1.0, 2.5])
@pytest.mark.parametrize("distance", [0.8, 2.0, 3.2])
def test_no_point_of_a_door_is_in_the_frame(size_m: float, distance: float) -> None:
    seen = view(CAMERA, 1.85)
    share = np.linspace(0, 1, 60)[:, None]
    for azimuth in np.linspace(-pi, pi, 17):
        at = (distance * float(np.sin(azimuth)), 2.0, distance * float(np.cos(azimuth)))
        for door in fittings((lamp(at, size_m),), seen):
            first, second, _, fourth = door.points.astype(float)
            points = first + share[:, None] * (second - first) + share * (fourth - first)
            offset = points.reshape(-1, 3) - seen.origin
            depth = offset @ seen.forward
            inside = np.abs(offset @ seen.right) < depth * seen.tan_x
            assert not (inside & (np.abs(offset @ seen.up) < depth * seen.tan_y)).any()


@pytest.mark.parametrize("fitting", ["globe", "shade", "tube", "neon", "flame", "screen"])
def test_every_fitting_shines_as_large_as_it_is_said_and_is_held_up(fitting: str) -> None:
    one = lamp(size_m=0.4, visible=True).model_copy(update={"fitting": fitting})
    (source,) = sources((one,))
    assert 0.3 < np.ptp(source.points, axis=0).max() < 0.6
    out = np.einsum("ij,ij->i", source.normals, source.points - source.points.mean(0))
    assert out.mean() > -1e-6
    assert fittings((one,), view(CAMERA, 1.85))
    assert emitters((one,), CAMERA)["lamp_0"]


def test_a_lamp_in_the_sky_has_no_doors() -> None:
    assert fittings((lamp((-60, 40, 20)),), view(CAMERA, 1.85)) == []


@pytest.mark.parametrize("x", [-0.7, 0.7])
def test_a_black_card_is_never_in_the_frame_and_faces_its_target(x: float) -> None:
    seen = view(CAMERA, 1.85)
    flag = Flag(name="cloth", at=(x, 1.6, 0), target=(0, 1.6, 0), size_m=1.3)
    (card,) = fittings((), seen, (flag,))
    assert not seen.may_show(card.points.astype(float))
    assert card.colour.max() == 0
    assert (card.normals @ [-x, 0, 0]).min() > 0


def test_a_card_that_would_always_be_seen_is_left_out() -> None:
    flag = Flag(name="cloth", at=(0, 1.6, -0.7), target=(0, 1.6, 0), size_m=1.3)
    assert fittings((), view(CAMERA, 1.85), (flag,)) == []
