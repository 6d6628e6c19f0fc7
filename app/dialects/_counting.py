"""How long a text is, in the unit that a model counts in."""

import re
from functools import cache, lru_cache
from importlib import import_module
from typing import Any

from app.vocab.targets import Limit

PIECE = re.compile(r"[^\W\d_]+|\d|[^\w\s]", re.UNICODE)
"""What a tokenizer cuts a text into before it looks words up: runs of letters, single digits, single signs."""

LETTERS_A_TOKEN = 6
"""A run of letters longer than this is most likely more than one token (an estimate, for English)."""

UNITS = {"characters": "characters", "utf16": "UTF-16 units", "words": "words", "tokens": "tokens"}


def length(text: str, limit: Limit) -> int:
    """Return the length of a text in the unit of a limit; see `is_exact` for tokens."""
    if limit.unit == "characters":
        return len(text)
    if limit.unit == "utf16":
        return len(text.encode("utf-16-le", "surrogatepass")) // 2
    if limit.unit == "words":
        return len(text.split())
    clip = _clip() if limit.by == "clip" else None
    return len(clip.encode(text.encode("utf-8", "replace").decode())) if clip else tokens(text)


def is_exact(limit: Limit) -> bool:
    """Tell whether a length is counted rather than estimated: tokens are where CLIP's own tokenizer is installed."""
    return limit.unit != "tokens" or (limit.by == "clip" and _clip() is not None)


@cache
def _clip() -> Any:
    """Return CLIP's tokenizer, or None where its package has no build for this machine."""
    try:
        return import_module("instant_clip_tokenizer").Tokenizer()
    except ImportError:
        return None


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
