"""Beams in haze: where a lamp's light goes the air shines, and what stands in its way cuts a shadow."""

import numpy as np

from app.previz import figure
from app.previz.denoise import Picture
from app.previz.lamps import fittings
from app.previz.light_colour import LUMINANCE
from app.previz.piece import guide
from app.previz.render import assembled
from app.previz.scene import Figure, Scene
from app.previz.set_air import hazed, sources
from app.previz.stage_set import dome, pieces
from app.previz.view import view
from tests.previz.scenes import camera, lamp, portrait


def air(scene: Scene, depth_m: float = 3.4, *, solid: bool = False) -> Picture:
    """The light of the air alone, before a black wall at one depth."""
    seen = view(scene.camera, scene.aspect)
    block = Figure(kind="sphere", at=(-1.1, 1.4, -0.4), height_m=0.7)
    parts = [*pieces(scene, seen), *fittings(scene.lamps, seen), dome(), *(figure.pieces((block,)) if solid else [])]
    black = np.zeros((45, 80, 3), np.float32)
    depth = np.full((45, 80), depth_m, np.float32)
    return np.asarray(hazed(black, depth, scene, seen, assembled(guide(parts))) @ LUMINANCE)


def scene(haze: float = 0.1, kelvin: float = 5600) -> Scene:
    one = portrait(lamp(-110, 15, 2, kelvin, target=(0.0, 1.5, 0.0)), lens=camera(focal=28), haze_per_m=haze)
    return one.model_copy(update={"figures": ()})


def test_the_air_shines_where_the_lamp_stands_and_not_across_from_it() -> None:
    beam = air(scene())
    assert beam[15:25, :20].mean() > 2 * beam[15:25, -10:].mean() > 0


def test_thicker_air_shines_more_and_clear_air_not_at_all() -> None:
    clear, thin, thick = (air(scene(haze)).mean() for haze in (0, 0.03, 0.1))
    assert clear == 0
    assert thick > 2 * thin


def test_a_deeper_view_gathers_more_air() -> None:
    assert air(scene(), 3.4).mean() > air(scene(), 2.0).mean()


def test_a_thing_in_the_beam_takes_light_from_the_air_behind_it() -> None:
    free, cut = air(scene()), air(scene(), solid=True)
    share = cut / np.maximum(free, 1e-9)
    assert share.max() < 1.02
    assert share.min() < 0.8


def test_a_window_shines_into_the_air_of_its_room() -> None:
    one = scene()
    room = one.room.model_copy(update={"plan": "window_room", "half_m": 2.6, "sky_stops": 3.0})
    with_day = one.model_copy(update={"room": room})
    found = sources(with_day, view(one.camera, one.aspect))
    assert len(found) == len(one.lamps) + 1
    assert found[-1].power.min() > 0
