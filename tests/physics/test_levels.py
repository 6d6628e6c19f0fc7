"""Stops and ratios against the worked numbers of reference/cinematography.md B10, and what holds for any level."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.physics import levels
from tests.shots import examples

STOPS = st.floats(-12, 12)

fast = examples(60)


@pytest.mark.parametrize(
    ("stops", "key_fill", "both_fill"),
    [(0, 1, 2), (1, 2, 3), (2, 4, 5), (3, 8, 9), (4, 16, 17), (5, 32, 33), (6, 64, 65)],
    ids=lambda one: f"B10-{one}",
)
def test_a_ratio_is_quoted_in_two_ways(stops: float, key_fill: float, both_fill: float) -> None:
    assert levels.ratio(stops) == (key_fill, both_fill)
    assert levels.ratio_of_levels(stops - 1, -1) == (key_fill, both_fill)
    assert levels.stops_of_ratio(key_fill) == stops
    assert levels.stops_of_ratio(both_fill, both=True) == stops


def test_four_to_one_is_two_stops_or_one_and_a_half() -> None:
    """LIT04: a ratio without its basis says nothing."""
    assert levels.stops_of_ratio(4) == 2
    assert levels.stops_of_ratio(4, both=True) == pytest.approx(1.6, abs=0.05)


@given(STOPS)
@fast
def test_a_ratio_leads_back_to_its_stops(stops: float) -> None:
    key_fill, both_fill = levels.ratio(stops)
    assert levels.stops_of_ratio(key_fill) == pytest.approx(stops)
    assert levels.stops_of_ratio(both_fill, both=True) == pytest.approx(stops, abs=1e-6)
    assert levels.stops_of(levels.times_of(stops)) == pytest.approx(stops)


@pytest.mark.parametrize(
    ("parts", "total"), [((0, 0), 1), ((0, -1), 0.585), ((0, -2), 0.322), ((0,), 0), ((0, 0, 1), 2), ((3, -20), 3)]
)
def test_light_adds_up_where_two_sources_reach(parts: tuple[float, ...], total: float) -> None:
    assert levels.sum_stops(*parts) == pytest.approx(total, abs=0.0005)


@given(STOPS, STOPS, STOPS)
@fast
def test_a_sum_is_more_than_its_parts_in_any_order(one: float, other: float, by: float) -> None:
    total = levels.sum_stops(one, other)
    assert max(one, other) < total <= max(one, other) + 1
    assert levels.sum_stops(other, one) == pytest.approx(total)
    assert levels.sum_stops(one + by, other + by) == pytest.approx(total + by)
    key_fill_to_fill = levels.ratio_of_levels(one, other)[1]
    assert levels.stops_of(key_fill_to_fill) == pytest.approx(total - other)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: levels.stops_of(0), "factor of light must be above 0"),
        (lambda: levels.stops_of_ratio(0), "factor of light must be above 0"),
        (lambda: levels.stops_of_ratio(1, both=True), "a ratio of 1 to 1 cannot be"),
        (levels.sum_stops, "no level to sum"),
    ],
    ids=range(4),
)
def test_what_cannot_be_is_refused_with_a_sentence(call: object, says: str) -> None:
    assert callable(call)
    with pytest.raises(ValueError, match=says) as refused:
        call()
    assert str(refused.value).endswith(".")
