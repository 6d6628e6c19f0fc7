"""Finds the people that a sentence names, by a noun, a name or a pronoun, and gives each an id."""

import re
from itertools import islice
from unicodedata import normalize

from app.match.kinds import PERSONS
from app.match.tables import bag
from app.parse.ages import is_age, tells_more
from app.parse.callings import COUNTS, PLACED, TITLES, TONES, pronoun
from app.parse.departments import JOINING, NOT_A_PERSON, PLACES, SMALL
from app.parse.draft import MAX_IDS
from app.parse.groups import is_wardrobe
from app.parse.names import names_of
from app.parse.page import CLAUSE, COMMA, NONE, READ, STOP, Page, Piece
from app.parse.verbs import VERBS, WHERE, is_verb
from app.parse.words import ARTICLES

NAMING = PERSONS | {"he", "she", "who"}
"""Words that name somebody without a capital."""


def meet(page: Page, piece: Piece) -> None:
    """Find the people that a piece names, before anything is said of them; the first one is whom it is about."""
    first = ""
    for at, (fold, raw, _, _, _) in enumerate(page.words[piece.start : piece.end], piece.start):
        if (fold[-1] in "sn" and fold.endswith(("man", "men", "s"))) or fold in NAMING or raw[0].isupper():
            found = _met(page, piece, at) if page.state[at] != READ else ""
            if found:
                page.met[at] = found
                first = first or found
    if first and not (page.draft.hero and piece.start not in page.met and is_verb(page, piece.start, opening=True)):
        page.draft.hero = first


def _called(page: Page, at: int) -> str:
    """Return whom "he" or "she" means: who was named last, and is not known to be called otherwise."""
    fold, people = page.folded[at], page.draft.people
    found = next((name for name in islice(reversed(people), MAX_IDS) if people[name] in {"", fold}), "")
    if not found and page.draft.hero not in people:
        found = page.draft.hero
    found = found or free_name(page, "subject")
    if found:
        people[found] = fold
    return found


def _met(page: Page, piece: Piece, at: int) -> str:
    """Return the id of whom a word names, or nothing."""
    fold = page.folded[at]
    if fold in {"he", "she"}:
        return _called(page, at)
    if fold == "who":
        return next(reversed(page.draft.people), "")
    if is_name(page, at) and not (at > piece.start and at - 1 in page.met and page.words[at - 1].raw[0].isupper()):
        name = _introduced(page, piece, at) or identifier(page.words[at].raw)
        return _remembered(page, name, "") if page.draft.admits("subjects", name) else ""
    head = noun_of(page, at, at + 1)
    if not head or (page.fold(at + 1) in PERSONS and page.words[at + 1].gap == NONE):
        return ""
    return "" if page.fold(at - 2) == "like" else _remembered(page, _of_noun(page, piece, at, head), head)


def _of_noun(page: Page, piece: Piece, at: int, head: str) -> str:
    """Return the id of whom a noun names: somebody met before, or somebody new."""
    before = page.folds(max(at - 4, piece.start), at)
    again = not {"a", "an", "another"} & set(before) and at > 0
    if _goes_on(page, piece, at) or (again and page.draft.hero == identifier(head)):
        return page.draft.hero
    if again and page.draft.has("subjects", identifier(head)):
        return identifier(head)
    return free_name(page, head)


def _introduced(page: Page, piece: Piece, at: int) -> str:
    """Return whom a name alone between two commas names: "an old man, Mr. Abernathy, reads"."""
    lone = piece.end == at + 1 < len(page.words) and page.words[piece.end].gap == piece.gap == COMMA
    before = next((page.met[one] for one in range(piece.start - 1, piece.start - 6, -1) if one in page.met), "")
    named = f"subjects.{before}.name" in page.draft.held
    return before if lone and not named and set(page.folds(piece.start, at)) <= TITLES else ""


def _remembered(page: Page, name: str, noun: str) -> str:
    """Note that somebody was named, by this noun or by name."""
    people = page.draft.people
    before = people.pop(name, "")
    if name:
        people[name] = pronoun(noun) or before
    return name


def _goes_on(page: Page, piece: Piece, at: int) -> bool:
    """Tell whether a noun for a person says more of the one before: "Mara, a keeper of the light"."""
    hero = page.draft.hero
    if not hero:
        return False
    if page.within == "subject":
        return piece.gap < STOP and piece.start > 0
    told = tells_more(page.draft.held.get(f"subjects.{hero}.description", ""))
    named = f"subjects.{hero}.name" in page.draft.held
    here = [one for one in range(piece.start, at) if one in page.met]
    apposition = piece.gap == COMMA and named and not told and not here
    told_of = bool(here) and page.fold(here[-1] + 1) in ARTICLES | {"is", "was", "s", "as", "named", "called"}
    return apposition or (told_of and not {"and", "with", "to"} & set(page.folds(here[-1], at)) and not told)


