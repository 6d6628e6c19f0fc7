"""Where the values of a shot that was read whole went, and what stood beside them."""

from collections.abc import Iterator

from app.importers.base import Status, Value
from app.parse.parsed import Parsed
from app.schema import Shot
from app.schema.paths import leaves
from app.vocab import Vocabulary

MAX_TEXT = 2000

WHOLE = "text"
"""Under which name a picture's own text stands among its settings."""


def told(shot: Shot, number: int, vocabulary: Vocabulary, field: str = "") -> Iterator[Value]:
    """Yield a value for each that a shot says; `field` is what its file calls them all, else each by its path."""
    for path, value in leaves(shot).items():
        for one in value if isinstance(value, tuple) else (value,):
            words = one["words"] if isinstance(one, dict) else str(one)
            term = one if isinstance(one, str) and one in vocabulary.terms else ""
            status: Status = "typed" if term or not isinstance(one, dict | str) else "free"
            yield Value(shot=number, field=field or path, value=words, status=status, path=path, term=term)


def beside(parsed: Parsed, number: int) -> Iterator[Value]:
    """Yield what stood beside a prompt and is no part of a shot: seed, steps, the networks that it loads."""
    for name, value in parsed.params.items():
        if name != WHOLE:
            note = "A setting, not the picture."
            yield Value(shot=number, field=name, value=str(value)[:MAX_TEXT], status="unknown", note=note)
