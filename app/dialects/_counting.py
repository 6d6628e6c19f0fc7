"""How long a text is, in the unit that a model counts in."""

import re
from functools import lru_cache

from app.vocab.targets import Limit

PIECE = re.compile(r"[^\W\d_]+|\d|[^\w\s]", re.UNICODE)
"""What a tokenizer cuts a text into before it looks words up: runs of letters, single digits, single signs."""

LETTERS_A_TOKEN = 6
"""A run of letters longer than this is most likely more than one token (an estimate, for English)."""

UNITS = {"characters": "characters", "utf16": "UTF-16 units", "words": "words", "tokens": "tokens"}


def length(text: str, limit: Limit) -> int:
    """Return the length of a text in the unit of a limit. Tokens are exact for CLIP, else an estimate."""
    if limit.unit == "characters":
        return len(text)
    if limit.unit == "utf16":
        return len(text.encode("utf-16-le", "surrogatepass")) // 2
    if limit.unit == "words":
        return len(text.split())
    return tokens(text)


def beyond(text: str, limits: list[Limit]) -> Limit | None:
    """Return the first limit that a text goes beyond, or None."""
    return next((one for one in limits if length(text, one) > one.count), None)


@lru_cache(maxsize=256)
def tokens(text: str) -> int:
    """Estimate tokens: a piece is one, each further six letters one more; in other scripts each letter is one."""
    return sum(_tokens(piece) for piece in PIECE.findall(text))


def _tokens(piece: str) -> int:
    return -(-len(piece) // LETTERS_A_TOKEN) if piece.isascii() else len(piece)


def told(limit: Limit) -> str:
    """Say a limit as a person reads it."""
    return f"{limit.count:,} {UNITS[limit.unit]}"
