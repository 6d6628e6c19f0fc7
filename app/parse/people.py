"""Reads who a sentence is about: description, wardrobe, action, gaze and place, each kept word for word in its box."""

import re
from itertools import islice
from typing import NamedTuple
from unicodedata import normalize

from app.match.kinds import PERSONS
from app.parse.ages import is_age, tells_more
from app.parse.callings import COUNTS, NO_VERBS, PICTURES, PLACED, TITLES, TONES, pronoun
from app.parse.departments import GARMENTS, JOINING, NOT_A_PERSON, PLACES, PLAIN, SMALL, THINGS
from app.parse.draft import MAX_IDS
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
    glides races hurries lingers hesitates blinks sings bows raises gives swings sweeps drags digs paddles ties
    straightens adjusts washes dries feeds chops stirs tastes wakes yawns shivers trembles bends crawls sprints
    strolls marches wanders staggers stumbles strikes punches dives leaps skates examines inspects shouts screams
    weeps sobs sighs grins frowns begs prays mends carves stacks serves greets welcomes embraces teaches rows sorts
    unwraps unfolds rehearses
    """
)
"""Verbs as they follow a subject."""

BASES = frozenset(one[:-1] for one in VERBS if one.endswith("s")) - {"i", "goe", "crosse", "doe"} | {"go", "share"}
"""The same verbs as they follow more than one subject."""

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
    if first and not (page.draft.hero and piece.start not in page.met and _is_verb(page, piece.start, opening=True)):
        page.draft.hero = first


def _called(page: Page, at: int) -> str:
    """Return whom "he" or "she" means: who was named last, and is not known to be called otherwise."""
    fold, people = page.folded[at], page.draft.people
    found = next((name for name in islice(reversed(people), MAX_IDS) if people[name] in {"", fold}), "")
    if not found and page.draft.hero not in people:
        found = page.draft.hero
    found = found or _free_name(page, "subject")
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
    if _is_name(page, at) and not (at > piece.start and at - 1 in page.met and page.words[at - 1].raw[0].isupper()):
        name = _introduced(page, piece, at) or _identifier(page.words[at].raw)
        return _remembered(page, name, "") if page.draft.admits("subjects", name) else ""
    head = _head(page, at, at + 1)
    if not head or (page.fold(at + 1) in PERSONS and page.words[at + 1].gap == NONE):
        return ""
    return "" if page.fold(at - 2) == "like" else _remembered(page, _of_noun(page, piece, at, head), head)


def _of_noun(page: Page, piece: Piece, at: int, head: str) -> str:
    """Return the id of whom a noun names: somebody met before, or somebody new."""
    before = page.folds(max(at - 4, piece.start), at)
    again = not {"a", "an", "another"} & set(before) and at > 0
    if _goes_on(page, piece, at) or (again and page.draft.hero == _identifier(head)):
        return page.draft.hero
    if again and page.draft.has("subjects", _identifier(head)):
        return _identifier(head)
    return _free_name(page, head)


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


def read_people(page: Page, piece: Piece) -> None:
    """Keep what is left of a piece: in the boxes of the subject of which it speaks, or in the place's."""
    for start, end in _runs(page, piece):
        for part in _told(page, piece, _parts(page, piece, start, end)):
            joined = page.fold(part.start) in {"and", "while", "as"} and part.end - part.start > 1
            first = part.start + joined
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


def _told(page: Page, piece: Piece, parts: list[Part]) -> list[Part]:
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
    if _shows(page, part.start, part.end) == part.end:
        return True
    return any(not one.endswith("ly") and one not in JOINING for one in said) and not _is_thing(page, piece, part.start)


def _shows(page: Page, start: int, end: int) -> int:
    """Return where what a picture shows begins, behind "a portrait of"; its end, where it is only named; else start."""
    stop = _noun_end(page, start, end)
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
    named = piece.department == "action" and any(at in page.met for at in range(start, _noun_end(page, start, end)))
    if piece.department in {"action", "wardrobe"} and not named:
        return piece.department
    if fold in WEARS or gazes:
        return "wardrobe" if fold in WEARS else "gaze"
    if page.within == "subject":
        return "action" if piece.gap == CLAUSE else "who"
    stop = _noun_end(page, start, end)
    if hero and _is_wardrobe(page, start, end) and not _head(page, start, stop):
        return "who" if any(at in page.met for at in range(start, stop)) else "wardrobe"
    if (hero or fold.endswith("ing")) and _is_verb(page, start, opening=True):
        return "action"
    return "where" if _opens_place(page, start, end) else "who"


