"""Rain and snow: as long as the shutter is open, behind nothing that is nearer, and the same in every drawing."""

from math import dist

import numpy as np
import pytest

from app.previz.scene import Room, Scene
from app.previz.set_fall import drops, fallen, pieces
from app.previz.set_hour import KINDS
from app.previz.view import view
from app.vocab import vocabulary
from tests.previz.scenes import camera, lamp, portrait

BLACK = np.zeros((54, 96, 3), np.float32)


def shower(falls: str = "rain", shutter_s: float = 1 / 48, azimuth: float = 160) -> Scene:
    lens = camera(focal=35).model_copy(update={"shutter_s": shutter_s})
    room = Room(outdoors=True, falls=falls, background_stops=-9, ambient_stops=-9, sky_stops=-9)
    return portrait(lamp(azimuth), lens=lens, room=room)


def shown(scene: Scene, depth_m: float = 50.0) -> np.ndarray:
    depth = np.full(BLACK.shape[:2], depth_m, np.float32)
    return fallen(BLACK, depth, scene, view(scene.camera, scene.aspect))


def lengths(scene: Scene) -> list[float]:
    found = drops(scene, view(scene.camera, scene.aspect))
    assert found is not None
    return [dist(one, other) for one, other in zip(found.start, found.end, strict=True)]


@pytest.mark.parametrize("name", KINDS)
def test_what_falls_is_a_weather_and_is_seen(name: str) -> None:
    assert f"place.weather.{name}" in vocabulary().terms
    assert shown(shower(name)).max() > 0.01


def test_nothing_falls_from_a_clear_sky() -> None:
    scene = shower("")
    assert drops(scene, view(scene.camera, scene.aspect)) is None
    assert pieces(scene, view(scene.camera, scene.aspect)) == []
    assert np.array_equal(shown(scene), BLACK)


@pytest.mark.parametrize("name", KINDS)
def test_a_streak_is_as_long_as_the_shutter_is_open(name: str) -> None:
    short, long = (np.mean(lengths(shower(name, seconds))) for seconds in (1 / 500, 1 / 50))
    assert long == pytest.approx(10 * short, rel=0.05)
    assert long == pytest.approx(KINDS[name].speed / 50, rel=0.3)


def test_nothing_falls_before_the_lens_that_something_nearer_hides() -> None:
    assert np.array_equal(shown(shower(), 0.5), BLACK)
    assert shown(shower(), 3).sum() < shown(shower(), 50).sum()


def test_rain_is_brighter_against_its_lamp_than_with_it() -> None:
    behind, before = (shown(shower(azimuth=azimuth)).sum() for azimuth in (165, 15))
    assert behind > 1.5 * before


def test_the_same_frame_has_the_same_drops() -> None:
    assert np.array_equal(shown(shower("snow")), shown(shower("snow")))


def test_what_a_browser_draws_are_the_same_drops() -> None:
    scene = shower()
    seen = view(scene.camera, scene.aspect)
    found, (piece,) = drops(scene, seen), pieces(scene, seen)
    assert found is not None
    assert piece.finish == "rain"
    assert len(piece.faces) == 2 * len(found.start)
    middles = piece.points.reshape(-1, 4, 3).mean(1)
    assert middles == pytest.approx((found.start + found.end) / 2, abs=1e-3)
