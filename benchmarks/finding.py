"""Finding a term by typing: every kind of query, beside a plain scan of all names with difflib."""

import time
from collections.abc import Iterator
from difflib import get_close_matches
from statistics import quantiles

from app.match import search
from app.vocab import vocabulary

ROUNDS = 5

QUERIES = {
    "a label": ("close-up", "golden hour", "Rembrandt"),
    "an alias": ("American shot", "5219", "choker"),
    "a beginning": ("anam", "tung", "over the"),
    "words": ("skin glow", "blue evening light", "long lens far"),
    "a misspelling": ("rembrant", "anamorfic", "bokhe", "dutch tlt", "kodacrome"),
    "a number": ("85 mm", "3200K", "45°", "T2"),
    "nothing": ("xyzzy", "qqqq wwww"),
}


def rows() -> Iterator[str]:
    """Yield p50 and p95 of each kind of query in milliseconds (aim: under 30), and the scan's for the same queries."""
    vocab = vocabulary()
    names = {name.casefold(): term for term in vocab.terms.values() for name in (term.label, *term.aliases)}
    search(vocab, "first")
    head = f"finding in {len(vocab.terms)} terms"
    yield f"{head:<26}{'p50 ms':>8}{'p95 ms':>8}{'scan ms':>9}   aim: p95 under 30"
    for kind, queries in QUERIES.items():
        ours = [_timed(lambda query=query: search(vocab, query)) for query in queries for _ in range(ROUNDS)]
        scan = [_timed(lambda query=query: get_close_matches(query, names)) for query in queries]
        cuts = quantiles(ours, n=20)
        yield f"{kind:<26}{cuts[9]:>8.1f}{cuts[18]:>8.1f}{sum(scan) / len(scan):>9.1f}"


def _timed(run: object) -> float:
    start = time.perf_counter()
    run()  # type: ignore[operator]
    return (time.perf_counter() - start) * 1000
