"""Directions round a subject: what holds for any angle."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.physics import direction
from tests.shots import examples

ANGLES = st.floats(-1080, 1080)
RISES = st.floats(-89, 89)

fast = examples(60)


@given(ANGLES, st.integers(-3, 3))
@fast
def test_a_wrapped_angle_is_the_same_direction(angle: float, turns: int) -> None:
    wrapped = direction.wrapped(angle)
    assert -180 < wrapped <= 180
    assert (wrapped - angle) / 360 == pytest.approx(round((wrapped - angle) / 360), abs=1e-9)
    assert direction.wrapped(wrapped + 360 * turns) == pytest.approx(wrapped, abs=1e-6) or abs(wrapped) > 179.999


@given(ANGLES, ANGLES)
@fast
def test_an_angle_comes_back_from_the_face_and_from_the_camera(angle: float, turned: float) -> None:
    for there, back in (
        (direction.set_azimuth_of_face, direction.face_azimuth),
        (direction.set_azimuth_of_camera, direction.camera_azimuth),
    ):
        assert direction.wrapped(back(there(angle, turned), turned) - angle) == pytest.approx(0, abs=1e-6)


def test_a_lamp_keeps_its_place_when_the_camera_goes_round() -> None:
    """Set axes: the lamp at 90 stands right of a camera at 0, behind it at 90, and left of one behind the subject."""
    assert [direction.camera_azimuth(90, camera) for camera in (0, 90, 180)] == [90, 0, -90]


@given(st.floats(-180, 180))
@fast
def test_the_shadow_falls_away_from_the_key(azimuth: float) -> None:
    sides = direction.side(azimuth), direction.shadow_side(azimuth)
    assert sides in {("left", "right"), ("right", "left"), ("", "")}
    assert direction.side(-azimuth) == direction.shadow_side(azimuth)


@pytest.mark.parametrize(
    ("azimuth", "edge"),
    [(165, "right"), (-165, "left"), (135, "right"), (178, "both"), (-180, "both"), (60, ""), (0, ""), (-119, "")],
)
def test_a_rim_lies_on_the_side_of_its_lamp(azimuth: float, edge: str) -> None:
    assert direction.rim_side(azimuth) == edge


@pytest.mark.parametrize(
    ("angles", "place"),
    [
        pytest.param((0, 0, 2), (0, 0, 2), id="at-the-camera"),
        pytest.param((90, 0, 2), (2, 0, 0), id="camera-right"),
        pytest.param((-90, 0, 2), (-2, 0, 0), id="camera-left"),
        pytest.param((180, 0, 2), (0, 0, -2), id="behind"),
        pytest.param((0, 90, 2), (0, 2, 0), id="overhead"),
        pytest.param((45, 45, 2), (1, 1.414, 1), id="rembrandt"),
    ],
)
def test_angles_are_a_place(angles: tuple[float, float, float], place: tuple[float, float, float]) -> None:
    assert direction.position_m(*angles) == pytest.approx(place, abs=0.001)


@given(st.floats(-179, 180), RISES, st.floats(0.05, 500))
@fast
def test_a_place_leads_back_to_its_angles(azimuth: float, elevation: float, distance: float) -> None:
    there = direction.position_m(azimuth, elevation, distance)
    assert direction.angles(*there) == pytest.approx((azimuth, elevation, distance), abs=1e-6)


@given(ANGLES, RISES, ANGLES, RISES)
@fast
def test_the_angle_between_two_directions_is_the_same_from_both(a: float, b: float, c: float, d: float) -> None:
    apart = direction.apart_deg(a, b, c, d)
    assert 0 <= apart <= 180
    assert direction.apart_deg(c, d, a, b) == pytest.approx(apart, abs=1e-6)
    assert direction.apart_deg(a, b, a, b) == pytest.approx(0, abs=1e-5)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [((0, 0), (90, 0), 90), ((-45, 0), (45, 0), 90), ((10, 90), (-120, 0), 90), ((0, 20), (180, 20), 140)],
)
def test_angles_between_two_directions(one: tuple[float, float], other: tuple[float, float], apart: float) -> None:
    assert direction.apart_deg(*one, *other) == pytest.approx(apart)


def test_a_light_in_the_subject_comes_from_nowhere() -> None:
    with pytest.raises(ValueError, match=r"The distance must be above 0 m, not 0 m\."):
        direction.angles(0, 0, 0)
