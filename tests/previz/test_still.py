"""Drafts that refine: each frame is better than the one before, and nothing is drawn twice."""

import numpy as np
import pytest

from app.previz import still as still_module
from app.previz.render import expose
from app.previz.scene import Figure, Finish, Scene
from app.previz.still import Frame, Stills, steps
from tests.previz.scenes import lamp, still

BALL = Figure(kind="sphere", at=(0, 1.32, 0), height_m=0.4, clothes=(0.18, 0.18, 0.18))
SCENE = still(BALL, lamps=(lamp(20, 10, target=(0, 1.52, 0.2)),)).model_copy(update={"finish": Finish(grain=0)})


class _Stopped(Exception):  # noqa: N818 - it is no error
    pass


class Heeded:
    """Counts the bands, and stops at one of them."""

    def __init__(self, last: int = 10**6) -> None:
        self.bands = 0
        self.last = last

    def __call__(self) -> None:
        self.bands += 1
        if self.bands > self.last:
            raise _Stopped


def drawn(stills: Stills, scene: Scene, heed: Heeded | None = None, samples: int = 16) -> list[Frame]:
    return list(stills.frames(scene, 64, samples, heed or Heeded()))


WAYS = {
    (2.4, 960, 64): [(268, 112, 4), (465, 194, 8), (960, 400, 8), (960, 400, 32), (960, 400, 64)],
    (0.5, 960, 64): [(122, 245, 4), (212, 424, 8), (480, 960, 8), (480, 960, 32), (480, 960, 64)],
    (1.5, 320, 64): [(320, 213, 8), (320, 213, 32), (320, 213, 64)],
    (2.4, 320, 12): [(320, 133, 8), (320, 133, 12)],
    (1.0, 160, 2): [(160, 160, 2)],
    (1.0, 400, 4): [(400, 400, 4)],
    (1.0, 400, 6): [(173, 173, 4), (400, 400, 6)],
}


@pytest.mark.parametrize("asked", WAYS)
def test_the_way_leads_from_small_to_what_was_asked_for(asked: tuple[float, int, int]) -> None:
    assert [(*step.size, step.samples) for step in steps(*asked)] == WAYS[asked]


def test_each_frame_is_nearer_to_the_finished_one() -> None:
    frames = drawn(Stills(), SCENE, samples=64)
    assert [frame.step.samples for frame in frames] == [8, 32, 64]
    assert [frame.done for frame in frames] == [False, False, True]
    truth, _ = expose(SCENE, 64, 256, 9)
    rough, better, best = (float(np.abs(frame.light - truth).mean()) for frame in frames)
    assert rough > better > best


def test_a_still_is_as_bright_as_a_take() -> None:
    take, _ = expose(SCENE, 64, 16, 3)
    assert drawn(Stills(), SCENE)[-1].light.mean() == pytest.approx(take.mean(), rel=0.03)


def test_another_finish_is_developed_without_a_new_ray() -> None:
    stills, heeded = Stills(), Heeded()
    light = drawn(stills, SCENE)[-1].light
    (frame,) = drawn(stills, SCENE.model_copy(update={"finish": Finish(grain=0, black_and_white=True)}), heeded)
    assert frame.done
    assert np.array_equal(frame.light, light)
    assert (frame.shown[..., 0] == frame.shown[..., 2]).all()
    assert heeded.bands == 0


def test_what_is_calm_gets_no_more_samples_and_is_the_same_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(still_module, "_NOISE", 0.005)  # small frames are noisier
    stills = Stills()
    *_, frame = stills.frames(SCENE, 160, 64, lambda: None)
    last = stills._last
    assert last
    assert last._gathered
    given = last._gathered.lit
    assert given[:64, 128:].max() < given[64:, 64:128].min() == 64  # the wall; where the ball rests
    truth, _ = expose(SCENE, 160, 64, 3)
    assert frame.light.mean() == pytest.approx(truth.mean(), rel=0.02)
    assert np.abs(frame.light - truth).mean() < 0.03 * truth.mean()


def test_another_light_begins_anew() -> None:
    stills = Stills()
    bright = drawn(stills, SCENE)[-1]
    darker = SCENE.model_copy(update={"lamps": (lamp(20, 10, -2, target=(0, 1.52, 0.2)),)})
    frames = drawn(stills, darker)
    assert frames[0].step.samples == 8
    assert frames[-1].light.mean() < 0.4 * bright.light.mean()


def test_what_is_stopped_goes_on_where_it_was() -> None:
    whole = drawn(Stills(), SCENE)
    stills = Stills()
    with pytest.raises(_Stopped):
        drawn(stills, SCENE, Heeded(10))
    rest = drawn(stills, SCENE)
    assert 1 <= len(rest) < len(whole)
    assert np.array_equal(rest[-1].shown, whole[-1].shown)
