"""Air against the worked numbers of reference/cinematography.md B15."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.physics import air
from tests.shots import examples

THICKNESS = st.floats(0.01, 5)
EXTINCTIONS = st.floats(0.0001, 2)

fast = examples(60)


@pytest.mark.parametrize(
    ("extinction", "visibility"),
    [
        pytest.param(0.0002, 20000, id="B15-clear"),
        pytest.param(0.001, 4000, id="B15-aerial"),
        pytest.param(0.002, 2000, id="B15-haze"),
        pytest.param(0.004, 1000, id="B15-mist"),
        pytest.param(0.04, 100, id="B15-fog"),
        pytest.param(0.03, 130, id="B15-set-haze-thin"),
        pytest.param(0.15, 26, id="B15-set-haze-thick"),
    ],
)
def test_extinction_is_how_far_one_sees(extinction: float, visibility: float) -> None:
    assert air.visibility_m(extinction) == pytest.approx(visibility, rel=0.025)
    assert air.extinction_per_m(visibility) == pytest.approx(extinction, rel=0.025)


@pytest.mark.parametrize(
    ("extinction", "through"), [(0.03, 0.74), (0.05, 0.61), (0.10, 0.37), (0.15, 0.22)], ids=lambda one: f"B15-{one}"
)
def test_ten_metres_of_haze_let_so_much_through(extinction: float, through: float) -> None:
    assert air.transmission(extinction, 10) == pytest.approx(through, abs=0.005)


@given(st.floats(1, 50000))
@fast
def test_at_the_visual_range_two_percent_of_contrast_are_left(visibility: float) -> None:
    extinction = air.extinction_per_m(visibility)
    assert air.visibility_m(extinction) == pytest.approx(visibility)
    assert air.contrast_at(extinction, visibility) == pytest.approx(0.02, abs=0.0001)
    assert air.contrast_at(extinction, visibility, 0.5) == pytest.approx(0.01, abs=0.0001)


@given(EXTINCTIONS, st.floats(0, 100), st.floats(0, 100))
@fast
def test_what_two_stretches_let_through_multiplies(extinction: float, one: float, other: float) -> None:
    parts = air.transmission(extinction, one) * air.transmission(extinction, other)
    assert air.transmission(extinction, one + other) == pytest.approx(parts, abs=1e-12)


@pytest.mark.parametrize(
    ("visibility", "word"),
    [(50000, "clear"), (8000, "aerial perspective"), (3000, "haze"), (1500, "mist"), (400, "fog"), (50, "dense fog")],
)
def test_a_visibility_has_a_name(visibility: float, word: str) -> None:
    assert air.air_reads(visibility) == word


@pytest.mark.parametrize(
    ("extinction", "thickness", "distance", "reads"),
    [
        pytest.param(0, 0.5, 5, False, id="LIT21-no-air"),
        pytest.param(0.0002, 0.5, 5, False, id="LIT21-clear"),
        pytest.param(0.03, 0.5, 3, True, id="B15-set-haze-thin"),
        pytest.param(0.03, 0.5, 10, True, id="B15-set-haze-thin-far"),
        pytest.param(0.15, 0.5, 10, True, id="B15-set-haze-thick-far"),
        pytest.param(0.5, 0.5, 10, False, id="smoke-swallows-it"),
        pytest.param(0.001, 200, 500, True, id="crepuscular-rays"),
    ],
)
def test_a_beam_needs_air_but_not_too_much(extinction: float, thickness: float, distance: float, reads: object) -> None:
    assert air.beam_reads(extinction, thickness, distance) is reads


@given(EXTINCTIONS, THICKNESS, st.floats(0, 50))
@fast
def test_a_beam_is_a_share_that_grows_with_its_thickness_and_fades_with_distance(
    extinction: float, thickness: float, distance: float
) -> None:
    strength = air.beam_strength(extinction, thickness, distance)
    assert 0 < strength < 1
    assert air.beam_strength(extinction, thickness * 2, distance) >= strength
    assert air.beam_strength(extinction, thickness, distance + 1) < strength


@pytest.mark.parametrize(("drop", "speed"), [(1, 4.0), (2, 6.5), (5, 9.1)], ids=lambda one: f"B15-{one}")
def test_rain_falls_at_four_to_nine_metres_a_second(drop: float, speed: float) -> None:
    assert air.rain_speed_m_s(drop) == pytest.approx(speed, abs=0.06)


def test_air_that_takes_nothing_is_seen_through_for_ever() -> None:
    assert air.visibility_m(0) == inf
    assert air.extinction_per_m(inf) == 0
    assert air.transmission(0, inf) == 1


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: air.extinction_per_m(0), "visibility must be above 0 m"),
        (lambda: air.visibility_m(-1), "extinction"),
        (lambda: air.transmission(-0.1, 1), "extinction"),
        (lambda: air.transmission(0.1, -1), "distance"),
        (lambda: air.beam_strength(0.1, 0, 1), "thickness of the beam"),
        (lambda: air.air_reads(0), "visibility"),
        (lambda: air.rain_speed_m_s(8), "between 0.6 mm and 5.8 mm"),
    ],
    ids=range(7),
)
def test_what_cannot_be_is_refused_with_a_sentence(call: object, says: str) -> None:
    assert callable(call)
    with pytest.raises(ValueError, match=says) as refused:
        call()
    assert str(refused.value).endswith(".")
