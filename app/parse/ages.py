"""Reads how old somebody is: "a 12-year-old boy", "Mara, sixty-three", "in her mid-forties". The words stay as told."""

from functools import cache

from app.match.numbers import SPELT
from app.parse.page import COMMA, NONE, TOLD, UNREAD, Page, Piece
from app.vocab import Vocabulary

TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
DECADES = {f"{name[:-1]}ies": value for name, value in TENS.items()}
PARTS = {"early": 2, "mid": 5, "middle": 5, "late": 8}
"""How far into a decade somebody is."""

TOLD_BY = frozenset({"year", "years", "aged", *DECADES})
"""Words without which no age is told, unless it stands alone behind a name."""

OLDEST = 110


def read_ages(page: Page, piece: Piece) -> None:
    """Say the age of whom a piece names, or of the one named just before it."""
    alone = _follows_a_name(page, piece)
    if not alone and TOLD_BY.isdisjoint(piece.said):
        return
    for at in range(piece.start, piece.end):
        fold = page.folded[at]
        if fold in {"year", "years"} and page.fold(at + 1) == "old":
            _say(page, piece, _years(page, at - 1), (at - 1, at + 2), _beside(page, piece, at + 2))
        elif fold == "aged" or (alone and at == piece.start):
            first = at + (fold == "aged")
            end = first + 1 + (page.fold(first) in TENS and page.fold(first + 1) in SPELT)
            if end == piece.end:
                _say(page, piece, _years(page, end - 1), (at, end), _before(page, piece, at))
        elif fold in DECADES and page.fold(at - 1) in PARTS and page.fold(at - 2) != "the":
            years = DECADES[fold] + PARTS[page.fold(at - 1)]
            _say(page, piece, years, (at - 1, at + 1), _before(page, piece, at - 1))


def is_age(page: Page, at: int) -> bool:
    """Tell whether an age and no more stands behind the comma before a word: "Mara, 34, a baker"."""
    fold, after = page.fold(at), page.fold(at + 1)
    wide = (fold in TENS and after in SPELT) or (fold in PARTS and after in DECADES)
    end = at + 1 + wide
    whole = end >= len(page.words) or page.words[end].gap != NONE
    return whole and (wide or fold in TENS or (fold.isdecimal() and len(fold) <= 2))


def _say(page: Page, piece: Piece, years: int, words: tuple[int, int], who: str) -> None:
    start, end = words
    term = _bands(page.draft.vocabulary).get(years, "") if who else ""
    if term and start >= 0 and not page.is_read(start, end):
        page.say(f"subjects.{who}.age", term, start, end, TOLD)
        if UNREAD not in page.state[piece.start : piece.end]:
            page.tell(f"subjects.{who}.description", start, end)


def tells_more(words: str) -> bool:
    """Tell whether a description says more than an age."""
    said = set(words.casefold().replace("-", " ").replace(",", " ").split())
    return any(not one.isdecimal() for one in said - TENS.keys() - SPELT.keys() - PARTS.keys() - DECADES.keys())


def _years(page: Page, last: int) -> int:
    """Return the number of which this is the last word, or -1."""
    fold, before = page.fold(last), page.fold(last - 1)
    if fold.isdecimal() and len(fold) <= 3:
        return int(fold)
    ones = int(SPELT.get(fold, 0)) if fold not in {"a", "half"} else 0
    return TENS.get(fold) or (TENS[before] + ones if before in TENS and ones else ones) or -1


def _beside(page: Page, piece: Piece, at: int) -> str:
    """Return who is named just after an age, or before it where nothing follows: "a boy, 12 years old"."""
    found = next((page.met[one] for one in range(at, min(at + 4, piece.end)) if one in page.met), "")
    return found or (_before(page, piece, at) if at == piece.end else "")


def _before(page: Page, piece: Piece, at: int) -> str:
    """Return who is named before an age: in the piece itself, else right before its comma."""
    here = [page.met[one] for one in range(piece.start, at) if one in page.met]
    return here[-1] if here else page.draft.hero if _follows_a_name(page, piece) else ""


def _follows_a_name(page: Page, piece: Piece) -> bool:
    return piece.gap == COMMA and piece.start - 1 in page.met


@cache
def _bands(vocabulary: Vocabulary) -> dict[int, str]:
    """Return the term of each age in years: of those that hold it, the narrowest."""
    found: dict[int, tuple[float, str]] = {}
    for term in vocabulary.facets["subject.age"].terms:
        low, high = term.numbers.get("years_min_y"), term.numbers.get("years_max_y")
        if low is not None and high is not None:
            for years in range(int(low), min(int(high), OLDEST) + 1):
                found[years] = min(found.get(years, (OLDEST, "")), (high - low, term.id))
    return {years: term for years, (_, term) in found.items()}
