"""One edited field to a new Uni-1 prompt, and one shot to every living target, beside a render of the same text."""

from collections.abc import Callable, Iterator
from itertools import cycle
from statistics import median
from typing import Any

from app.patch import at, merge
from app.pipeline import Editing, compile_all, compile_shot
from app.resolve import resolve
from app.schema import Shot, read_data
from app.schema.facets import takes_text
from app.schema.paths import leaves
from app.vocab import Target, Vocabulary, vocabulary
from benchmarks.compiling import pair, template

SAMPLES = ("the_rim", "two_keepers", "the_letter")


def rows() -> Iterator[str]:
    """Yield a row for each sample: the median and the slowest field, then all targets (aims: 15 and 400 renders)."""
    vocab = vocabulary()
    uni1 = vocab.target("uni-1")
    living = [one for one in vocab.targets.values() if not one.retired]
    yield f"{'one field edited':<24}{'fields':>8}{'median µs':>12}{'ratio':>8}{'slowest':>9}   aim: 15"
    for name in SAMPLES:
        data = vocab.samples[name].shot
        render = template(compile_shot(read_data(data), uni1, vocab))
        timed = [pair(one, render, rounds=15, repeats=10) for one in _edits(data, vocab, uni1)]
        ratios = sorted(ours / theirs for ours, theirs in timed)
        ours = median(one for one, _ in timed)
        yield f"{name:<24}{len(timed):>8}{ours:>12.0f}{median(ratios):>8.1f}{ratios[-1]:>9.1f}"
    yield f"{'all living targets':<24}{'targets':>8}{'µs':>12}{'ratio':>8}   aim: 400"
    for name in SAMPLES:
        shot = read_data(vocab.samples[name].shot)
        render = template(compile_shot(shot, uni1, vocab))
        ours, theirs = pair(lambda shot=shot: compile_all(shot, living, vocab), render, rounds=20, repeats=2)  # type: ignore[misc]
        yield f"{name:<24}{len(living):>8}{ours:>12.0f}{ours / theirs:>8.0f}"


def _edits(data: dict[str, Any], vocab: Vocabulary, target: Target) -> Iterator[Callable[[], object]]:
    """Yield, for each said field that has another value near by, what compiles the shot with one, then the other."""
    shot = read_data(data)
    for path, value in leaves(shot).items():
        other = _other(path, value, vocab)
        if other is not None:
            yield _compiled_in_turn((shot, read_data(merge(data, at(path, other)))), vocab, target)


def _compiled_in_turn(shots: tuple[Shot, Shot], vocab: Vocabulary, target: Target) -> Callable[[], object]:
    turns, editing = cycle(shots), Editing(vocab)
    return lambda: editing.prompt(resolve(next(turns), vocab), target)


def _other(path: str, value: Any, vocab: Vocabulary) -> Any:
    """Return another value for a field, or None where an edit would be no plain change of one value."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, float):
        return value * 0.97 or None
    if isinstance(value, str) and value in vocab.terms:
        terms = [one.id for one in vocab.facets[vocab.terms[value].facet].terms]
        return next((one for one in terms if one != value), None)
    return f"{value} now" if isinstance(value, str) and takes_text(path) else None
