"""Reads who a sentence is about: description, wardrobe, action, gaze and place, each kept word for word in its box."""

import re
from typing import NamedTuple

from app.match.kinds import PERSONS
from app.parse.departments import GARMENTS, JOINING, NOT_A_PERSON, PLACES, PLAIN, THINGS
from app.parse.names import names_of
from app.parse.page import CLAUSE, COMMA, NONE, READ, STOP, UNREAD, Page, Piece
from app.parse.words import ARTICLES, bag

PRONOUNS = frozenset({"he", "she", "they", "it", "who"})
VERBS = bag(
    """
    is are was stands stand sits sit walks walk looks look runs run turns turn holds hold stares waits leans lean
    enters crosses opens reads smokes drinks kneels lies dances dance cries smiles laughs steps drives rides reaches
    climbs stares gazes faces lights pours carries pulls pushes slides picks puts takes throws falls rises jumps
    sleeps eats cooks plays works watches listens grips rests writes types paints cuts opens closes comes goes
    leaves arrives approaches floats flies swims emerges appears hides waves points nods shakes breathes whispers
    says keeps wipes brushes lifts lowers kicks hugs kisses fights talks argues rings burns drifts spins moves
    glides races hurries lingers hesitates blinks
    """
)
"""Verbs as they follow a subject."""

WEARS = frozenset({"wearing", "wears", "dressed", "clad", "wore"})
GAZES = frozenset({"looking", "looks", "gazing", "gazes", "staring", "stares", "glancing", "glances"})
AIMS = frozenset({"at", "towards", "into"})
WHERE = bag(
    """
    in at on inside near by beside under outside through along across against behind before beneath above among
    """
)
NOUNS_IN_ING = bag(
    """
    evening morning building ceiling clothing ring king string spring thing something anything nothing everything
    railing wing painting sling icing during wedding parking swimming living dining being lighting framing grading
    evening
    """
)


class Part(NamedTuple):
    """Words of a piece that go to one box."""

    box: str
    start: int
    end: int


def meet(page: Page, piece: Piece) -> None:
    """Find the people that a piece names, before anything is said of them; the first one is whom it is about."""
    first = ""
    for at, word in enumerate(page.words[piece.start : piece.end], piece.start):
        maybe = word.raw[0].isupper() or word.fold in PERSONS or word.fold.endswith(("man", "men"))
        found = _met(page, piece, at) if maybe and page.state[at] != READ else ""
        if found:
            page.met[at] = found
            first = first or found
    if first:
        page.draft.hero = first


def _met(page: Page, piece: Piece, at: int) -> str:
    """Return the id of whom a word names, or nothing."""
    if _is_name(page, at) and not (at > piece.start and at - 1 in page.met and page.words[at - 1].raw[0].isupper()):
        return _identifier(page.words[at].raw)
    head = _head(page, at, at + 1)
    if not head or (page.fold(at + 1) in PERSONS and page.words[at + 1].gap == NONE):
        return ""
    before = page.folds(max(at - 4, piece.start), at)
    again = not {"a", "an", "another"} & set(before) and at > 0
    if _goes_on(page, piece, at) or (again and page.draft.hero == _identifier(head)):
        return page.draft.hero
    if again and page.draft.has("subjects", _identifier(head)):
        return _identifier(head)
    return _free_name(page, head)


def _goes_on(page: Page, piece: Piece, at: int) -> bool:
    """Tell whether a noun for a person says more of the one before: "Mara, a keeper of the light"."""
    hero = page.draft.hero
    if not hero:
        return False
    if page.within == "subject":
        return piece.gap < STOP and piece.start > 0
    told = f"subjects.{hero}.description" in page.draft.held
    named = f"subjects.{hero}.name" in page.draft.held
    here = [one for one in range(piece.start, at) if one in page.met]
    apposition = piece.gap == COMMA and named and not told and not here
    return apposition or (bool(here) and not {"and", "with", "to"} & set(page.folds(here[-1], at)) and not told)


def read_people(page: Page, piece: Piece) -> None:
    """Keep what is left of a piece: in the boxes of the subject of which it speaks, or in the place's."""
    for start, end in _runs(page, piece):
        for part in _parts(page, piece, start, end):
            first = part.start + (page.fold(part.start) == "and" and part.end - part.start > 1)
            if UNREAD in page.state[first : part.end]:
                _keep(page, piece, Part(part.box, first, part.end))


def _runs(page: Page, piece: Piece) -> list[tuple[int, int]]:
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


def _parts(page: Page, piece: Piece, start: int, end: int) -> list[Part]:
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


