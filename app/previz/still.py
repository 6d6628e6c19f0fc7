"""A still that refines: a small draft first, then better ones, of one scene after another."""

from collections.abc import Callable, Iterator
from math import sqrt
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from app.previz.denoise import Calm, Picture
from app.previz.finish import finish
from app.previz.render import Beauty, Job, Negative, Part, beauty, calmed, developed, guide, sources, worlds
from app.previz.scene import Finish, Scene
from app.previz.view import view

Heed = Callable[[], None]
"""Called between the bands; what it raises ends the drawing."""

DRAFTS = ((30_000, 4), (90_000, 8))
"""Small frames before the full size: their pixels, whatever the ratio, and the samples of each."""

LARGE = (8, 32)
"""The samples after which a frame of the full size is shown, before the last."""

_LARGER = 3  # times its pixels; a frame that is no larger than this over a draft goes without it
_BAND = 80_000  # samples; a fifth of a second
_GUIDE_SAMPLES = 4

_EDGE = 64
"""Of the squares, in pixels, that each get samples as long as they are noisy."""

_NOISE = 0.002
"""The filter's own reckoning, up to which a place is calm: on the screen it then lies within about one level of 255."""

_NEAR = 17  # pixels about a lamp in shot that it may reach, too


class Step(NamedTuple):
    """A frame on the way: its width and height in pixels, and the samples of each pixel."""

    size: tuple[int, int]
    samples: int


class Frame(NamedTuple):
    """A frame as far as it has come: H x W x 3, scene-linear before print and grade, and as it is shown."""

    light: Picture
    shown: NDArray[np.uint8]
    step: Step
    done: bool


class Stills:
    """Draws one scene after another. A scene that differs from the last in its finish alone goes on from there."""

    def __init__(self) -> None:
        """Begin with nothing drawn."""
        self._last: _Gathering | None = None

    def frames(self, scene: Scene, longest: int, samples: int, heed: Heed) -> Iterator[Frame]:
        """Yield ever better frames, the last with its longest side and its samples as asked for."""
        way = steps(scene.aspect, longest, samples)
        if self._last is None or self._last.scene != _unfinished(scene):
            self._last = _Gathering(_unfinished(scene))
        last = self._last
        if last.step in way:
            way = way[way.index(last.step) :]
        for step in way:
            if step != last.step:
                last.gather(step, heed)
            yield last.frame(scene, done=step == way[-1], heed=heed)


def steps(aspect: float, longest: int, samples: int) -> list[Step]:
    """Return the frames on the way to a size and a number of samples, the smallest first."""
    wide = longest * min(1.0, aspect)
    full = _size(aspect, wide)
    most = full[0] * full[1] / _LARGER
    drafts = [Step(_size(aspect, sqrt(area * aspect)), count) for area, count in DRAFTS if area <= most]
    drafts += [Step(full, count) for count in LARGE]
    return [*(step for step in drafts if step.samples < samples), Step(full, samples)]


def _size(aspect: float, wide: float) -> tuple[int, int]:
    return max(1, round(wide)), max(1, round(wide / aspect))


def _unfinished(scene: Scene) -> Scene:
    return scene.model_copy(update={"finish": Finish()})


class _Gathered(NamedTuple):
    """The negative at one size, and how many samples each pixel has of the light and of the lamps in shot, H x W."""

    negative: Negative
    lit: Picture
    glowing: Picture


