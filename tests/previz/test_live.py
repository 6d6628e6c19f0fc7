"""What the browser is sent to draw with: the same lamps, people and colours as the still's."""

import gzip
import json
from base64 import b64decode
from itertools import pairwise
from math import pi
from typing import Any, get_args

import numpy as np
import pytest
from numpy.typing import NDArray

from app.previz import figure, stage_set
from app.previz.finish import display
from app.previz.light_colour import LUMINANCE, kelvin_colour
from app.previz.live import SPOT_POINTS, Light, live
from app.previz.live_display import BRIGHTEST, DARKEST, POINTS, cube_file
from app.previz.live_mesh import figure_file, set_file
from app.previz.live_words import focus, spoken
from app.previz.scene import Figure, Fitting, Lamp, Room, Scene
from app.previz.stage import stage
from app.previz.view import view
from app.resolve import Resolved, resolve
from app.schema import read_data
from app.vocab import vocabulary
from tests.previz.scenes import FACE, around, camera, lamp, portrait

Numbers = NDArray[np.float64]
WIDTH = 4


class Drawn:
    """A mesh file, read as the browser reads it."""

    def __init__(self, file: bytes) -> None:
        raw = gzip.decompress(file)
        at = 4 + int.from_bytes(raw[:4], "little")
        self.pieces: list[dict[str, Any]] = json.loads(raw[4:at])
        for piece in self.pieces:
            count = piece["points"]
            places = np.frombuffer(raw, "<u2", WIDTH * count, at).reshape(-1, WIDTH)[:, :3]
            paint = np.frombuffer(raw, "u1", WIDTH * count, at + 12 * count).reshape(-1, WIDTH)[:, :3]
            kind = "<u4" if piece["wide"] else "<u2"
            corners = np.frombuffer(raw, kind, piece["corners"], at + 16 * count)
            piece["at"] = np.array(piece["low"]) + places / 65535 * np.array(piece["span"])
            piece["colour"] = (paint / 255.0) ** 2 * piece["peak"]
            piece["faces"] = corners.reshape(-1, 3)
            at += 16 * count + corners.nbytes + (-corners.nbytes % WIDTH)
        self.left = len(raw) - at


def illuminance(light: Light, point: Numbers) -> Numbers:
    """Return what a panel or globe gives to a card at a point that faces it."""
    away = point - np.array(light["at"])
    far = float(np.linalg.norm(away))
    if light["kind"] == "globe":
        return np.array(light["light"]) * pi * light["radius"] ** 2 / far**2
    steps = np.linspace(-0.9, 0.9, 10)
    u, v = (part.reshape(-1, 1) for part in np.meshgrid(steps, steps))
    right, up = np.array(light["right"]), np.array(light["up"])
    normal = np.cross(right, up)
    offset = point - (np.array(light["at"]) + u * right + v * up)
    reach = np.linalg.norm(offset, axis=1)
    share = (offset @ normal / reach) * (offset @ (away / far) / reach) / reach**2
    return np.array(light["light"]) * 4 * float(share.mean())


LAMPS = [
    lamp(40, stops=0),
    lamp(-140, stops=1.5, kelvin=3200),
    lamp(10, elevation=80, stops=-3, kelvin=9000),
    Lamp(name="globe", at=around(150, 5, 2), target=FACE, size_m=0.2, stops=1, kelvin=2700, visible=True),
    Lamp(name="gel", at=around(-60, 20, 2), target=FACE, size_m=1.5, stops=-1, tint=(0.9, 0.1, 0.3)),
]


@pytest.mark.parametrize("one", LAMPS, ids=lambda one: f"{one.name} {one.kelvin} {one.stops}")
def test_a_lamp_lights_its_target_by_its_stops_in_its_colour(one: Lamp) -> None:
    light = live(portrait(one))["lights"][0]
    seen = illuminance(light, np.array(FACE))
    if one.tint is None:
        assert float(LUMINANCE @ seen) == pytest.approx(pi * 2**one.stops, rel=0.03)
        colour = kelvin_colour(one.kelvin, 5600)
        assert seen / seen.max() == pytest.approx(colour / colour.max(), abs=0.01)
    else:
        assert seen[0] > 2 * seen[1]


