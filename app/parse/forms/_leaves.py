"""The values of a JSON document, each with its path and with the letters that hold it."""

import json
import re
from collections.abc import Iterator
from math import isfinite
from typing import Any, NamedTuple

from app.errors import BadInputError

Key = str | int

TOKEN = re.compile(r'\s*+(?:([{}\[\]:,])|("(?:[^"\\]++|\\.)*+")|([^\s{}\[\]:,"]++))', re.DOTALL)
ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}|.)", re.DOTALL)
PAIR = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")
UNREADABLE = re.compile("[\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

MAX_DEPTH = 64
MAX_LEAVES = 200_000
MAX_KEY = 80
MAX_NUMBER = 40
"""A number with more digits is kept as words."""


CONSTANTS: dict[str, Any] = {
    "true": True,
    "false": False,
    "null": None,
    "NaN": None,
    "Infinity": None,
    "-Infinity": None,
}


class Leaf(NamedTuple):
    """A value that holds no other, the keys that lead to it, and where it stands; of a string, what its quotes hold."""

    path: tuple[Key, ...]
    value: Any
    start: int
    end: int

    @property
    def key(self) -> str:
        """The nearest key that is a name."""
        return next((key for key in reversed(self.path) if isinstance(key, str)), "")

    @property
    def dotted(self) -> str:
        """The whole path with dots."""
        return ".".join(map(str, self.path))


def leaves_of(text: str, start: int, end: int) -> list[Leaf]:
    """Return the values of a JSON document. Raises BadInputError, with the line, for one that breaks off."""
    try:
        json.loads(text[start:end], strict=False, parse_int=str, parse_float=str)
    except json.JSONDecodeError as error:
        line = error.lineno + text.count("\n", 0, start)
        raise BadInputError(f"The JSON breaks in line {line}: {error.msg}.", hint="Paste it whole.") from None
    except RecursionError:
        raise BadInputError("The JSON is nested too deeply to be a prompt.") from None
    found = []
    for leaf in _walk(text, start, end):
        found.append(leaf)
        if len(found) > MAX_LEAVES:
            raise BadInputError(f"The JSON holds more than {MAX_LEAVES:,} values.", hint="No prompt does.")
    return found


def letters(raw: str, start: int) -> tuple[str, list[int]]:
    """Return what a JSON string says, and where each of its letters stands; `start` is where `raw` does.

    Half characters and control characters, which no model can read, become U+FFFD.
    """
    said: list[str] = []
    places: list[int] = []
    at = 0
    for found in ESCAPE.finditer(raw):
        if found.start() < at:
            continue  # the second half of a pair
        said.append(raw[at : found.start()])
        places += range(start + at, start + found.start())
        whole = (PAIR.match(raw, found.start()) or found)[0]
        said.append(json.loads(f'"{whole}"', strict=False))
        places.append(start + found.start())
        at = found.start() + len(whole)
    said.append(raw[at:])
    places += range(start + at, start + len(raw) + 1)
    return UNREADABLE.sub("\ufffd", "".join(said)), places


def _walk(text: str, start: int, end: int) -> Iterator[Leaf]:
    """Go through a document that is known to be sound, token by token."""
    path: list[Any] = []
    # the keys that lead here; None where an object waits for its next key
    at = start
    while found := TOKEN.match(text, at, end):
        at = found.end()
        mark, string, scalar = found.groups()
        if mark in {"{", "["}:
            path.append(None if mark == "{" else 0)
            if len(path) > MAX_DEPTH:
                raise BadInputError("The JSON is nested too deeply to be a prompt.")
        elif mark in {"}", "]"}:
            path.pop()
        elif mark == ",":
            last = path[-1]
            path[-1] = last + 1 if isinstance(last, int) else None
        elif string and path and path[-1] is None:
            path[-1] = letters(string[1:-1], 0)[0][:MAX_KEY]
        elif string:
            yield Leaf(tuple(path), letters(string[1:-1], 0)[0], at - len(string) + 1, at - 1)
        elif scalar:
            yield Leaf(tuple(path), _scalar(scalar), at - len(scalar), at)


def _scalar(word: str) -> Any:
    if word in CONSTANTS:
        return CONSTANTS[word]
    if len(word) > MAX_NUMBER:
        return word
    number = float(word)
    return word if not isfinite(number) else int(word) if word.lstrip("-").isdigit() else number
