"""A full compile of each sample, beside a Jinja2 template that prints the same text."""

import gc
import time
from collections.abc import Callable, Iterator

from jinja2 import Environment

from app.pipeline import compile_shot
from app.schema import Compiled, read_data
from app.vocab import vocabulary

ROUNDS = 40
REPEATS = 25


def rows() -> Iterator[str]:
    """Yield a row for each sample: microseconds, and how many renders of its own text that is (aim: under 25)."""
    vocab = vocabulary()
    target = vocab.target("uni-1")
    yield f"{'compile for Uni-1':<24}{'compile µs':>12}{'Jinja2 µs':>12}{'ratio':>8}   aim: under 25"
    for name, sample in vocab.samples.items():
        shot = read_data(sample.shot)
        compiled = compile_shot(shot, target, vocab)
        render = template(compiled)
        ours, theirs = pair(lambda shot=shot: compile_shot(shot, target, vocab), render)  # type: ignore[misc]
        yield f"{name:<24}{ours:>12.0f}{theirs:>12.1f}{ours / theirs:>8.1f}"


def template(compiled: Compiled) -> Callable[[], str]:
    """Return a render that fills in every piece that came from a field, and prints the same text."""
    values = {f"v{number}": segment.text for number, segment in enumerate(compiled.segments) if segment.paths}
    source = "".join(
        f"{{{{ v{number} }}}}" if segment.paths else segment.text for number, segment in enumerate(compiled.segments)
    )
    template = Environment(autoescape=False).from_string(source)  # noqa: S701  prints plain text
    if template.render(values) != compiled.text:
        raise RuntimeError("the template does not print the compiled text")
    return lambda: template.render(values)


def pair(
    ours: Callable[[], object], theirs: Callable[[], object], rounds: int = ROUNDS, repeats: int = REPEATS
) -> tuple[float, float]:
    """Return the best microseconds a call of both, measured in turns so that noise falls on both.

    `repeats` is how often ours runs in a round: less often where it takes long. Theirs always runs as often.
    """
    best = [float("inf"), float("inf")]
    gc.disable()
    for _ in range(rounds):
        for index, (run, times) in enumerate(((ours, repeats), (theirs, REPEATS))):
            start = time.perf_counter()
            for _ in range(times):
                run()
            best[index] = min(best[index], (time.perf_counter() - start) / times * 1e6)
    gc.enable()
    return best[0], best[1]
