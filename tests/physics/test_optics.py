"""Optics against the worked numbers of reference/cinematography.md, and what holds for any lens."""

from math import inf
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.physics import optics
from tests.shots import examples

FOCALS = st.floats(4, 500)
GATES = st.floats(4, 80)
STOPS = st.floats(0.7, 32)
METRES = st.floats(0.3, 500)

SUPER_35_3PERF = (24.89, 14.00)
SUPER_16 = (12.52, 7.41)
FULL_FRAME = (36.00, 24.00)

SIZES = {"ecu": 0.1, "cu": 0.332, "mcu": 0.521, "ms": 0.761, "cowboy": 1.1, "fs": 1.94, "ws": 3.5, "est": 43.75}
"""Frame heights in metres, B1."""

fast = examples(60)


@pytest.mark.parametrize(
    ("gate_h", "focal", "size", "metres"),
    [
        pytest.param(14.00, 18, "cu", 0.43, id="B1-super35-18mm-cu"),
        pytest.param(14.00, 35, "mcu", 1.30, id="B1-super35-35mm-mcu"),
        pytest.param(14.00, 50, "ms", 2.72, id="B1-super35-50mm-ms"),
        pytest.param(14.00, 85, "fs", 11.81, id="B1-super35-85mm-fs"),
        pytest.param(14.00, 135, "est", 421.88, id="B1-super35-135mm-est"),
        pytest.param(20.25, 24, "ws", 4.15, id="B1-full-frame-24mm-ws"),
        pytest.param(20.25, 85, "mcu", 2.19, id="B1-full-frame-85mm-mcu"),
        pytest.param(25.54, 50, "ms", 1.49, id="B1-large-format-50mm-ms"),
        pytest.param(7.41, 9, "ecu", 0.12, id="B1-super16-9mm-ecu"),
        pytest.param(7.41, 25, "cowboy", 3.72, id="B1-super16-25mm-cowboy"),
    ],
)
def test_a_size_puts_the_camera_where_the_tables_say(gate_h: float, focal: float, size: str, metres: float) -> None:
    assert optics.camera_distance_m(SIZES[size], focal, gate_h) == pytest.approx(metres, rel=0.005, abs=0.006)


@pytest.mark.parametrize(
    ("distance", "share"),
    [(0.3, 1.40), (0.45, 1.27), (0.6, 1.20), (0.8, 1.15), (1.0, 1.12), (1.5, 1.08), (2, 1.06), (3, 1.04)],
    ids=lambda one: f"B1-{one}",
)
def test_a_near_camera_draws_the_nose_larger(distance: float, share: float) -> None:
    assert optics.nose_to_ear(distance) == pytest.approx(share, abs=0.005)


@pytest.mark.parametrize(
    ("width", "degrees"),
    [
        pytest.param(5.79, (13.8, 9.5, 6.6, 3.9), id="B5-super8"),
        pytest.param(12.52, (29.2, 20.3, 14.3, 8.4), id="B5-super16"),
        pytest.param(24.89, (54.8, 39.1, 28.0, 16.7), id="B5-super35"),
        pytest.param(36.00, (73.7, 54.4, 39.6, 23.9), id="B5-full-frame"),
        pytest.param(36.70, (74.8, 55.3, 40.3, 24.4), id="B5-alexa-lf"),
        pytest.param(54.12, (96.9, 75.4, 56.8, 35.3), id="B5-alexa-65"),
        pytest.param(70.41, (111.4, 90.3, 70.3, 45.0), id="B5-imax"),
    ],
)
def test_a_lens_sees_the_angle_of_the_tables(width: float, degrees: tuple[float, ...]) -> None:
    seen = [optics.field_of_view_deg(width, focal) for focal in (24, 35, 50, 85)]
    assert seen == pytest.approx(degrees, abs=0.06)