def _opens_place(page: Page, start: int, end: int) -> bool:
    """Tell whether a stretch says where something is."""
    if page.fold(start) in WHERE and not _head(page, start + 1, _noun_end(page, start + 1, end)):
        if not TONES.isdisjoint((page.fold(end - 1), page.fold(start + 2))):
            return False
        return page.fold(start + 1) in ARTICLES or _names_place(page, start, end)
    return not _head(page, start, end) and _is_place(page, start, end)


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
    if fold == "in" and _is_wardrobe(page, at + 1, _noun_end(page, at + 1, end)):
        return "wardrobe"
    if _is_verb(page, at, opening=False):
        return "action"
    return "where" if fold in WHERE and _names_place(page, at, _noun_end(page, at + 1, end)) else ""


def _after_wardrobe(page: Page, at: int, end: int) -> str:
    fold, beside = page.fold(at), page.words[at].gap == NONE and page.fold(at - 1) in GARMENTS
    if fold in VERBS and fold.endswith("s") and _is_verb(page, at, opening=False):
        return "action"
    if beside and fold.endswith("s") and fold[:-1] not in GARMENTS and page.fold(at + 1) in {"to", *ARTICLES}:
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
    while at < end and page.fold(at) not in LEADING:
        at += 1
    return at


LEADING = PLAIN - ARTICLES
"""Words behind which another group of words begins."""


def _is_wardrobe(page: Page, start: int, end: int) -> bool:
    """Tell whether a group of words names what is worn."""
    stop = _noun_end(page, start, end)
    for at in range(start, stop):
        fold = page.fold(at)
        if (fold in GARMENTS or fold.removesuffix("s") in GARMENTS) and (at >= stop - 2 or page.fold(at + 1) in VERBS):
            return True
    return False


def _names_place(page: Page, start: int, end: int) -> bool:
    stop = _noun_end(page, start + 1, end) if page.fold(start) in WHERE else _noun_end(page, start, end)
    said = page.folds(start, stop)
    return any(one in PLACES or (one.endswith("s") and one[:-1] in PLACES) for one in said[-2:])


def _is_place(page: Page, start: int, end: int) -> bool:
    """Tell whether words without a preposition are a place: "cobblestone street"."""
    stop = _noun_end(page, start, end)
    last = page.fold(stop - 1)
    if last in THINGS or page.fold(start) in PRONOUNS:
        return False
    if any(_does(page, at, opening=False) for at in range(start + 1, stop)):  # a florist locks her shop
        return False
    senses = names_of(page.draft.vocabulary).of_word(last)
    named = any(one.facet == "place.location" and one.rank < 2 and not one.everyday for one in senses)
    return named or last in PLACES or last.removesuffix("s") in PLACES


def _is_verb(page: Page, at: int, *, opening: bool) -> bool:
    """Tell whether a verb begins what somebody does; after an article "running" describes."""
    fold, before = page.fold(at), page.fold(at - 1) if at else ""
    if before in ARTICLES or before in {"with", "of"} or (fold == "is" and not opening and at and before in WHERE):
        return False
    if fold in VERBS or fold in POSED or _does(page, at, opening=opening):
        return True
    return (
        len(fold) > 5 and fold.endswith("ing") and fold not in NOUNS_IN_ING and (not opening or not _joined(page, at))
    )


def _does(page: Page, at: int, *, opening: bool) -> bool:
    """Tell whether a word does something, by where it stands: behind somebody and before "a", "the" or "his"."""
    fold, word = page.fold(at), page.words[at]
    if fold in JOINING or fold in WHERE or fold in PERSONS or fold in NO_VERBS or not word.raw.isalpha():
        return False
    after = page.fold(at + 1) if at + 1 < len(page.words) and page.words[at + 1].gap == NONE else ""
    led = after in ARTICLES or after == "their"
    if opening:
        return led and word.gap != NONE and len(fold) > 3 and fold.endswith("s")
    if word.gap != NONE:
        return False
    if at - 1 not in page.met:
        return led and _is_third_person(page, fold) and page.fold(at - 1) not in PICTURES
    return led or (fold in BASES and _is_joint(page, at)) or (bool(after) and _is_third_person(page, fold))


def _is_third_person(page: Page, fold: str) -> bool:
    """Tell a verb in -s from the plural of somebody, or of what is worn."""
    if len(fold) < 4 or not fold.endswith("s") or fold.endswith("ss") or fold[:-1] in PERSONS:
        return False
    if fold in GARMENTS or fold[:-1] in GARMENTS:
        return False
    return not any(one.facet.startswith("subject.") for one in names_of(page.draft.vocabulary).of_word(fold))


