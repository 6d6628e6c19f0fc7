"""Gels against the worked numbers of reference/cinematography.md B11."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.physics import colour, gels
from tests.shots import examples

SWATCH = {
    "double CTO": 312,
    "full CTO": 159,
    "85B": 131,
    "3/4 CTO": 124,
    "85": 112,
    "1/2 CTO": 109,
    "1/4 CTO": 64,
    "1/8 CTO": 26,
    "1/8 CTB": -18,
    "1/4 CTB": -35,
    "1/2 CTB": -78,
    "3/4 CTB": -112,
    "full CTB": -137,
    "double CTB": -274,
}
"""B11."""

fast = examples(60)


@pytest.mark.parametrize(
    ("source", "wanted", "mired", "gel"),
    [
        pytest.param(5600, 3200, 134, "85B", id="B11-daylight-to-tungsten"),
        pytest.param(6500, 3200, 159, "full CTO", id="B11-6500-to-tungsten"),
        pytest.param(3200, 5600, -134, "full CTB", id="B11-tungsten-to-daylight"),
        pytest.param(4300, 5600, -54, "1/4 CTB", id="B11-4300-to-daylight"),
        pytest.param(3200, 4300, -80, "1/2 CTB", id="B11-half-way"),
        pytest.param(5600, 4500, 44, "1/8 CTO", id="a-touch-of-warmth"),
    ],
)
def test_the_nearest_gel_is_found(source: float, wanted: float, mired: float, gel: str) -> None:
    assert gels.needed_mired(source, wanted) == pytest.approx(mired, abs=0.6)
    assert gels.nearest(source, wanted, SWATCH) == (gel,)
    assert gels.corrects(source, wanted, SWATCH[gel])


def test_full_cto_on_5600_overshoots_tungsten() -> None:
    """COL06: +159 lands on 2962, 85B on 3230, 3/4 CTO on 3305."""
    landed = [gels.through_gels(5600, SWATCH[name]) for name in ("full CTO", "85B", "3/4 CTO")]
    assert landed == pytest.approx([2962, 3230, 3305], abs=1)


@pytest.mark.parametrize(
    ("source", "pack", "lands"),
    [
        pytest.param(5600, ("1/2 CTO", "1/8 CTO"), 3189, id="half-and-eighth"),
        pytest.param(3200, ("full CTB", "1/4 CTB"), 7117, id="full-and-quarter"),
        pytest.param(3200, (), 3200, id="bare"),
        pytest.param(3200, ("double CTB",), 26000, id="B11-double-ctb"),
    ],
)
def test_packs_of_gels_add_up(source: float, pack: tuple[str, ...], lands: float) -> None:
    assert gels.through_gels(source, *(SWATCH[name] for name in pack)) == pytest.approx(lands, rel=0.002)


def test_a_bare_lamp_needs_no_gel_and_one_that_lands_takes_no_second() -> None:
    assert gels.nearest(5600, 5600, SWATCH, at_most=3) == ()
    assert gels.nearest(5600, 5800, SWATCH) == ()
    assert gels.nearest(5600, 3200, SWATCH, at_most=2) == ("85B",)
    assert gels.nearest(5600, 2500, {"1/2 CTO": 109}, at_most=2) == ("1/2 CTO", "1/2 CTO")
    assert gels.nearest(5600, 3200, {}) == ()


@pytest.mark.parametrize(
    ("source", "wanted", "gel", "helps"),
    [(5600, 3200, -137, False), (3200, 5600, 159, False), (5600, 3200, 159, True), (5600, 5000, 159, False)],
    ids=["COL05-ctb-on-daylight", "COL05-cto-on-tungsten", "too-much-but-nearer", "far-too-much"],
)
def test_a_gel_may_move_the_wrong_way(source: float, wanted: float, gel: float, helps: object) -> None:
    assert gels.corrects(source, wanted, gel) is helps


@given(st.floats(2000, 10000), st.floats(2000, 10000), st.integers(1, 2))
@fast
def test_a_found_pack_comes_nearer_than_the_bare_lamp_and_any_one_gel(source: float, wanted: float, most: int) -> None:
    found = gels.nearest(source, wanted, SWATCH, most)
    needed = gels.needed_mired(source, wanted)
    left = abs(needed - gels.pack(SWATCH[name] for name in found))
    assert len(found) <= most
    assert left <= max(gels.LANDED_MIRED, min(abs(needed), *(abs(needed - one) for one in SWATCH.values())))
    assert left == pytest.approx(abs(colour.shift(wanted, source) - sum(SWATCH[name] for name in found)))
