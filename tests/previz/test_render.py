"""Small frames, judged as a director of photography would judge large ones."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from app.previz.denoise import Picture
from app.previz.light_colour import LUMINANCE
from app.previz.render import expose, render, save, worlds
from app.previz.scene import Figure, Finish, Lamp, Room, Scene
from app.previz.view import view
from tests.previz.scenes import DARK, FACE, camera, lamp, portrait, still


def light(scene: Scene, width: int = 128, samples: int = 4) -> Picture:
    return expose(scene, width, samples, 0)[0]


def brightness(picture: Picture) -> Picture:
    return np.asarray(picture @ LUMINANCE)


def test_same_scene_and_seed_same_bytes() -> None:
    scene = portrait(lamp(-45)).model_copy(update={"finish": Finish(grain=0.03)})
    first, again, other = (render(scene, 96, 2, seed) for seed in (3, 3, 4))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_lamps_keep_their_order_in_the_scene() -> None:
    scene = still(Figure(kind="cube", at=(0, 1.3, 0)), lamps=tuple(lamp(azimuth) for azimuth in range(0, 80, 10)))
    world = worlds(scene, view(scene.camera, scene.aspect)).lit
    names = [shape.id() for shape in world.shapes() if shape.is_emitter()]
    assert names == [*(f"lamp_{index}" for index in range(8)), "washer"]


@pytest.mark.parametrize("aspect", [2.39, 1.375, 9 / 16])
def test_the_picture_has_the_shots_aspect(aspect: float) -> None:
    scene = still(Figure(kind="sphere", at=(0, 1.3, 0), height_m=0.4), lamps=()).model_copy(update={"aspect": aspect})
    height, width, channels = render(scene, 96, 2).shape
    assert (width, channels) == (96, 3)
    assert width / height == pytest.approx(aspect, rel=0.02)


@pytest.mark.parametrize(("azimuth", "sign"), [(-60, 1), (60, -1)])
def test_the_key_side_of_the_face_is_brighter(azimuth: float, sign: int) -> None:
    bright = brightness(light(portrait(lamp(azimuth))))
    face = bright[16:26, 52:76]
    left, right = face[:, :12].mean(), face[:, 12:].mean()
    assert sign * np.log2(left / right) > 1


def test_a_tungsten_rim_is_warm_at_daylight_balance_and_neutral_at_its_own() -> None:
    warmth = {}
    for kelvin in (5600, 3200):
        picture = light(portrait(lamp(-140, 30, 2, 3200), lens=camera(kelvin=kelvin)))
        edge = brightness(picture) > 0.03
        columns = np.nonzero(edge)[1]
        assert np.median(columns) < 64
        red, _, blue = picture[edge].mean(0)
        warmth[kelvin] = red / blue
    assert warmth[5600] / warmth[3200] > 2.2


def test_a_grey_ball_under_a_frontal_lamp_lands_at_mid_grey() -> None:
    ball = Figure(kind="sphere", at=(0, 1.32, 0), height_m=0.4, clothes=(0.18, 0.18, 0.18))
    bright = brightness(light(still(ball, lamps=(lamp(20, 10, target=(0, 1.52, 0.2)),))))
    middle = np.median(bright[30:42, 58:70])
    assert abs(np.log2(middle / 0.18)) < 0.35


def test_a_stop_more_doubles_the_light() -> None:
    ball = Figure(kind="sphere", at=(0, 1.32, 0), height_m=0.4)
    low, high = (light(still(ball, lamps=(lamp(20, 10, stops, target=(0, 1.52, 0.2)),))).mean() for stops in (0, 1))
    assert high / low == pytest.approx(2, rel=0.05)


@pytest.mark.parametrize("elevation", [90, -60])
def test_a_lamp_right_above_or_far_below_still_lights(elevation: float) -> None:
    bright = brightness(light(portrait(lamp(0, elevation)), 96, 2))
    assert np.isfinite(bright).all()
    assert bright.max() > 0.02


def test_an_open_iris_blurs_the_background() -> None:
    def sharpness(f_number: float) -> float:
        lens = camera(distance=3.5, focal=85, f_number=f_number)
        wall = brightness(light(portrait(lens=lens, room=Room(background_stops=0)), 160, 8))[:50, 127:150]
        return float(np.square(np.diff(wall, axis=1)).sum())

    assert sharpness(16) > 2 * sharpness(1.4)


@pytest.mark.parametrize(("roll", "sign"), [(15, -1), (-15, 1)])
def test_a_camera_that_leans_clockwise_tips_the_picture_the_other_way(roll: float, sign: int) -> None:
    block = Figure(kind="block", at=(0, 1.2, 0), height_m=0.6, clothes=(0.5, 0.5, 0.5))
    mask = brightness(light(still(block, lamps=(lamp(0, 10, 1, target=(0, 1.5, 0)),), roll=roll))) > 0.2
    rows = np.nonzero(mask.any(1))[0]
    quarter = len(rows) // 4
    top = np.nonzero(mask[rows[:quarter]])[1].mean()
    foot = np.nonzero(mask[rows[-quarter:]])[1].mean()
    assert sign * (top - foot) > 3


def test_the_cube_stands_left_of_the_ball() -> None:
    red = Figure(kind="cube", at=(-0.25, 1.35, 0), height_m=0.3, clothes=(0.6, 0.03, 0.03))
    blue = Figure(kind="sphere", at=(0.25, 1.35, 0), height_m=0.3, clothes=(0.03, 0.03, 0.6))
    picture = light(still(red, blue, lamps=(lamp(0, 30, target=(0, 1.5, 0)),)))
    left, right = picture[20:50, :64].mean((0, 1)), picture[20:50, 64:].mean((0, 1))
    assert left[0] > 2 * left[2]
    assert right[2] > 2 * right[0]


@pytest.mark.parametrize("azimuth", [90, 180])
def test_the_wall_is_behind_the_subject_from_everywhere(azimuth: float) -> None:
    room = DARK.model_copy(update={"front_m": 4.5, "half_m": 4.0})
    scene = portrait(lamp(azimuth), lens=camera(azimuth, distance=8, focal=200), room=room)
    bright = brightness(light(scene, 96, 2))
    assert bright[35:, 40:56].mean() > 0.01


@pytest.mark.parametrize("visible", [True, False])
def test_only_a_visible_lamp_is_seen_in_frame(visible: bool) -> None:  # noqa: FBT001 - a pytest parameter
    source = Lamp(name="globe", at=(-0.5, 1.6, -1), target=FACE, size_m=0.25, stops=-2, visible=visible)
    brightest = brightness(light(portrait(source, lens=camera(focal=50)), 96, 2)).max()
    assert bool(brightest > 2) is visible


def test_a_sky_lights_and_closes_the_frame_outdoors() -> None:
    scene = portrait(room=Room(outdoors=True, ambient_stops=-1, background_stops=0, sky_kelvin=9000))
    top = light(scene, 96, 2)[:4, :20].mean((0, 1))
    assert top[2] > 1.2 * top[0] > 0.05


def test_progress_rises_to_one_in_at_least_eight_steps() -> None:
    steps: list[float] = []
    render(still(Figure(kind="cube", at=(0, 1.3, 0), height_m=0.4), lamps=()), 96, 2, report=steps.append)
    assert len(steps) >= 8
    assert steps == sorted(steps)
    assert steps[-1] == 1


def test_a_saved_picture_is_the_rendered_one() -> None:
    frame = np.random.default_rng(0).integers(0, 255, (9, 16, 3), np.uint8)
    stored = BytesIO()
    save(frame, stored)
    assert np.array_equal(np.asarray(Image.open(stored)), frame)
