"""Light on a face against the worked numbers of reference/cinematography.md B10, and what holds for any angle."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.physics import light
from tests.shots import examples

ANGLES = st.floats(-1080, 1080)

fast = examples(60)


@pytest.mark.parametrize(
    ("azimuth", "elevation", "across_cm", "down_cm"),
    [
        pytest.param(0, 45, 0, 2.2, id="B10-butterfly"),
        pytest.param(35, 35, 1.5, 1.9, id="B10-loop"),
        pytest.param(45, 45, 2.2, 3.1, id="B10-rembrandt"),
        pytest.param(60, 45, 3.8, 4.4, id="B10-rembrandt-60"),
        pytest.param(-45, 45, -2.2, 3.1, id="B10-rembrandt-left"),
    ],
)
def test_the_nose_throws_its_shadow_as_worked(
    azimuth: float, elevation: float, across_cm: float, down_cm: float
) -> None:
    across, down = light.nose_shadow_m(azimuth, elevation)
    assert (across * 100, down * 100) == pytest.approx((across_cm, down_cm), abs=0.05)


@pytest.mark.parametrize(
    ("azimuth", "elevation", "name"),
    [
        pytest.param(0, 10, "flat", id="B10-flat"),
        pytest.param(0, 45, "butterfly", id="B10-butterfly"),
        pytest.param(35, 35, "loop", id="B10-loop"),
        pytest.param(45, 45, "rembrandt", id="B10-rembrandt"),
        pytest.param(60, 45, "rembrandt", id="B10-rembrandt-60"),
        pytest.param(90, 10, "split", id="B10-split"),
        pytest.param(75, 45, "split", id="B10-split-from-75"),
        pytest.param(165, 40, "back", id="B10-rim"),
        pytest.param(135, 15, "back", id="B10-kicker"),
    ],
)
@pytest.mark.parametrize("side", [-1, 1], ids=["left", "right"])
def test_a_pattern_is_known_by_its_shadow(azimuth: float, elevation: float, name: str, side: int) -> None:
    assert light.pattern(side * azimuth, elevation) == name


@pytest.mark.parametrize(
    ("stops", "key_fill", "both_fill"),
    [(0, 1, 2), (1, 2, 3), (2, 4, 5), (3, 8, 9), (4, 16, 17), (5, 32, 33), (6, 64, 65)],
    ids=lambda one: f"B10-{one}",
)
def test_a_ratio_is_quoted_in_two_ways(stops: float, key_fill: float, both_fill: float) -> None:
    assert light.ratio(stops) == (key_fill, both_fill)


SOURCES = [
    pytest.param(0.06, 2, 1.7, 0.3, "hard", id="B10-bare-bulb"),
    pytest.param(0.25, 4, 3.6, 0.6, "hard", id="B10-fresnel"),
    pytest.param(0.305, 2, 8.7, 1.5, "medium", id="B10-panel"),
    pytest.param(0.6, 1.5, 22.6, 4.0, "soft", id="B10-softbox"),
    pytest.param(1.219, 2, 33.9, 6.1, "soft", id="B10-silk-4x4"),
    pytest.param(1.2, 1.5, 43.6, 8.0, "soft", id="B10-octa"),
    pytest.param(3.658, 4, 49.2, 9.2, "very soft", id="B10-silk-12x12"),
    pytest.param(1.2, 3, 22.6, 4.0, "soft", id="B10-window"),
]


@pytest.mark.parametrize(("size", "distance", "degrees", "penumbra_cm", "name"), SOURCES)
def test_a_source_is_as_soft_as_it_looks_large(
    size: float, distance: float, degrees: float, penumbra_cm: float, name: str
) -> None:
    angle = light.angular_size_deg(size, distance)
    assert angle == pytest.approx(degrees, abs=0.06)
    assert light.penumbra_m(angle, 0.1) * 100 == pytest.approx(penumbra_cm, abs=0.06)
    assert light.softness(angle) == name


def test_the_sun_is_hard_and_the_sky_very_soft() -> None:
    assert [light.softness(angle) for angle in (0.5, 180)] == ["hard", "very soft"]


@given(ANGLES, st.integers(-3, 3))
@fast
def test_a_wrapped_angle_is_the_same_direction(angle: float, turns: int) -> None:
    wrapped = light.wrapped(angle)
    assert -180 < wrapped <= 180
    assert (wrapped - angle) / 360 == pytest.approx(round((wrapped - angle) / 360), abs=1e-9)
    assert light.wrapped(wrapped + 360 * turns) == pytest.approx(wrapped, abs=1e-6) or abs(wrapped) > 179.999


@given(ANGLES, ANGLES)
@fast
def test_an_angle_comes_back_from_the_face_and_from_the_camera(angle: float, turned: float) -> None:
    there = light.set_azimuth_of_face(angle, turned)
    back = light.camera_azimuth(there, turned)
    assert light.wrapped(back - angle) == pytest.approx(0, abs=1e-6)


@given(st.floats(-180, 180))
@fast
def test_the_shadow_falls_away_from_the_key(azimuth: float) -> None:
    assert (light.side(azimuth), light.shadow_side(azimuth)) in {("left", "right"), ("right", "left"), ("", "")}
    assert light.side(-azimuth) == light.shadow_side(azimuth)


@given(st.floats(0.01, 20), st.floats(0.1, 50), st.floats(1.01, 10))
@fast
def test_a_larger_or_nearer_source_is_softer(size: float, distance: float, times: float) -> None:
    angle = light.angular_size_deg(size, distance)
    assert light.angular_size_deg(size * times, distance) > angle
    assert light.angular_size_deg(size, distance * times) < angle
    assert light.penumbra_m(angle, 0.2) == pytest.approx(2 * light.penumbra_m(angle, 0.1))


@given(st.floats(0.1, 89), st.floats(0.1, 89))
@fast
def test_softness_never_falls_as_a_source_grows(one: float, other: float) -> None:
    order = ["hard", "medium", "soft", "very soft"]
    small, large = sorted((one, other))
    assert order.index(light.softness(small)) <= order.index(light.softness(large))
