"""Reads what opens with a word of its own and is kept as it stands: "motivated by", "in the background", "focus on".

These words are taken before any name is looked for, so that rain on a window in the background is no weather.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from typing import NamedTuple

from app.match.kinds import PERSONS
from app.match.tables import bag
from app.parse.draft import MAX_IDS
from app.parse.names import names_of
from app.parse.page import CLAUSE, COMMA, NONE, READ, STOP, Page, Piece
from app.parse.parsed import Free

PLANES = frozenset({"background", "foreground", "midground"})

DERIVED = frozenset(
    {
        "everything is sharp from front to back",
        "the background is a little soft",
        "the background falls out of focus",
        "the background melts into blur",
        "treat each reference as having authority over its own layer only",
    }
)
"""Sentences that follow from numbers said elsewhere: nothing is read from them, and no box keeps them."""

DERIVED_FROM = frozenset(one.partition(" ")[0] for one in DERIVED)
"""Their first words."""

USE = re.compile(
    r"Use (?:@?image ?)(?P<number>\d+)(?: \((?P<shows>[^)]*)\))? as an? (?P<role>[A-Za-z ]+?) reference"
    r"(?: for (?P<of>[^:;.]+))?(?:: take (?P<take>[^;.]+))?(?:; leave out (?P<ignore>[^.;]+))?",
    re.IGNORECASE,
)
"""One line of a list of references."""


class Opening(NamedTuple):
    """Words that open a field, from `start`; its own words go from `first` to before `end`."""

    start: int
    first: int
    end: int


def read_openings(page: Page) -> None:
    """Take what opens with a word of its own out of all that is read further."""
    _references(page)
    for piece in page.pieces:
        if page.within == "mood" and piece.gap == CLAUSE and piece.start:
            page.tell("intent.says", piece.start, len(page.words))
            return
        if not piece.said.isdisjoint(OPENERS):
            _open(page, piece)
        if (piece.gap >= STOP or piece.start == 0) and page.folded[piece.start] in DERIVED_FROM:
            _derived(page, piece)


def _open(page: Page, piece: Piece) -> None:
    for at, fold in enumerate(page.folded[piece.start : piece.end], piece.start):
        if fold in OPENERS and page.state[at] != READ:
            OPENERS[fold](page, piece, at)


def _planes(page: Page, piece: Piece, at: int) -> None:
    """Read "in the background, dark glass" to the end of the clause, and "a tower in the background" before it."""
    plane = page.fold(at + 2)
    if page.fold(at + 1) != "the" or plane not in PLANES or page.within == "framing":
        return
    path, last = f"place.{plane}", at + 3
    if at == piece.start and last < len(page.words) and page.words[last].gap == COMMA:
        end = last
        while end < len(page.words) and (end == last or page.words[end].gap < CLAUSE):
            end += 1
        page.draft.tell(path, page.wording(last, end), page.span(at, end))
        page.mark(at, end)
    elif at > piece.start and last >= piece.end and page.within in {"", "place"}:
        start = piece.start
        while start < at and page.fold(start) in {"and", "with"}:
            start += 1
        if not any(page.fold(one) in DENY or page.fold(one) in SOMEBODY for one in range(start, at)):
            page.draft.tell(path, page.wording(start, at), page.span(start, last))
            page.mark(start, last)


SOMEBODY = PERSONS - bag("people men women children crowd figure family guests friends")
"""Who stands in the background alone is somebody; of several people the place is full."""

DENY = frozenset({"no", "without", "not", "never"})


def _motivated(page: Page, piece: Piece, at: int) -> None:
    if page.fold(at + 1) == "by" and at + 2 < piece.end:
        page.later[at] = Opening(at, at + 2, piece.end)
        page.mark(at, piece.end)


def _focus(page: Page, piece: Piece, at: int) -> None:
    """Read "focus on her near eye"."""
    if page.fold(at + 1) != "on" or at + 2 >= piece.end:
        return
    first = at + 2
    raw = page.words[first].raw.casefold()
    held = page.draft.has("subjects", raw)
    if held and first + 1 == piece.end:
        page.say("camera.focus.on", raw, at, piece.end)
    else:
        page.draft.tell("camera.focus.on", page.wording(first, piece.end), page.span(at, piece.end))
        page.mark(at, piece.end)


def _close(page: Page, piece: Piece, at: int) -> None:
    """Read "Close on her hands", as a screenplay calls the size."""
    if at == piece.start and piece.gap in {NONE, STOP} and page.fold(at + 1) == "on" and at + 2 < piece.end:
        page.say("camera.size", "camera.size.cu", at, at + 2)


def _with(page: Page, piece: Piece, at: int) -> None:
    """Read the props that close a scene: "; with a lamp, a table and two chairs"."""
    if page.within != "place" or at != piece.start or piece.gap != CLAUSE:
        return
    end = at + 1
    while end < len(page.words) and (end == at + 1 or page.words[end].gap < CLAUSE):
        end += 1
    for first, last in _list(page, at + 1, end):
        page.draft.tell("place.props", page.wording(first, last), page.span(first, last))
    page.mark(at, end)


def _list(page: Page, start: int, end: int) -> Iterator[tuple[int, int]]:
    first = start
    for at in range(start + 1, end + 1):
        if at == end or page.words[at].gap >= COMMA or page.fold(at) == "and":
            if first < at:
                yield first, at
            first = at + 1 if at < end and page.fold(at) == "and" and page.words[at].gap < COMMA else at


def _composed(page: Page, piece: Piece, at: int) -> None:
    """Read "composed for a 2.39:1 extraction": the shape that the frame is composed for."""
    for one, start, end in piece.numbers:
        if at < start < piece.end and one.unit == "ratio" and "extraction" in page.folds(end, piece.end):
            page.say("framing.aspect", round(one.value, 4), at, piece.end)


OPENERS: dict[str, Callable[[Page, Piece, int], None]] = {
    "in": _planes,
    "motivated": _motivated,
    "focus": _focus,
    "focused": _focus,
    "with": _with,
    "composed": _composed,
    "close": _close,
}


def _derived(page: Page, piece: Piece) -> None:
    end, last = piece.start + 1, min(piece.start + 13, len(page.words))
    while end < last and page.words[end].gap < STOP:
        end += 1
    if end - piece.start <= 12 and " ".join(page.folds(piece.start, end)) in DERIVED:
        one = page.span(piece.start, end)
        page.draft.free.append(Free(one.start, one.end, one.text))
        page.mark(piece.start, end)


def _references(page: Page) -> None:
    """Read the lines that say what each reference picture is for."""
    if "reference" not in page.text:
        return
    for match in USE.finditer(page.text):
        names = names_of(page.draft.vocabulary)
        role = next((one.term for one in names.of(match["role"]) if one.facet == "reference.role"), "")
        if not role:
            continue
        at = f"references.image_{match['number'][:4]}"
        if len(page.draft.ids["references"]) >= MAX_IDS:
            return
        start, end = _words(page, *match.span())
        page.say(f"{at}.role", role, start, end)
        for key in ("shows", "of", "take", "ignore"):
            if match[key]:
                _of_reference(page, f"{at}.{key}", match, key)


def _of_reference(page: Page, path: str, match: re.Match[str], key: str) -> None:
    start, end = _words(page, *match.span(key))
    if start >= end:
        return
    if key == "shows":
        page.tell(path, start, end)
    elif key == "of":
        name = match[key].strip().casefold().replace(" ", "_")
        if page.draft.has("subjects", name):
            page.say(path, name, start, end)
    else:
        for first, last in _list(page, start, end):
            senses = names_of(page.draft.vocabulary).of(page.wording(first, last))
            term = next((one.term for one in senses if one.facet == "reference.aspect"), "")
            if term:
                page.say(path, term, first, last)
            else:
                page.tell(path, first, last)


def _words(page: Page, start: int, end: int) -> tuple[int, int]:
    first = bisect_left(page.words, start, key=lambda word: word.start)
    last = bisect_right(page.words, end, key=lambda word: word.end)
    return (first, last) if first < last else (0, 0)


__all__ = ["NONE", "Opening", "read_openings"]
