"""What is built of a set: nothing hides the hero, walls have their openings, and what glows comes on at night."""

import numpy as np
import pytest

from app.previz.lamps import BRIGHTEST_SEEN
from app.previz.light_colour import LUMINANCE
from app.previz.render import expose
from app.previz.scene import Figure, Room, Scene
from app.previz.set_ground import ground
from app.previz.set_light import brought_in
from app.previz.set_plan import WALLS, Wall, plans
from app.previz.sight import look
from app.previz.stage_set import backdrop, glows, openings, pieces
from app.previz.view import view
from tests.previz.scenes import camera, lamp, portrait


def stood(plan: str, azimuth: float = 0, distance: float = 3, **room: object) -> Scene:
    made = plans()[plan]
    given = {"plan": plan, "outdoors": made.outdoors, "half_m": made.half_m, "front_m": made.front_m}
    given |= {"ceiling_m": made.ceiling_m, "wall": made.wall, "floor": made.floor}
    lens = camera(azimuth, distance=distance, focal=35)
    return portrait(lens=lens, room=Room.model_validate({**given, "wall_m": made.wall_m, **room}))


@pytest.mark.parametrize("azimuth", [0, 90, 180, -90, 140])
@pytest.mark.parametrize("plan", plans())
def test_nothing_of_a_set_stands_before_the_hero(plan: str, azimuth: float) -> None:
    solid = Figure(kind="block", at=(0, 1.0, 0), height_m=0.8)
    scene = stood(plan, azimuth).model_copy(update={"figures": (solid,)})
    sight = look(scene, 48)
    assert (sight.figure[10:18, 23:26] == 0).all()


@pytest.mark.parametrize("on", ["wall", "left", "right"])
def test_a_window_is_a_hole_in_its_wall(on: str) -> None:
    scene = stood("window_room", window=on)
    seen = view(scene.camera, scene.aspect)
    ((at, inwards, area),) = openings(scene, seen)
    assert area > 1
    out = at - inwards * 0.5
    assert abs(float(inwards[1])) < 1e-9
    for part in pieces(scene, seen):
        centre = part.points.mean(0)
        if part.finish == "matte" and np.ptp(part.points @ inwards) < 1e-3 and abs((centre - at) @ inwards) < 0.2:
            low, high = part.points.min(0) - 1e-6, part.points.max(0) + 1e-6
            across = np.abs(inwards) < 0.5
            assert not ((out > low) & (out < high))[across].all()


@pytest.mark.parametrize("on", WALLS)
def test_the_window_stays_when_the_camera_turns_and_another_wall_is_seen(on: Wall) -> None:
    places, frames = [], []
    for azimuth in (0, 180):
        scene = stood("window_room", azimuth, window=on)
        seen = view(scene.camera, scene.aspect)
        places.append(np.array([(*at, *inwards, area) for at, inwards, area in openings(scene, seen)]))
        frames.append(look(scene.model_copy(update={"figures": ()}), 48).depth)
    assert places[0] == pytest.approx(places[1])
    assert not np.allclose(frames[0], frames[1], atol=0.05)


@pytest.mark.parametrize("plan", sorted({name for name, one in plans().items() if one.hung} - {"black_void"}))
def test_a_backdrop_hangs_behind_the_hero_in_every_set_up(plan: str) -> None:
    depths = [look(stood(plan, azimuth), 48).depth for azimuth in (0, 115)]
    assert depths[0][:4] == pytest.approx(depths[1][:4], abs=0.01)


@pytest.mark.parametrize("azimuth", [0, 90, 180, -90])
@pytest.mark.parametrize("plan", plans())
def test_a_wall_that_the_lens_stands_behind_is_out(plan: str, azimuth: float) -> None:
    scene = stood(plan, azimuth, distance=14)
    here = ground(scene, view(scene.camera, scene.aspect))
    behind = {wall for wall, far in here.far_m.items() if 14 * here.facing(wall) < -far}
    assert not behind & here.standing


@pytest.mark.parametrize("azimuth", [0, 90, 180, -90])
@pytest.mark.parametrize("plan", plans())
def test_no_set_is_black_from_any_side(plan: str, azimuth: float) -> None:
    scene = stood(plan, azimuth, background_stops=-0.5, ambient_stops=-1.0, sky_stops=1.0)
    picture = expose(scene.model_copy(update={"figures": ()}), 32, 2, 0)[0] @ LUMINANCE
    least = 0.0005 if plan == "black_void" else 0.005
    assert np.median(picture) > least


def test_windows_and_street_lamps_come_on_at_night() -> None:
    for night in (True, False):
        scene = stood("street", night=night)
        assert bool(glows(scene, view(scene.camera, scene.aspect), BRIGHTEST_SEEN)) is night


def test_a_room_that_is_open_to_the_day_shows_sky_over_land() -> None:
    scene = stood("window_room", sky_stops=2, sky_kelvin=6500)
    beyond = backdrop(scene, view(scene.camera, scene.aspect), 32, 18) @ LUMINANCE
    assert beyond[:6].mean() > 1.5 * beyond[-6:].mean() > 0


def test_a_city_at_night_is_points_of_light_on_the_dark() -> None:
    scene = stood("window_room", sky_stops=-5, night=True)
    beyond = backdrop(scene, view(scene.camera, scene.aspect), 160, 90) @ LUMINANCE
    assert beyond.max() > 20 * np.median(beyond)


def test_a_lamp_reaches_the_face_through_the_walls_of_every_cabin() -> None:
    levels = []
    for plan in ("room", "corridor", "vehicle"):
        scene = stood(plan).model_copy(update={"lamps": (lamp(-30, 20),)})
        room = scene.room.model_copy(update={"background_stops": -12.0})
        near = scene.model_copy(update={"lamps": (brought_in(scene.lamps[0], room),), "room": room})
        picture = expose(near, 64, 16, 0)[0] @ LUMINANCE
        levels.append(float(np.median(picture[8:16, 30:34])))
    assert np.log2(levels) == pytest.approx(np.log2(levels[0]), abs=0.7)