@pytest.mark.parametrize(
    ("gate", "squeeze", "ratio"),
    [
        pytest.param((21.95, 18.59), 2, 2.36, id="B5-scope"),
        pytest.param((24.89, 18.66), 2, 2.67, id="B5-super35-full-aperture"),
        pytest.param((36.70, 25.54), 1.8, 2.59, id="B5-lf-1.8"),
        pytest.param((36.00, 24.00), 1.5, 2.25, id="B5-full-frame-1.5"),
        pytest.param((52.48, 23.01), 1.25, 2.85, id="B5-ultra-panavision"),
    ],
)
def test_the_whole_gate_gives_the_anamorphic_ratio(gate: tuple[float, float], squeeze: float, ratio: float) -> None:
    assert optics.crop(*gate, gate[0] * squeeze / gate[1], squeeze) == pytest.approx(gate)
    width, height = optics.crop(*gate, ratio, squeeze)
    assert (width, height) == pytest.approx(gate, rel=0.005)
    assert width * squeeze / height == pytest.approx(ratio)


@pytest.mark.parametrize(
    ("gate", "aspect", "used"),
    [
        pytest.param((24.89, 18.66), 16 / 9, (24.89, 14.00), id="B1-4perf-to-16:9"),
        pytest.param((36.00, 24.00), 16 / 9, (36.00, 20.25), id="B1-full-frame-to-16:9"),
        pytest.param((24.89, 14.00), 1, (14.00, 14.00), id="B5-square"),
        pytest.param((36.00, 24.00), 9 / 16, (13.50, 24.00), id="B5-vertical"),
    ],
)
def test_a_delivery_ratio_uses_a_part_of_the_gate(
    gate: tuple[float, float], aspect: float, used: tuple[float, float]
) -> None:
    assert optics.crop(*gate, aspect) == pytest.approx(used, abs=0.005)


@given(GATES, GATES, st.floats(0.25, 4), st.floats(1, 2))
@fast
def test_a_crop_has_the_ratio_and_stays_inside(width: float, height: float, aspect: float, squeeze: float) -> None:
    across, down = optics.crop(width, height, aspect, squeeze)
    assert across * squeeze / down == pytest.approx(aspect)
    assert across <= width * (1 + 1e-9)
    assert down <= height * (1 + 1e-9)
    assert across == pytest.approx(width) or down == pytest.approx(height)


@pytest.mark.parametrize(("transmittance", "log2"), [(0.80, 0.16), (0.65, 0.31)], ids=["B7-0.80", "B7-0.65"])
def test_a_t_number_is_larger_than_its_f_number(transmittance: float, log2: float) -> None:
    """B7 quotes log2(T / N); a stop is sqrt 2 in T, so that the loss is twice that in stops."""
    n = optics.f_number(4, transmittance)
    assert 4 / n == pytest.approx(2**log2, rel=0.005)
    assert (4 / n) ** 2 == pytest.approx(1 / transmittance)


@pytest.mark.parametrize(
    ("gate", "confusion"),
    [
        pytest.param((21.95, 16.00), 0.018, id="B7-academy"),
        pytest.param(FULL_FRAME, 0.029, id="B7-full-frame"),
        pytest.param((52.48, 23.01), 0.038, id="B7-65mm"),
    ],
)
def test_the_circle_of_confusion_is_the_diagonal_over_1500(gate: tuple[float, float], confusion: float) -> None:
    assert optics.circle_of_confusion_mm(*gate) == pytest.approx(confusion, abs=0.0005)


class Depth(NamedTuple):
    """A worked row of B7; lengths in metres, the circle of confusion in mm, blur in percent of the width."""

    focal: float
    n: float
    focus: float
    confusion: float
    width: float
    hyperfocal: float
    near: float
    far: float
    behind: float
    horizon: float


