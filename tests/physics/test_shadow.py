"""Shadows on the floor, against the worked numbers of reference/cinematography.md B15."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.physics import direction, shadow
from tests.shots import examples

fast = examples(60)


@pytest.mark.parametrize(
    ("elevation", "times"),
    [(2, 28.64), (6, 9.51), (10, 5.67), (20, 2.75), (30, 1.73), (45, 1.00), (60, 0.58), (75, 0.27)],
    ids=lambda one: f"B15-{one}",
)
def test_a_low_sun_throws_long_shadows(elevation: float, times: float) -> None:
    assert shadow.shadow_length_m(1, elevation) == pytest.approx(times, abs=0.005)
    assert shadow.shadow_length_m(1.75, elevation) == pytest.approx(1.75 * times, abs=0.01)


def test_a_sun_overhead_throws_none_and_one_below_the_horizon_no_end() -> None:
    assert shadow.shadow_length_m(1, 90) == 0
    assert [shadow.shadow_length_m(1, elevation) for elevation in (0, -5)] == [inf, inf]
    assert shadow.shadow_length_m(0, 0) == 0


@given(st.floats(0.1, 100), st.floats(0.5, 89.5))
@fast
def test_a_shadow_leads_back_to_the_elevation(height: float, elevation: float) -> None:
    length = shadow.shadow_length_m(height, elevation)
    assert shadow.elevation_of_shadow_deg(height, length) == pytest.approx(elevation)
    assert shadow.shadow_length_m(height, elevation / 2) > length


@given(st.floats(0.1, 3), st.floats(3.1, 20), st.floats(0.1, 50))
@fast
def test_a_lamps_shadow_ends_on_the_ray_over_the_head(height: float, lamp: float, distance: float) -> None:
    length = shadow.lamp_shadow_m(height, lamp, distance)
    assert height / length == pytest.approx(lamp / (distance + length))


def test_a_lamp_no_higher_than_the_head_throws_no_end_of_shadow() -> None:
    assert shadow.lamp_shadow_m(1.75, 1.75, 3) == inf
    assert shadow.lamp_shadow_m(1.75, 3.5, 3) == pytest.approx(3)


@pytest.mark.parametrize(
    ("azimuth", "falls"),
    [(180, "towards camera"), (150, "towards camera"), (0, "away from camera"), (90, "left"), (-90, "right")],
)
def test_shadows_fall_away_from_the_light(azimuth: float, falls: str) -> None:
    assert shadow.shadow_falls(azimuth) == falls


@given(st.floats(-180, 180))
@fast
def test_a_shadow_points_the_other_way(azimuth: float) -> None:
    away = shadow.shadow_azimuth(azimuth)
    assert direction.apart_deg(azimuth, 0, away, 0) == pytest.approx(180, abs=1e-4)
    swapped = {"left": "right", "right": "left"}
    falls = shadow.shadow_falls(azimuth)
    if abs(abs(away) - 45) > 1e-6 and abs(abs(away) - 135) > 1e-6:
        assert shadow.shadow_falls(-azimuth) == swapped.get(falls, falls)


def test_what_cannot_be_is_refused_with_a_sentence() -> None:
    with pytest.raises(ValueError, match=r"The elevation must lie between -90° and 90°, not at 91°\."):
        shadow.shadow_length_m(1, 91)
    with pytest.raises(ValueError, match=r"The height must be above 0 m, not 0 m\."):
        shadow.elevation_of_shadow_deg(0, 1)
