"""Cuts what is left of a piece into parts, each for one box: who, wardrobe, action, gaze, where."""

from typing import NamedTuple

from app.parse.callings import PICTURES, TONES
from app.parse.departments import GARMENTS, JOINING, PLAIN
from app.parse.groups import PRONOUNS, is_place, is_wardrobe, names_place, noun_end
from app.parse.meeting import noun_of
from app.parse.page import CLAUSE, NONE, READ, STOP, UNREAD, Page, Piece
from app.parse.verbs import VERBS, WHERE, is_verb
from app.parse.words import ARTICLES


class Part(NamedTuple):
    """Words of a piece that go to one box."""

    box: str
    start: int
    end: int


WEARS = frozenset({"wearing", "wears", "dressed", "clad", "wore"})

GAZES = frozenset({"looking", "looks", "gazing", "gazes", "staring", "stares", "glancing", "glances"})

AIMS = frozenset({"at", "towards", "into"})


def unread(page: Page, piece: Piece) -> list[tuple[int, int]]:
    """Return the unbroken stretches of words in which something is still unread."""
    found, at = [], piece.start if UNREAD in page.state[piece.start : piece.end] else piece.end
    while at < piece.end:
        if page.state[at] == READ:
            at += 1
            continue
        end = at
        while end < piece.end and page.state[end] != READ:
            end += 1
        start, last = _trimmed(page, at, end, piece)
        if any(page.state[one] == UNREAD and page.fold(one) not in _idle(page, piece) for one in range(start, last)):
            found.append((start, last))
        at = end
    return found


def _idle(page: Page, piece: Piece) -> frozenset[str]:
    """Return the words that need no field: beside something that was read, also "shot", "lens" and the like."""
    return JOINING if READ in page.state[piece.start : piece.end] else PLAIN


IDLE = JOINING - ARTICLES - {"with", "in", "at", "inside", "near", "behind", "she", "he", "they", "who", "through"}
"""Words at the beginning of a stretch that lead to nothing."""


def _trimmed(page: Page, start: int, end: int, piece: Piece) -> tuple[int, int]:
    """Leave off joining words that lead to what was read already; an article and "with" stay with their noun."""
    while end > start and end < piece.end and page.fold(end - 1) in PLAIN and page.state[end - 1] == UNREAD:
        end -= 1
    while end > start and end == piece.end and page.fold(end - 1) in {"and", "with", "in", "of", "at", "the", "a"}:
        end -= 1
    while start < end and start > piece.start and page.fold(start) in IDLE and page.state[start] == UNREAD:
        start += 1
    while (
        start < end and start == piece.start and page.fold(start) in {"of", "and", "then", "to", "showing", "featuring"}
    ):
        start += 1
    return start, end


def parts_of(page: Page, piece: Piece, start: int, end: int) -> list[Part]:
    """Cut a stretch where a verb, "wearing", a gaze or a place begins."""
    if piece.department in {"place", "background", "foreground", "midground"}:
        return [Part("where", start, end)]
    parts: list[Part] = []
    box, first = _opening(page, piece, start, end), start
    for at in range(start + 1, end):
        then = _turn(page, box, at, end)
        if then:
            parts.append(Part(box, first, at))
            box, first = then, at
    parts.append(Part(box, first, end))
    return [one for one in parts if one.start < one.end]


def joined_parts(page: Page, piece: Piece, parts: list[Part]) -> list[Part]:
    """Join what some thing does to the thing itself, so that nobody who was named before does it: "smoke curling"."""
    found: list[Part] = []
    for part in parts:
        last = found[-1] if found else None
        if last and last.box == "who" and part.box == "action" and _is_other(page, piece, last):
            found[-1] = Part("who", last.start, part.end)
        else:
            found.append(part)
    return found


def _is_other(page: Page, piece: Piece, part: Part) -> bool:
    """Tell whether a part names something beside the one of whom the text speaks."""
    if any(at in page.met for at in range(part.start, part.end)) or page.fold(part.start) in PRONOUNS:
        return False
    said = page.folds(part.start, part.end)
    if page.draft.hero.partition("_")[0] in said:
        return False
    if shown_from(page, part.start, part.end) == part.end:
        return True
    return any(not one.endswith("ly") and one not in JOINING for one in said) and not is_thing(page, piece, part.start)