def _opening(page: Page, piece: Piece, start: int, end: int) -> str:
    """Tell in which box a stretch begins."""
    fold, hero = page.fold(start), bool(page.draft.hero)
    gazes = fold in GAZES and page.fold(start + 1) in AIMS
    if piece.department in {"action", "wardrobe"}:
        return piece.department
    if fold in WEARS or gazes:
        return "wardrobe" if fold in WEARS else "gaze"
    if page.within == "subject":
        return "action" if piece.gap == CLAUSE else "who"
    if hero and _is_wardrobe(page, start, end) and not _head(page, start, _noun_end(page, start, end)):
        return "wardrobe"
    if (hero or fold.endswith("ing")) and _is_verb(page, start, opening=True):
        return "action"
    return "where" if _opens_place(page, start, end) else "who"


def _opens_place(page: Page, start: int, end: int) -> bool:
    """Tell whether a stretch says where something is."""
    if page.fold(start) in WHERE and not _head(page, start + 1, _noun_end(page, start + 1, end)):
        return page.fold(start + 1) in ARTICLES or _names_place(page, start, end)
    return not _head(page, start, end) and _is_place(page, start, end)


def _turn(page: Page, box: str, at: int, end: int) -> str:
    """Tell which box begins at a word, or nothing where the box goes on."""
    fold = page.fold(at)
    if fold in WEARS:
        return "wardrobe"
    if fold in GAZES and page.fold(at + 1) in AIMS:
        return "gaze"
    if fold == "and" and page.fold(at + 1) not in PLAIN - ARTICLES and _meets_soon(page, at + 1, end):
        return "who"
    if box == "who" and page.within != "subject":
        return _after_who(page, at, end)
    return _after_wardrobe(page, at, end) if box == "wardrobe" else ""


def _after_who(page: Page, at: int, end: int) -> str:
    fold = page.fold(at)
    if fold == "in" and _is_wardrobe(page, at + 1, _noun_end(page, at + 1, end)):
        return "wardrobe"
    if _is_verb(page, at, opening=False):
        return "action"
    return "where" if fold in WHERE and _names_place(page, at, _noun_end(page, at + 1, end)) else ""


def _after_wardrobe(page: Page, at: int, end: int) -> str:
    fold = page.fold(at)
    if fold in VERBS and fold.endswith("s") and _is_verb(page, at, opening=False):
        return "action"
    return "where" if fold in WHERE - {"under", "on", "in"} and _names_place(page, at, end) else ""


def _meets_soon(page: Page, at: int, end: int) -> bool:
    """Tell whether somebody else is named right after a word."""
    before = [page.met[one] for one in range(max(at - 12, 0), at) if one in page.met]
    stop = min(_noun_end(page, at, end) + 1, end)
    return any(one in page.met and page.met[one] not in before for one in range(at, stop))


def _noun_end(page: Page, at: int, end: int) -> int:
    """Return where a group of words ends: before the next preposition or joining word."""
    end = min(end, at + 12)
    while at < end and (page.fold(at) in ARTICLES or page.fold(at) not in PLAIN):
        at += 1
    return at


def _is_wardrobe(page: Page, start: int, end: int) -> bool:
    """Tell whether a group of words names what is worn."""
    stop = _noun_end(page, start, end)
    return any(one in GARMENTS or one.removesuffix("s") in GARMENTS for one in page.folds(start, stop)[-2:])


def _names_place(page: Page, start: int, end: int) -> bool:
    stop = _noun_end(page, start + 1, end) if page.fold(start) in WHERE else _noun_end(page, start, end)
    said = page.folds(start, stop)
    return any(one in PLACES or (one.endswith("s") and one[:-1] in PLACES) for one in said[-2:])


def _is_place(page: Page, start: int, end: int) -> bool:
    """Tell whether words without a preposition are a place: "cobblestone street"."""
    last = page.fold(_noun_end(page, start, end) - 1)
    return (
        (last in PLACES or last.removesuffix("s") in PLACES) and last not in THINGS and page.fold(start) not in PRONOUNS
    )


def _is_verb(page: Page, at: int, *, opening: bool) -> bool:
    """Tell whether a verb begins what somebody does; after an article "running" describes."""
    fold, before = page.fold(at), page.fold(at - 1) if at else ""
    if before in ARTICLES or before in {"with", "of"} or (fold == "is" and not opening and at and before in WHERE):
        return False
    if fold in VERBS or fold in POSED:
        return True
    return (
        len(fold) > 5 and fold.endswith("ing") and fold not in NOUNS_IN_ING and (not opening or not _joined(page, at))
    )


