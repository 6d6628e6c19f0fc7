"""Named set-ups: what each of them does to the lamps, and that a side is asked and never guessed."""

from typing import Any

import pytest

from app.errors import UnknownNameError
from app.patch import merge
from app.resolve import Resolved, resolve
from app.schema import read_data
from app.vocab import vocabulary
from app.web import rigging
from app.web.rigging import set_up

Json = dict[str, Any]

LIT: Json = {
    "lights": {
        "key": {"role": "light.role.key", "azimuth_deg": 20, "elevation_deg": 10, "frame": "set", "cct_k": 3200},
        "fill": {"slot": 1, "role": "light.role.fill", "stops": -2},
        "lamp": {"slot": 2, "role": "light.role.practical", "visible": True},
    }
}
NAMES = [term.id for _, terms in rigging.offered() for term in terms]


def resolved_of(data: Json) -> Resolved:
    return resolve(read_data(data), vocabulary())


def taken(data: Json, name: str, side: str = "") -> Json:
    """Return the shot after a set-up."""
    rigged = set_up(resolved_of(data), name, side)
    assert rigged.patch is not None, rigged.question
    after: Json = merge(data, rigged.patch)
    read_data(after)
    return after


ASKING = {
    "lighting.setup.three_point": True,
    "lighting.setup.cross": True,
    "lighting.setup.window_key": True,
    "lighting.setup.silhouette": False,
    "lighting.setup.double_rim": False,
    "lighting.setup.mixed_sources": False,
    "light.pattern.rembrandt": True,
    "light.pattern.split": True,
    "light.pattern.butterfly": False,
    "light.pattern.clamshell": False,
}


@pytest.mark.parametrize("name", ASKING)
def test_a_side_is_asked_where_one_is_needed(name: str) -> None:
    rigged = set_up(resolved_of(LIT), name)
    assert bool(rigged.question) is ASKING[name]
    assert (rigged.patch is None) is ASKING[name]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("data", [{}, LIT], ids=["empty", "lit"])
@pytest.mark.parametrize("side", ["left", "right"])
def test_every_set_up_can_be_taken_and_taken_again(name: str, data: Json, side: str) -> None:
    after = taken(data, name, side)
    assert taken(after, name, side) == after
    if name in rigging.RIGS or name.startswith("lighting."):
        assert after["lighting"]["setup"] == name


@pytest.mark.parametrize(("side", "sign"), [("left", -1), ("right", 1)])
def test_a_pattern_is_drawn_by_the_key_from_the_side_that_was_said(side: str, sign: int) -> None:
    after = resolved_of(taken(LIT, "light.pattern.rembrandt", side))
    assert after.value("lights.key.draws") == "light.pattern.rembrandt"
    assert after.number("lights.key.face_azimuth_deg") == sign * 45
    assert after.number("lights.key.elevation_deg") == 45
    assert after.number("lights.key.cct_k") == 3200


def test_what_said_where_the_key_stood_is_taken_back() -> None:
    key = taken(LIT, "lighting.setup.three_point", "left")["lights"]["key"]
    assert key == {"role": "light.role.key", "azimuth_deg": -40, "elevation_deg": 40, "cct_k": 3200}


def test_three_points_are_a_key_a_fill_across_and_a_back_light() -> None:
    after = resolved_of(taken(LIT, "lighting.setup.three_point", "left"))
    assert after.number("lights.key.camera_azimuth_deg") == -40
    assert after.value("lights.fill.side") == "right"
    assert after.number("lights.fill.stops") == -2
    assert str(after.value("lights.back.role")) == "light.role.back"
    assert after.shot.lights["back"].slot == 3


def test_a_silhouette_has_no_key() -> None:
    after = taken(LIT, "lighting.setup.silhouette")
    assert set(after["lights"]) == {"lamp"}
    assert after["lighting"]["background_stops"] == 3


def test_practicals_only_leaves_the_practicals() -> None:
    assert set(taken(LIT, "lighting.setup.practicals_only")["lights"]) == {"lamp"}


def test_one_source_leaves_the_key_where_it_stood() -> None:
    after = taken({**LIT, "lights": {**LIT["lights"]}}, "lighting.setup.single_source")
    assert set(after["lights"]) == {"key"}
    assert after["lights"]["key"]["azimuth_deg"] == 20


def test_crossed_keys_stand_on_both_sides() -> None:
    after = resolved_of(taken({}, "lighting.setup.cross", "right"))
    angles = sorted(after.number(f"lights.{name}.camera_azimuth_deg") or 0 for name, _ in after.lights)
    assert angles == [-110, 110]


def test_a_window_stands_in_the_set() -> None:
    after = taken(LIT, "lighting.setup.window_key", "left")["lights"]["key"]
    assert (after["frame"], after["side"], after["source"]) == ("set", "left", "light.source.window_light")


def test_a_set_up_that_nobody_knows_is_refused_by_name() -> None:
    with pytest.raises(UnknownNameError, match="rembrandt"):
        set_up(resolved_of({}), "light.pattern.rembrant")


def test_a_new_lamp_takes_a_free_name_and_the_last_place() -> None:
    resolved = resolved_of(LIT)
    assert [rigging.free(resolved, name) for name in ("rim", "key")] == ["rim", "key_2"]
    assert rigging.next_slot(resolved) == 3
