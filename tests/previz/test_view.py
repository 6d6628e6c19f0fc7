"""The gate that opens: all that the shot frames stays in the picture, whatever its size."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.previz.scene import Scene
from app.previz.view import open_gate, rows, view
from tests.previz.scenes import portrait

ASPECTS = st.floats(0.3, 3.5)
PIXELS = st.integers(16, 4096)


def framed(aspect: float) -> Scene:
    return portrait().model_copy(update={"aspect": aspect})


@given(ASPECTS, PIXELS, PIXELS)
def test_an_open_gate_shows_all_that_was_framed_and_more_on_one_side(aspect: float, width: int, height: int) -> None:
    scene = framed(aspect)
    wider = open_gate(scene, width, height)
    before, after = view(scene.camera, scene.aspect), view(wider.camera, wider.aspect)
    assert after.tan_x >= before.tan_x * (1 - 1e-9)
    assert after.tan_y >= before.tan_y * (1 - 1e-9)
    assert after.tan_x == pytest.approx(before.tan_x) or after.tan_y == pytest.approx(before.tan_y)
    assert rows(wider, width) == height


@given(ASPECTS, PIXELS)
def test_the_shots_own_size_leaves_the_scene_as_it_is(aspect: float, width: int) -> None:
    scene = framed(aspect)
    assert open_gate(scene, width) is scene
    assert open_gate(scene, width, rows(scene, width)) is scene


def test_the_gate_is_as_wide_and_high_as_what_it_shows() -> None:
    square = open_gate(framed(2), 64, 64).camera
    assert (square.gate_w_mm, square.gate_h_mm) == (24.9, 24.9)
    wide = open_gate(framed(1), 128, 64).camera
    assert (wide.gate_w_mm, wide.gate_h_mm) == (49.8, 24.9)
