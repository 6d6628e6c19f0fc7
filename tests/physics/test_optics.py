"""What a lens sees, against the worked numbers of reference/cinematography.md, and what holds for any gate."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.physics import depth, optics, perspective
from tests.shots import examples

FOCALS = st.floats(4, 500)
GATES = st.floats(4, 80)

fast = examples(60)

FORMATS = """
Standard 8              4.80  3.50  5.94 1.371 7.28  11.4  7.8  5.5  3.2
Super 8                 5.79  4.01  7.04 1.444 6.14  13.8  9.5  6.6  3.9
16 mm                  10.26  7.49 12.70 1.370 3.41  24.1 16.7 11.7  6.9
Super 16               12.52  7.41 14.55 1.690 2.97  29.2 20.3 14.3  8.4
35 mm Academy          21.95 16.00 27.16 1.372 1.59  49.1 34.8 24.8 14.7
35 mm scope            21.95 18.59 28.76 1.181 1.50  49.1 34.8 24.8 14.7
Super 35 4-perf        24.89 18.66 31.11 1.334 1.39  54.8 39.1 28.0 16.7
Super 35 3-perf        24.89 14.00 28.56 1.778 1.52  54.8 39.1 28.0 16.7
Techniscope            22.05  9.47 24.00 2.328 1.80  49.3 35.0 24.9 14.8
VistaVision            37.72 24.92 45.21 1.514 0.96  76.3 56.6 41.3 25.0
65 mm 5-perf           52.48 23.01 57.30 2.281 0.76  95.1 73.7 55.4 34.3
IMAX 15-perf           70.41 52.63 87.91 1.338 0.49 111.4 90.3 70.3 45.0
full frame             36.00 24.00 43.27 1.500 1.00  73.7 54.4 39.6 23.9
APS-C                  23.60 15.60 28.29 1.513 1.53  52.4 37.3 26.6 15.8
Micro Four Thirds      17.30 13.00 21.64 1.331 2.00  39.6 27.8 19.6 11.6
ALEXA Mini 3.4K        28.25 18.17 33.59 1.555 1.29  61.0 44.0 31.5 18.9
ALEXA 35 4.6K          27.99 19.22 33.95 1.456 1.27  60.5 43.6 31.3 18.7
ALEXA 35 4.6K 16:9     28.00 15.70 32.10 1.783 1.35  60.5 43.6 31.3 18.7
ALEXA 35 3.3K 6:5      20.22 16.95 26.38 1.193 1.64  45.7 32.2 22.9 13.6
ALEXA LF               36.70 25.54 44.71 1.437 0.97  74.8 55.3 40.3 24.4
ALEXA 65               54.12 25.58 59.86 2.116 0.72  96.9 75.4 56.8 35.3
V-RAPTOR 8K            40.96 21.60 46.31 1.896 0.93  81.0 60.7 44.5 27.1
KOMODO 6K              27.03 14.26 30.56 1.896 1.42  58.8 42.2 30.3 18.1
VENICE 2 8.6K          35.94 23.96 43.19 1.500 1.00  73.6 54.4 39.5 23.9
VENICE 2 5.8K 6:5      24.09 20.19 31.43 1.193 1.38  53.3 38.0 27.1 16.1
VENICE 2 5.8K 17:9     24.09 12.71 27.24 1.895 1.59  53.3 38.0 27.1 16.1
BURANO 8.6K 16:9       35.90 20.20 41.19 1.777 1.05  73.6 54.3 39.5 23.8
ETERNA 55              43.63 32.71 54.53 1.334 0.79  84.5 63.9 47.1 28.8
PYXIS 6K               36.00 24.00 43.27 1.500 1.00  73.7 54.4 39.6 23.9
"""
"""B5: width, height, diagonal (mm), ratio, crop by diagonal, and the horizontal field at 24, 35, 50 and 85 mm."""


@pytest.mark.parametrize("row", FORMATS.strip().splitlines(), ids=lambda row: f"B5-{row[:22].strip()}")
def test_a_format_has_the_numbers_of_the_table(row: str) -> None:
    width, height, diagonal, ratio, crop, *degrees = (float(word) for word in row[22:].split())
    assert optics.diagonal_mm(width, height) == pytest.approx(diagonal, abs=0.006)
    assert optics.desqueezed_ratio(width, height) == pytest.approx(ratio, abs=0.0011)
    assert optics.crop_factor(width, height) == pytest.approx(crop, abs=0.006)
    seen = [optics.field_of_view_deg(width, focal) for focal in (24, 35, 50, 85)]
    assert seen == pytest.approx(degrees, abs=0.06)


@pytest.mark.parametrize(
    ("gate", "squeeze", "ratio"),
    [
        pytest.param((21.95, 18.59), 2, 2.36, id="B5-scope"),
        pytest.param((24.89, 18.66), 2, 2.67, id="B5-super35-full-aperture"),
        pytest.param((20.22, 16.95), 2, 2.39, id="B5-alexa35-6:5"),
        pytest.param((24.09, 20.19), 2, 2.39, id="B5-venice-6:5"),
        pytest.param((36.70, 25.54), 2, 2.87, id="B5-lf-2"),
        pytest.param((36.70, 25.54), 1.8, 2.59, id="B5-lf-1.8"),
        pytest.param((36.70, 25.54), 1.65, 2.37, id="B5-lf-1.65"),
        pytest.param((36.00, 24.00), 1.8, 2.70, id="B5-full-frame-1.8"),
        pytest.param((36.00, 24.00), 1.5, 2.25, id="B5-full-frame-1.5"),
        pytest.param((36.00, 20.25), 1.5, 2.67, id="B5-full-frame-16:9-1.5"),
        pytest.param((24.89, 14.00), 1.33, 2.36, id="B5-super35-16:9"),
        pytest.param((40.96, 21.60), 1.3, 2.47, id="B5-vista-17:9"),
        pytest.param((52.48, 23.01), 1.25, 2.85, id="B5-ultra-panavision"),
    ],
)
def test_the_whole_gate_gives_the_anamorphic_ratio(gate: tuple[float, float], squeeze: float, ratio: float) -> None:
    whole = optics.desqueezed_ratio(*gate, squeeze)
    assert whole == pytest.approx(ratio, abs=0.006)
    assert optics.crop(*gate, whole, squeeze) == pytest.approx(gate)
    assert optics.used_share(*gate, whole, squeeze) == pytest.approx(1)
    width, height = optics.crop(*gate, ratio, squeeze)
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
    assert optics.used_share(*gate, aspect) == pytest.approx(used[0] * used[1] / (gate[0] * gate[1]), abs=0.001)


def test_a_scope_gate_cropped_to_academy_keeps_little_more_than_half() -> None:
    """ANA04: the point of a 2x squeeze is width."""
    assert optics.used_share(21.95, 18.59, 1.375, 2) == pytest.approx(0.58, abs=0.005)


@given(GATES, GATES, st.floats(0.25, 4), st.floats(1, 2))
@fast
def test_a_crop_has_the_ratio_and_stays_inside(width: float, height: float, aspect: float, squeeze: float) -> None:
    across, down = optics.crop(width, height, aspect, squeeze)
    assert across * squeeze / down == pytest.approx(aspect)
    assert across <= width * (1 + 1e-9)
    assert down <= height * (1 + 1e-9)
    assert across == pytest.approx(width) or down == pytest.approx(height)
    assert 0 < optics.used_share(width, height, aspect, squeeze) <= 1 + 1e-9


@given(GATES, FOCALS, st.floats(1.01, 4))
@fast
def test_a_longer_lens_sees_less(gate: float, focal: float, times: float) -> None:
    assert optics.field_of_view_deg(gate, focal * times) < optics.field_of_view_deg(gate, focal)


@given(GATES, FOCALS, st.floats(1, 2))
@fast
def test_a_field_of_view_leads_back_to_its_focal_length(gate: float, focal: float, squeeze: float) -> None:
    view = optics.field_of_view_deg(gate, focal, squeeze)
    assert optics.focal_of_view_mm(gate, view, squeeze) == pytest.approx(focal)


@given(GATES, FOCALS, st.floats(1, 2))
@fast
def test_an_equivalent_lens_sees_the_same_field(gate: float, focal: float, squeeze: float) -> None:
    beside = optics.equivalent_focal_mm(focal, gate, squeeze)
    assert optics.field_of_view_deg(36, beside) == pytest.approx(optics.field_of_view_deg(gate, focal, squeeze))


@pytest.mark.parametrize(
    ("focal", "width", "squeeze", "equivalent"),
    [
        pytest.param(50, 36, 1, 50, id="full-frame"),
        pytest.param(50, 24.89, 1, 72.3, id="super35"),
        pytest.param(50, 21.95, 2, 41.0, id="scope"),
        pytest.param(50, 17.3, 1, 104.0, id="micro-four-thirds"),
    ],
)
def test_equivalent_focal_lengths(focal: float, width: float, squeeze: float, equivalent: float) -> None:
    assert optics.equivalent_focal_mm(focal, width, squeeze) == pytest.approx(equivalent, abs=0.05)


def test_the_two_crop_factors_differ_when_the_ratios_do() -> None:
    assert optics.crop_factor(36, 24) == pytest.approx(1)
    assert optics.crop_factor_by_width(36) == 1
    assert optics.crop_factor(36, 15.06) == pytest.approx(1.109, abs=0.001)
    assert optics.crop_factor_by_width(36) < optics.crop_factor(36, 15.06)


@pytest.mark.parametrize(
    ("width", "focal", "name"),
    [
        pytest.param(24.89, 10, "ultra wide", id="super35-10"),
        pytest.param(36, 20, "wide", id="full-frame-20"),
        pytest.param(36, 35, "wide", id="CineTechBench-35"),
        pytest.param(36, 50, "normal", id="CineTechBench-50"),
        pytest.param(36, 85, "long", id="CineTechBench-85"),
        pytest.param(36, 300, "super telephoto", id="CineTechBench-300"),
        pytest.param(24.89, 35, "normal", id="super35-35"),
        pytest.param(70.41, 50, "wide", id="imax-50"),
        pytest.param(12.52, 50, "long", id="super16-50"),
    ],
)
def test_a_lens_is_named_by_what_it_sees(width: float, focal: float, name: str) -> None:
    assert optics.lens_class(optics.field_of_view_deg(width, focal)) == name


def test_a_fisheye_sees_half_a_turn_where_a_straight_lens_cannot() -> None:
    assert optics.fisheye_field_of_view_deg(24, 8) == pytest.approx(171.9, abs=0.05)
    assert optics.field_of_view_deg(24, 8) == pytest.approx(112.6, abs=0.05)
    assert optics.fisheye_field_of_view_deg(60, 4) == 360


@pytest.mark.parametrize(
    ("circle", "gate", "covered"),
    [
        pytest.param(31.2, (24.89, 18.66), True, id="LENS07-super35-on-super35"),
        pytest.param(33, (36.70, 25.54), False, id="LENS07-super35-on-lf"),
        pytest.param(46, (36.70, 25.54), True, id="B6-signature-on-lf"),
        pytest.param(60, (54.12, 25.58), True, id="B6-thalia-on-65"),
        pytest.param(46, (54.12, 25.58), False, id="B6-signature-on-65"),
    ],
)
def test_a_lens_covers_a_gate_up_to_its_corners(circle: float, gate: tuple[float, float], covered: object) -> None:
    assert optics.covers(circle, *gate) is covered


@pytest.mark.parametrize(
    ("width", "times"),
    [pytest.param(5.79, 4.3, id="B13-super8"), pytest.param(10.26, 2.4, id="B13-16"), pytest.param(12.52, 2, id="S16")],
)
def test_grain_grows_with_the_enlargement(width: float, times: float) -> None:
    assert optics.enlargement(width) == pytest.approx(times, abs=0.05)


@pytest.mark.parametrize(
    ("focal", "focus", "size"), [(50, 0.1, 1.0), (100, 0.3, 0.5), (50, 2, 0.0256)], ids=["life", "half", "far"]
)
def test_magnification(focal: float, focus: float, size: float) -> None:
    assert optics.magnification(focal, focus) == pytest.approx(size, abs=0.0001)


def test_a_far_subject_is_as_large_as_its_frame_says() -> None:
    assert 14 / optics.magnification(50, 100) / 1000 == pytest.approx(optics.frame_height_m(100, 50, 14), rel=0.001)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: optics.field_of_view_deg(24.89, 0), "focal length must be above 0 mm, not 0 mm"),
        (lambda: optics.field_of_view_deg(24.89, -50), "focal length must be above 0"),
        (lambda: optics.field_of_view_deg(24.89, float("nan")), "focal length must be above 0"),
        (lambda: optics.fisheye_field_of_view_deg(24, 0), "focal length"),
        (lambda: optics.focal_of_view_mm(24, 180), "between 0° and 180°"),
        (lambda: optics.crop(24, 0, 1.78), "height of the gate"),
        (lambda: optics.crop(24, 14, 0), "delivery ratio"),
        (lambda: optics.desqueezed_ratio(24, 0), "height of the gate"),
        (lambda: optics.crop_factor(0, 0), "diagonal"),
        (lambda: optics.crop_factor_by_width(0), "width of the gate"),
        (lambda: optics.equivalent_focal_mm(50, 24, 0), "squeeze"),
        (lambda: optics.enlargement(0), "width of the gate"),
        (lambda: optics.magnification(50, 0.05), "beyond the focal length"),
        (lambda: optics.lens_class(181), "between 0° and 180°"),
    ],
    ids=range(14),
)
def test_what_cannot_be_is_refused_with_a_sentence(call: object, says: str) -> None:
    assert callable(call)
    with pytest.raises(ValueError, match=says) as refused:
        call()
    assert str(refused.value).endswith(".")


def test_depth_and_perspective_are_found_here_too() -> None:
    assert optics.hyperfocal_m is depth.hyperfocal_m
    assert optics.depth_of_field_m is depth.depth_of_field_m
    assert optics.f_number is depth.f_number
    assert optics.camera_distance_m is perspective.camera_distance_m
    assert optics.nose_to_ear is perspective.nose_to_ear
