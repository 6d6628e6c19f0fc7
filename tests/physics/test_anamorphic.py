"""What a squeeze does to blur (reference/cinematography.md B7)."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.physics import anamorphic, depth
from tests.shots import examples

FOCALS = st.floats(10, 200)
STOPS = st.floats(0.7, 32)
FOCUS = st.floats(0.5, 100)

fast = examples(60)


def test_a_front_anamorphic_draws_ovals_and_a_rear_one_discs() -> None:
    """B7: b high, and b / 2 wide after the desqueeze; round when the squeeze comes behind the iris."""
    assert anamorphic.disc_mm(0.4, 2) == (0.4, 0.2)
    assert anamorphic.disc_mm(0.4, 1.33) == pytest.approx((0.4, 0.3008), abs=0.0001)
    assert anamorphic.disc_mm(0.4, 2, rear=True) == (0.4, 0.4)
    assert (anamorphic.oval(2), anamorphic.oval(2, rear=True)) == (2, 1)


@given(FOCALS, STOPS, FOCUS, st.floats(1, 2))
@fast
def test_the_sides_of_an_oval_differ_by_the_squeeze(focal: float, n: float, focus: float, squeeze: float) -> None:
    high, wide = anamorphic.disc_share((focal, n), focus, inf, (21.95, 18.59), squeeze)
    on_screen = squeeze * 21.95 / 18.59
    assert high / (wide * on_screen) == pytest.approx(squeeze)
    assert high == pytest.approx(depth.blur_disc_mm(focal, n, focus, inf) / 18.59)
    high, wide = anamorphic.disc_share((focal, n), focus, inf, (21.95, 18.59), squeeze, rear=True)
    assert high == pytest.approx(wide * on_screen)


def test_a_squeeze_and_a_gate_have_a_size() -> None:
    with pytest.raises(ValueError, match=r"squeeze must be above 0, not 0\.$"):
        anamorphic.disc_mm(0.4, 0)
    with pytest.raises(ValueError, match=r"height of the gate must be above 0 mm, not 0 mm\.$"):
        anamorphic.disc_share((50, 2), 2, 3, (24, 0), 2)
