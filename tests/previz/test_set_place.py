"""The room of a shot: hour, weather, levels and the side of the window."""

from typing import Any

import pytest

from app.previz.body_said import SURFACES
from app.previz.scene import Room
from app.previz.set_hour import hour
from app.previz.set_place import room
from app.resolve import Resolved, resolve
from app.schema import read_data
from app.vocab import vocabulary

STREET = {"setting": "place.setting.exterior", "location": "place.location.urban_street"}


def resolved(**shot: Any) -> Resolved:
    return resolve(read_data(shot), vocabulary())


def placed(**shot: Any) -> Room:
    return room(resolved(**shot), SURFACES, [])


def test_the_sky_darkens_and_the_lamps_come_on_as_the_sun_goes_down() -> None:
    times = ("midday", "golden_hour", "dusk", "blue_hour", "night")
    hours = [hour(resolved(place={"time": f"place.time.{name}"})) for name in times]
    levels = [one.sky_stops for one in hours]
    assert levels == sorted(levels, reverse=True)
    assert [one.night for one in hours] == [False, False, True, True, True]
    assert [bool(one.sun_kelvin) for one in hours] == [True, True, False, False, False]


def test_a_low_sun_is_warmer() -> None:
    high, low = (hour(resolved(place={"sun_elevation_deg": up})).sun_kelvin or 0 for up in (50, 2))
    assert low < high - 1500


@pytest.mark.parametrize("name", [term.id for term in vocabulary().facets["place.time"].terms])
def test_every_time_of_day_has_an_hour(name: str) -> None:
    now = hour(resolved(place={"time": name}))
    assert now.night is ("night" in name or "twilight" in name or name.endswith(("dusk", "dawn", "blue_hour")))


def test_clouds_hide_the_sun_and_rain_wets_the_ground() -> None:
    assert hour(resolved(place={**STREET, "weather": "place.weather.overcast"})).sun_kelvin is None
    assert placed(place={**STREET, "weather": "place.weather.rain"}).wet
    assert not placed(place=STREET).wet
    assert not placed(place={"setting": "place.setting.interior", "weather": "place.weather.rain"}).wet


def test_rain_and_snow_fall_under_the_sky_alone() -> None:
    for name, falls in (("rain", "rain"), ("blizzard", "blizzard"), ("overcast", "")):
        weather = {"weather": f"place.weather.{name}"}
        assert placed(place={**STREET, **weather}).falls == falls
        assert placed(place={"setting": "place.setting.interior", **weather}).falls == ""


def test_snow_lies_on_open_land_and_not_in_a_room() -> None:
    snow = {"weather": "place.weather.snow"}
    assert min(placed(place={"setting": "place.setting.exterior", **snow}).floor) > 0.7
    assert max(placed(place={"setting": "place.setting.interior", **snow}).floor) < 0.3


@pytest.mark.parametrize(("azimuth", "wall"), [(-60, "left"), (75, "right"), (160, "wall"), (5, "front")])
def test_the_window_is_in_the_wall_that_its_light_comes_from(azimuth: float, wall: str) -> None:
    light = {"key": {"source": "light.source.window_light", "azimuth_deg": azimuth}}
    assert placed(place={"setting": "place.setting.interior"}, lights=light).window == wall


def test_a_window_light_that_stands_in_the_set_keeps_its_wall_when_the_camera_turns() -> None:
    light = {"key": {"source": "light.source.window_light", "frame": "set", "azimuth_deg": -60}}
    for turned in (0, 90, 180, -90):
        found = placed(place={"setting": "place.setting.interior"}, lights=light, camera={"view_azimuth_deg": turned})
        assert found.window == "left"


def test_said_levels_win_over_those_of_the_hour() -> None:
    said = placed(place=STREET, lighting={"background_stops": -1.5, "ambient_stops": -3})
    assert (said.background_stops, said.sky_stops, said.ambient_stops) == (-1.5, -1.5, -3)
    lamps = {
        "wash": {"role": "light.role.background", "stops": 0.5},
        "air": {"role": "light.role.ambient", "stops": -2},
    }
    by_lamps = placed(lights=lamps)
    assert (by_lamps.background_stops, by_lamps.ambient_stops) == (0.5, -2)


def test_a_silhouette_that_says_no_level_is_far_under_its_ground() -> None:
    one = placed(lighting={"setup": "lighting.setup.silhouette"})
    assert one.background_stops - one.ambient_stops > 5


def test_the_wall_stands_where_the_background_is_said_to_be() -> None:
    assert placed(place={"background_m": 6}).wall_m == 6


def test_coloured_paper_has_its_colour_and_a_plain_wall_keeps_its_own() -> None:
    paper = placed(place={"backdrop": "place.backdrop.coloured_paper", "background": "a deep red ground"})
    assert paper.wall == paper.floor == SURFACES["red"]
    assert placed(place={"backdrop": "place.backdrop.plain_wall", "background": "a red door"}).wall != SURFACES["red"]


@pytest.mark.parametrize(
    ("place", "word"),
    [
        ({}, "plain room"),
        ({"setting": "place.setting.exterior"}, "by day"),
        ({"location": STREET["location"]}, "by day"),
    ],
)
def test_what_nobody_said_is_noted(place: dict[str, str], word: str) -> None:
    notes: list[str] = []
    room(resolved(place=place), SURFACES, notes)
    assert any(word in note for note in notes)
