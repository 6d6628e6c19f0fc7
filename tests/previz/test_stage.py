"""From a resolved shot to the numbers of a scene: what was said stays, what was assumed is noted."""

from math import atan2, degrees, dist
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from app.previz.body_said import HAIR, SURFACES
from app.previz.figure import joints
from app.previz.scene import Scene
from app.previz.set_place import is_silhouette
from app.previz.stage import OVER_SHOULDER, TABLE_M, Stage, stage
from app.previz.view import view
from app.resolve import resolve
from app.schema import Shot, read_data
from app.vocab import vocabulary
from tests.shots import shots

FULL: dict[str, Any] = {
    "framing": {"aspect": 2.39},
    "camera": {
        "size": "camera.size.mcu",
        "format": "camera.format.super_35_3perf",
        "focal_mm": 85,
        "t_stop": 2,
        "white_balance_k": 5600,
    },
    "place": {"setting": "place.setting.interior"},
    "subjects": {"mara": {"kind": "subject.kind.character", "description": "a keeper"}},
    "lights": {"key": {"role": "light.role.key", "azimuth_deg": -45, "elevation_deg": 35, "cct_k": 5600, "stops": 0}},
}


def staged(**more: Any) -> Stage:
    return stage(resolve(read_data({**FULL, **more}), vocabulary()))


def azimuth(scene: Scene, lamp: int = 0) -> float:
    one = scene.lamps[lamp]
    return degrees(atan2(one.at[0] - one.target[0], one.at[2] - one.target[2]))


def test_a_shot_that_says_everything_needs_no_note() -> None:
    assert staged().notes == []


def test_an_empty_shot_notes_every_assumption() -> None:
    notes = " ".join(stage(resolve(read_data({}), vocabulary())).notes)
    for word in ("aspect", "focal", "size", "T-stop", "white balance", "light"):
        assert word in notes


def test_the_camera_stands_where_size_lens_and_format_put_it() -> None:
    scene = staged().scene
    gate_h = scene.camera.gate_h_mm
    assert scene.camera.gate_w_mm / gate_h == pytest.approx(2.39, abs=0.01)
    assert dist(scene.camera.at, scene.camera.target) == pytest.approx(85 * 0.521 / gate_h, rel=0.02)


@pytest.mark.parametrize(("said", "side"), [(-45, -1), (30, 1), (-140, -1), (110, 1)])
def test_a_lamp_stands_on_its_side_of_camera(said: float, side: int) -> None:
    scene = staged(lights={"key": {"role": "light.role.key", "azimuth_deg": said}}).scene
    assert azimuth(scene) == pytest.approx(said, abs=0.5)
    assert (scene.lamps[0].at[0] - scene.lamps[0].target[0]) * side > 0


def test_a_lamp_in_the_set_stays_when_the_camera_goes_round() -> None:
    lights = {"window": {"role": "light.role.key", "frame": "set", "azimuth_deg": 60}}
    front = staged(lights=lights).scene
    reverse = staged(lights=lights, camera={**FULL["camera"], "mark": {"x_m": 0, "z_m": -3}}).scene
    assert azimuth(front) == pytest.approx(azimuth(reverse), abs=1)
    assert front.camera.at[2] > 0 > reverse.camera.at[2]


def test_softness_makes_the_source_larger_and_levels_stay() -> None:
    key = FULL["lights"]["key"]
    hard = staged(lights={"key": {**key, "angular_size_deg": 2, "stops": -2}}).scene.lamps[0]
    soft = staged(lights={"key": {**key, "angular_size_deg": 40, "stops": 1.5}}).scene.lamps[0]
    assert soft.size_m > 10 * hard.size_m
    assert (hard.stops, soft.stops) == (-2, 1.5)


@pytest.mark.parametrize(
    ("where", "away", "noted"), [("a long corridor", 30, True), ("a long corridor", 1, False), ("a beach", 30, False)]
)
def test_a_lamp_that_is_said_beyond_the_walls_is_drawn_inside_and_noted(where: str, away: float, noted: bool) -> None:  # noqa: FBT001  a column of the table
    said = {"key": {**FULL["lights"]["key"], "distance_m": away}}
    one = staged(place={"where": where}, lights=said)
    assert ([note for note in one.notes if "outside this set" in note] != []) is noted
    assert (dist(one.scene.lamps[0].at, one.scene.lamps[0].target) < away - 1) is noted
    assert azimuth(one.scene) == pytest.approx(-45, abs=0.5)


def test_two_people_stand_on_their_sides_and_look_where_they_look() -> None:
    subjects = {
        "ada": {"slot": 0, "wardrobe": "a red coat", "screen_x": 0.3, "eyeline": "ben"},
        "ben": {"slot": 1, "wardrobe": "a navy coat", "screen_x": 0.7, "eyeline": "ada"},
    }
    ada, ben = staged(subjects=subjects).scene.figures
    assert ada.at[0] < 0 < ben.at[0]
    assert ada.facing_deg == pytest.approx(90)
    assert ben.facing_deg == pytest.approx(-90)
    assert (ada.clothes, ben.clothes) == (SURFACES["red"], SURFACES["navy"])


