"""Depth of field and blur against the worked numbers of reference/cinematography.md B7, and what holds for any lens."""

from math import inf, log2
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.physics import depth
from tests.shots import examples

FOCALS = st.floats(10, 200)
STOPS = st.floats(0.7, 32)
FOCUS = st.floats(0.5, 100)

fast = examples(60)


@pytest.mark.parametrize(
    ("transmittance", "stops"),
    [pytest.param(0.88, 0.18, id="modern-prime"), pytest.param(0.80, 0.32, id="B7-0.80"), (0.65, 0.62), (1, 0)],
)
def test_a_t_number_is_larger_than_its_f_number(transmittance: float, stops: float) -> None:
    """B7 quotes log2(T / N), 0.16 and 0.31: a stop is sqrt 2 in T, so that the loss is twice that in stops."""
    n = depth.f_number(4, transmittance)
    assert 2 * log2(4 / n) == pytest.approx(stops, abs=0.005)
    assert depth.t_stop(n, transmittance) == pytest.approx(4)


@pytest.mark.parametrize(
    ("gate", "confusion"),
    [
        pytest.param((21.95, 16.00), 0.018, id="B7-academy"),
        pytest.param((36.00, 24.00), 0.029, id="B7-full-frame"),
        pytest.param((52.48, 23.01), 0.038, id="B7-65mm"),
    ],
)
def test_the_circle_of_confusion_is_the_diagonal_over_1500(gate: tuple[float, float], confusion: float) -> None:
    assert depth.circle_of_confusion_mm(*gate) == pytest.approx(confusion, abs=0.0005)


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
    total: float
    behind: float
    horizon: float


DEPTHS = {
    "B7-cu-s35-85-f1.3": Depth(85, 1.3, 2.0107, 0.025, 24.89, 222.39, 1.993, 2.028, 0.035, 6.95, 11.60),
    "B7-cu-s35-85-f5.6": Depth(85, 5.6, 2.0107, 0.025, 24.89, 51.69, 1.938, 2.088, 0.150, 1.61, 2.69),
    "B7-cu-s35-50-f1.3": Depth(50, 1.3, 1.18, 0.025, 24.89, 76.97, 1.163, 1.198, 0.035, 4.91, 6.84),
    "B7-cu-s35-50-f2.8": Depth(50, 2.8, 1.18, 0.025, 24.89, 35.76, 1.144, 1.219, 0.075, 2.28, 3.17),
    "B7-mcu-s35-50-f1.3": Depth(50, 1.3, 1.83, 0.025, 24.89, 76.97, 1.789, 1.873, 0.085, 2.70, 4.34),
    "B7-ms-s35-35-f2.8": Depth(35, 2.8, 2.00, 0.025, 24.89, 17.54, 1.798, 2.253, 0.455, 0.54, 0.89),
    "B7-ms-s35-50-f2.8": Depth(50, 2.8, 2.72, 0.025, 24.89, 35.76, 2.531, 2.940, 0.409, 0.70, 1.34),
    "B7-group-s35-24-f8": Depth(24, 8, 3.00, 0.025, 24.89, 2.90, 1.475, inf, inf, 0.05, 0.10),
    "B7-deep-s35-18-f11": Depth(18, 11, 2.50, 0.025, 24.89, 1.20, 0.805, inf, inf, 0.03, 0.05),
    "B7-cu-ff-85-f1.4": Depth(85, 1.4, 1.39, 0.030, 36.00, 172.11, 1.380, 1.401, 0.021, 7.51, 10.98),
    "B7-ms-s16-25-f2": Depth(25, 2.0, 2.57, 0.015, 12.52, 20.86, 2.290, 2.928, 0.637, 0.53, 0.98),
}


@pytest.mark.parametrize("row", DEPTHS.values(), ids=DEPTHS)
def test_depth_of_field_and_blur_are_the_worked_ones(row: Depth) -> None:
    lens = row.focal, row.n
    assert depth.hyperfocal_m(*lens, row.confusion) == pytest.approx(row.hyperfocal, abs=0.01)
    assert depth.depth_of_field_m(*lens, row.confusion, row.focus) == pytest.approx((row.near, row.far), abs=0.002)
    assert depth.total_depth_m(*lens, row.confusion, row.focus) == pytest.approx(row.total, abs=0.0015)
    behind, horizon = (depth.blur_share(*lens, row.focus, at, row.width) for at in (row.focus + 3, inf))
    assert (behind * 100, horizon * 100) == pytest.approx((row.behind, row.horizon), abs=0.06)


@pytest.mark.parametrize(
    ("share", "reads"),
    [(0, "sharp"), (0.0009, "sharp"), (0.003, "soft"), (0.01, "shallow"), (0.02, "shallow"), (0.05, "ultra-shallow")],
    ids=lambda one: f"B7-{one}",
)
def test_a_blur_is_named_by_its_share_of_the_width(share: float, reads: str) -> None:
    assert depth.blur_reads(share) == reads