def test_a_lamp_is_neutral_on_its_own_balance_and_warm_on_a_cooler_one() -> None:
    warm, neutral = (
        live(portrait(lamp(-140, kelvin=3200), lens=camera(kelvin=balance)))["lights"][0]["light"]
        for balance in (5600, 3200)
    )
    assert warm[0] > 2 * warm[2]
    assert neutral == pytest.approx([neutral[0]] * 3, rel=0.01)


def test_a_lamp_that_is_seen_glows_and_a_hidden_one_does_not() -> None:
    globe, hidden = live(portrait(LAMPS[3], LAMPS[0]))["lights"][:2]
    assert max(globe["glow"]) <= 9.0 + 1e-6
    assert "glow" not in hidden


@pytest.mark.parametrize("shape", get_args(Fitting))
def test_a_practical_of_any_form_lights_its_target_and_is_drawn(shape: Fitting) -> None:
    one = Lamp(name="lamp", at=around(120, 5, 1.5), target=FACE, size_m=0.3, stops=-1, visible=True, fitting=shape)
    scene = portrait(one)
    light = live(scene)["lights"][0] if shape in {"", "globe"} else live(scene)["lights"][-1]
    assert illuminance(light, np.array(FACE)) @ LUMINANCE == pytest.approx(pi / 2, rel=0.1)
    drawn = [piece for piece in Drawn(set_file(scene)).pieces if piece["finish"] == "glow"]
    assert bool(drawn) is (shape not in {"", "globe"})


def test_a_street_at_night_is_drawn_with_what_glows_in_it() -> None:
    scene = portrait(lamp(40), room=Room(plan="street", outdoors=True, half_m=5.5, night=True, falls="rain"))
    assert len(live(scene)["lights"]) == 1
    assert {"glow", "rain", "sky"} <= {piece["finish"] for piece in Drawn(set_file(scene)).pieces}


def test_a_lamp_behind_a_gobo_is_sent_with_its_pattern() -> None:
    one = lamp(-40).model_copy(update={"gobo": "blinds", "size_m": 0.1})
    light = live(portrait(one))["lights"][0]
    levels = np.frombuffer(b64decode(light["gobo"]), np.uint8).reshape(SPOT_POINTS, SPOT_POINTS)
    assert levels.max() == 255
    assert levels[0, 0] == 0
    area = 4 * float(np.linalg.norm(light["right"]) * np.linalg.norm(light["up"]))
    given = np.array(light["light"]) * area / np.sum((np.array(light["at"]) - FACE) ** 2)
    assert given @ LUMINANCE == pytest.approx(pi, rel=0.1)


def test_air_thickens_with_the_haze_that_was_said() -> None:
    clear, hazy = live(portrait(LAMPS[0]))["haze"], live(portrait(LAMPS[0], haze_per_m=0.05))["haze"]
    assert clear[0] == 0
    assert hazy[0] == pytest.approx(0.05)
    assert min(hazy[1]) > 0


def test_a_person_is_drawn_as_tall_and_broad_as_in_the_still_with_a_tenth_of_the_points() -> None:
    who = Figure(height_m=1.6, facing_deg=70, at=(2, 0, 1))
    drawn = Drawn(figure_file(who))
    assert drawn.left == 0
    thin = np.concatenate([piece["at"] for piece in drawn.pieces])
    whole = np.concatenate([piece.points for piece in figure.pieces((Figure(height_m=1.6),))])
    assert np.ptp(thin, axis=0) == pytest.approx(np.ptp(whole, axis=0), rel=0.02)
    assert len(thin) < 30_000
    assert len(figure_file(who)) < 500_000
    for piece in drawn.pieces:
        assert piece["faces"].max() < piece["points"]


def test_the_same_person_elsewhere_is_the_same_mesh_and_another_is_not() -> None:
    here, there, dressed = Figure(), Figure(at=(3, 0, 1), facing_deg=120), Figure(clothes=(0.5, 0.02, 0.02))
    assert figure_file(here) == figure_file(there)
    assert figure_file(here) != figure_file(dressed)


