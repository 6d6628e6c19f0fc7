"""What somebody does: verbs, and the words in -ing and -s that stand where verbs do."""

from app.match.kinds import PERSONS
from app.match.tables import bag
from app.parse.callings import NO_VERBS, PICTURES
from app.parse.departments import GARMENTS, JOINING
from app.parse.names import names_of
from app.parse.page import NONE, Page
from app.parse.words import ARTICLES

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

NOUNS_IN_ING = bag(
    """
    evening morning building ceiling clothing ring king string spring thing something anything nothing everything
    railing wing painting sling icing during wedding parking swimming living dining being lighting framing grading
    evening
    """
)

POSED = bag(
    """
    standing seated sitting kneeling crouching lying leaning stands sits kneels leans floating perched
    """
)

WHERE = bag(
    """
    in at on inside near by beside under outside through along across against behind before beneath above among
    """
)


def is_verb(page: Page, at: int, *, opening: bool) -> bool:
    """Tell whether a verb begins what somebody does; after an article "running" describes."""
    fold, before = page.fold(at), page.fold(at - 1) if at else ""
    if before in ARTICLES or before in {"with", "of"} or (fold == "is" and not opening and at and before in WHERE):
        return False
    if fold in VERBS or fold in POSED or does(page, at, opening=opening):
        return True
    return (
        len(fold) > 5 and fold.endswith("ing") and fold not in NOUNS_IN_ING and (not opening or not _joined(page, at))
    )


def does(page: Page, at: int, *, opening: bool) -> bool:
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
    return bool(partners(page, at)) or page.fold(at - 1).endswith(("s", "men", "people", "couple", "children"))


def partners(page: Page, at: int) -> list[str]:
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