def shown_from(page: Page, start: int, end: int) -> int:
    """Return where what a picture shows begins, behind "a portrait of"; its end, where it is only named; else start."""
    stop = noun_end(page, start, end)
    if page.folds(start, start + 2) in (["shot", "on"], ["shot", "with"]):
        return end
    if any(page.fold(at) in PICTURES and page.fold(at + 1) in VERBS for at in range(start, stop)):
        return end
    if stop == start or page.fold(stop - 1) not in PICTURES:
        return start
    return min(stop + 1, end) if page.fold(stop) in {"of", "showing"} else end if stop == end else start


def _opening(page: Page, piece: Piece, start: int, end: int) -> str:
    """Tell in which box a stretch begins."""
    fold, hero = page.fold(start), bool(page.draft.hero)
    gazes = fold in GAZES and page.fold(start + 1) in AIMS
    named = piece.department == "action" and any(at in page.met for at in range(start, noun_end(page, start, end)))
    if piece.department in {"action", "wardrobe"} and not named:
        return piece.department
    if fold in WEARS or gazes:
        return "wardrobe" if fold in WEARS else "gaze"
    if page.within == "subject":
        return "action" if piece.gap == CLAUSE else "who"
    stop = noun_end(page, start, end)
    if hero and is_wardrobe(page, start, end) and not noun_of(page, start, stop):
        return "who" if any(at in page.met for at in range(start, stop)) else "wardrobe"
    if (hero or fold.endswith("ing")) and is_verb(page, start, opening=True):
        return "action"
    return "where" if _opens_place(page, start, end) else "who"


def _opens_place(page: Page, start: int, end: int) -> bool:
    """Tell whether a stretch says where something is."""
    if page.fold(start) in WHERE and not noun_of(page, start + 1, noun_end(page, start + 1, end)):
        if not TONES.isdisjoint((page.fold(end - 1), page.fold(start + 2))):
            return False
        return page.fold(start + 1) in ARTICLES or names_place(page, start, end)
    return not noun_of(page, start, end) and is_place(page, start, end)


def _turn(page: Page, box: str, at: int, end: int) -> str:
    """Tell which box begins at a word, or nothing where the box goes on."""
    fold = page.fold(at)
    if fold in WEARS:
        return "wardrobe"
    if fold in GAZES and page.fold(at + 1) in AIMS:
        return "gaze"
    if fold in {"and", "while", "as"} and page.fold(at + 1) not in PLAIN - ARTICLES and _meets_soon(page, at + 1, end):
        return "who"
    if box == "who" and page.within != "subject":
        return _after_who(page, at, end)
    return _after_wardrobe(page, at, end) if box == "wardrobe" else ""


def _after_who(page: Page, at: int, end: int) -> str:
    fold = page.fold(at)
    if fold == "in" and is_wardrobe(page, at + 1, noun_end(page, at + 1, end)):
        return "wardrobe"
    if is_verb(page, at, opening=False):
        return "action"
    return "where" if fold in WHERE and names_place(page, at, noun_end(page, at + 1, end)) else ""


def _after_wardrobe(page: Page, at: int, end: int) -> str:
    fold, beside = page.fold(at), page.words[at].gap == NONE and page.fold(at - 1) in GARMENTS
    if fold in VERBS and fold.endswith("s") and is_verb(page, at, opening=False):
        return "action"
    if beside and fold.endswith("s") and fold[:-1] not in GARMENTS and page.fold(at + 1) in {"to", *ARTICLES}:
        return "action"
    return "where" if fold in WHERE - {"under", "on", "in"} and names_place(page, at, end) else ""


def _meets_soon(page: Page, at: int, end: int) -> bool:
    """Tell whether somebody else is named right after a word."""
    before = [page.met[one] for one in range(max(at - 12, 0), at) if one in page.met]
    stop = min(noun_end(page, at, end) + 1, end)
    return any(one in page.met and page.met[one] not in before for one in range(at, stop))


def is_thing(page: Page, piece: Piece, start: int) -> bool:
    """Tell whether a description without a person in it opens a subject of its own: the first thing of a sentence."""
    if not page.draft.hero:
        return True
    told = (
        f"subjects.{page.draft.hero}.description" in page.draft.held
        or f"subjects.{page.draft.hero}.name" in page.draft.held
    )
    first = piece.gap == STOP and start == piece.start
    return told and first and (page.within == "subject" or page.fold(start) in {"a", "an"})