DEPTHS = {
    "B7-cu-s35-85-f1.3": Depth(85, 1.3, 2.0107, 0.025, 24.89, 222.39, 1.993, 2.028, 6.95, 11.60),
    "B7-cu-s35-85-f5.6": Depth(85, 5.6, 2.0107, 0.025, 24.89, 51.69, 1.938, 2.088, 1.61, 2.69),
    "B7-cu-s35-50-f1.3": Depth(50, 1.3, 1.18, 0.025, 24.89, 76.97, 1.163, 1.198, 4.91, 6.84),
    "B7-cu-s35-50-f2.8": Depth(50, 2.8, 1.18, 0.025, 24.89, 35.76, 1.144, 1.219, 2.28, 3.17),
    "B7-mcu-s35-50-f1.3": Depth(50, 1.3, 1.83, 0.025, 24.89, 76.97, 1.789, 1.873, 2.70, 4.34),
    "B7-ms-s35-35-f2.8": Depth(35, 2.8, 2.00, 0.025, 24.89, 17.54, 1.798, 2.253, 0.54, 0.89),
    "B7-ms-s35-50-f2.8": Depth(50, 2.8, 2.72, 0.025, 24.89, 35.76, 2.531, 2.940, 0.70, 1.34),
    "B7-group-s35-24-f8": Depth(24, 8, 3.00, 0.025, 24.89, 2.90, 1.475, inf, 0.05, 0.10),
    "B7-deep-s35-18-f11": Depth(18, 11, 2.50, 0.025, 24.89, 1.20, 0.805, inf, 0.03, 0.05),
    "B7-cu-ff-85-f1.4": Depth(85, 1.4, 1.39, 0.030, 36.00, 172.11, 1.380, 1.401, 7.51, 10.98),
    "B7-ms-s16-25-f2": Depth(25, 2.0, 2.57, 0.015, 12.52, 20.86, 2.290, 2.928, 0.53, 0.98),
}


@pytest.mark.parametrize("row", DEPTHS.values(), ids=DEPTHS)
def test_depth_of_field_and_blur_are_the_worked_ones(row: Depth) -> None:
    lens = row.focal, row.n
    assert optics.hyperfocal_m(*lens, row.confusion) == pytest.approx(row.hyperfocal, abs=0.01)
    assert optics.depth_of_field_m(*lens, row.confusion, row.focus) == pytest.approx((row.near, row.far), abs=0.002)
    behind, horizon = (optics.blur_share(*lens, row.focus, at, row.width) for at in (row.focus + 3, inf))
    assert (behind * 100, horizon * 100) == pytest.approx((row.behind, row.horizon), abs=0.06)


@given(METRES, FOCALS, GATES)
@fast
def test_the_frame_height_is_the_inverse_of_the_distance(distance: float, focal: float, gate: float) -> None:
    frame = optics.frame_height_m(distance, focal, gate)
    assert optics.camera_distance_m(frame, focal, gate) == pytest.approx(distance)


@given(GATES, FOCALS, st.floats(1.01, 4))
@fast
def test_a_longer_lens_sees_less_and_stands_further(gate: float, focal: float, times: float) -> None:
    assert optics.field_of_view_deg(gate, focal * times) < optics.field_of_view_deg(gate, focal)
    assert optics.camera_distance_m(1, focal * times, gate) > optics.camera_distance_m(1, focal, gate)


@given(st.floats(10, 200), STOPS, st.floats(0.5, 100), st.floats(1.01, 4))
@fast
def test_stopping_down_deepens_the_focus(focal: float, n: float, focus: float, times: float) -> None:
    near, far = optics.depth_of_field_m(focal, n, 0.025, focus)
    nearer, farther = optics.depth_of_field_m(focal, n * times, 0.025, focus)
    assert near <= focus <= far
    assert nearer < near
    assert farther > far or far == inf
    assert optics.blur_share(focal, n * times, focus, inf, 25) < optics.blur_share(focal, n, focus, inf, 25)


@given(st.floats(10, 200), STOPS, st.floats(0.5, 100))
@fast
def test_what_is_in_focus_is_not_blurred(focal: float, n: float, focus: float) -> None:
    assert optics.blur_share(focal, n, focus, focus, 25) == 0
    assert 0 < optics.blur_share(focal, n, focus, focus * 2, 25) < optics.blur_share(focal, n, focus, inf, 25)
