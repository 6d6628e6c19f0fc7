"""A shot in time: each move does what its name says, softly, and stays."""

from math import hypot
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.previz.motion import Motion, motion, scene_at
from app.previz.scene import Scene
from app.previz.stage import stage
from app.previz.view import View, view
from app.resolve import resolve
from app.schema import read_data
from app.vocab import vocabulary
from tests.shots import examples, shots

Json = dict[str, Any]
HEAD, CROWN = np.array([0, 1.6, 0]), np.array([0, 1.8, 0])
SET = {
    "framing": {"aspect": 1.78},
    "camera": {"size": "camera.size.ms", "focal_mm": 50, "format": "camera.format.super_35_3perf", "t_stop": 2.8},
    "subjects": {"mara": {}, "jonas": {"slot": 1, "mark": {"x_m": 0.6, "z_m": -2}}},
    "lights": {"key": {"role": "light.role.key", "azimuth_deg": 40, "cct_k": 5600, "stops": 0}},
}


def moving(beats: Json, **more: Any) -> Motion:
    return motion(resolve(read_data({**SET, **more, "beats": beats}), vocabulary()))


def after(path: str, **amount: float) -> tuple[Scene, Scene]:
    """Return the scene before and after one move of four seconds."""
    found = moving({"b": {"start_s": 0, "end_s": 4, "moves": {"m": {"path": f"camera.move.{path}", **amount}}}})
    return scene_at(found, 0), scene_at(found, 4)


def across(scene: Scene, point: Any = HEAD) -> tuple[float, float]:
    """Return where a point lies in the picture: right and up of the middle, in halves of the frame."""
    seen: View = view(scene.camera, scene.aspect)
    offset = np.asarray(point) - seen.origin
    depth = float(offset @ seen.forward)
    return float(offset @ seen.right) / depth / seen.tan_x, float(offset @ seen.up) / depth / seen.tan_y


def size(scene: Scene) -> float:
    """Return how large the head is drawn."""
    return across(scene, CROWN)[1] - across(scene)[1]


TRAVELS = [
    ("dolly_in", {"amount_m": 0.5}, "at", (0, 0, -0.5)),
    ("dolly_out", {"amount_m": 1}, "at", (0, 0, 1)),
    ("truck_right", {"amount_m": 0.4}, "at", (0.4, 0, 0)),
    ("truck_left", {"amount_m": 0.4}, "at", (-0.4, 0, 0)),
    ("pedestal_up", {"amount_m": 0.3}, "at", (0, 0.3, 0)),
    ("crane_down", {"amount_m": 0.3}, "at", (0, -0.3, 0)),
    ("pan_right", {"amount_deg": 20}, "at", (0, 0, 0)),
]


@pytest.mark.parametrize(("path", "amount", "what", "by"), TRAVELS, ids=[row[0] for row in TRAVELS])
def test_the_camera_travels_as_far_as_was_said(
    path: str, amount: dict[str, float], what: str, by: tuple[float, ...]
) -> None:
    before, then = after(path, **amount)
    moved = np.subtract(getattr(then.camera, what), getattr(before.camera, what))
    assert moved == pytest.approx(by, abs=1e-6)


READS = [  # what a viewer sees of somebody who stands still
    ("pan_right", lambda before, then: across(then)[0] < across(before)[0]),
    ("pan_left", lambda before, then: across(then)[0] > across(before)[0]),
    ("tilt_up", lambda before, then: across(then)[1] < across(before)[1]),
    ("tilt_down", lambda before, then: across(then)[1] > across(before)[1]),
    ("dolly_in", lambda before, then: size(then) > 1.2 * size(before)),
    ("zoom_in", lambda before, then: size(then) == pytest.approx(1.6 * size(before), rel=0.02)),
    ("zoom_out", lambda before, then: size(then) < size(before)),
    ("crane_up", lambda before, then: across(then)[1] < across(before)[1]),
    ("truck_right", lambda before, then: across(then)[0] < across(before)[0]),
    ("arc_right", lambda before, then: then.camera.at[0] > before.camera.at[0] + 0.3),
    ("arc_left", lambda before, then: then.camera.at[0] < before.camera.at[0] - 0.3),
    ("roll_cw", lambda before, then: then.camera.roll_deg > before.camera.roll_deg),
    ("aerial_ascent", lambda before, then: then.camera.at[1] > before.camera.at[1]),
]


@pytest.mark.parametrize(("path", "seen"), READS, ids=[row[0] for row in READS])
def test_a_move_is_seen_as_its_name_says(path: str, seen: Any) -> None:
    before, then = after(path)
    assert seen(before, then)


def test_an_arc_keeps_its_distance_and_its_subject() -> None:
    before, then = after("arc_right", amount_deg=50)
    assert hypot(*np.delete(then.camera.at, 1)) == pytest.approx(hypot(*np.delete(before.camera.at, 1)))
    assert across(then)[0] == pytest.approx(across(before)[0], abs=1e-6)


def test_a_dolly_zoom_keeps_the_subject_and_changes_the_lens() -> None:
    before, then = after("dolly_zoom", amount_m=0.8)
    assert size(then) == pytest.approx(size(before), rel=0.06)
    assert then.camera.focal_mm < 0.8 * before.camera.focal_mm


def test_a_zoom_ends_on_the_focal_length_that_was_said() -> None:
    assert after("zoom_in", focal_to_mm=135)[1].camera.focal_mm == pytest.approx(135)


