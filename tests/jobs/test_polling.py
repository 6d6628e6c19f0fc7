"""When to look: waits that make sense for every history, and fewer looks than a fixed schedule for less delay."""

from itertools import accumulate
from random import Random
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.jobs.polling import MOST_S, Schedule
from benchmarks.polling import DRAWS, fixed, learned, watched

SECONDS = st.floats(0.01, 7200)


@given(lasted=st.lists(SECONDS, max_size=50), passed=st.floats(0, 7200), every=st.floats(1.1, 10))
def test_a_wait_is_never_nothing_and_never_for_ever(lasted: list[float], passed: float, every: float) -> None:
    assert 0.02 < Schedule(lasted, 1, every).wait(passed) <= MOST_S


@given(lasted=st.lists(SECONDS, max_size=50), passed=st.floats(0.01, 7200))
def test_a_backend_on_this_machine_is_asked_as_it_wants(lasted: list[float], passed: float) -> None:
    schedule = Schedule(lasted, 0.3, 0.5)
    assert (schedule.wait(0), schedule.wait(passed)) == (0.3, 0.5)


def looks(schedule: Schedule, until: float) -> list[float]:
    """Return the moments of the looks up to one."""
    found = [0.0]
    while found[-1] < until:
        found.append(found[-1] + schedule.wait(found[-1]))
    return found[1:]


def test_looks_are_dense_where_the_end_is_expected_and_sparse_elsewhere() -> None:
    moments = looks(Schedule([88, 89, 90, 90, 91, 92] * 5, 1, 2), 200)
    waits = {at: wait for wait, at in zip(_gaps(moments), moments, strict=True)}
    around = [wait for at, wait in waits.items() if 88 < at < 93]
    before = [wait for at, wait in waits.items() if at < 60]
    after = [wait for at, wait in waits.items() if at > 130]
    assert max(around) < min(before)
    assert max(around) < min(after)


def _gaps(moments: list[float]) -> list[float]:
    return [at - before for before, at in zip([0.0, *moments], moments, strict=False)]


def test_a_service_that_became_faster_is_found_out() -> None:
    """Forty pictures of 60 s, then pictures of 10 s: the delay shrinks as they are learned."""
    seen, delays = [60.0 + number % 5 for number in range(40)], []
    for _ in range(40):
        _, late, took = watched(10, Schedule(seen[-50:], 1, 2).wait)
        seen.append(took)
        delays.append(late)
    assert mean(delays[-10:]) < min(mean(delays[:10]), 1.5)


@pytest.mark.parametrize(("name", "most"), [("uni-1, middle 31 s", 0.85), ("ray-3.2, about 90 s", 0.5)])
def test_fewer_looks_and_less_delay_than_every_two_seconds(name: str, most: float) -> None:
    draw, every_s = DRAWS[name]
    ours = learned(draw, every_s, 250, [], 7)[50:]
    dice = Random(7)  # noqa: S311  a simulation wants the same dice each time
    plain = [watched(draw(dice), fixed(2, 2)()) for _ in range(200)]
    assert mean(number for number, _ in ours) < most * mean(number for number, _, _ in plain)
    assert mean(late for _, late in ours) < mean(late for _, late, _ in plain)


def test_the_guess_before_anything_is_known_looks_soon_and_goes_on() -> None:
    moments = looks(Schedule([], 1, 2), 60)
    assert moments[0] < 4
    assert list(accumulate(_gaps(moments))) == pytest.approx(moments)
    assert max(_gaps(moments)) < 8
