"""Groups of words inside a sentence: where one ends, and whether it names what is worn or a place."""

from app.parse.departments import GARMENTS, LEADING, PLACES, THINGS
from app.parse.names import names_of
from app.parse.page import Page
from app.parse.verbs import VERBS, WHERE, does

PRONOUNS = frozenset({"he", "she", "they", "it", "who"})


def noun_end(page: Page, at: int, end: int) -> int:
    """Return where a group of words ends: before the next preposition or joining word."""
    end = min(end, at + 12)
    while at < end and page.fold(at) not in LEADING:
        at += 1
    return at


def is_wardrobe(page: Page, start: int, end: int) -> bool:
    """Tell whether a group of words names what is worn."""
    stop = noun_end(page, start, end)
    for at in range(start, stop):
        fold = page.fold(at)
        if (fold in GARMENTS or fold.removesuffix("s") in GARMENTS) and (at >= stop - 2 or page.fold(at + 1) in VERBS):
            return True
    return False


def names_place(page: Page, start: int, end: int) -> bool:
    """Tell whether a group of words, or the one behind its preposition, ends with a noun for where something is."""
    stop = noun_end(page, start + 1, end) if page.fold(start) in WHERE else noun_end(page, start, end)
    said = page.folds(start, stop)
    return any(one in PLACES or (one.endswith("s") and one[:-1] in PLACES) for one in said[-2:])


def is_place(page: Page, start: int, end: int) -> bool:
    """Tell whether words without a preposition are a place: "cobblestone street"."""
    stop = noun_end(page, start, end)
    last = page.fold(stop - 1)
    if last in THINGS or page.fold(start) in PRONOUNS:
        return False
    if any(does(page, at, opening=False) for at in range(start + 1, stop)):  # a florist locks her shop
        return False
    senses = names_of(page.draft.vocabulary).of_word(last)
    named = any(one.facet == "place.location" and one.rank < 2 and not one.everyday for one in senses)
    return named or last in PLACES or last.removesuffix("s") in PLACES
