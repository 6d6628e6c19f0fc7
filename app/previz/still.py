"""A still that refines: a small draft first, then better ones, of one scene after another."""

from collections.abc import Callable, Iterator
from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.previz.denoise import Picture
from app.previz.finish import finish
from app.previz.render import Beauty, Job, Negative, beauty, developed, guide, sources, worlds
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


class _Gathering:
    """The light of one scene, gathered sample by sample."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.step = Step((0, 0), 0)
        self._seen = view(scene.camera, scene.aspect)
        self._worlds = worlds(scene, self._seen)
        self._negative: Negative | None = None

    def gather(self, step: Step, heed: Heed) -> None:
        """Add the samples that are missing; a new size begins anew. What is interrupted changes nothing."""
        old = self._negative if step.size == self.step.size else None
        before = self.step.samples if old else 0
        job = Job(self.scene, self._seen, step.size, max(1, (step.samples - before) // 2), 2 * before)
        job = job._replace(bands=max(1, round(job.samples * step.size[0] * step.size[1] / _BAND)))

        def report(_: float) -> None:
            heed()

        halves = tuple(beauty(self._worlds, job._replace(seed=job.seed + half), report) for half in (0, 1))
        guides = old.guides if old else guide(self._worlds, job._replace(samples=_GUIDE_SAMPLES), report)
        new = Negative((halves[0], halves[1]), guides, sources(self._worlds, job, report))
        self._negative = _mean(old, new, before / step.samples) if old else new
        self.step = step

    def frame(self, scene: Scene, *, done: bool, heed: Heed) -> Frame:
        """Return what is gathered, with the finish of a scene."""
        if self._negative is None:
            raise RuntimeError("Nothing is gathered yet.")
        light = developed(scene, self._seen, self._worlds, self._negative, lambda _: heed())
        return Frame(light, finish(light, scene.finish, self._seen.tan_x, 0), self.step, done)


def _mean(old: Negative, new: Negative, share: float) -> Negative:
    """Two negatives as one; `share` is the old one's part of the samples."""

    def mixed(one: Picture, other: Picture) -> Picture:
        return np.asarray(one * share + other * (1 - share), np.float32)

    def both(one: Beauty, other: Beauty) -> Beauty:
        return Beauty(mixed(one.light, other.light), mixed(one.cover, other.cover))

    halves = (both(old.halves[0], new.halves[0]), both(old.halves[1], new.halves[1]))
    glow = None if old.sources is None or new.sources is None else mixed(old.sources, new.sources)
    return Negative(halves, old.guides, glow)
