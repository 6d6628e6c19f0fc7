"""How soon a still is there and how soon it is finished, at every shot size: python -m benchmarks stills.

One core draws. Its own seconds stand beside the clock's: on a busy machine they are what a quiet one would take.
"""

from collections.abc import Iterator
from time import perf_counter, process_time

import cv2
import drjit

from app.patch import merge
from app.previz.stage import stage
from app.previz.still import Stills
from app.previz.worker import USUAL_WIDTH
from app.resolve import resolve
from app.schema import read_data
from app.vocab import vocabulary
from app.web.routes.stills import SAMPLES

SHOT = "the_rim"


def rows() -> Iterator[str]:
    """Yield the seconds to the first draft and to the finished frame (aim: first draft under 2)."""
    drjit.set_thread_count(1)
    cv2.setNumThreads(1)
    vocab = vocabulary()
    yield f"{'still, ' + str(USUAL_WIDTH) + ' px, ' + str(SAMPLES) + ' samples':32}{'first draft':>20}{'finished':>20}"
    for size in (term for term in vocab.terms.values() if term.facet == "camera.size"):
        shot = read_data(merge(vocab.samples[SHOT].shot, {"camera": {"size": size.id}}))
        scene = stage(resolve(shot, vocab)).scene
        clock, own = perf_counter(), process_time()
        times = [
            (perf_counter() - clock, process_time() - own)
            for _ in Stills().frames(scene, USUAL_WIDTH, SAMPLES, lambda: None)
        ]
        first, last = (f"{seconds:8.1f} s ({core:.1f} s)" for seconds, core in (times[0], times[-1]))
        yield f"{size.label:32}{first:>20}{last:>20}"
