"""What a head wears and what a face does: said in words, drawn on the head, and nothing where nobody said it."""

from typing import Any

import numpy as np
import pytest

from app.previz import figure
from app.previz.body_said import EXPRESSIONS, expression, headwear
from app.previz.piece import Piece
from app.previz.scene import Figure


def drawn(**worn: Any) -> list[Piece]:
    return figure.pieces((Figure(**worn),))


def _top(piece: Piece) -> float:
    return float(piece.points[np.unique(piece.faces)][:, 1].max())


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("a bearded man of fifty", {"beard": "beard"}),
        ("a man with a grey moustache", {"beard": "moustache"}),
        ("unshaven, tired", {"beard": "stubble"}),
        ("a clean-shaven man with a beard trimmer", {}),
        ("a navy coat, a red baseball cap", {"hat": "cap", "hat_colour": (0.5, 0.02, 0.02)}),
        ("a woollen hat", {"hat": "beanie"}),
        ("a felt hat and spectacles", {"hat": "brim", "glasses": "glasses"}),
        ("dark glasses", {"glasses": "sunglasses"}),
        ("two glasses of wine before her", {}),
        ("a cape, a capable woman, what she wears", {}),
    ],
)
def test_beard_hat_and_glasses_follow_from_words(told: str, expected: dict[str, Any]) -> None:
    assert headwear(told) == expected


@pytest.mark.parametrize(("said", "mouth"), [("subject.expression.smiling", 0.8), ("a thin smile", 0.8), (None, 0)])
def test_an_expression_follows_from_its_term_or_its_words(said: str | None, mouth: float) -> None:
    assert expression(said).get("mouth", 0) == mouth


def test_every_expression_stays_within_what_a_face_can() -> None:
    assert all(-1 <= part <= 1 for one in EXPRESSIONS.values() for part in one)


@pytest.mark.parametrize(("hat", "style"), [("brim", "short"), ("beanie", "long"), ("cap", "curly")])
def test_no_hair_comes_through_a_hat(hat: str, style: str) -> None:
    bare, covered = drawn(hair_style=style), drawn(hair_style=style, hat=hat)
    tops = [max(_top(piece) for piece in one if piece.finish == "hair") for one in (bare, covered)]
    highest = max(float(piece.points[:, 1].max()) for piece in covered)
    assert tops[1] < tops[0] - 0.02
    assert highest > tops[0] - 0.01


def test_a_beard_grows_under_the_eyes_and_a_moustache_over_the_mouth_alone() -> None:
    hairs = [
        [one for one in drawn(beard=kind) if one.finish == "hair"] for kind in ("", "stubble", "beard", "moustache")
    ]
    assert [len(one) for one in hairs] == [3, 3, 4, 4]
    beard, moustache = (one[-1].points[:, 1] for one in hairs[2:])
    eyes = next(piece for piece in drawn() if piece.finish == "eye").points[:, 1].mean()
    assert beard.min() < moustache.min() - 0.04
    assert max(beard.max(), moustache.max()) < eyes + 0.01


def test_a_smile_lifts_the_corners_of_the_mouth_and_moves_nothing_below_the_chin() -> None:
    rest, smile = (drawn(mouth=mouth)[0].points for mouth in (0, 1))
    moved = np.linalg.norm(rest - smile, axis=1)
    assert 0.004 < moved.max() < 0.02
    assert moved[rest[:, 1] < 1.45].max(initial=0) < 1e-4
    assert smile[np.argmax(moved), 1] > rest[np.argmax(moved), 1]


def test_glasses_stand_before_the_eyes() -> None:
    eyes = next(piece for piece in drawn() if piece.finish == "eye")
    frames = [piece for piece in drawn(glasses="glasses") if piece.finish == "satin"]
    front = max(float(piece.points[:, 2].max()) for piece in frames)
    assert 0.003 < front - float(eyes.points[:, 2].max()) < 0.03
