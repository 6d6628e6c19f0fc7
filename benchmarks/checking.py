"""The whole check of a full shot, and each rule that runs on it, beside a Jinja2 render of the same shot's prompt."""

from collections.abc import Iterator

from app.lint import asked, lint
from app.lint.hearing import listen
from app.match import names
from app.pipeline import compile_shot
from app.resolve import Resolved, resolve
from app.schema import read_data
from app.schema.checks import Checks
from app.vocab import vocabulary
from benchmarks.compiling import pair, template

SLOWEST = 12
"""Rules that are listed one by one."""


def rows() -> Iterator[str]:
    """Yield the check of each sample (aim: under 10 renders, free text apart), and the slowest rules of the first."""
    vocab = vocabulary()
    target, wide = vocab.target("uni-1"), Checks(profile="set")
    yield f"{'check':<20}{'rules run':>10}{'check µs':>10}{'listen µs':>10}{'Jinja2 µs':>10}{'ratio':>7}  (aim: < 10)"
    first: tuple[Resolved, float] | None = None
    for name, sample in vocab.samples.items():
        shot = read_data(sample.shot)
        resolved = resolve(shot, vocab)
        render = template(compile_shot(shot, target, vocab))
        check, theirs = pair(lambda resolved=resolved: lint(resolved, wide), render)  # type: ignore[misc]
        hear, _ = pair(lambda resolved=resolved: listen(resolved), render)  # type: ignore[misc]
        run = asked(resolved, wide)
        first = first or (resolved, theirs)
        yield f"{name:<20}{len(run):>10}{check:>10.0f}{hear:>10.1f}{theirs:>10.1f}{(check - hear) / theirs:>7.1f}"
    if first:
        yield from _each(*first, wide)
    text = vocab.samples["the_rim"].shot["place"]["background"] + " at golden hour, shallow focus, 85 mm"
    cold, _ = pair(lambda: names.__wrapped__(vocab, text), lambda: None)
    yield f"hearing names in {len(text)} characters of free text, uncached: {cold:.0f} µs"


def _each(resolved: Resolved, theirs: float, checks: Checks) -> Iterator[str]:
    run = asked(resolved, checks)
    cost = {one.id: pair(lambda one=one: list(one.check(resolved)), lambda: None)[0] for one in run}  # type: ignore[misc]
    total = sum(cost.values())
    each = total / max(len(run), 1)
    yield f"{len(run)} rules on the first: {total:.0f} µs, {each:.2f} µs a rule, {total / theirs:.1f} renders"
    for one, spent in sorted(cost.items(), key=lambda item: -item[1])[:SLOWEST]:
        yield f"  {one:<40}{spent:>8.2f} µs"