def test_a_thing_is_drawn_too() -> None:
    ball = Drawn(figure_file(Figure(kind="sphere", height_m=0.2)))
    assert np.ptp(ball.pieces[0]["at"][:, 1]) == pytest.approx(0.2, rel=0.02)


@pytest.mark.parametrize("room", [Room(), Room(outdoors=True)], ids=["inside", "outside"])
def test_the_set_and_the_sky_are_the_still_s(room: Room) -> None:
    scene = portrait(lamp(40), room=room)
    drawn = Drawn(set_file(scene))
    assert drawn.left == 0
    sky = drawn.pieces[-1]
    assert sky["finish"] == "sky"
    built = stage_set.pieces(scene, view(scene.camera, scene.aspect))
    assert drawn.pieces[0]["at"][:, 0].max() == pytest.approx(float(built[0].points[:, 0].max()), rel=0.01)
    directions = sky["at"] / np.linalg.norm(sky["at"], axis=1, keepdims=True)
    above, level = (float(sky["colour"][np.argmax(directions @ way)].sum()) for way in ((0, 1, 0), (0, 0, -1)))
    assert 0 < above <= level


def test_the_print_is_the_still_s_to_a_code_value_or_two() -> None:
    raw = gzip.decompress(cube_file())
    assert list(raw[:4]) == [POINTS, DARKEST % 256, BRIGHTEST, 0]
    cube = np.frombuffer(raw, "u1", offset=4).reshape(POINTS, POINTS, POINTS, 4)
    stops = np.linspace(DARKEST, BRIGHTEST, POINTS)
    for red, green, blue in ((22, 22, 22), (30, 20, 10), (5, 15, 38)):
        light = 0.18 * np.exp2(stops[[red, green, blue]]).astype(np.float32)
        shown = np.clip(display(light.reshape(1, 1, 3)), 0, 1).reshape(3) * 255
        assert cube[blue, green, red, :3] == pytest.approx(shown, abs=1)
    greys = [int(cube[level, level, level, 1]) for level in range(POINTS)]
    assert all(dark <= light for dark, light in pairwise(greys))


SHOT = {
    "framing": {"aspect": 2.39},
    "camera": {"size": "camera.size.mcu", "focal_mm": 85, "t_stop": 2, "white_balance_k": 5600},
    "subjects": {
        "mara": {"name": "Mara", "screen_x": 0.3, "facing_deg": 40},
        "jonas": {"slot": 1, "name": "Jonas", "mark": {"x_m": 0.5, "z_m": -1.5}, "pose": "subject.pose.from_behind"},
    },
    "lights": {
        "key": {"role": "light.role.key", "azimuth_deg": 40, "cct_k": 5600, "stops": 0},
        "rim": {"slot": 1, "role": "light.role.rim", "azimuth_deg": -140, "cct_k": 3200, "stops": 1.5},
    },
}


def staged(shot: dict[str, Any]) -> tuple[Resolved, Scene]:
    resolved = resolve(read_data(shot), vocabulary())
    return resolved, stage(resolved).scene


def test_the_picture_is_told_in_sentences() -> None:
    assert spoken(*staged(SHOT)) == (
        "Medium close-up, 85 mm at T2, 2.39:1. Mara stands on the left, turned to camera right. "
        "Jonas stands on the right, with the back to the camera. "
        "Light: key from in front, camera right, neutral, at the exposure; "
        "rim from behind, camera left, warm, 1.5 stops over."
    )


def test_who_is_sharp_and_who_is_soft_is_told() -> None:
    found = focus(*staged(SHOT))
    assert found.near_m < found.focus_m < (found.far_m or 0)
    assert [one.name for one in found.subjects] == ["Mara", "Jonas"]
    assert found.words.endswith("Mara is sharp, Jonas soft.")


def test_a_closed_wide_lens_is_sharp_to_the_horizon() -> None:
    found = focus(*staged({**SHOT, "camera": {"size": "camera.size.fs", "focal_mm": 18, "t_stop": 16}}))
    assert found.far_m is None
    assert "to the horizon" in found.words


def test_an_empty_shot_is_told_too() -> None:
    assert spoken(*staged({})).startswith("Medium shot, 50 mm at T4, 1.78:1.")
