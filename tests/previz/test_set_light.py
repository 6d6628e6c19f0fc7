"""Lamps as the place has them: inside the walls, far away in the sky, or no lamps at all."""

from math import atan2, degrees, dist
from typing import Any

import pytest

from app.previz.scene import Lamp, Room
from app.previz.set_light import SUN_M, around, brought_in
from app.previz.stage import Stage, stage
from app.resolve import resolve
from app.schema import read_data
from app.vocab import vocabulary

FACE = (0.0, 1.6, 0.0)
LAND = {"setting": "place.setting.exterior"}


def staged(**shot: Any) -> Stage:
    return stage(resolve(read_data(shot), vocabulary()))


def lamp(azimuth: float, elevation: float, distance: float = 2.5, size_m: float = 0.8) -> Lamp:
    return Lamp(name="key", at=around(FACE, azimuth, elevation, distance), target=FACE, size_m=size_m)


@pytest.mark.parametrize("azimuth", [-120, -45, 0, 60, 170])
@pytest.mark.parametrize("elevation", [5, 40, 80])
def test_a_lamp_is_brought_in_along_its_own_line(azimuth: float, elevation: float) -> None:
    narrow = Room(plan="corridor", half_m=1.05, ceiling_m=2.5)
    before, after = lamp(azimuth, elevation), brought_in(lamp(azimuth, elevation), narrow)
    assert abs(after.at[0]) + after.size_m / 2 <= 1.05
    assert after.at[1] + after.size_m / 2 <= 2.5
    ways = [[a - b for a, b in zip(one.at, FACE, strict=True)] for one in (before, after)]
    share = dist(after.at, FACE) / dist(before.at, FACE)
    assert [part * share for part in ways[0]] == pytest.approx(ways[1], abs=1e-6)
    assert after.size_m == pytest.approx(before.size_m * share)


def test_a_lamp_that_has_room_stays() -> None:
    assert brought_in(lamp(-45, 35), Room()) == lamp(-45, 35)


@pytest.mark.parametrize(("azimuth", "far"), [(180, 2.0), (0, 1.5)])
def test_a_lamp_stands_before_the_back_wall_and_the_front_wall(azimuth: float, far: float) -> None:
    inside = brought_in(lamp(azimuth, 0), Room(wall_m=2.0, front_m=1.5))
    assert abs(inside.at[2]) + inside.size_m / 2 <= far


def test_a_cabin_keeps_its_lamps_within_reach() -> None:
    inside = brought_in(lamp(-45, 35), Room(plan="vehicle"))
    assert dist(inside.at, FACE) < 0.6


def test_the_sun_is_far_away_and_half_a_degree_wide() -> None:
    sun = {"key": {"source": "light.source.sun", "azimuth_deg": -60, "elevation_deg": 40}}
    one = staged(place=LAND, lights=sun).scene.lamps[0]
    assert dist(one.at, one.target) == pytest.approx(SUN_M)
    assert degrees(one.size_m / SUN_M) == pytest.approx(0.5, abs=0.1)
    room = staged(place={"setting": "place.setting.interior"}, lights=sun).scene.lamps[0]
    assert dist(room.at, room.target) < 10


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ({"time": "place.time.midday"}, "sun"),
        ({"time": "place.time.moonlit_night"}, "moon"),
        ({"time": "place.time.midday", "weather": "place.weather.overcast"}, "room"),
    ],
)
def test_open_land_without_a_lamp_is_lit_by_its_hour_and_says_so(place: dict[str, str], name: str) -> None:
    made = staged(place=LAND | place)
    assert [one.name for one in made.scene.lamps] == [name]
    assert any("No light was said" in note for note in made.notes)


def test_the_sun_of_the_hour_stays_in_its_sky_when_the_camera_turns() -> None:
    place = LAND | {"time": "place.time.midday"}
    one, other = (staged(place=place, camera={"view_azimuth_deg": turned}).scene for turned in (0, 180))
    assert one.lamps[0].at == pytest.approx(other.lamps[0].at)
    assert one.camera.at != pytest.approx(other.camera.at)


def test_the_sun_stands_as_high_as_it_is_said_to() -> None:
    one = staged(place=LAND | {"sun_elevation_deg": 55}).scene.lamps[0]
    rise = degrees(atan2(one.at[1] - one.target[1], ((one.at[0]) ** 2 + (one.at[2]) ** 2) ** 0.5))
    assert rise == pytest.approx(55, abs=1)


def test_a_silhouette_without_lamps_gets_none() -> None:
    made = staged(lighting={"setup": "lighting.setup.silhouette"})
    assert made.scene.lamps == ()
    assert any("silhouette" in note for note in made.notes)


def test_black_cloth_is_a_card_and_no_lamp() -> None:
    key = {"role": "light.role.key", "azimuth_deg": -45, "stops": 0}
    cloth = {"slot": 1, "modifiers": ["light.modifier.negative_fill"]}
    scene = staged(lights={"key": key, "cloth": cloth}).scene
    assert [one.name for one in scene.lamps] == ["key"]
    assert [one.name for one in scene.flags] == ["cloth"]
    assert scene.flags[0].at[0] > 0


def test_a_key_with_negative_fill_keeps_its_light_and_gets_cloth_across() -> None:
    key = {"role": "light.role.key", "azimuth_deg": 50, "stops": 0, "modifiers": ["light.modifier.negative_fill"]}
    scene = staged(lights={"key": key}).scene
    assert len(scene.lamps) == 1
    assert scene.flags[0].at[0] < 0


def test_a_key_through_a_flag_is_still_a_key() -> None:
    scene = staged(lights={"key": {"role": "light.role.key", "stops": 0, "modifiers": ["light.modifier.flag"]}}).scene
    assert (len(scene.lamps), scene.flags) == (1, ())


@pytest.mark.parametrize(
    ("said", "shape"),
    [
        ({"source": "light.source.candle"}, "flame"),
        ({"source": "light.source.neon"}, "neon"),
        ({"fixture": "light.fixture.led_tube"}, "tube"),
        ({"fixture": "light.fixture.table_lamp"}, "shade"),
        ({"fixture": "light.fixture.bare_bulb"}, "globe"),
        ({"source": "light.source.crt"}, "screen"),
        ({"source": "light.source.household", "modifiers": ["light.modifier.lampshade"]}, "shade"),
        ({}, ""),
    ],
)
def test_a_practical_has_the_shape_of_what_it_is(said: dict[str, Any], shape: str) -> None:
    made = staged(lights={"lamp": {"role": "light.role.practical", "azimuth_deg": 150, **said}})
    assert made.scene.lamps[0].fitting == shape
    assert made.scene.lamps[0].visible


def test_a_practical_that_is_said_to_be_hidden_is_hidden() -> None:
    made = staged(lights={"lamp": {"role": "light.role.practical", "azimuth_deg": 150, "visible": False}})
    assert not made.scene.lamps[0].visible
