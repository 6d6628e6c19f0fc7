"""Sets as files: each can be read, names terms that exist, and is found by what a shot says of its place."""

from typing import Any

import pytest

from app.previz.piece import _FINISHES
from app.previz.set_plan import PLAIN, Plan, plan_of, plans
from app.resolve import resolve
from app.schema import read_data
from app.vocab import vocabulary


def chosen(**place: Any) -> str:
    return plan_of(resolve(read_data({"place": place}), vocabulary())).id


@pytest.mark.parametrize("plan", plans().values(), ids=lambda plan: plan.id)
def test_a_set_names_only_terms_and_surfaces_that_exist(plan: Plan) -> None:
    for facet in ("setting", "location", "backdrop"):
        for name in getattr(plan.suits, facet):
            assert f"place.{facet}.{name}" in vocabulary().terms
    assert plan.floor_finish in _FINISHES
    for thing in (*plan.box, *plan.ball):
        assert thing.finish in _FINISHES
    for window in plan.window:
        assert {"wall": plan.wall_m, "front": plan.front_m}.get(window.on, plan.half_m)
    for thing in (*plan.box, *plan.ball, *plan.pole, *plan.glow):
        assert thing.on != "front" or plan.front_m


@pytest.mark.parametrize("plan", plans().values(), ids=lambda plan: plan.id)
def test_every_set_is_chosen_for_what_it_says_it_suits(plan: Plan) -> None:
    for facet in ("location", "backdrop"):
        for name in getattr(plan.suits, facet):
            assert chosen(**{facet: f"place.{facet}.{name}"}) == plan.id


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ({}, PLAIN),
        ({"setting": "place.setting.interior"}, "room"),
        ({"setting": "place.setting.exterior"}, "landscape"),
        ({"setting": "place.setting.studio"}, "seamless"),
        ({"setting": "place.setting.interior", "background": "rain on a tall window"}, "window_room"),
        ({"setting": "place.setting.exterior", "background": "lit windows across the street"}, "street"),
        ({"setting": "place.setting.interior", "where": "a long corridor"}, "corridor"),
        ({"location": "place.location.living_room", "background": "two windows"}, "window_room"),
        ({"setting": "place.setting.exterior", "location": "place.location.living_room"}, "landscape"),
        ({"where": "inside the car, rain on the windscreen"}, "vehicle"),
        ({"location": "place.location.urban_street", "backdrop": "place.backdrop.green_screen"}, "green_screen"),
        ({"where": "somewhere that nobody has drawn"}, PLAIN),
    ],
)
def test_a_set_follows_from_what_is_said(place: dict[str, Any], name: str) -> None:
    assert chosen(**place) == name


def test_a_lamp_that_stands_for_a_window_brings_the_window() -> None:
    light = {"key": {"role": "light.role.key", "azimuth_deg": -60, "motivated_by": {"words": "the window"}}}
    shot = read_data({"place": {"setting": "place.setting.interior"}, "lights": light})
    assert plan_of(resolve(shot, vocabulary())).id == "window_room"