@given(FOCALS, STOPS, FOCUS, st.floats(1.01, 4))
@fast
def test_stopping_down_deepens_the_focus(focal: float, n: float, focus: float, times: float) -> None:
    near, far = depth.depth_of_field_m(focal, n, 0.025, focus)
    nearer, farther = depth.depth_of_field_m(focal, n * times, 0.025, focus)
    assert near <= focus <= far
    assert nearer < near
    assert farther > far or far == inf
    assert depth.blur_share(focal, n * times, focus, inf, 25) < depth.blur_share(focal, n, focus, inf, 25)


@given(FOCALS, STOPS, FOCUS)
@fast
def test_what_is_in_focus_is_not_blurred(focal: float, n: float, focus: float) -> None:
    assert depth.blur_share(focal, n, focus, focus, 25) == 0
    assert 0 < depth.blur_share(focal, n, focus, focus * 2, 25) < depth.blur_share(focal, n, focus, inf, 25)


@given(FOCALS, STOPS, FOCUS)
@fast
def test_the_limits_blur_to_the_circle_of_confusion(focal: float, n: float, focus: float) -> None:
    near, far = depth.depth_of_field_m(focal, n, 0.025, focus)
    assert depth.blur_disc_mm(focal, n, focus, near) == pytest.approx(0.025)
    if far < 1e6:
        assert depth.blur_disc_mm(focal, n, focus, far) == pytest.approx(0.025, rel=1e-4)


@given(FOCALS, STOPS, FOCUS)
@fast
def test_a_depth_leads_back_to_its_stop_and_focus(focal: float, n: float, focus: float) -> None:
    near, far = depth.depth_of_field_m(focal, n, 0.025, focus)
    if far == inf or far > 1e4 or far - near < 1e-4:
        return
    assert depth.stop_for_depth(focal, 0.025, near, far) == pytest.approx((n, focus), rel=1e-3)


def test_focus_at_the_hyperfocal_distance_holds_from_its_half_to_infinity() -> None:
    hyper = depth.hyperfocal_m(24, 8, 0.025)
    near, far = depth.depth_of_field_m(24, 8, 0.025, hyper)
    assert (near, far) == pytest.approx((hyper / 2, inf))
    assert depth.stop_for_depth(24, 0.025, near, inf) == pytest.approx((8, hyper))
    assert depth.depth_of_field_m(24, 8, 0.025, inf) == pytest.approx((hyper, inf), abs=0.025)


@given(FOCALS, FOCUS, st.floats(0.001, 0.1))
@fast
def test_a_blur_leads_back_to_its_stop(focal: float, focus: float, share: float) -> None:
    n = depth.stop_for_blur(focal, focus, focus + 3, 25, share)
    assert depth.blur_share(focal, n, focus, focus + 3, 25) == pytest.approx(share)


@pytest.mark.parametrize(
    ("focus", "dioptres", "sharp"),
    [(inf, 1, 1.0), (inf, 0.5, 2.0), (2, 1, 0.667), (3, 0, 3.0)],
    ids=["plus-1", "plus-half", "plus-1-at-2m", "none"],
)
def test_a_dioptre_brings_focus_near(focus: float, dioptres: float, sharp: float) -> None:
    assert depth.focus_through_dioptre_m(focus, dioptres) == pytest.approx(sharp, abs=0.001)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: depth.f_number(4, 0), "makes no picture"),
        (lambda: depth.t_stop(4, 1.2), "between 0 and 1"),
        (lambda: depth.hyperfocal_m(50, 0, 0.025), "f-number"),
        (lambda: depth.hyperfocal_m(50, 2, 0), "circle of confusion"),
        (lambda: depth.depth_of_field_m(50, 2, 0.025, 0.05), "cannot focus at 0.05 m"),
        (lambda: depth.depth_of_field_m(0, 2, 0.025, 2), "focal length must be above 0 mm"),
        (lambda: depth.blur_disc_mm(50, 2, 2, 0), "distance"),
        (lambda: depth.blur_share(50, 2, 2, 3, 0), "width of the gate"),
        (lambda: depth.stop_for_depth(50, 0.025, 3, 2), "does not lie behind"),
        (lambda: depth.stop_for_blur(50, 2, 3, 25, 0), "share of blur"),
        (lambda: depth.focus_through_dioptre_m(2, -1), "dioptres"),
    ],
    ids=range(11),
)
def test_what_cannot_be_is_refused_with_a_sentence(call: object, says: str) -> None:
    assert callable(call)
    with pytest.raises(ValueError, match=says) as refused:
        call()
    assert str(refused.value).endswith(".")
