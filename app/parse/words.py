"""Splits a text into words, and says what stands between them; spelling is folded so that names meet their variants."""

import re
from functools import lru_cache, partial
from itertools import accumulate
from typing import NamedTuple
from unicodedata import combining, normalize

WORD = re.compile(r"([^\W\d_]+(?:['’\u02bc][^\W\d_]+)*|\d+(?:[.,]\d+)*)")
"""A word or a number, as a group: split by it, a text is what stands between words and the words, in turns."""

NONE, COMMA, CLAUSE, STOP = range(4)
"""What stands before a word: a blank or a hyphen, a comma or a bracket, a semicolon or a colon, a full stop."""

BREAKS = {
    **dict.fromkeys(',()[]{}|<>•*«»“”„"…—', COMMA),
    **dict.fromkeys(";:", CLAUSE),
    **dict.fromkeys(".!?\n\r\u2028\u3002\uff01\uff1f", STOP),
    **dict.fromkeys("\u3001\uff0c", COMMA),
    **dict.fromkeys("\uff1b\uff1a", CLAUSE),
}

USUAL = {f"{mark}{blank}": gap for mark, gap in BREAKS.items() for blank in ("", " ")} | {" ": NONE, "-": NONE}
"""What stands between most words; anything else is looked at letter by letter."""

SHORT = frozenset(
    {"int", "ext", "mr", "mrs", "ms", "dr", "st", "vs", "approx", "ft", "in", "deg", "sec", "min", "f", "t"}
)
"""Abbreviations: the full stop after them ends no sentence."""

ARTICLES = frozenset({"a", "an", "the"})

SPELLING = {
    "color": "colour", "colors": "colours", "colored": "coloured", "gray": "grey", "center": "centre",
    "centered": "centred", "meter": "metre", "meters": "metres", "his": "their", "her": "their", "vapor": "vapour",
    "theater": "theatre", "favorite": "favourite", "closeup": "close-up", "mid-shot": "mid shot", "ise": "ise",
    "stabilized": "stabilised", "desaturated": "desaturated", "harbor": "harbour", "jewelry": "jewellery",
    "toward": "towards", "lit-by": "lit by",
}  # fmt: skip
"""American spelling, and whose it is: "in her fifties" is said of anybody."""


class Word(NamedTuple):
    """A word or a number: folded, as written, where it stands, and what stands before it."""

    fold: str
    raw: str
    start: int
    end: int
    gap: int


def words(text: str) -> list[Word]:
    """Return the words of a text in order."""
    pieces = WORD.split(text)
    raws, betweens = pieces[1::2], pieces[2::2]
    folds = [*map(_folded, raws)]
    places = [*accumulate(map(len, pieces))]
    gaps: list[int | None] = [*map(USUAL.get, betweens)]
    for at in [at for at, gap in enumerate(gaps) if gap is None or gap == STOP]:
        gaps[at] = _gap(betweens[at], folds, at)
    fields = zip(folds, raws, places[::2], places[1::2], (NONE, *gaps), strict=False)
    return [*map(partial(tuple.__new__, Word), fields)]  # what `Word._make` does, without a call for each word


@lru_cache(maxsize=16384)
def _folded(raw: str) -> str:
    plain = raw.casefold()
    if not plain.isascii():
        plain = "".join(one for one in normalize("NFKD", plain) if not combining(one))
    plain = plain.replace("'", "").replace("’", "").replace("\u02bc", "")
    return SPELLING.get(plain, plain)


def _gap(between: str, folds: list[str], before: int) -> int:
    """Say what stands between two words; `before` is the place of the first one."""
    if between in USUAL:
        found = USUAL[between]
    elif between in {" - ", " – "}:
        return COMMA
    else:
        found = max((BREAKS.get(one, NONE) for one in between), default=NONE)
    return NONE if found == STOP and between.strip() == "." and _is_short(folds, before) else found


def _is_short(folds: list[str], at: int) -> bool:
    """Tell whether a full stop behind a word ends no sentence; an inch follows a number, "pushes in." does not."""
    return folds[at] in SHORT and (folds[at] != "in" or (at > 0 and folds[at - 1][0].isdigit()))
