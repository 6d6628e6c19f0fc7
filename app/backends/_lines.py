"""What a worker process says: an object of JSON a line; anything else that comes out of it is passed over."""

import json
from collections.abc import Iterator
from functools import partial
from typing import IO, Any

LINE_BYTES = 64 * 1024
"""A line that is longer is none of a worker's."""


def lines(pipe: IO[bytes]) -> Iterator[dict[str, Any]]:
    """Read what a worker says, line by line, until it ends; a line that says nothing is empty."""
    return map(said, iter(partial(pipe.readline, LINE_BYTES), b""))


def said(line: bytes) -> dict[str, Any]:
    """Return what a line says, or nothing where it is no object of JSON."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
