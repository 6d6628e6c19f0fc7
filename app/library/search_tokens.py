"""What stands in the index: words of text, facts such as `tag=night`, and numbers in a form whose order is theirs.

A token holds no blank; one with a `=` or a `.` is a fact, which no word of a text can be.
"""

import re
import struct
from collections.abc import Iterable, Iterator

from app.match.search import folded

UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Kana and ideographs, which are written without blanks: each is a word of its own."""

WORD = re.compile(rf"(?=[^\W_])[{UNSPACED}]|[^\W_{UNSPACED}]+")
UNFIT = re.compile(r"[^\w.-]+")

BREAK = "="
"""Stands between two texts, so that no phrase reaches from one into the other."""

LONGEST = 64
MOST_TOKENS, MOST_CHARS = 12_000, 200_000
"""So much of one shot is found by its words; PostgreSQL keeps no more."""

LEAST = 1e-6

BUCKETS = (3, 4)
"""Digits of a number's code that name an octave, and a sixteenth of it."""


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text as they are compared: small letters, no accents, nothing but letters and digits."""
    return tuple(one[:LONGEST] for one in WORD.findall(folded(text)))


def fact(key: str, value: str) -> str:
    """Return the token of a value, `tag=night`."""
    return f"{key}={UNFIT.sub('-', value.casefold())[:LONGEST]}"


def rounded(value: float, figures: int) -> float:
    """Return a number as it is compared: to so many figures; less than a millionth is nothing."""
    return float(f"{value:.{figures}g}") if abs(value) >= LEAST else 0.0


def code(key: str, value: float, beside: int = 0) -> str:
    """Return the token of a number: eight digits in the order of the numbers. `beside`: 1 is right above it."""
    (bits,) = struct.unpack(">Q", struct.pack(">d", value + 0.0))
    bits = bits ^ 0xFFFFFFFFFFFFFFFF if bits >> 63 else bits | 1 << 63
    return f"{key}={(bits >> 32) + beside:08x}"


def value(token: str) -> float:
    """Return the number that an exact token stands for, to six figures."""
    bits = int(token.rpartition("=")[2], 16) << 32
    bits = bits & ~(1 << 63) if bits >> 63 else bits ^ 0xFFFFFFFFFFFFFFFF
    (found,) = struct.unpack(">d", struct.pack(">Q", bits))
    return float(f"{found:.6g}") + 0.0


def number(key: str, value: float) -> Iterator[str]:
    """Yield the tokens of a number: itself, and the buckets that hold it."""
    exact = code(key, value)
    at = len(key) + 1
    yield exact
    yield from (exact[: at + digits] for digits in BUCKETS)


def within(key: str, low: str, high: str, known: Iterable[str]) -> list[str]:
    """Return the tokens whose numbers lie between two codes: whole buckets inside, single numbers at the ends.

    `known` are the exact codes of the key that there are.
    """
    at = len(key) + 1
    found: dict[str, None] = {}
    for exact in known:
        if not low <= exact <= high:
            continue
        whole = (exact[: at + digits] for digits in BUCKETS)
        inside = (one for one in whole if low <= one.ljust(at + 8, "0") and one.ljust(at + 8, "f") <= high)
        found[next(inside, exact)] = None
    return list(found)


def joined(texts: Iterable[tuple[str, ...]], facts: Iterable[str]) -> str:
    """Return everything that stands in the index about one thing: its texts in their order, then its facts."""
    told = list(dict.fromkeys(facts))
    room = MOST_TOKENS - len(told)
    tokens: list[str] = []
    length = sum(map(len, told))
    for text in dict.fromkeys(texts):
        for word in (*text, BREAK):
            length += len(word)
            if len(tokens) >= room or length > MOST_CHARS:
                return " ".join([*tokens, BREAK, *told])
            tokens.append(word)
    return " ".join([*tokens, *told])
