"""Finds out of which department each piece of a text speaks: by its label, its words, or the piece before it."""

from functools import lru_cache

from app.match.tables import bag
from app.parse.departments import ANCHORS, JOINING
from app.parse.page import CLAUSE, NONE, STOP, Page, Piece


def find_departments(page: Page) -> None:
    """Find out of what each piece speaks: of what its label says, else what its words give away."""
    last, sentence = "", -1
    for piece in page.pieces:
        if piece.sentence != sentence:
            last, sentence = "", piece.sentence
        rigged = last == "lighting" and piece.gap < STOP and _is_rigged(page, piece)
        said = "lighting" if rigged else _anchored(page, piece) or _carried(page, piece, last)
        piece.department = page.within or said
        if not piece.department and last == "place" and page.wording(piece.start, piece.end).isupper():
            piece.department = "place"
        if piece.department in {"lighting", "camera", "place"}:
            last = piece.department


def _anchored(page: Page, piece: Piece) -> str:
    first = page.folded[piece.start]
    if first in {"int", "ext"} and page.words[piece.start].raw.isupper():
        return "place"
    if first == "lit" and page.fold(piece.start + 1) in {"by", "from", "only", "with"}:
        return "lighting"
    if TELLING.isdisjoint(piece.said):
        return ""
    for at, fold in enumerate(page.folded[piece.start : piece.end], piece.start):
        if fold in ANCHORS:
            found = ANCHORS[fold] if fold not in {"light", "lights"} or _lights(page, at) else ""
        elif fold in ROLES:
            found = "lighting" if _is_role(page, piece, at) else ""
        elif fold == "source" and page.fold(at - 1) in OF_A_SOURCE:
            found = "lighting"
        else:
            continue
        around = (hit.name for hit in piece.hits if hit.start <= at < hit.end and hit.name.length >= 2)
        if found and not any(_elsewhere(name.facets, found) for name in around):
            return found
    return ""


ROLES = bag("key fill rim kicker practical practicals")
"""Lamps by what they do: names that are everyday words as well."""

TELLING = ROLES | ANCHORS.keys() | {"source"}
"""Words that may tell of what a piece speaks."""

OF_A_SOURCE = bag("hard soft single big large small warm cool strong bare diffused")
"""Behind these a source is a lamp."""


def _lights(page: Page, at: int) -> bool:
    """Tell the noun from "lights a cigarette" and "a light rain"."""
    after = page.words[at + 1] if at + 1 < len(page.words) else None
    if page.fold(at) == "lights":
        return after is None or after.gap != NONE or after.fold not in {"a", "an", "the", "their", "up"}
    return after is None or after.gap != NONE or after.fold in JOINING or page.words[at].gap == NONE


def _is_role(page: Page, piece: Piece, at: int) -> bool:
    after = page.words[at + 1] if at + 1 < len(page.words) else None
    before = page.fold(at - 1) if at > piece.start else ""
    if after is None or after.gap != NONE:
        lit = any(
            hit.end == at and any(one.facet.startswith("light.") for one in hit.name.senses) for hit in piece.hits
        )
        return at == piece.start or lit or (before == "the" and after is not None and after.gap == CLAUSE)
    return after.fold in {"light", "from", "at", "camera", "is", "left", "right", "side"} or after.fold[0].isdigit()


@lru_cache(maxsize=4096)
def _elsewhere(facets: frozenset[str], department: str) -> bool:
    """Tell whether a longer name of these facets around an anchor speaks of something else: "light brown hair"."""
    beginning = {
        "lighting": ("light",),
        "camera": ("camera", "framing", "intent"),
        "look": ("look", "camera", "intent"),
    }
    own = beginning.get(department, (department,))
    others = [facet for facet in facets if not facet.startswith(("exclude", "reference.", "sound."))]
    return bool(others) and not any(facet.startswith(own) for facet in others)


def _carried(page: Page, piece: Piece, last: str) -> str:
    """Go on with the department before where a piece says nothing of its own but a colour, a level or a way through."""
    if last != "lighting" or piece.gap >= STOP:
        return ""
    units = {one.unit for one, _, _ in piece.numbers}
    light = any(sense.facet.startswith("light.") for hit in piece.hits for sense in hit.name.senses)
    begins = page.fold(piece.start) in {
        "through",
        "bounced",
        "motivated",
        "gelled",
        "diffused",
        "from",
        "with",
        "soft",
        "hard",
    }
    begins = begins and page.fold(piece.start) not in {"with", "from"}
    return "lighting" if units & {"K", "stops", "deg"} or light or begins or piece.aside else ""


def _is_rigged(page: Page, piece: Piece) -> bool:
    """Tell whether a piece holds a side or a signed level and no more: "frame right", "-1.5"."""
    if piece.numbers:
        return piece.end - piece.start == 1 and page.text[page.words[piece.start].start - 1] in "+-−"
    return not {"left", "right"}.isdisjoint(piece.said) and SIDES.issuperset(piece.said)


SIDES = bag("camera cam frame screen left right side from the at on high low")
"""Words of a piece that says on which side a lamp stands, and no more."""
