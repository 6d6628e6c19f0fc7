"""Black bodies and daylight against published chromaticities."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.physics import locus
from app.physics.observer import OBSERVER
from tests.shots import examples

fast = examples(40)


def test_the_observer_is_the_standard_one() -> None:
    """CIE 15: the sums from 380 to 780 nm at 5 nm are 21.371 each (equal energy is white), V has its top at 555 nm."""
    sums = [sum(row[channel] for row in OBSERVER if row[0] >= 380) for channel in (1, 2, 3)]
    assert sums == pytest.approx([21.371] * 3, abs=0.0006)
    assert max(OBSERVER, key=lambda row: row[2])[0] == 555
    assert [row[0] for row in OBSERVER] == list(range(360, 781, 5))


@pytest.mark.parametrize(
    ("kelvin", "xy"),
    [
        pytest.param(2855.5, (0.44757, 0.40745), id="CIE-illuminant-A"),
        pytest.param(1900, (0.53778, 0.41120), id="1900"),
        pytest.param(2000, (0.52668, 0.41330), id="2000"),
        pytest.param(3200, (0.42336, 0.39895), id="3200"),
        pytest.param(4300, (0.36811, 0.36869), id="4300"),
        pytest.param(5600, (0.33020, 0.33908), id="5600"),
        pytest.param(6500, (0.31353, 0.32363), id="6500"),
        pytest.param(10000, (0.28063, 0.28829), id="10000"),
        pytest.param(20000, (0.25646, 0.25763), id="20000"),
    ],
)
def test_a_black_body_has_its_published_chromaticity(kelvin: float, xy: locus.Pair) -> None:
    """Illuminant A by CIE 15; the others from colour-science 0.4.7 (Ohno 2013, the observer at 1 nm)."""
    assert locus.planckian_xy(kelvin) == pytest.approx(xy, abs=0.00003)


@pytest.mark.parametrize(
    ("kelvin", "xy"),
    [
        pytest.param(5003, (0.34567, 0.35850), id="CIE-D50"),
        pytest.param(5503, (0.33243, 0.34744), id="CIE-D55"),
        pytest.param(6504, (0.31272, 0.32903), id="CIE-D65"),
        pytest.param(7504, (0.29903, 0.31488), id="CIE-D75"),
    ],
)
def test_daylight_has_the_chromaticity_of_the_illuminants(kelvin: float, xy: locus.Pair) -> None:
    """CIE 15, table of illuminants; they are worked from rounded spectra, hence the last digit."""
    assert locus.daylight_xy(kelvin) == pytest.approx(xy, abs=0.00012)
    assert locus.temperature(*xy)[0] == pytest.approx(kelvin, abs=5)


@pytest.mark.parametrize(
    ("kelvin", "xy"),
    [
        (4000, (0.38234, 0.38377)),
        (5600, (0.33016, 0.34555)),
        (6500, (0.31278, 0.32918)),
        (10000, (0.27880, 0.29197)),
        (25000, (0.24985, 0.25480)),
    ],
)
def test_daylight_is_that_of_another_library(kelvin: float, xy: locus.Pair) -> None:
    """From colour-science 0.4.7."""
    assert locus.daylight_xy(kelvin) == pytest.approx(xy, abs=0.00001)


@pytest.mark.parametrize(
    ("xy", "kelvin", "duv"),
    [
        pytest.param((0.44758, 0.40745), 2855.5, 0.0000, id="A"),
        pytest.param((0.31270, 0.32900), 6504.3, 0.0032, id="D65"),
        pytest.param((0.34570, 0.35850), 5000.7, 0.0032, id="D50"),
        pytest.param((0.37210, 0.37510), 4223.4, 0.0018, id="cool-white-fluorescent"),
        pytest.param((0.44020, 0.40310), 2937.7, -0.0008, id="warm-white-fluorescent"),
    ],
)
def test_a_lamp_has_the_temperature_and_duv_of_another_library(xy: locus.Pair, kelvin: float, duv: float) -> None:
    """From colour-science 0.4.7 (Ohno 2013), on the illuminants of CIE 15."""
    found, away = locus.temperature(*xy)
    assert found == pytest.approx(kelvin, rel=0.0008)
    assert away == pytest.approx(duv, abs=0.0001)


@given(st.floats(1100, 40000))
@fast
def test_a_black_body_leads_back_to_its_temperature(kelvin: float) -> None:
    found, duv = locus.temperature(*locus.planckian_xy(kelvin))
    assert found == pytest.approx(kelvin, rel=1e-3)
    assert duv == pytest.approx(0, abs=1e-6)


@given(st.floats(1500, 20000))
@fast
def test_a_warmer_black_body_has_less_blue(kelvin: float) -> None:
    x, y, z = locus.planckian_xyz(kelvin)
    assert y == 1
    assert x > 0
    assert 0 < locus.planckian_xyz(kelvin * 0.9)[2] < z


@given(st.floats(4000, 25000))
@fast
def test_daylight_is_a_little_greener_than_a_black_body(kelvin: float) -> None:
    _, duv = locus.temperature(*locus.daylight_xy(kelvin))
    assert 0.001 < duv < 0.005
    x, y = locus.daylight_xy(kelvin)
    assert locus.xy_of(locus.daylight_xyz(kelvin)) == pytest.approx((x, y))


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: locus.planckian_xy(0), "colour temperature must be above 0 K"),
        (lambda: locus.daylight_xy(3999), "between 4000 K and 25000 K"),
        (lambda: locus.daylight_xy(25001), "between 4000 K and 25000 K"),
        (lambda: locus.xyz_of(0.3, 0), "chromaticity y"),
        (lambda: locus.xy_of((0, 0, 0)), "sum of X, Y and Z"),
        (lambda: locus.temperature(0.3, 0.6), "is a hue"),
    ],
    ids=range(6),
)
def test_what_cannot_be_is_refused_with_a_sentence(call: object, says: str) -> None:
    assert callable(call)
    with pytest.raises(ValueError, match=says) as refused:
        call()
    assert str(refused.value).endswith(".")