def _is_joint(page: Page, at: int) -> bool:
    """Tell whether several people are named right before a word: "a man and a woman sit"."""
    return bool(_partners(page, at)) or page.fold(at - 1).endswith(("s", "men", "people", "couple", "children"))


def _partners(page: Page, at: int) -> list[str]:
    """Return who shares what a word says, beside the last one named: the man of "a man and a woman sit"."""
    last = at - 1
    while last > max(at - 4, 0) and last not in page.met:
        last -= 1
    first = last - 1
    while first > max(last - 6, -1) and first not in page.met:
        first -= 1
    if last not in page.met or first not in page.met or page.met[first] == page.met[last]:
        return []
    between = page.folds(first + 1, last)
    near = all(page.words[one].gap == NONE for one in range(first + 1, at))
    return [page.met[first]] if near and between[:1] == ["and"] else []


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
    if path == "place.where" and piece.department != "lighting":
        _located(page, start, cut)


def _located(page: Page, start: int, end: int) -> None:
    """Say the place that the words for it name, before any preposition: "a candlelit ballroom"."""
    first = start + (page.fold(start) in WHERE)
    stop = _noun_end(page, first, end)
    at = next((one for one in range(first, stop) if page.fold(one) in WHERE), stop) - 1
    if at < first or page.fold(at) in THINGS or page.fold(at + 1) == "of":
        return
    for sense in names_of(page.draft.vocabulary).of_word(page.folded[at]):
        if sense.facet in {"place.location", "place.setting"} and sense.facet not in page.draft.held:
            page.draft.put(sense.facet, sense.term, page.span(at, at + 1))
            return


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
    if other and other != hero and page.draft.admits("subjects", other):
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
    alone = page.fold(first).endswith("s") and not page.fold(first).endswith("ss")
    for one in [] if alone else _partners(page, start):
        page.draft.tell(f"beats.{page.draft.beat}.action.{one}", page.wording(first, end), page.span(start, end), "; ")
    page.draft.tell(path, page.wording(first, end), page.span(start, end), "; ")
    page.mark(start, end)
    _mentioned(page, first, end)


def _mentioned(page: Page, start: int, end: int) -> None:
    """Meet those of whom an action tells as well: the man of "listening to an old man"."""
    hero = page.draft.hero
    for at in range(start + 1, end):
        who = page.met.get(at, hero)
        first = at
        while first > start and page.words[first].gap == NONE and page.fold(first - 1) not in PLAIN | WHERE:
            first -= 1
            if page.fold(first) in VERBS or page.fold(first).endswith("ing"):
                first += 1
                break
        lead = page.fold(first - 1) if page.fold(first - 1) not in ARTICLES else page.fold(first - 2)
        if who == hero or page.fold(at) in PRONOUNS or lead in {"of", "like", "as", "than", "about"}:
            continue
        page.draft.put(f"subjects.{who}.kind", "subject.kind.character")
        if _is_name(page, at):
            page.draft.tell(f"subjects.{who}.name", page.words[at].raw, page.span(at, at + 1))
        elif f"subjects.{who}.description" not in page.draft.held:
            first -= page.fold(first - 1) in ARTICLES
            page.draft.tell(f"subjects.{who}.description", page.wording(first, at + 1), page.span(first, at + 1))


def _posed(page: Page, at: int) -> None:
    """Say the pose with which an action begins: "seated at a table"."""
    if page.fold(at) in POSED:
        senses = names_of(page.draft.vocabulary).of_word(page.folded[at])
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
    start = _picture(page, start, end)
    if start < end:
        _whose(page, start, end)
        start = _pronounced(page, start, end)
    if start < end:
        start = _by_name(page, start, end)
    if start < end:
        _described(page, piece, start, end)


def _pronounced(page: Page, start: int, end: int) -> int:
    """Take a pronoun alone, and words that only lead to what was read; return where the rest begins."""
    if page.fold(start) in PRONOUNS and end == start + 1:
        page.mark(start, end)
        return end
    box = _modified(page, start, end)
    if not box:
        return start
    page.keep(box, start, end)
    return end