def free_name(page: Page, stem: str) -> str:
    """Return an id that no subject has: woman, then woman_2; where there is no room for more, the last one."""
    name = identifier(stem) or "subject"
    found = page.draft.free_id("subjects", name)
    if found:
        page.draft.ids["subjects"].setdefault(found, "")
    return found or page.draft.hero


def is_name(page: Page, at: int) -> bool:
    """Tell whether a capital makes a name of a word: in the middle of a sentence, or before a verb or an apposition."""
    word = page.words[at]
    if not word.raw[0].isupper() or word.raw.isupper() or not word.raw.isalpha() or word.fold in COMMON:
        return False
    if names_of(page.draft.vocabulary).of_word(word.fold) or word.fold in PERSONS or word.fold in PLACES:
        return False
    if f"subjects.{identifier(word.raw)}.name" in page.draft.held:
        return True
    told = _after_a_word(page, at) if at and word.gap == NONE else None
    return _before_a_verb(page, at) if told is None else told


def _after_a_word(page: Page, at: int) -> bool | None:
    """Tell whether a capital behind another word is a name's; None where what follows has to tell."""
    before, raw = page.fold(at - 1), page.words[at - 1].raw
    if before in PLACED or len(before) == 1 or before.isdigit():
        return False
    if before == "by" or (before == "of" and page.fold(at - 2) in TONES):  # whose manner it is
        return False
    if before in TITLES and raw[0].isupper():
        return True
    if page.fold(at) in TITLES and _is_capital(page, at + 1):
        return False
    return None if before in ARTICLES else raw.islower() or before == "and"


def _before_a_verb(page: Page, at: int) -> bool:
    """Tell whether a capital that opens a sentence or a piece is a name's, by what follows."""
    after, word = page.fold(at + 1), page.words[at]
    gap = page.words[at + 1].gap if at + 1 < len(page.words) else CLAUSE
    if gap == NONE:
        if word.fold in TITLES or after in JOINING:
            return after == "and" and _is_capital(page, at + 2)
        return after in VERBS or (after.endswith("s") and not after.endswith(("ss", "us")))
    if gap != COMMA:
        return False
    dressed = after == "in" and (page.fold(at + 2) == "their" or is_wardrobe(page, at + 2, at + 8))
    told = after in ARTICLES or after == "wearing" or dressed or is_age(page, at + 1)
    return told or (word.gap == COMMA and is_verb(page, at + 1, opening=True))


def _is_capital(page: Page, at: int) -> bool:
    raw = page.words[at].raw if at < len(page.words) and page.words[at].gap == NONE else "-"
    return raw[0].isupper() and raw[1:].islower()


COMMON = bag(
    """
    i the a an he she they it we you this that these those there here in on at and but or when while as with from by
    his her their its no not all some every each soft hard warm cool cold dark bright low high wide close
    one two three four five six seven eight nine ten both nobody nothing something everything everyone somebody camera
    angle
    """
)


def noun_of(page: Page, start: int, end: int) -> str:
    """Return the noun for a person in a group of words, or nothing."""
    for at in range(start, end):
        fold = page.fold(at)
        if fold == "model":
            return "" if _is_small(page, at) else fold
        if fold in PERSONS or (len(fold) > 6 and fold.endswith(("man", "men"))):
            return fold
        if fold[-1:] == "s" and fold[:-1] in PERSONS and page.fold(at - 1) in COUNTS and not _is_small(page, at):
            return fold
        if fold in WHERE and at > start:
            return ""
    return ""


def _is_small(page: Page, at: int) -> bool:
    """Tell the model of a ship from somebody who poses."""
    beside = at + 1 < len(page.words) and page.words[at + 1].gap == NONE
    if not page.folded[at].startswith("model"):
        return False
    return page.fold(at - 1) in SMALL or (beside and page.fold(at + 1) in NOT_A_PERSON | {"of"})


def identifier(words: str) -> str:
    """Return words as an id: small letters and digits with _ between them, 40 at most; nothing where none is left."""
    plain = words if words.isascii() else normalize("NFKD", words).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "_", plain.casefold()).strip("_").lstrip("0123456789_")[:40].rstrip("_")
    return "" if name == "words" else name