def _joined(page: Page, at: int) -> bool:
    """Tell whether a word in -ing stands before a noun: "glowing mushrooms" do nothing."""
    after = page.fold(at + 1)
    return page.words[at + 1].gap == NONE and after not in JOINING if at + 1 < len(page.words) else False


def _keep(page: Page, piece: Piece, part: Part) -> None:
    start, end = part.start, part.end
    if part.box == "who":
        _who(page, piece, start, end)
    elif part.box == "where":
        _where(page, piece, start, end)
    elif part.box == "wardrobe":
        _wardrobe(page, start, end)
    elif part.box == "gaze":
        _gaze(page, start, end)
    else:
        _action(page, start, end)


def _hero(page: Page) -> str:
    page.draft.hero = page.draft.hero or "subject"
    return page.draft.hero


def _whose(page: Page, start: int, end: int) -> None:
    """Turn to the subject that a part names."""
    met = next((page.met[at] for at in range(start, end) if at in page.met), "")
    page.draft.hero = met or page.draft.hero


def _where(page: Page, piece: Piece, start: int, end: int) -> None:
    path = {"background": "place.background", "foreground": "place.foreground"}.get(piece.department, "place.where")
    cut = end
    if page.folds(end - 3, end) == ["in", "the", "background"] and end - start > 3:
        cut, path = end - 3, "place.background"
    first = start + 1 if page.fold(start) in {"in", "at", "on"} and start + 1 < cut else start
    page.draft.tell(path, page.wording(first, cut), page.span(start, end))
    page.mark(start, end)


def _wardrobe(page: Page, start: int, end: int) -> None:
    _whose(page, start, end)
    first = start
    while first < end - 1 and page.fold(first) in {*WEARS, "in"}:
        first += 1
    page.draft.tell(f"subjects.{_hero(page)}.wardrobe", page.wording(first, end), page.span(start, end))
    page.mark(start, end)


def _gaze(page: Page, start: int, end: int) -> None:
    """Read where somebody looks: another subject by its id, else the words."""
    hero, first = _hero(page), min(start + 2, end)
    path = f"subjects.{hero}.eyeline"
    if first >= end:
        _action(page, start, end)
        return
    raw = page.words[first].raw
    other = _identifier(raw) if _is_name(page, first) and end == first + 1 else ""
    if other and other != hero:
        _named(page, other, first, first + 1)
        page.draft.hero = hero
        page.say(path, other, start, end)
    elif path in page.draft.held:
        _action(page, start, end)
    else:
        page.draft.tell(path, page.wording(first, end), page.span(start, end))
        page.mark(start, end)


def _action(page: Page, start: int, end: int) -> None:
    """Keep what somebody does: the term where it says it all, else the words."""
    hero = _hero(page)
    first = start + 1 if page.fold(start) in {"is", "are", "was"} and start + 1 < end else start
    path = f"beats.{page.draft.beat}.action.{hero}"
    if isinstance(page.draft.held.get(path), str):  # a term says all of what this one does
        _posed(page, first)
        page.tell(f"subjects.{hero}.description", start, end)
        return
    whole = names_of(page.draft.vocabulary).of(page.wording(first, end))
    term = next((one.term for one in whole if one.facet == "beat.action"), "")
    pose = next((one.term for one in whole if one.facet == "subject.pose"), "")
    if pose and page.fold(first) in POSED and page.say(f"subjects.{hero}.pose", pose, start, end):
        return
    if term and page.say(path, term, start, end):
        return
    _posed(page, first)
    page.draft.tell(path, page.wording(first, end), page.span(start, end), "; ")
    page.mark(start, end)


def _posed(page: Page, at: int) -> None:
    """Say the pose with which an action begins: "seated at a table"."""
    if page.fold(at) in POSED:
        senses = names_of(page.draft.vocabulary).of(page.words[at].raw)
        pose = next((one.term for one in senses if one.facet == "subject.pose"), "")
        if pose:
            page.draft.put(f"subjects.{_hero(page)}.pose", pose, page.span(at, at + 1))


POSED = bag(
    """
    standing seated sitting kneeling crouching lying leaning stands sits kneels leans floating perched
    """
)