def _by_name(page: Page, start: int, end: int) -> int:
    """Read the name in a stretch, and return where the rest begins."""
    if start in page.met and _is_name(page, start):
        stop = start + 1
        while stop < end and page.words[stop].raw[0].isupper():
            stop += 1
        _named(page, page.met[start], start, stop)
        return stop
    head = _named_at(page, start, end)
    if head > start and _is_name(page, head) and page.met[head] == page.draft.hero:
        first = head - (page.fold(head - 1) in TITLES)
        page.draft.tell(f"subjects.{page.draft.hero}.name", page.wording(first, head + 1), page.span(first, head + 1))
        if first == start:
            page.draft.put(f"subjects.{page.draft.hero}.kind", "subject.kind.character")
            page.mark(start, head + 1)
            return head + 1
    return start


def _named_at(page: Page, start: int, end: int) -> int:
    """Return the first word that names somebody, or -1."""
    return next((at for at in range(start, end) if at in page.met and page.fold(at) not in PRONOUNS), -1)


def _described(page: Page, piece: Piece, start: int, end: int) -> None:
    head = _named_at(page, start, end)
    if head < 0 and _is_heading(page, piece, start, end):
        page.keep("intent.says", start, end)
        return
    if head < 0 and _is_thing(page, piece, start):
        first = start + (page.fold(start) in WHERE)
        nouns = [one for one in page.folds(first, _noun_end(page, first, end)) if one not in NO_NOUNS]
        page.draft.hero = _free_name(page, nouns[-1] if nouns else "")
    if head >= 0:
        page.draft.put(f"subjects.{_hero(page)}.kind", "subject.kind.character")
    else:
        _kind(page, start, end)
    path = f"subjects.{_hero(page)}.description"
    if head >= 0 or piece.department == "subject":
        page.tell(path, start, end)
    else:
        page.keep(path, start, end)


NO_NOUNS = PLAIN | {"off", "up", "down"}


def _modified(page: Page, start: int, end: int) -> str:
    """Return where words go that only lead to what was read behind them: "a cramped submarine | control room"."""
    next_to = end < len(page.words) and page.words[end].gap == NONE and page.state[end] == READ
    if not next_to or page.fold(end) in PLAIN | WHERE or any(at in page.met for at in range(start, end)):
        return ""
    first = page.at + page.words[end].start
    path = next((one.path for one in page.draft.spans[:-12:-1] if one.start == first), "")
    if path.startswith("place.") and path != "place.background":
        return "place.where"
    return "intent.says" if path.startswith(("look.", "camera.", "framing.", "intent.")) else ""


def _is_heading(page: Page, piece: Piece, start: int, end: int) -> bool:
    """Tell words that name nobody: a lone letter or figure, a part of the picture, or one word before a colon."""
    if all(len(one) == 1 or one.isdigit() for one in page.folds(start, end)):
        return True
    if not TONES.isdisjoint((page.fold(end - 1), page.fold(start + 2))) and page.fold(start) in WHERE:
        return True
    alone = start == piece.start and end == piece.end == start + 1 < len(page.words)
    return alone and page.text[page.words[start].end : page.words[end].start].startswith(":")


def _picture(page: Page, start: int, end: int) -> int:
    """Read what sort of picture "documentary footage of a market" is, and return where what it shows begins."""
    shown = _shows(page, start, end)
    if shown == start:
        return start
    last = shown if shown == end else shown - 1
    names = names_of(page.draft.vocabulary)
    sort = names.of(page.wording(start, last - 1)) if last - start > 1 else ()
    form = next((one for one in sort if one.facet in {"intent.form", "intent.genre"}), None)
    if not form or not page.say(form.facet, form.term, start, last):
        page.keep("intent.says", start, last)
    page.mark(last, shown)
    shows = names.of(page.wording(shown, end)) if shown < end else ()
    place = next((one.term for one in shows if one.facet == "place.location"), "")
    return end if place and page.say("place.location", place, shown, end) else shown


def _kind(page: Page, start: int, end: int) -> None:
    """Say what sort of thing a description names: a wolf is a creature, a lorry a vehicle."""
    at = _noun_end(page, start, end) - 1
    for sense in names_of(page.draft.vocabulary).of_word(page.folded[at]):
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
    dressed = after == "in" and (page.fold(at + 2) == "their" or _is_wardrobe(page, at + 2, at + 8))
    told = after in ARTICLES or after == "wearing" or dressed or is_age(page, at + 1)
    return told or (word.gap == COMMA and _is_verb(page, at + 1, opening=True))


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


def _head(page: Page, start: int, end: int) -> str:
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


def _identifier(words: str) -> str:
    plain = words if words.isascii() else normalize("NFKD", words).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "_", plain.casefold()).strip("_").lstrip("0123456789_")[:40].rstrip("_")
    return "" if name == "words" else name