PAIR = {
    "ada": {"slot": 0, "description": "a woman in a red coat"},
    "ben": {"slot": 1, "description": "a man in a navy coat"},
}


@pytest.mark.parametrize(("across", "side"), [({}, 1), ({"screen_x": 0.2}, -1)])
def test_over_the_shoulder_the_near_one_stands_before_the_lens_and_looks_at_the_other(
    across: dict[str, float], side: int
) -> None:
    subjects = {**PAIR, "ben": {**PAIR["ben"], **across}}
    scene = staged(subjects=subjects, framing={"aspect": 2.39, "perspective": OVER_SHOULDER}).scene
    far, near = scene.figures
    lens = scene.camera.at
    assert far.at[2] + 0.5 < near.at[2] < lens[2] - 0.5
    assert near.at[0] * side > 0
    edge = (lens[2] - near.at[2]) * scene.camera.gate_w_mm / scene.camera.focal_mm / 2
    assert abs(near.at[0]) < edge + 0.2
    for one, other in ((far, near), (near, far)):
        toward = degrees(atan2(other.at[0] - one.at[0], other.at[2] - one.at[2]))
        assert one.facing_deg == pytest.approx(toward)


def test_people_whose_place_nobody_said_stand_on_both_sides_with_room_between() -> None:
    one, two, three = staged(subjects={**PAIR, "cy": {"slot": 2}}).scene.figures
    assert one.at[0] == 0
    assert two.at[0] >= 0.6
    assert three.at[0] <= -0.6


@pytest.mark.parametrize(
    ("eyeline", "turn", "nod"),
    [
        ({"words": "the sea, off left"}, -45, 0),
        ({"words": "off camera right"}, 45, 0),
        ({"words": "straight to camera"}, 0, 0),
        ({"words": "the letter in her hands"}, 0, 26),
        ({"words": "up at the stars"}, 0, -22),
    ],
)
def test_the_head_goes_where_the_eyeline_leads(eyeline: dict[str, str], turn: float, nod: float) -> None:
    (mara,) = staged(subjects={"mara": {"eyeline": eyeline}}).scene.figures
    assert (mara.head_turn_deg, mara.head_nod_deg) == (turn, nod)


def test_who_looks_at_a_child_looks_down_and_is_looked_up_to() -> None:
    subjects = {
        "ada": {"slot": 0, "screen_x": 0.3, "eyeline": "kit"},
        "kit": {"slot": 1, "screen_x": 0.7, "eyeline": "ada", "age": "subject.age.child"},
    }
    ada, kit = staged(subjects=subjects).scene.figures
    assert ada.height_m > kit.height_m
    assert ada.head_nod_deg > 10
    assert kit.head_nod_deg == pytest.approx(-ada.head_nod_deg)


@pytest.mark.parametrize("pose", ["seated", "kneeling", "lying", "standing"])
def test_a_close_frame_and_the_key_find_the_face_in_every_pose(pose: str) -> None:
    scene = staged(subjects={"mara": {"pose": f"subject.pose.{pose}"}}).scene
    (mara,) = scene.figures
    eyes = [(a + b) / 2 for a, b in zip(*(joints(mara)[f"{side}_eye"] for side in ("left", "right")), strict=True)]
    assert dist(scene.lamps[0].target, eyes) < 0.1
    assert dist(scene.camera.target[::2], eyes[::2]) < 0.3
    assert abs(scene.camera.target[1] - eyes[1]) < 0.25


CAMERAS: dict[str, Any] = {
    "free": {},
    "high": {"height_m": 4.0},
    "low angle": {"pitch_deg": 25},
    "eye level from the knee": {"height_m": 0.5, "pitch_deg": 0},
    "round the face": {"view_azimuth_deg": 70},
}


@pytest.mark.parametrize("down", [0.3, 0.5, 0.66])
@pytest.mark.parametrize("size", ["ecu", "mcu", "ms", "fs", "ews"])
@pytest.mark.parametrize("camera", CAMERAS)
def test_the_first_subject_stands_as_far_down_the_frame_as_is_said(camera: str, size: str, down: float) -> None:
    said = {**FULL["camera"], "size": f"camera.size.{size}", **CAMERAS[camera]}
    one = staged(camera=said, subjects={"mara": {"screen_y": down}})
    seen = view(one.scene.camera, one.scene.aspect)
    offset = np.asarray(one.held) - seen.origin
    assert 0.5 - offset @ seen.up / (2 * seen.tan_y * (offset @ seen.forward)) == pytest.approx(down, abs=0.005)
    free = staged(camera=said).scene.camera
    assert (one.scene.camera.at == free.at) is (camera != "low angle")