def _who(page: Page, piece: Piece, start: int, end: int) -> None:
    """Keep a description with the subject that it opens or goes on with."""
    if page.fold(start) in PRONOUNS and end == start + 1:
        page.mark(start, end)
        return
    _whose(page, start, end)
    if start in page.met and _is_name(page, start):
        stop = start + 1
        while stop < end and page.words[stop].raw[0].isupper():
            stop += 1
        _named(page, page.met[start], start, stop)
        start = stop
        if start >= end:
            return
    head = next((at for at in range(start, end) if at in page.met), -1)
    if head < 0 and _is_thing(page, piece, start):
        page.draft.hero = _free_name(page, page.fold(_noun_end(page, start, end) - 1))
    if head >= 0:
        page.draft.put(f"subjects.{_hero(page)}.kind", "subject.kind.character")
    else:
        _kind(page, start, end)
    path = f"subjects.{_hero(page)}.description"
    if head >= 0 or piece.department == "subject":
        page.tell(path, start, end)
    else:
        page.keep(path, start, end)


def _kind(page: Page, start: int, end: int) -> None:
    """Say what sort of thing a description names: a wolf is a creature, a lorry a vehicle."""
    at = _noun_end(page, start, end) - 1
    for sense in names_of(page.draft.vocabulary).of(page.words[at].raw):
        facet, kind = sense.facet, KINDS.get(sense.facet, "")
        if kind and sense.rank < 2 and page.draft.put(f"subjects.{_hero(page)}.kind", f"subject.kind.{kind}"):
            page.draft.put(f"subjects.{page.draft.hero}.{facet.partition('.')[2]}", sense.term, page.span(at, at + 1))
            return


KINDS = {
    "subject.species": "creature",
    "subject.creature": "creature",
    "subject.vehicle": "vehicle",
    "subject.vehicle_model": "vehicle",
    "subject.plant": "plant",
}


def _is_thing(page: Page, piece: Piece, start: int) -> bool:
    """Tell whether a description without a person in it opens a subject of its own: the first thing of a sentence."""
    if not page.draft.hero:
        return True
    told = (
        f"subjects.{page.draft.hero}.description" in page.draft.held
        or f"subjects.{page.draft.hero}.name" in page.draft.held
    )
    first = piece.gap == STOP and start == piece.start
    return told and first and (page.within == "subject" or page.fold(start) in {"a", "an"})


def _free_name(page: Page, stem: str) -> str:
    """Return an id that no subject has: woman, then woman_2; where there is no room for more, the last one."""
    name = _identifier(stem) or "subject"
    found = page.draft.free_id("subjects", name)
    if found:
        page.draft.ids["subjects"].setdefault(found, "")
    return found or page.draft.hero


def _named(page: Page, name: str, start: int, end: int) -> None:
    """Open or return to the subject of a name."""
    page.draft.hero = name
    if f"subjects.{name}.name" in page.draft.held:
        page.draft.spans.append(page.span(start, end, f"subjects.{name}.name"))
        page.mark(start, end)
        return
    page.draft.put(f"subjects.{name}.kind", "subject.kind.character")
    page.tell(f"subjects.{name}.name", start, end)


def _is_name(page: Page, at: int) -> bool:
    """Tell whether a capital makes a name of a word: in the middle of a sentence, or before a verb or an apposition."""
    word = page.words[at]
    if not word.raw[0].isupper() or word.raw.isupper() or not word.raw.isalpha() or word.fold in COMMON:
        return False
    if names_of(page.draft.vocabulary).of_word(word.fold) or word.fold in PERSONS or word.fold in PLACES:
        return False
    if f"subjects.{_identifier(word.raw)}.name" in page.draft.held:
        return True
    after = page.fold(at + 1)
    gap = page.words[at + 1].gap if at + 1 < len(page.words) else CLAUSE
    before = page.fold(at - 1) if at else ""
    if at and word.gap == NONE and before not in ARTICLES:
        return page.words[at - 1].raw.islower() or before == "and"
    return (gap == NONE and (after in VERBS or (after.endswith("s") and after not in JOINING))) or (
        gap != NONE and (after in ARTICLES or after in {"in", "wearing"})
    )


COMMON = bag(
    """
    i the a an he she they it we you this that these those there here in on at and but or when while as with from by
    his her their its no not all some every each soft hard warm cool cold dark bright low high wide close
    """
)


def _head(page: Page, start: int, end: int) -> str:
    """Return the noun for a person in a group of words, or nothing."""
    for at in range(start, end):
        fold = page.fold(at)
        if fold == "model":
            if page.fold(at + 1) in NOT_A_PERSON and page.words[at + 1].gap == NONE:
                return ""
            return fold
        if fold in PERSONS or (len(fold) > 6 and fold.endswith(("man", "woman", "men", "women"))):
            return fold
        if fold in WHERE and at > start:
            return ""
    return ""


def _identifier(words: str) -> str:
    name = re.sub(r"[^a-z0-9]+", "_", words.casefold()).strip("_").lstrip("0123456789_")[:40].rstrip("_")
    return "" if name == "words" else name