def test_it_starts_and_ends_softly_and_goes_half_the_way_in_half_the_time() -> None:
    found = moving({"b": {"start_s": 0, "end_s": 4, "moves": {"m": {"path": "camera.move.dolly_in", "amount_m": 1}}}})
    way = [scene_at(found, 0).camera.at[2] - scene_at(found, second).camera.at[2] for second in (0.2, 2, 3.8, 9)]
    assert way == [pytest.approx(0.00725, abs=1e-4), pytest.approx(0.5), pytest.approx(0.99275, abs=1e-4), 1]


def test_a_speed_gives_the_way() -> None:
    move = {"path": "camera.move.truck_left", "speed": "camera.speed.slow"}
    found = moving({"b": {"start_s": 0, "end_s": 4, "moves": {"m": move}}})
    assert scene_at(found, 4).camera.at[0] == pytest.approx(-0.8)


def test_focus_stays_with_what_was_sharp_while_the_camera_travels() -> None:
    before, then = after("dolly_in", amount_m=0.5)
    assert then.camera.focus_m == pytest.approx(before.camera.focus_m - 0.5)


def test_focus_is_pulled_to_somebody_and_to_a_distance() -> None:
    to_jonas = moving({"b": {"start_s": 1, "end_s": 2, "focus": {"on": "jonas"}}}, duration_s=3)
    start = scene_at(to_jonas, 0).camera
    assert scene_at(to_jonas, 3).camera.focus_m == pytest.approx(start.at[2] + 2, rel=0.02)
    to_metres = moving({"b": {"start_s": 1, "end_s": 2, "focus": {"distance_m": 7}}}, duration_s=3)
    assert [scene_at(to_metres, at).camera.focus_m for at in (1, 3)] == [start.focus_m, pytest.approx(7)]


def test_a_lamp_dims_warms_and_wanders() -> None:
    found = moving(
        {"b": {"start_s": 0, "end_s": 2, "lights": {"key": {"stops": -3, "cct_k": 2800, "azimuth_deg": 90}}}}
    )
    lamps = [scene_at(found, at).lamps[0] for at in (0, 1, 2)]
    assert [lamp.stops for lamp in lamps] == [0, pytest.approx(-1.5), pytest.approx(-3)]
    assert [lamp.kelvin for lamp in lamps] == [5600, pytest.approx(3733, abs=1), pytest.approx(2800)]
    away = np.subtract(lamps[2].at, lamps[2].target)
    assert np.degrees(np.arctan2(away[0], away[2])) == pytest.approx(90)
    assert found.lamps_change


def test_what_a_beat_changed_stays_changed_through_the_next() -> None:
    beats = {
        "a": {"slot": 0, "start_s": 0, "end_s": 2, "moves": {"m": {"path": "camera.move.dolly_in", "amount_m": 0.4}}},
        "b": {"slot": 1, "start_s": 2, "end_s": 4, "moves": {"m": {"path": "camera.move.truck_right", "amount_m": 1}}},
    }
    start, end = (scene_at(moving(beats), at).camera.at for at in (0, 4))
    assert np.subtract(end, start) == pytest.approx((1, 0, -0.4))


HELD = [
    ("camera.move.follow", "Follow"),
    ("camera.move.pan", "Pan"),
    ({"words": "drifts like smoke"}, "drifts like smoke"),
    ("camera.move.nobody_made_this", "camera.move.nobody_made_this"),
]


@pytest.mark.parametrize(("path", "named"), HELD, ids=[row[1] for row in HELD])
def test_a_move_without_a_direction_holds_still_and_is_named(path: Any, named: str) -> None:
    found = moving({"b": {"start_s": 0, "end_s": 4, "moves": {"m": {"path": path}}}})
    assert scene_at(found, 4) == scene_at(found, 0)
    assert [note.partition(":")[0] for note in found.notes] == [named]


def test_a_camera_that_is_said_to_stand_needs_no_note() -> None:
    assert moving({"b": {"moves": {"m": {"path": "camera.move.static"}}}}).notes == []


LENGTHS: list[tuple[Json, Json, float, list[tuple[float, float]]]] = [
    ({"b": {"action": {"mara": {"words": "waits"}}}}, {}, 0, []),
    ({}, {"duration_s": 6}, 6, []),
    ({"b": {"moves": {"m": {"path": "camera.move.dolly_in"}}}}, {}, 4, [(0, 4)]),
    ({"a": {"slot": 0, "end_s": 2}, "b": {"slot": 1}}, {"duration_s": 6}, 6, [(0, 2), (2, 6)]),
    ({"a": {"slot": 0}, "b": {"slot": 1}, "c": {"slot": 2}}, {"duration_s": 6}, 6, [(0, 2), (2, 4), (4, 6)]),
    ({"a": {"slot": 0, "start_s": 1, "end_s": 3}}, {}, 3, [(1, 3)]),
]


@pytest.mark.parametrize(("beats", "more", "length", "spans"), LENGTHS)
def test_beats_fill_the_shot(beats: Json, more: Json, length: float, spans: list[tuple[float, float]]) -> None:
    found = moving(beats, **more)
    assert found.length_s == length
    assert [(span.start_s, span.end_s) for span in found.spans] == [pytest.approx(span) for span in spans]


@example(read_data({"camera": {"focus": {"distance_m": 0.01}}}), 0.0)
@given(shots(), st.floats(-1, 100))
@examples(20)
def test_any_shot_has_a_scene_at_any_moment_and_begins_as_it_is_staged(shot: Any, time_s: float) -> None:
    found = motion(resolve(shot, vocabulary()))
    Scene.model_validate(scene_at(found, time_s).model_dump())
    assert scene_at(found, -1) == stage(found.resolved).scene