@pytest.mark.parametrize("turned", [0, 20, -60])
def test_focus_is_on_the_eyes_when_nobody_said_where(turned: float) -> None:
    tight = {**FULL["camera"], "size": "camera.size.ecu"}
    scene = staged(camera=tight, subjects={"mara": {"facing_deg": turned}}).scene
    eyes = [
        (a + b) / 2 for a, b in zip(*(joints(scene.figures[0])[f"{s}_eye"] for s in ("left", "right")), strict=True)
    ]
    assert scene.camera.focus_m == pytest.approx(scene.camera.at[2] - eyes[2], abs=0.02)
    assert scene.camera.target[0] == pytest.approx(eyes[0], abs=0.02)
    said = staged(camera={**tight, "focus": {"distance_m": 2.5}}).scene
    assert said.camera.focus_m == 2.5


@pytest.mark.parametrize(("pose", "turned"), [("in_profile", 90), ("three_quarter_view", 45), ("facing_camera", 0)])
def test_a_view_that_a_pose_names_turns_the_body(pose: str, turned: float) -> None:
    (mara,) = staged(subjects={"mara": {"pose": f"subject.pose.{pose}"}}).scene.figures
    assert abs(mara.facing_deg) == turned


def test_somebody_seen_from_behind_turns_the_back() -> None:
    scene = staged(subjects={"mara": {"pose": "subject.pose.from_behind"}}).scene
    assert abs(scene.figures[0].facing_deg) == 180


@pytest.mark.parametrize(
    ("said", "hair"),
    [("grey-streaked hair tied back", "grey"), ("fair hair wet from rain", "fair"), ("a silver-haired man", "silver")],
)
def test_hair_has_the_colour_that_is_said(said: str, hair: str) -> None:
    assert staged(subjects={"mara": {"description": f"a keeper, {said}"}}).scene.figures[0].hair == HAIR[hair]


def test_things_stand_on_a_table_and_keep_their_shape_and_colour() -> None:
    subjects = {
        "cube": {"slot": 0, "kind": "subject.kind.object", "description": "a red cube", "screen_x": 0.3},
        "sphere": {"slot": 1, "kind": "subject.kind.object", "description": "a blue sphere", "screen_x": 0.7},
    }
    cube, sphere = staged(subjects=subjects).scene.figures
    assert (cube.kind, sphere.kind) == ("cube", "sphere")
    assert cube.at[1] == sphere.at[1] == TABLE_M
    assert cube.at[0] < sphere.at[0]
    assert (cube.clothes, sphere.clothes) == (SURFACES["red"], SURFACES["blue"])


def test_a_pattern_without_a_side_is_drawn_and_noted() -> None:
    lights = {"key": {"role": "light.role.key", "pattern": "light.pattern.rembrandt"}}
    assert any("Nobody said where the key stands" in note for note in staged(lights=lights).notes)


def test_the_look_reaches_the_finish() -> None:
    look = {"stock": "look.stock.double_x", "grain": "look.grain.heavy", "exposure_stops": -1.5}
    finish = staged(look=look).scene.finish
    assert finish.black_and_white
    assert finish.grain >= 0.05
    assert finish.exposure_stops == -1.5


@pytest.mark.parametrize("name", vocabulary().samples)
def test_every_sample_can_be_staged(name: str) -> None:
    made = stage(resolve(read_data(vocabulary().samples[name].shot), vocabulary()))
    assert made.scene.lamps
    assert len(made.scene.figures) == len(vocabulary().samples[name].shot["subjects"])


@given(shots())
def test_any_shot_can_be_staged(shot: Shot) -> None:
    scene = stage(resolve(shot, vocabulary())).scene
    assert scene.lamps or is_silhouette(resolve(shot, vocabulary()))
    assert len(scene.figures) == len(shot.subjects)
    assert dist(scene.camera.at, scene.camera.target) > 0


@pytest.mark.parametrize(
    ("said", "field", "least", "most"),
    [
        ({"look": {"artefacts": ["look.artefact.vignette"]}}, "vignette", 2, 4),
        ({"look": {"artefacts": ["look.artefact.halation"]}}, "halation", 0.15, 0.4),
        ({"camera": {"filters": ["camera.filter.low_con"]}}, "contrast", 0.7, 0.95),
        ({"camera": {"filters": ["camera.filter.classic_soft"]}}, "diffusion", 0.05, 0.3),
        ({}, "vignette", 1, 1),
    ],
)
def test_glass_and_film_leave_what_they_are_said_to(said: Any, field: str, least: float, most: float) -> None:
    finish = stage(resolve(read_data(said), vocabulary())).scene.finish
    assert least <= getattr(finish, field) <= most


def test_a_streak_is_drawn_only_when_it_is_said() -> None:
    assert staged().scene.finish.streak == (0, 0, 0)
    for said, channel in (("blue_streak", 2), ("gold_streak", 0)):
        level = staged(camera={**FULL["camera"], "filters": [f"camera.filter.{said}"]}).scene.finish.streak
        assert max(level) == level[channel] > 0
    anamorphic = staged(camera={**FULL["camera"], "squeeze": 2}).scene
    assert anamorphic.camera.squeeze == 2
    assert anamorphic.finish.streak == (0, 0, 0)
