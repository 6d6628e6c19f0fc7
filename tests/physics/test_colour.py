"""The colour of light against the worked numbers of reference/cinematography.md B11, and what holds for any balance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.physics import colour
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


@given(KELVINS)
@fast
def test_a_black_body_lies_on_the_locus(kelvin: float) -> None:
    x, y, z = colour.xyz(kelvin)
    assert y == 1
    assert x > 0
    assert z > 0
    warmer = colour.xyz(kelvin * 0.9)
    assert warmer[2] < z
