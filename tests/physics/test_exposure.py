"""Exposure against the worked numbers of reference/cinematography.md B9 and B12, and what holds for any setting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.physics import exposure, levels
from tests.shots import examples

STOPS = st.floats(0.7, 64)
INDICES = st.floats(1, 25600)
ANGLES = st.floats(1, 360)
RATES = st.floats(1, 1000)
LUX = st.floats(0.01, 200000)
METRES = st.floats(0.05, 100)

fast = examples(60)

LIT = {
    50: (470, 960, 1882, 3840, 7526, 15360),
    200: (118, 240, 470, 960, 1882, 3840),
    250: (94, 192, 376, 768, 1505, 3072),
    500: (47, 96, 188, 384, 753, 1536),
    800: (29, 60, 118, 240, 470, 960),
    2560: (9, 19, 37, 75, 147, 300),
}


@pytest.mark.parametrize(("ei", "lux"), LIT.items(), ids=lambda one: f"B12-{one}" if isinstance(one, int) else "")
def test_a_setting_needs_the_light_of_the_table(ei: int, lux: tuple[int, ...]) -> None:
    needed = [exposure.incident_lux(stop, ei) for stop in (1.4, 2, 2.8, 4, 5.6, 8)]
    assert needed == pytest.approx(lux, abs=0.51)


def test_the_constant_of_kodaks_table_is_270() -> None:
    """B12: EXR 500T, 20 footcandles at f/2.8 and 1/51 s."""
    lit = exposure.incident_lux(2.8, 500, exposure.shutter_angle_deg(1 / 51, 24), 24, constant=270)
    assert lit / 10.764 == pytest.approx(20, abs=0.1)


@pytest.mark.parametrize(
    ("angle", "part"),
    [(360, 24), (270, 32), (180, 48), (172.8, 50), (144, 60), (90, 96), (72, 120), (45, 192)],
    ids=lambda one: f"B9-{one}",
)
def test_a_shutter_angle_is_a_time(angle: float, part: float) -> None:
    assert exposure.exposure_time_s(angle, 24) == pytest.approx(1 / part)
    assert exposure.shutter_angle_deg(1 / part, 24) == pytest.approx(angle)


@pytest.mark.parametrize(
    ("distance", "candles", "lux", "stops"),
    [
        pytest.param(0.3, 1, 11, -1.4, id="B12-one-candle-is-under"),
        pytest.param(0.3, 3, 33, 0.18, id="B12-three-candles-are-key"),
        pytest.param(1, 1, 1, -4.9, id="B12-a-candle-at-a-metre"),
    ],
)
def test_a_candle_places_a_face(distance: float, candles: float, lux: float, stops: float) -> None:
    lit = exposure.candle_lux(distance, candles)
    assert lit == pytest.approx(lux, abs=0.4)
    assert exposure.placement_stops(lit, 1.4, 800) == pytest.approx(stops, abs=0.05)


def test_a_candle_has_12_57_lumens() -> None:
    assert exposure.candela(12.57) == pytest.approx(1, abs=0.001)


def test_high_speed_costs_its_stops() -> None:
    """TIM04: 120 fps against 24."""
    normal, fast_one = (exposure.light_value(2.8, 800, 180, fps) for fps in (24, 120))
    assert fast_one - normal == pytest.approx(2.32, abs=0.005)


@pytest.mark.parametrize(
    ("n", "time", "ev"), [(1, 1, 0), (16, 1 / 125, 14.97), (2, 1 / 48, 7.58), (1.4, 1 / 30, 5.88)], ids=range(4)
)
def test_exposure_values_are_those_of_the_tables(n: float, time: float, ev: float) -> None:
    assert exposure.ev100(n, time) == pytest.approx(ev, abs=0.01)


@pytest.mark.parametrize(("ev", "lux"), [(0, 2.5), (15, 81920), (-3, 0.3125)])
def test_ev_0_is_two_and_a_half_lux(ev: float, lux: float) -> None:
    assert exposure.lux_of_ev100(ev) == pytest.approx(lux)
    assert exposure.ev100_of_lux(lux) == pytest.approx(ev)


@pytest.mark.parametrize(
    ("stops", "zone"), [(0, 5), (1, 6), (-1, 4), (7, 10), (-8, 0), (0.4, 5)], ids=lambda one: f"B12-{one}"
)
def test_tones_fall_in_zones(stops: float, zone: int) -> None:
    assert exposure.zone(stops) == zone


@pytest.mark.parametrize(
    ("transmittance", "stops"),
    [(0.8, 0.32), (0.5, 1), (1, 0), (0.65, 0.62)],
    ids=["not-0.16", "half", "all", "not-0.31"],
)
def test_what_is_not_let_through_is_lost(transmittance: float, stops: float) -> None:
    """B7 gives half of these: they are log2 of T over N, and a stop of T is a factor of sqrt 2."""
    assert exposure.transmission_stops(transmittance) == pytest.approx(stops, abs=0.005)


@pytest.mark.parametrize(("density", "stops"), [(0.3, 1), (0.6, 2), (0.9, 3), (2.1, 7)], ids=lambda one: f"B8-{one}")
def test_a_neutral_density_costs_its_stops(density: float, stops: float) -> None:
    assert exposure.nd_stops(density) == pytest.approx(stops, abs=0.03)
    assert exposure.nd_density(exposure.nd_stops(density)) == pytest.approx(density)


@pytest.mark.parametrize(("one", "other", "stops"), [(2.8, 4, 1.03), (2, 2.8, 0.97), (1, 2, 2), (5.6, 4, -0.97)])
def test_stops_lie_between_stops(one: float, other: float, stops: float) -> None:
    assert exposure.aperture_stops(one, other) == pytest.approx(stops, abs=0.005)


@pytest.mark.parametrize(
    ("start", "end", "stops"), [(1, 1.414, -1), (2, 1, 2), (3, 3, 0)], ids=["B10-one-stop", "half-way", "there"]
)
def test_light_falls_with_the_square_of_its_distance(start: float, end: float, stops: float) -> None:
    assert exposure.inverse_square_stops(start, end) == pytest.approx(stops, abs=0.001)


def test_close_focus_costs_light() -> None:
    assert exposure.bellows_stops(1) == pytest.approx(2)
    assert exposure.bellows_stops(0) == 0


def test_a_room_and_its_window_are_five_stops_apart() -> None:
    """LIT32: 10000 lux outside, 300 inside."""
    assert levels.stops_of(10000 / 300) == pytest.approx(5.06, abs=0.005)


@given(LUX, STOPS, INDICES, ANGLES, RATES)
@fast
def test_light_stop_and_index_lead_to_each_other(lux: float, stop: float, ei: float, angle: float, fps: float) -> None:
    right_stop = exposure.stop_for_lux(lux, ei, angle, fps)
    assert exposure.incident_lux(right_stop, ei, angle, fps) == pytest.approx(lux)
    right_index = exposure.ei_for_lux(lux, stop, angle, fps)
    assert exposure.incident_lux(stop, right_index, angle, fps) == pytest.approx(lux)
    assert exposure.placement_stops(lux, right_stop, ei, angle, fps) == pytest.approx(0, abs=1e-6)


@given(STOPS, INDICES, ANGLES, RATES, st.floats(1.01, 4))
@fast
def test_less_exposure_needs_more_light(stop: float, ei: float, angle: float, fps: float, times: float) -> None:
    needed = exposure.incident_lux(stop, ei, angle, fps)
    assert exposure.incident_lux(stop * times, ei, angle, fps) == pytest.approx(needed * times**2)
    for more in (
        exposure.incident_lux(stop, ei / times, angle, fps),
        exposure.incident_lux(stop, ei, angle / times, fps),
        exposure.incident_lux(stop, ei, angle, fps * times),
    ):
        assert more == pytest.approx(needed * times)


@given(STOPS, INDICES, ANGLES, RATES)
@fast
def test_a_light_value_is_the_ev_of_the_light_it_needs(stop: float, ei: float, angle: float, fps: float) -> None:
    needed = exposure.incident_lux(stop, ei, angle, fps)
    assert exposure.light_value(stop, ei, angle, fps) == pytest.approx(exposure.ev100_of_lux(needed))


@given(METRES, METRES, st.floats(0.1, 1e6))
@fast
def test_inverse_square_agrees_with_the_lux_of_a_point(near: float, far: float, candela: float) -> None:
    times = exposure.point_lux(candela, far) / exposure.point_lux(candela, near)
    assert exposure.inverse_square_stops(near, far) == pytest.approx(levels.stops_of(times), abs=1e-6)
    assert exposure.point_lux(candela, near, 60) == pytest.approx(exposure.point_lux(candela, near) / 2)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: exposure.exposure_time_s(0, 24), "shutter angle must be above 0°"),
        (lambda: exposure.exposure_time_s(180, 0), "frame rate must be above 0 fps"),
        (lambda: exposure.shutter_angle_deg(0, 24), "exposure time"),
        (lambda: exposure.incident_lux(0, 800), "stop must be above 0"),
        (lambda: exposure.incident_lux(2, 0), "exposure index"),
        (lambda: exposure.stop_for_lux(0, 800), "light must be above 0 lux"),
        (lambda: exposure.ei_for_lux(0, 2), "light must be above 0 lux"),
        (lambda: exposure.placement_stops(0, 2, 800), "light must be above 0 lux"),
        (lambda: exposure.ev100(0, 1), "stop must be above 0"),
        (lambda: exposure.light_value(2, 0), "exposure index"),
        (lambda: exposure.ev100_of_lux(0), "light must be above 0 lux"),
        (lambda: exposure.transmission_stops(0), "transmittance"),
        (lambda: exposure.aperture_stops(2, 0), "stop must be above 0"),
        (lambda: exposure.point_lux(1, 0), "distance must be above 0 m"),
        (lambda: exposure.point_lux(1, 1, 91), "between -90° and 90°"),
        (lambda: exposure.inverse_square_stops(1, 0), "distance"),
        (lambda: exposure.bellows_stops(-1), "magnification"),
    ],
    ids=range(17),
)
def test_what_cannot_be_is_refused_with_a_sentence(call: object, says: str) -> None:
    assert callable(call)
    with pytest.raises(ValueError, match=says) as refused:
        call()
    assert str(refused.value).endswith(".")
