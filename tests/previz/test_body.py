"""The stand-in's body: its data, its shape, how it bends, and what it wears."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.previz import body_data, figure
from app.previz.body import AGES, SHARES, about, arc, corners
from app.previz.body_dress import LEGS, UPPERS
from app.previz.body_hair import STYLES
from app.previz.body_poses import eyes, tables
from app.previz.piece import Piece
from app.previz.scene import Figure
from app.vocab import vocabulary


def far(**said: object) -> Figure:
    """A figure in its coarse meshes, which are made soonest."""
    return Figure.model_validate({"detail": 0, **said})


def reach(one: Figure) -> tuple[float, float]:
    """The lowest and the highest point of a figure."""
    heights = np.concatenate([piece.points[:, 1] for piece in figure.pieces((one,))])
    return float(heights.min()), float(heights.max())


def test_the_data_is_there() -> None:
    assert body_data.find(), "MakeHuman's data was not fetched: run bin/test, which sets up what the tests need"


def test_a_place_without_the_data_is_refused(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRINTLIGHT_FIGURE", str(tmp_path))
    with pytest.raises(ValueError, match="holds no MakeHuman data"):
        figure.pieces((Figure(),))


def test_the_plain_stand_in_needs_no_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRINTLIGHT_FIGURE", body_data.PLAIN)
    assert body_data.find() is None
    assert {piece.finish for piece in figure.pieces((Figure(),))} == {"skin", "hair", "eye", "cloth"}
    assert set(figure.joints(Figure())) >= {"nose", "left_wrist"}


@given(st.sampled_from(["person", "woman", "man"]), st.floats(0, 110), st.sampled_from(["average", *SHARES]))
def test_a_body_is_mixed_of_shares_that_add_up(who: str, years: float, build: str) -> None:
    shares = corners(Figure.model_validate({"body": who, "age_y": years, "build": build}))
    assert sum(shares.values()) == pytest.approx(1)
    assert min(shares.values()) > 0
    assert len({sex for sex, _, _ in shares}) == (2 if who == "person" else 1)


def test_somebody_as_old_as_one_of_the_datas_ages_is_that_age_alone() -> None:
    assert {name: {age for _, age, _ in corners(Figure(age_y=years))} for name, years in AGES.items()} == {
        name: {name} for name in AGES
    }


def test_every_build_is_one_of_the_vocabulary() -> None:
    assert set(SHARES) <= names("subject.build")


def names(facet: str) -> set[str]:
    return {term.rpartition(".")[2] for term in vocabulary().terms if term.startswith(f"{facet}.")}


@pytest.mark.parametrize("tall", [1.2, 1.9])
def test_a_figure_is_as_tall_as_it_says(tall: float) -> None:
    low, high = reach(far(height_m=tall, hair_style="bald"))
    assert low == pytest.approx(0, abs=0.02)
    assert high == pytest.approx(tall, rel=0.02)


def test_every_pose_is_one_of_the_vocabulary_and_most_of_it_can_be_held() -> None:
    seen_only = {"in_profile", "from_behind", "three_quarter_view", "facing_camera"}
    assert set(tables()) == names("subject.pose") - seen_only


@pytest.mark.parametrize("pose", tables())
def test_the_eyes_are_where_the_table_says(pose: str) -> None:
    """The camera, the lamps and the eyelines go by the table: it must say what the bent body does."""
    one = far(pose=pose, height_m=1, facing_deg=-float(tables()[pose].get("turn", 0)))
    at = figure.joints(one)
    assert (at["left_eye"] + at["right_eye"]) / 2 == pytest.approx(np.array(eyes(pose)), abs=0.02)


@pytest.mark.parametrize("pose", ["seated", "kneeling", "lying", "walking", "on_all_fours", "mid_leap"])
def test_a_pose_rests_on_the_floor_or_hangs_over_it(pose: str) -> None:
    low, _ = reach(far(pose=pose))
    assert low == pytest.approx(1.75 * float(tables()[pose].get("lift", 0)), abs=0.03)


def test_who_sits_has_a_seat_under_the_hips() -> None:
    hips = figure.joints(far(pose="seated"))["left_hip"][1]
    seat = [piece for piece in figure.pieces((far(pose="seated"),)) if piece.finish == "satin"]
    assert len(seat) > 4
    assert hips - 0.2 < float(seat[0].points[:, 1].max()) < hips
    assert "satin" not in {piece.finish for piece in figure.pieces((far(),))}


@pytest.mark.parametrize(("turn", "nod"), [(40, 0), (-40, 0), (0, 30), (30, -20)])
def test_the_head_turns_to_its_left_and_nods_down_and_the_body_stays(turn: float, nod: float) -> None:
    ahead = figure.head_turn(far(head_turn_deg=turn, head_nod_deg=nod)) @ np.array([0, 0, 1])
    assert np.sign(round(ahead[0], 3)) == np.sign(turn)
    assert np.sign(round(-ahead[1], 3)) == np.sign(nod)
    straight, turned = figure.joints(far()), figure.joints(far(head_turn_deg=turn, head_nod_deg=nod))
    assert np.allclose(straight["left_wrist"], turned["left_wrist"])
    assert not np.allclose(straight["nose"], turned["nose"], atol=0.01)


def test_eyes_do_what_the_neck_cannot() -> None:
    eye = next(piece for piece in figure.pieces((far(head_turn_deg=80),)) if piece.finish == "eye")
    pupil = eye.points[eye.colour.sum(1) < 0.02]
    ahead = figure.head_turn(far(head_turn_deg=80)) @ np.array([0, 0, 1])
    looks = pupil.mean(0) - eye.points.mean(0)
    assert np.degrees(np.arctan2(looks[0], looks[2])) > np.degrees(np.arctan2(ahead[0], ahead[2])) + 5


@pytest.mark.parametrize("upper", [*UPPERS, "bare"])
@pytest.mark.parametrize("lower", [*LEGS, "skirt", "bare"])
def test_clothes_hide_the_skin_beneath_them(upper: str, lower: str) -> None:
    skin, *rest = figure.pieces((far(upper=upper, lower=lower, hair_style="bald"),))
    bare = figure.pieces((far(upper="bare", lower="bare", hair_style="bald"),))[0]
    assert len(skin.faces) <= len(bare.faces)
    assert (len(skin.faces) < len(bare.faces)) == (upper != "bare" or lower in LEGS)
    assert all(np.isfinite(piece.points).all() and len(piece.faces) for piece in rest)


@pytest.mark.parametrize("style", STYLES)
def test_hair_is_on_the_head_and_leaves_the_face_free(style: str) -> None:
    one = far(hair_style=style, hair=(0.5, 0.0, 0.0), upper="bare", lower="bare")
    locks = np.concatenate([np.zeros((0, 3)), *(part.points for part in figure.pieces((one,)) if _red(part))])
    assert (locks[:, 1] > figure.joints(one)["left_eye"][1] + 0.05).any() == (style != "bald")
    nose = figure.joints(one)["nose"]
    before = (np.abs(locks[:, 0]) < 0.02) & (locks[:, 2] > nose[2]) & (np.abs(locks[:, 1] - nose[1]) < 0.02)
    assert not before.any()


def _red(part: Piece) -> bool:
    return bool((part.colour[:, 0] > 5 * part.colour[:, 2] + 0.02).mean() > 0.5)


def test_hands_in_pockets_are_not_seen() -> None:
    shown, hidden = (figure.pieces((far(pose=pose),))[0] for pose in ("standing", "hands_in_pockets"))
    assert len(hidden.faces) < 0.75 * len(shown.faces)


def test_a_far_figure_is_light() -> None:
    assert sum(len(piece.faces) for piece in figure.pieces((far(),))) < 60_000


@given(st.lists(st.floats(-1, 1), min_size=6, max_size=6))
def test_an_arc_takes_one_direction_to_the_other(numbers: list[float]) -> None:
    one, other = np.add(numbers[:3], (0, 0, 1.5)), np.add(numbers[3:], (0, -1.5, 0))
    turned = arc(one, other) @ one / np.linalg.norm(one)
    assert turned == pytest.approx(other / np.linalg.norm(other), abs=1e-6)
    assert arc(one, -one) @ one == pytest.approx(-one, abs=1e-6)
    assert about(np.array([0, 1.0, 0]), 90) @ np.array([0, 0, 1.0]) == pytest.approx(np.array([1.0, 0, 0]))
