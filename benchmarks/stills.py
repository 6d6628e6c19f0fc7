"""How soon a still is there and how soon it is finished, at every shot size: python -m benchmarks stills.

One core draws, in a process that is warm as the studio's is. Its own seconds stand beside the clock's: on a busy
machine they are what a quiet one would take. Each size has a person whom nobody has drawn yet; after an edit of the
light the same person is lit anew.
"""

from collections.abc import Iterator
from time import perf_counter, process_time

import cv2
import drjit

from app.patch import merge
from app.previz.scene import Scene
from app.previz.stage import stage
from app.previz.still import Stills
from app.previz.worker import USUAL_WIDTH
from app.resolve import resolve
from app.schema import read_data
from app.vocab import vocabulary
from app.web.routes.stills import SAMPLES

SHOT = "the_rim"


def rows() -> Iterator[str]:
    """Yield the seconds to the first draft, to that of an edited light, and to the finished frame (aim: 2, 2)."""
    drjit.set_thread_count(1)
    cv2.setNumThreads(1)
    vocab = vocabulary()
    heads = ("first draft", "light edited", "finished")
    yield f"{f'still, {USUAL_WIDTH} px, {SAMPLES} samples':32}" + "".join(f"{head:>20}" for head in heads)
    for number, size in enumerate(term for term in vocab.terms.values() if term.facet == "camera.size"):
        shot = read_data(merge(vocab.samples[SHOT].shot, {"camera": {"size": size.id}}))
        scene = _with_others(stage(resolve(shot, vocab)).scene, number + 1)
        if number == 0:
            _times(_with_others(scene, -1), once=True)  # what a process does once
        brighter = tuple(lamp.model_copy(update={"stops": lamp.stops + 0.5}) for lamp in scene.lamps)
        times = _times(scene)
        told = (times[0], _times(scene.model_copy(update={"lamps": brighter}), once=True)[0], times[-1])
        yield f"{size.label:32}" + "".join(f"{f'{clock:.1f} s ({core:.1f} s)':>20}" for clock, core in told)


def _times(scene: Scene, *, once: bool = False) -> list[tuple[float, float]]:
    """The seconds by the clock and of the core until each frame is there, or the first alone."""
    clock, own, times = perf_counter(), process_time(), []
    for _ in Stills().frames(scene, USUAL_WIDTH, SAMPLES, lambda: None):
        times.append((perf_counter() - clock, process_time() - own))
        if once:
            break
    return times


def _with_others(scene: Scene, number: int) -> Scene:
    """The same scene with other people, some millimetres taller."""
    taller = [one.model_copy(update={"height_m": one.height_m + 0.001 * number}) for one in scene.figures]
    return scene.model_copy(update={"figures": tuple(taller)})
