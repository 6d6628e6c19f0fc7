"""Skeletons that lie on the figures and read as they are turned."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.previz import figure
from app.previz.pose import CHAINS, COLOURS, POINTS, Point, draw, skeletons
from app.previz.scene import Camera, Figure, Scene
from app.previz.sight import NOTHING, Sight, look
from app.previz.view import view
from tests.previz.scenes import DARK, camera

WIDTH = 160
FACE = {"nose", "right_eye", "left_eye", "right_ear", "left_ear"}


def wide(*figures: Figure, lens: Camera | None = None) -> Scene:
    """The whole of a person, from the height of the hips."""
    full = Camera(at=(0, 0.95, 5), target=(0, 0.95, 0), gate_w_mm=24, gate_h_mm=16, focal_mm=35, f_number=4, focus_m=5)
    return Scene(aspect=1.5, camera=lens or full, figures=figures, lamps=(), room=DARK)


def found(scene: Scene) -> list[dict[str, Point]]:
    return skeletons(scene, look(scene, WIDTH))


def alone(one: Figure) -> dict[str, Point]:
    """The points of a person in a set so empty that nothing needs to be traced."""
    scene = wide(one)
    empty = (round(WIDTH / 1.5), WIDTH)
    nothing = np.full(empty, NOTHING, np.int32)
    sight = Sight(view(scene.camera, 1.5), np.full(empty, np.inf), np.zeros((*empty, 3)), nothing, nothing)
    (person,) = skeletons(scene, sight)
    return person


@pytest.mark.parametrize(
    ("turn", "shown"),
    [
        (0, FACE),
        (45, FACE - {"left_ear"}),
        (-45, FACE - {"right_ear"}),
        (90, {"nose", "right_eye", "right_ear"}),
        (-90, {"nose", "left_eye", "left_ear"}),
        (135, {"right_ear"}),
        (180, {"right_ear", "left_ear"}),
    ],
)
def test_a_face_shows_what_is_turned_to_the_camera(turn: float, shown: set[str]) -> None:
    assert set(alone(Figure(facing_deg=turn))) & FACE == shown


@pytest.mark.parametrize("turn", [30, 90, 180, 250])
def test_every_point_lies_on_the_figure(turn: float) -> None:
    scene = wide(Figure(at=(0.3, 0, 0.4), facing_deg=turn, height_m=1.6))
    sight = look(scene, WIDTH)
    (person,) = skeletons(scene, sight)
    assert set(person) >= set(POINTS) - FACE
    assert {name for name, (x, y) in person.items() if sight.figure[int(y), int(x)] != 0} == set()


@given(st.floats(-180, 180), st.floats(1.2, 2.0))
def test_a_standing_person_is_upright_from_nose_to_ankle(turn: float, tall: float) -> None:
    person = alone(Figure(facing_deg=turn, height_m=tall))
    for side in ("left", "right"):
        leg = [person[f"{side}_{part}"].y for part in ("shoulder", "hip", "knee", "ankle")]
        assert leg == sorted(leg)
        arm = [person[f"{side}_{part}"].y for part in ("shoulder", "elbow", "wrist")]
        assert arm == sorted(arm)
        assert abs(person[f"{side}_hip"].x - person[f"{side}_ankle"].x) < WIDTH / 40
    assert person["neck"].y < person["right_hip"].y
    assert "nose" not in person or person["nose"].y < person["neck"].y


def test_the_right_hand_is_at_the_left_of_a_picture_from_the_front() -> None:
    front, back = (alone(Figure(facing_deg=turn)) for turn in (0, 180))
    assert front["right_wrist"].x < WIDTH / 2 < front["left_wrist"].x
    assert back["left_wrist"].x < WIDTH / 2 < back["right_wrist"].x


def test_two_people_are_two_skeletons_and_a_thing_is_none() -> None:
    left, ball, right = found(
        wide(Figure(at=(-0.7, 0, 0)), Figure(kind="sphere", at=(0, 0, 0), height_m=0.3), Figure(at=(0.7, 0, 0)))
    )
    assert ball == {}
    assert left["nose"].x < WIDTH / 2 < right["nose"].x
    assert set(left) == set(right) == set(POINTS)


def test_points_out_of_frame_are_left_out() -> None:
    (person,) = found(wide(Figure(), lens=camera()))
    assert set(person) == {*FACE, "neck", "right_shoulder", "left_shoulder"}
    assert found(wide(Figure(at=(0, 0, 20)))) == [{}]
    assert found(wide(Figure(at=(20, 0, 0)))) == [{}]


def test_what_another_person_hides_is_left_out_and_what_ones_own_body_hides_is_not() -> None:
    near, far = found(wide(Figure(at=(0, 0, 1), facing_deg=180), Figure(at=(0.32, 0, -1))))
    assert len(near) == 15
    assert "right_shoulder" not in far
    assert "left_shoulder" in far
    assert {"left_shoulder", "left_elbow", "left_wrist"} <= set(found(wide(Figure(facing_deg=90)))[0])


def test_sticks_and_discs_have_the_annotators_colours() -> None:
    """Each joint's own hue on its disc, and 60 % of the stick's hue halfway between two of them."""
    scene = wide(Figure())
    sight = look(scene, 480)
    (person,) = skeletons(scene, sight)
    picture = draw(scene, sight)
    for name in ("neck", "right_shoulder", "right_knee", "left_ankle", "left_wrist"):
        x, y = person[name]
        assert tuple(picture[int(y), int(x)]) == COLOURS[POINTS.index(name)]
    start, end = person["left_knee"], person["left_ankle"]
    middle = picture[int((start.y + end.y) / 2), int((start.x + end.x) / 2)]
    assert tuple(middle) == tuple(int(part * 0.6) for part in (0, 85, 255))
    assert (picture.max(-1) == 0).mean() > 0.9


def test_the_colours_are_eighteen_hues_and_the_sticks_seventeen() -> None:
    assert [COLOURS[step] for step in (0, 1, 3, 6, 9, 12, 15, 17)] == [
        (255, 0, 0), (255, 85, 0), (255, 255, 0), (0, 255, 0), (0, 255, 255), (0, 0, 255), (255, 0, 255), (255, 0, 85),
    ]  # fmt: skip
    assert sum(len(chain) - 1 for chain in CHAINS) == 17
    assert set(figure.joints(Figure())) == set(POINTS)


def test_a_far_figure_keeps_its_legs_apart() -> None:
    """The annotator's sticks, five pixels thick at this size, would fill what is between them."""
    scene = wide(Figure(at=(0, 0, -15)))
    sight = look(scene, 480)
    (person,) = skeletons(scene, sight)
    left, right = person["left_knee"], person["right_knee"]
    assert 5 < left.x - right.x < 9
    row = draw(scene, sight)[int(left.y)].max(-1)
    assert row[int(left.x)] == row[int(right.x)] == 255
    assert row[round((left.x + right.x) / 2)] < 30
