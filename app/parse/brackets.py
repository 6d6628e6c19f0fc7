"""Takes the weights off a prompt of tags: `(word:1.2)`, `((word))`, `[word]`, BREAK. Every letter keeps its place."""

import re
from typing import NamedTuple

WEIGHT = re.compile(r":\s*(\d+(?:\.\d+)?)\s*$")
BREAK = re.compile(r"\bBREAK\b")
STEP = 1.1
"""What one pair of round brackets multiplies by; a square one divides."""


class Weighed(NamedTuple):
    """A text without its weights, as long as before, and what the letters from `start` to `end` weigh."""

    text: str
    weights: tuple[tuple[int, int, float], ...]


def weighed(text: str) -> Weighed:
    """Blank out brackets and weights, and return them beside the text."""
    letters = list(text)
    stack: list[tuple[str, int]] = []
    found: list[tuple[int, int, float]] = []
    at = 0
    while at < len(text):
        one = text[at]
        if one == "\\" and text[at + 1 : at + 2] in {"(", ")", "[", "]", "\\"}:
            letters[at] = " "
            at += 1
        elif one in "([":
            stack.append((one, at))
        elif one in ")]" and stack and stack[-1][0] == ("(" if one == ")" else "["):
            _close(letters, text, stack.pop()[1], at, found)
        at += 1
    for match in BREAK.finditer(text):
        letters[match.start() : match.end()] = ",    "
    return Weighed("".join(letters), tuple(found))


def is_tags(text: str) -> bool:
    """Tell tags from prose: weights, or many short pieces between commas and no sentence."""
    if ("BREAK" in text or "(" in text) and (WEIGHED.search(text) or "((" in text or BREAK.search(text)):
        return True
    pieces = text.split(",")
    if len(pieces) < 5 or SENTENCE.search(text):
        return False
    short = sum(len(piece.split()) <= 5 for piece in pieces[:200])
    return short >= 0.8 * min(len(pieces), 200)


SENTENCE = re.compile(r"[.!?]\s+[A-Z]")
WEIGHED = re.compile(r"\([^()\n]{1,200}:\s*\d+(?:\.\d+)?\s*\)")


def _close(letters: list[str], text: str, start: int, end: int, found: list[tuple[int, int, float]]) -> None:
    square = text[start] == "["
    number = None if square else WEIGHT.search(text, max(start, end - 12), end)
    factor = float(number[1]) if number else 1 / STEP if square else STEP
    stop = number.start() if number else end
    letters[start] = letters[end] = " "
    letters[stop:end] = " " * (end - stop)
    found.append((start + 1, stop, factor))