class _Gathering:
    """The light of one scene, gathered sample by sample where it is still noisy."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.step = Step((0, 0), 0)
        self._seen = view(scene.camera, scene.aspect)
        self._worlds = worlds(scene, self._seen)
        self._gathered: _Gathered | None = None
        self._calm: Calm | None = None

    def gather(self, step: Step, heed: Heed) -> None:
        """Add the samples that are missing; a new size begins anew. What is interrupted changes nothing."""
        old = self._gathered if step.size == self.step.size else None
        before = self.step.samples if old else 0
        job = Job(self.scene, self._seen, step.size, max(1, (step.samples - before) // 2), 2 * before)
        job = job._replace(bands=max(1, round(job.samples * step.size[0] * step.size[1] / _BAND)))
        self._gathered = self._begun(job, heed) if old is None else self._continued(old, job, heed)
        self.step, self._calm = step, None

    def frame(self, scene: Scene, *, done: bool, heed: Heed) -> Frame:
        """Return what is gathered, with the finish of a scene."""
        if self._gathered is None:
            raise RuntimeError("Nothing is gathered yet.")
        negative = self._gathered.negative
        self._calm = self._calm or calmed(negative, lambda _: heed())
        light = developed(scene, self._seen, self._worlds, negative, self._calm)
        return Frame(light, finish(light, scene.finish, self._seen.tan_x, 0), self.step, done)

    def _begun(self, job: Job, heed: Heed) -> _Gathered:
        """All of a frame, at a size that nothing is known of."""
        guides = guide(self._worlds, job._replace(samples=_GUIDE_SAMPLES), lambda _: heed())
        negative = Negative(self._halves(job, heed), guides, sources(self._worlds, job, lambda _: heed()))
        given = np.full(guides.depth.shape, 2 * job.samples, np.float32)
        return _Gathered(negative, given, given)

    def _continued(self, old: _Gathered, job: Job, heed: Heed) -> _Gathered:
        """More of a frame, in the parts that it makes better."""
        negative, lit, glowing = old
        noisy = tuple(part for part in _parts(job.size) if self._is_noisy(part))
        if noisy:
            lit, share = _given(old.lit, noisy, 2 * job.samples)
            new = self._halves(job._replace(parts=noisy), heed)
            one, other = (_mixed(a, b, share) for a, b in zip(negative.halves, new, strict=True))
            negative = negative._replace(halves=(one, other))
        if negative.sources is not None and (shining := _shining(negative.sources)):
            glowing, share = _given(old.glowing, shining, 2 * job.samples)
            glow = sources(self._worlds, job._replace(parts=shining), lambda _: heed())
            negative = negative._replace(sources=_mean(negative.sources, glow, share))
        return _Gathered(negative, lit, glowing)

    def _halves(self, job: Job, heed: Heed) -> tuple[Beauty, Beauty]:
        one, other = (beauty(self._worlds, job._replace(seed=job.seed + half), lambda _: heed()) for half in (0, 1))
        return one, other

    def _is_noisy(self, part: Part) -> bool:
        return self._calm is None or float(np.square(part.of(self._calm.noise)).mean()) > _NOISE**2


def _parts(size: tuple[int, int]) -> tuple[Part, ...]:
    """A frame in squares, smaller at its right and lower edge."""
    width, height = size
    return tuple(
        Part(left, top, min(_EDGE, width - left), min(_EDGE, height - top))
        for top in range(0, height, _EDGE)
        for left in range(0, width, _EDGE)
    )


def _shining(glow: Picture) -> tuple[Part, ...]:
    """The parts of a frame that a lamp in shot may reach."""
    near = np.asarray(cv2.dilate(glow.max(-1), np.ones((_NEAR, _NEAR), np.uint8)), np.float32)
    return tuple(part for part in _parts((glow.shape[1], glow.shape[0])) if part.of(near).any())


def _given(before: Picture, parts: tuple[Part, ...], more: int) -> tuple[Picture, Picture]:
    """The samples of each pixel after more in some parts, and the share of them that was there before."""
    after = before.copy()
    for part in parts:
        part.of(after)[:] += more
    return after, before / after


def _mixed(one: Beauty, other: Beauty, share: Picture) -> Beauty:
    return Beauty(_mean(one.light, other.light, share), one.cover * share + other.cover * (1 - share))


def _mean(one: Picture, other: Picture | None, share: Picture) -> Picture:
    """Two pictures as one; `share` is the first one's part. Without another one it stays as it is."""
    return one if other is None else np.asarray(one * share[..., None] + other * (1 - share[..., None]), np.float32)
