"""Orders what a query found by relevance: BM25 over the words, those of a shot's own name counting for more."""

from collections.abc import Sequence
from math import log

from app.library.query import Words
from app.library.search_tokens import BREAK

K1, B = 1.2, 0.75
"""Robertson and Zaragoza, The Probabilistic Relevance Framework (2009): the usual values."""

OWN_NAME = 4
"""A word in slate or name counts as so many in the text."""


def ranked(words: Sequence[Words], tokens: Sequence[str]) -> list[int]:
    """Return the places of entries by how well they answer, the best first; equal ones stay in their order.

    How rare a word is, and how long a text is on average, is counted over these entries alone.
    """
    texts = [_text(one) for one in tokens]
    lengths = [text.count(" ") for _, text in texts]
    mean = sum(lengths) / len(lengths) if lengths else 1
    scores = [0.0] * len(texts)
    for one in words:
        wanted = f" {' '.join(one.words)}" + ("" if one.begins else " ")
        counts = [text.count(wanted) + (OWN_NAME - 1) * name.count(wanted) for name, text in texts]
        having = sum(map(bool, counts))
        rare = log(1 + (len(texts) - having + 0.5) / (having + 0.5))
        for at, count in enumerate(counts):
            if count:
                scores[at] += rare * count * (K1 + 1) / (count + K1 * (1 - B + B * lengths[at] / mean))
    return sorted(range(len(texts)), key=lambda at: (-scores[at], at))


def _text(tokens: str) -> tuple[str, str]:
    """Return the words of slate and name, which are the first text, and all words."""
    text = f" {tokens} "
    return text[: text.find(f" {BREAK} ") + 1], text[: text.rfind(f" {BREAK} ") + 1]
