"""Shape and length as fields of the request, each as the service writes it."""

from math import log
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dialects._shape import MADE_BY_ROUNDING, _pixels
from app.pipeline import compile_scene, compile_shot
from app.schema import read_data
from app.vocab import Target, vocabulary
from app.vocab.targets import Pixels
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
        ("gpt-image-1.5", {"size": "1536x1024"}),
        ("gpt-image-2.6", {"size": "1680x944"}),
        ("firefly-image-4", {"size": {"width": 2688, "height": 1536}}),
        ("sora-2", {"size": "1280x720", "seconds": 4}),
        ("sdxl", {"width": 1344, "height": 768}),
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


@pytest.mark.parametrize(
    ("target", "aspect", "size", "loss"),
    [
        ("gpt-image-1.5", 1, "1024x1024", ""),
        ("gpt-image-1.5", 1.5, "1536x1024", ""),
        ("gpt-image-1.5", 2.39, "1536x1024", "GPT Image 1.5 has no 2.39:1; it goes out as 1536×1024, with room for"),
        ("gpt-image-1.5", 0.5625, "1024x1536", "GPT Image 1.5 has no 0.56:1; it goes out as 1024×1536, with room for"),
        ("gpt-image-2.6", 2.39, "1952x816", ""),
        ("gpt-image-2.6", 4, "2160x720", "GPT Image 2.6 has no 4.00:1; it goes out as 2160×720, with room for"),
    ],
)
def test_one_field_holds_the_size_nearest_to_the_shots_shape(target: str, aspect: float, size: str, loss: str) -> None:
    found = compile_shot(read_data({"framing": {"aspect": aspect}}), VOCABULARY.target(target), VOCABULARY)
    assert found.values == {"size": size}
    assert found.params["size"].paths == ("framing.aspect",)
    assert [one.reason.startswith(loss) for one in found.losses] == [True] * bool(loss)


@given(want=st.floats(0.25, 4), rule=st.sampled_from([one.pixels for one in VOCABULARY.targets.values() if one.pixels]))
def test_a_size_of_ones_own_is_one_that_its_service_takes(want: float, rule: Pixels) -> None:
    width, height = _pixels(want, rule)
    assert width % rule.step == height % rule.step == 0
    assert rule.side[0] <= min(width, height) <= max(width, height) <= rule.side[1]
    assert 1 / rule.most <= width / height <= rule.most
    nearest = min(max(want, 1 / rule.most), rule.most)
    assert abs(log(width / height / nearest)) <= MADE_BY_ROUNDING


def test_no_shape_said_asks_for_no_size() -> None:
    assert fields({"camera": {"focal_mm": 50}}, VOCABULARY.target("gpt-image-2.6")) == {}
