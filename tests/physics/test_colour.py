"""The colour of light against the worked numbers of reference/cinematography.md B11, and what holds for any balance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.physics import colour, locus
from tests.shots import examples

KELVINS = st.floats(1500, 20000)

fast = examples(40)


@pytest.mark.parametrize(
    ("kelvin", "mired"), [(3200, 312.5), (4300, 232.6), (5600, 178.6), (6500, 153.8)], ids=lambda one: f"B11-{one}"
)
def test_mired_is_a_million_over_kelvin(kelvin: float, mired: float) -> None:
    assert colour.mired(kelvin) == pytest.approx(mired, abs=0.05)
    assert colour.kelvin_of(mired) == pytest.approx(kelvin, rel=0.001)


@pytest.mark.parametrize(
    ("source", "balance", "mired", "reads"),
    [
        pytest.param(3200, 5600, 134, "warm", id="B11-tungsten-on-daylight"),
        pytest.param(3200, 6500, 159, "very warm", id="B11-tungsten-on-6500"),
        pytest.param(5600, 4300, -54, "cool", id="B11-daylight-on-4300"),
        pytest.param(5600, 3200, -134, "cool", id="B11-daylight-on-tungsten"),
        pytest.param(1850, 3200, 228, "very warm", id="B11-candle-on-tungsten"),
        pytest.param(5600, 5600, 0, "neutral", id="B11-on-its-balance"),
        pytest.param(5600, 6000, 12, "neutral", id="B11-just-noticed"),
        pytest.param(10000, 3200, -212, "very cool", id="B11-blue-sky-on-tungsten"),
    ],
)
def test_a_source_reads_by_its_shift_from_the_balance(source: float, balance: float, mired: float, reads: str) -> None:
    shift = colour.shift(source, balance)
    assert shift == pytest.approx(mired, abs=1)
    assert colour.reads(shift) == reads


@pytest.mark.parametrize(
    ("source", "gel", "kelvin"),
    [
        pytest.param(5600, 159, 2962, id="B11-full-cto-on-5600"),
        pytest.param(6500, 159, 3200, id="B11-full-cto-on-6500"),
        pytest.param(5500, 131, 3200, id="B11-85b-on-5500"),
        pytest.param(3200, -137, 5698, id="B11-full-ctb"),
        pytest.param(3200, -78, 4264, id="B11-half-ctb"),
        pytest.param(3200, -35, 3604, id="B11-quarter-ctb"),
        pytest.param(3200, -18, 3396, id="B11-eighth-ctb"),
        pytest.param(3200, -274, 26000, id="B11-double-ctb"),
    ],
)
def test_a_gel_moves_a_lamp_to_the_worked_kelvin(source: float, gel: float, kelvin: float) -> None:
    assert colour.through_gel(source, gel) == pytest.approx(kelvin, rel=0.006)


@given(KELVINS, KELVINS)
@fast
def test_a_shift_has_an_opposite(source: float, balance: float) -> None:
    assert colour.shift(source, balance) == pytest.approx(-colour.shift(balance, source))
    assert colour.kelvin_of(colour.mired(source)) == pytest.approx(source)


@given(st.floats(2500, 6500), st.floats(-137, 159))
@fast
def test_a_gel_is_undone_by_its_opposite(source: float, gel: float) -> None:
    assert colour.through_gel(colour.through_gel(source, gel), -gel) == pytest.approx(source)


@given(st.floats(-400, 400))
@fast
def test_warm_and_cool_mirror_each_other(shift: float) -> None:
    swapped = {"warm": "cool", "very warm": "very cool", "cool": "warm", "very cool": "very warm"}
    assert colour.reads(-shift) == swapped.get(colour.reads(shift), "neutral")


@pytest.mark.parametrize("kelvin", [2000, 3200, 4300, 5600, 6500, 10000])
def test_a_lamp_on_its_balance_is_neutral(kelvin: float) -> None:
    red, green, blue = colour.linear_rgb(kelvin, kelvin)
    assert (red, green, blue) == pytest.approx((green, green, green), rel=2e-3)


@pytest.mark.parametrize("balance", [3200, 5600])
def test_lower_kelvin_is_redder_and_higher_is_bluer(balance: float) -> None:
    lamps = [colour.linear_rgb(kelvin, balance) for kelvin in (2000, 2700, 3200, 4300, 5600, 7500, 12000)]
    reds, blues = [red / green for red, green, _ in lamps], [blue / green for _, green, blue in lamps]
    assert reds == sorted(reds, reverse=True)
    assert blues == sorted(blues)


@pytest.mark.parametrize(
    ("source", "balance", "warm"), [(3200, 5600, True), (5600, 3200, False), (1900, 3200, True), (9000, 5600, False)]
)
def test_a_warm_lamp_has_more_red_than_blue(source: float, balance: float, warm: bool) -> None:  # noqa: FBT001
    red, _, blue = colour.linear_rgb(source, balance)
    assert (red > blue) is warm
    assert colour.reads(colour.shift(source, balance)).endswith("warm" if warm else "cool")


RGB = [
    pytest.param(3200, 5600, (1.5355, 0.8938, 0.3790), id="tungsten-on-daylight"),
    pytest.param(5600, 3200, (0.4803, 1.0949, 2.3998), id="daylight-on-tungsten"),
    pytest.param(1900, 3200, (1.8854, 0.7407, 0.1765), id="candle-on-tungsten"),
    pytest.param(9000, 5600, (0.7767, 1.0200, 1.5166), id="blue-sky-on-daylight"),
]
"""From colour-science 0.4.7: Planck by Ohno 2013, Bradford by von Kries, its sRGB primaries."""


@pytest.mark.parametrize(("source", "balance", "rgb"), RGB)
def test_a_black_body_has_the_rgb_of_another_library(source: float, balance: float, rgb: locus.Triple) -> None:
    assert colour.linear_rgb(source, balance) == pytest.approx(rgb, abs=0.0005)


@pytest.mark.parametrize(
    ("source", "balance", "rgb"),
    [
        pytest.param(6500, 5600, (0.9093, 1.0108, 1.1834), id="overcast-on-daylight"),
        pytest.param(10000, 5600, (0.7355, 1.0205, 1.6546), id="blue-sky-on-daylight"),
        pytest.param(5600, 3200, (0.4445, 1.1137, 2.2993), id="daylight-on-tungsten"),
    ],
)
def test_daylight_has_the_rgb_of_another_library(source: float, balance: float, rgb: locus.Triple) -> None:
    """From colour-science 0.4.7: the CIE's daylight, Bradford by von Kries; tungsten is a black body."""
    assert colour.daylight_rgb(source, balance) == pytest.approx(rgb, abs=0.0005)


