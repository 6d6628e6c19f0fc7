"""Shape and length as fields of the request, each as the service writes it."""

from typing import Any

import pytest

from app.pipeline import compile_scene, compile_shot
from app.schema import read_data
from app.vocab import Target, vocabulary
from app.web.targets import written

VOCABULARY = vocabulary()
LONG = {"framing": {"aspect": "16:9"}, "duration_s": 5}


def fields(data: dict[str, Any], target: Target) -> dict[str, Any]:
    return compile_shot(read_data(data), target, VOCABULARY).values


@pytest.mark.parametrize(
    ("target", "sent"),
    [
        ("ray-3.2", {"aspect_ratio": "16:9", "duration": "5s"}),
        ("ray-2", {"aspect_ratio": "16:9", "duration": "5s"}),
        ("veo-3.1", {"aspectRatio": "16:9", "durationSeconds": 6}),
        ("runway-gen-4.5", {"ratio": "1280:720", "duration": 5}),
    ],
)
def test_a_field_is_written_as_its_service_writes_it(target: str, sent: dict[str, Any]) -> None:
    assert fields(LONG, VOCABULARY.target(target)) == sent


def test_a_scene_writes_its_length_in_the_same_form() -> None:
    target = VOCABULARY.target("kling-3").model_copy(update={"values": {"duration": "{}s"}})
    shots = [read_data({"duration_s": 3}), read_data({"duration_s": 4})]
    assert compile_scene(shots, target, VOCABULARY).values == {"duration": "7s"}


def test_every_field_of_a_shape_and_a_length_can_have_a_form() -> None:
    forms = {"aspect_ratio": "ratio {}", "duration": "PT{}S", "fps": "{} fps"}
    target = VOCABULARY.target("ltx-2.5").model_copy(update={"values": forms})
    found = fields(LONG | {"camera": {"playback_fps": 25}}, target)
    assert found == {"aspect_ratio": "ratio 16:9", "duration": "PT5S", "fps": "25 fps"}
    assert dict(written(target)) == {"aspect_ratio": "ratio 16:9", "duration": "PT5S", "fps": "24 fps"}
