"""The line of time: nothing overlaps, nothing is lost, and joins never outlast their shots."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.patch import Json
from app.resolve import Resolved, resolve
from app.schema import read_data
from app.views.cut import STILL_S, Join, fps, spans, timecode
from app.vocab import vocabulary

TRANSITIONS = [term.id for term in vocabulary().facets["time.transition"].terms]


def shots(*documents: Json) -> list[Resolved]:
    return [resolve(read_data(one), vocabulary()) for one in documents]


def seconds(*documents: Json) -> list[tuple[float, float, bool]]:
    return [(one.start_s, one.seconds, one.said) for one in spans(shots(*documents))]


def test_a_shot_lasts_as_long_as_somebody_says_or_as_its_beats() -> None:
    beats = {"beats": {"one": {"slot": 1, "end_s": 2}, "two": {"slot": 2, "start_s": 2, "end_s": 5.5}}}
    assert seconds({"duration_s": 3}, beats, {}) == [(0, 3, True), (3, 5.5, True), (8.5, STILL_S, False)]


def out(name: str, *more: Json) -> Join | None:
    first: Json = {"duration_s": 4, "transition_out": f"time.transition.{name}"}
    return spans(shots(first, *(more or ({"duration_s": 4},))))[0].out


@pytest.mark.parametrize(
    ("name", "kind", "lasts"),
    [("dissolve", "mix", 1), ("fade_out", "black", 1.5), ("fade_to_white", "white", 1), ("wipe", "wipe", 1),
     ("smash_cut", None, 0), ("cut", None, 0)],
)  # fmt: skip
def test_a_transition_is_drawn_as_its_term_says(name: str, kind: str | None, lasts: float) -> None:
    found = out(name)
    assert found
    assert (found.kind, found.seconds) == (kind, lasts)


def test_a_transition_is_no_longer_than_half_of_the_shorter_shot() -> None:
    found = out("dissolve", {"duration_s": 1})
    assert found
    assert found.seconds == 0.5


def test_a_fade_has_its_own_shot_to_itself() -> None:
    found = out("fade_out", {"duration_s": 1})
    assert found
    assert found.seconds == 1.5


def test_a_mix_is_said_on_both_sides_and_a_fade_on_its_own() -> None:
    first: dict[str, Any] = {"duration_s": 4, "transition_out": "time.transition.dissolve"}
    second = {"duration_s": 4, "transition_in": "time.transition.fade_in"}
    mixed = spans(shots(first, second))
    assert mixed[1].into == mixed[0].out
    faded = spans(shots({**first, "transition_out": "time.transition.fade_out"}, second))
    assert faded[1].into
    assert (faded[1].into.label, faded[1].into.kind) == ("Fade in", "black")


@given(
    st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                "duration_s": st.floats(0.04, 600),
                "transition_out": st.sampled_from(TRANSITIONS),
                "transition_in": st.sampled_from(TRANSITIONS),
            },
        ),
        max_size=6,
    )
)
def test_shots_stand_one_behind_the_other_and_joins_fit_into_them(documents: list[Json]) -> None:
    line = spans(shots(*documents))
    assert len(line) == len(documents)
    for one, after in pairwise(line):
        assert one.end_s == after.start_s
    for one in line:
        assert one.seconds > 0
        for join in (one.into, one.out):
            assert join is None or join.seconds <= one.seconds / 2


def test_the_cut_runs_at_the_rate_of_most_shots() -> None:
    at_25, at_48 = {"camera": {"playback_fps": 25}}, {"camera": {"playback_fps": 48}}
    assert fps(shots(at_25, at_48, at_25, {})) == 25
    assert fps([]) == 24


@pytest.mark.parametrize(
    ("at", "rate", "said"),
    [
        (0, 24, "00:00:00:00"),
        (7.5, 24, "00:00:07:12"),
        (3661.04, 25, "01:01:01:01"),
        (1001 / 24, 23.976, "00:00:41:16"),
    ],
)
def test_timecode_counts_frames(at: float, rate: float, said: str) -> None:
    assert timecode(at, rate) == said
