"""Where the values of a shot that was read whole went: each to its own path."""

from collections.abc import Iterator

from app.importers.base import Status, Value
from app.schema import Shot
from app.schema.paths import leaves
from app.vocab import Vocabulary


def told(shot: Shot, number: int, vocabulary: Vocabulary, field: str = "") -> Iterator[Value]:
    """Yield a value for each that a shot says; `field` is what its file calls them all, else each by its path."""
    for path, value in leaves(shot).items():
        for one in value if isinstance(value, tuple) else (value,):
            words = one["words"] if isinstance(one, dict) else str(one)
            term = one if isinstance(one, str) and one in vocabulary.terms else ""
            status: Status = "typed" if term or not isinstance(one, dict | str) else "free"
            yield Value(shot=number, field=field or path, value=words, status=status, path=path, term=term)
