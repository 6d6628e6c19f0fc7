"""The meters of a still, read against light of a known level."""

import numpy as np
import pytest

from app.previz import still_meter
from app.previz.denoise import Picture


def even(level: float, colour: tuple[float, float, float] = (1, 1, 1)) -> Picture:
    return np.full((12, 30, 3), 0.18 * 2.0**level, np.float32) * np.array(colour, np.float32)


LEVELS = {
    -24: "Black",
    -5.1: "Black",
    -4.9: "Deep shadow",
    -2: "Shadow",
    -1: "Under grey",
    0: "Mid grey",
    0.4: "Mid grey",
    1: "Light skin",
    3: "Bright",
    5: "Near white",
    6.1: "White",
}


@pytest.mark.parametrize("level", LEVELS)
def test_a_level_is_in_its_zone_and_in_its_paint(level: float) -> None:
    (full,) = (one for one in still_meter.readings(even(level)) if one.share)
    assert full.zone.name == LEVELS[level]
    assert full.share == 1
    assert (still_meter.false_colour(even(level)) == full.zone.paint).all()


def test_the_zones_meet_and_their_paints_differ() -> None:
    zones = still_meter.ZONES
    assert [zone.high for zone in zones[:-1]] == [zone.low for zone in zones[1:]]
    assert (zones[0].low, zones[-1].high) == (-np.inf, np.inf)
    assert len({zone.paint for zone in zones}) == len(zones)


def test_the_shares_are_of_the_whole_picture() -> None:
    light = np.concatenate([even(0), even(0), even(0), even(8)])
    share = {one.zone.name: one.share for one in still_meter.readings(light)}
    assert (share["Mid grey"], share["White"]) == (0.75, 0.25)
    assert sum(share.values()) == pytest.approx(1)


def test_the_screen_rises_with_the_light() -> None:
    shown = [still_meter.screen(level) for level in still_meter.TICKS]
    assert shown == sorted(shown, reverse=True)
    assert still_meter.screen(0) == pytest.approx(34.9, abs=0.5)
    assert (still_meter.screen(-np.inf), still_meter.screen(np.inf)) == pytest.approx((0, 100), abs=0.5)


@pytest.mark.parametrize("level", [6, 4, 0, -3, -8])
def test_the_waveform_stands_at_its_level(level: float) -> None:
    drawn = still_meter.waveform(even(level)).sum(axis=(1, 2))
    rows = drawn.size - 1
    assert int(drawn.argmax()) == pytest.approx((6 - level) / 14 * rows, abs=1)


@pytest.mark.parametrize(("level", "row"), [(20, 0), (-20, -1)])
def test_what_is_off_the_scale_lies_on_its_edge(level: float, row: int) -> None:
    assert (still_meter.waveform(even(level))[row] > 200).all()


def test_the_parade_parts_red_green_and_blue() -> None:
    drawn = still_meter.parade(even(0, (4, 1, 0.25))).astype(int)
    tops = [int(part.sum(axis=(1, 2)).argmax()) for part in np.array_split(drawn, 3, axis=1)]
    assert tops == sorted(tops)
    assert tops[0] < tops[1] < tops[2]


def test_zones_are_told_in_shares() -> None:
    light = np.concatenate([even(0)] * 2 + [even(8), even(-9)])
    assert still_meter.said_of_zones(light) == (
        "Over: 25 % of the picture is white. Under: 25 % is black. 50 % lies at mid grey, 0 % at light skin."
    )


def test_a_waveform_is_told_by_thirds() -> None:
    light = np.concatenate([even(-3), even(0), even(1.5)], axis=1)
    assert still_meter.said_of_waveform(light) == (
        "In the middle of each third, from left to right: −3.0 stops, 0 stops, +1.5 stops. "
        "Nearly everything lies between −3.0 stops and +1.5 stops."
    )


@pytest.mark.parametrize(
    ("colour", "said"),
    [
        ((2, 1, 0.5), "red stands at +1.0 stops and blue at −1.0 stops: it reads warm."),
        ((0.5, 1, 2), "red stands at −1.0 stops and blue at +1.0 stops: it reads cool."),
        ((1, 1, 1), "red stands at 0 stops and blue at 0 stops: it reads neutral."),
    ],
)
def test_a_parade_is_told_by_its_lean(colour: tuple[float, float, float], said: str) -> None:
    assert still_meter.said_of_parade(even(0, colour)).endswith(said)


def test_a_black_picture_has_no_lean() -> None:
    assert still_meter.said_of_parade(even(-12)) == "All of the picture is black."
