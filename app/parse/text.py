"""Reads a whole text: finds out how it is written, and reads each piece."""

import re
from collections.abc import Iterator
from itertools import accumulate
from math import log
from typing import NamedTuple

from app.errors import BadInputError
from app.parse.brackets import is_tags, weighed
from app.parse.departments import LABELS
from app.parse.draft import Draft
from app.parse.negative import read_negative
from app.parse.parsed import Free, Parsed
from app.parse.prose import read_prose
from app.vocab import Vocabulary

MAX_CHARS = 100_000
"""A text beyond this is no prompt."""

LABEL = re.compile(
    r"(?:^|(?<=[\n.;]))[ \t>*#-]*(?P<name>[A-Za-z][A-Za-z /&'-]{1,30}?)\**[ \t]*:\**(?=\s|$)", re.MULTILINE
)


SHORT = 30
"""So many words before the first label say what the picture is: "Film still, medium close-up"."""


class Block(NamedTuple):
    """A stretch of the text that belongs to one department; `label` says where its own words begin."""

    within: str
    start: int
    end: int


def parse(text: str, vocabulary: Vocabulary) -> Parsed:
    """Read prose, tags or labelled blocks to one shot.

    Raises BadInputError beyond 100,000 characters. Whatever else stands in the text, a shot comes back.
    """
    if len(text) > MAX_CHARS:
        raise BadInputError(f"The text holds {len(text):,} characters.", hint=f"A prompt has at most {MAX_CHARS:,}.")
    draft = Draft(vocabulary)
    blocks = list(_blocks(text))
    tags = len(blocks) == 1 and is_tags(text)
    plain = weighed(text) if tags else None
    for block in blocks:
        piece = (plain.text if plain else text)[block.start : block.end]
        _read(block, piece, vocabulary, draft)
    if plain:
        _pin(draft, plain.weights, len(text))
        draft.spans = [one._replace(text=text[one.start : one.end]) for one in draft.spans]
        draft.free = [Free(one.start, one.end, text[one.start : one.end]) for one in draft.free]
    return draft.parsed("tags" if tags else "labels" if len(blocks) > 1 else "prose")


def _read(block: Block, piece: str, vocabulary: Vocabulary, draft: Draft) -> None:
    if not piece.strip():
        return
    if block.within == "negative":
        read_negative(piece, vocabulary, block.start, draft)
    elif block.within == "derived":
        stripped = piece.strip()
        start = block.start + piece.index(stripped)
        draft.free.append(Free(start, start + len(stripped), stripped))
        draft.notes.append("What the light reads follows from the lamps, so those words are not kept.")
    else:
        read_prose(piece, vocabulary, block.start, block.within, draft)


def _blocks(text: str) -> Iterator[Block]:
    """Cut a text at its labels; what stands before the first one has none."""
    found = [match for match in LABEL.finditer(text) if _folded(match["name"]) in LABELS] if ":" in text else []
    if not found:
        yield Block("", 0, len(text))
        return
    before = text[: found[0].start()]
    if before.strip():
        yield Block("frame" if len(before.split()) <= SHORT else "", 0, found[0].start())
    for match, after in zip(found, [*found[1:], None], strict=True):
        end = after.start() if after else len(text)
        yield Block(LABELS[_folded(match["name"])], match.end(), end)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _pin(draft: Draft, weights: tuple[tuple[int, int, float], ...], size: int) -> None:
    """Pin what was weighed above 1, and say what was weighed below it: a shot has no lesser weight."""
    steps = [0.0] * (size + 1)
    for start, end, factor in weights:
        steps[start] += log(factor) if factor > 0 else -10
        steps[end] -= log(factor) if factor > 0 else -10
    weighs = list(accumulate(steps))
    light: dict[str, None] = {}
    for one in draft.spans:
        if weighs[one.start] > SLIGHT:
            draft.pin(one.path)
        elif weighs[one.start] < -SLIGHT:
            light.setdefault(one.text)
    if light:
        draft.notes.append(f"A shot has no weight below 1; said plainly: {', '.join(list(light)[:20])}.")


SLIGHT = 0.001
"""Weights nearer to 1, as a logarithm, are none."""
