"""Which size an order asks for, in pixels."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.backends import _sizes
from app.backends.base import SOURCE
from tests.backends.fakes.orders import SDXL, order, reference
from tests.backends.fakes.pictures import picture

OWN = {
    "gpt": SDXL.model_copy(update={"fields": {"size": "size"}}),
    "imagen": SDXL.model_copy(update={"fields": {"aspect_ratio": "aspectRatio"}}),
    "small": SDXL.model_copy(update={"sizes": ((512, 512), (768, 512))}),
    "": SDXL,
}


@pytest.mark.parametrize(
    ("target", "params", "size"),
    [
        ("", {"width": 1344, "height": 768}, (1344, 768)),
        ("", {"width": 70, "height": 50}, (70, 50)),
        ("", {"aspect_ratio": "16:9"}, (1344, 768)),
        ("", {"aspect_ratio": "21:9"}, (1536, 640)),
        ("", {"aspect_ratio": "1:1"}, (1024, 1024)),
        ("", {"aspect_ratio": "2:3"}, (832, 1280)),
        ("", {"aspect_ratio": "239:100"}, (1600, 640)),
        ("imagen", {"aspectRatio": "16:9"}, (1344, 768)),
        ("imagen", {"aspect_ratio": "16:9"}, None),
        ("gpt", {"size": "1536x1024"}, (1536, 1024)),
        ("gpt", {"size": "1536*1024"}, (1536, 1024)),
        ("small", {"aspect_ratio": "3:2"}, (768, 512)),
        ("", {}, None),
        ("", {"width": 64}, None),
        ("", {"width": "wide", "height": 0}, None),
        ("gpt", {"size": "auto"}, None),
        ("gpt", {"size": "0x0"}, None),
        ("", {"aspect_ratio": "16:0"}, None),
        ("", {"aspect_ratio": 1.78}, None),
    ],
)
def test_a_size_is_read_where_the_target_writes_it(
    target: str, params: dict[str, Any], size: tuple[int, int] | None
) -> None:
    assert _sizes.asked(order(OWN[target], params=params)) == size


def test_a_picture_that_is_changed_keeps_its_shape_at_the_models_size() -> None:
    wide = reference(0, role=SOURCE, content=picture(size=(640, 360)))
    assert _sizes.asked(order(SDXL, attachments=(wide,))) == (1368, 768)
    assert _sizes.asked(order(SDXL, attachments=(wide,), params={"aspect_ratio": "1:1"})) == (1024, 1024)
    assert _sizes.asked(order(SDXL, attachments=(reference(0, role=SOURCE, content=b"none"),))) is None


@given(st.floats(1e-3, 1e3), st.sampled_from(sorted(OWN)))
def test_any_ratio_has_sides_of_the_step_and_the_targets_area(ratio: float, name: str) -> None:
    target = OWN[name]
    width, height = _sizes.near(ratio, order(target))
    area = max((wide * high for wide, high in target.sizes), default=_sizes.AREA)
    assert width % _sizes.STEP == height % _sizes.STEP == 0
    assert 0.8 < width * height / area < 1.25
    assert abs(math.log(width / height / min(max(ratio, 1 / 4), 4))) < 0.15


@given(st.text(max_size=12))
def test_no_words_in_place_of_a_size_break_it(words: str) -> None:
    params = {"size": words, "aspect_ratio": words, "width": words, "height": words}
    found = _sizes.asked(order(OWN["gpt"], params=params))
    assert found is None or min(found) > 0


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp"])
def test_a_picture_tells_its_size(kind: str) -> None:
    assert _sizes.of(picture(kind, (96, 54))) == (96, 54)


@pytest.mark.parametrize("content", [b"", b"no picture", picture()[:12], b"\x89PNG\r\n\x1a\n" + b"\0" * 40])
def test_what_is_no_picture_has_no_size(content: bytes) -> None:
    assert _sizes.of(content) is None


def test_the_names_of_a_size_are_the_targets() -> None:
    assert _sizes.names(order(OWN["imagen"])) == {"width", "height", "aspectRatio", "size"}