@given(st.floats(4000, 25000))
@fast
def test_daylight_on_its_balance_is_neutral_and_greener_than_a_black_body(kelvin: float) -> None:
    assert colour.daylight_rgb(kelvin, kelvin) == pytest.approx((1, 1, 1), abs=1e-4)
    against_black_body = colour.balanced_rgb(locus.daylight_xyz(kelvin), colour.xyz(kelvin))
    assert against_black_body[1] == max(against_black_body)


@given(KELVINS, KELVINS)
@fast
def test_luminance_is_kept(kelvin: float, balance: float) -> None:
    red, green, blue = colour.linear_rgb(kelvin, balance)
    adapted = colour.adapted(colour.xyz(kelvin), colour.xyz(balance), colour.D65)
    assert 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue == pytest.approx(adapted[1], abs=1e-5)


@given(KELVINS, KELVINS)
@fast
def test_an_adaptation_leads_back(kelvin: float, balance: float) -> None:
    there = colour.adapted(colour.xyz(kelvin), colour.xyz(balance), colour.D65)
    assert colour.adapted(there, colour.D65, colour.xyz(balance)) == pytest.approx(colour.xyz(kelvin), abs=1e-5)


def test_sources_are_two_colours_from_50_mired() -> None:
    assert colour.two_colours(3200, 5600)
    assert not colour.two_colours(5600, 6500)


@pytest.mark.parametrize(("cc", "green"), [(30, 0.501), (15, 0.708), (-30, 1.995), (0, 1)], ids=lambda one: f"CC{one}")
def test_a_tint_is_a_density_in_the_green(cc: float, green: float) -> None:
    assert colour.tint_gains(cc) == pytest.approx((1, green, 1), abs=0.0005)
    assert colour.tinted((0.5, 0.5, 0.5), cc) == pytest.approx((0.5, green / 2, 0.5), abs=0.0005)


@given(st.floats(-60, 60), st.floats(2500, 9000))
@fast
def test_magenta_undoes_green(cc: float, kelvin: float) -> None:
    assert colour.tinted(colour.tinted((0.2, 0.3, 0.4), cc), -cc) == pytest.approx((0.2, 0.3, 0.4))
    if 1 < abs(cc) < 30:
        assert (colour.duv_of_tint(cc, kelvin) > 0) == (cc < 0)


@pytest.mark.parametrize(("kelvin", "duv"), [(3200, 0.0255), (5600, 0.0349)])
def test_plus_green_lies_above_the_black_bodies(kelvin: float, duv: float) -> None:
    assert colour.duv_of_tint(-30, kelvin) == pytest.approx(duv, abs=0.0005)
    assert colour.duv_of_tint(0, kelvin) == pytest.approx(0, abs=1e-4)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: colour.mired(0), "colour temperature must be above 0 K"),
        (lambda: colour.kelvin_of(0), "mired value must be above 0"),
        (lambda: colour.xyz(-1), "colour temperature must be above 0 K, not -1 K"),
        (lambda: colour.daylight_rgb(3200, 5600), "between 4000 K and 25000 K, not at 3200 K"),
    ],
    ids=range(4),
)
def test_what_cannot_be_is_refused_with_a_sentence(call: object, says: str) -> None:
    assert callable(call)
    with pytest.raises(ValueError, match=says) as refused:
        call()
    assert str(refused.value).endswith(".")
