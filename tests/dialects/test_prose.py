"""Prose: the camera runs on in one sentence, and a verb stands beside its noun."""

from typing import Any

import pytest

from app.pipeline import compile_shot
from app.schema import read_data
from app.vocab import vocabulary

VOCABULARY = vocabulary()
PLAIN = VOCABULARY.target("flux-2").model_copy(update={"id": "plain-prose", "order": ()})
"""A target without an order of its own: that of the dialect is written."""

MAN = {"description": "a man", "kind": "subject.kind.character"}
LIFTS = {"lifts": {"action": {"man": {"words": "lifts a cup"}}}}


def written(shot: dict[str, Any]) -> str:
    return compile_shot(read_data(shot), PLAIN, VOCABULARY).text


@pytest.mark.parametrize(
    ("camera", "text"),
    [
        ({"size": "camera.size.cu"}, "Close-up."),
        (
            {"angle": "camera.angle.low", "focal_mm": 50, "t_stop": 2, "support": "camera.support.tripod"},
            "From a low angle, 50 mm lens, T2, filmed on a tripod.",
        ),
        ({"t_stop": 2, "steadiness": "camera.steadiness.still"}, "T2, the camera perfectly still."),
        (
            {"size": "camera.size.cu", "angle": {"words": "Dutch angle"}, "focal_mm": 50},
            "Close-up. Dutch angle, 50 mm lens.",
        ),
    ],
)
def test_the_camera_runs_on_within_its_block(camera: dict[str, Any], text: str) -> None:
    assert written({"camera": camera}) == text


def test_what_is_no_camera_has_a_sentence_of_its_own() -> None:
    look, intent = {"stock": "look.stock.double_x"}, {"mood": ["intent.mood.tense"], "genre": {"words": "noir"}}
    text = written({"look": look, "intent": intent, "camera": {"focal_mm": 50}})
    assert text == "50 mm lens. Shot on Eastman Double-X 5222. The mood is tense; noir."


@pytest.mark.parametrize(
    ("man", "text"),
    [
        (MAN, "A man lifts a cup."),
        ({**MAN, "name": "Jonas"}, "Jonas, a man, lifts a cup."),
        ({**MAN, "wardrobe": "a coat"}, "A man, wearing a coat, lifts a cup."),
        ({**MAN, "description": "a man, unshaven"}, "A man, unshaven, lifts a cup."),
        ({**MAN, "pose": "subject.pose.seated"}, "A man lifts a cup, seated."),
    ],
)
def test_a_verb_follows_its_bare_noun_without_a_comma(man: dict[str, Any], text: str) -> None:
    assert written({"subjects": {"man": man}, "beats": LIFTS}) == text


def test_each_subject_keeps_its_own_verb() -> None:
    beats = {"both": {"action": {"man": {"words": "lifts a cup"}, "dog": {"words": "sleeps"}}}}
    subjects = {"man": MAN, "dog": {"slot": 1, "description": "a grey dog"}}
    assert written({"subjects": subjects, "beats": beats}) == "A man lifts a cup. A grey dog sleeps."
