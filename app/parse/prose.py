"""Reads a piece of prose, or of tags, into a draft: piece by piece, each in its department."""

from collections import deque

from app.parse.ages import read_ages
from app.parse.clauses import find_departments
from app.parse.departments import PLAIN, home
from app.parse.draft import Draft
from app.parse.figures import read_figures
from app.parse.lamps import open_lights
from app.parse.leftovers import read_rest
from app.parse.meaning import meant
from app.parse.meeting import meet
from app.parse.names import Hit
from app.parse.negative import read_denials
from app.parse.openings import read_openings
from app.parse.page import READ, TOLD, Page, Piece
from app.parse.rigging import read_rigging, read_side
from app.parse.speech import quotations, say_lines
from app.parse.terms import say
from app.vocab import Vocabulary


def read_prose(text: str, vocabulary: Vocabulary, at: int = 0, within: str = "", draft: Draft | None = None) -> Draft:
    """Read a piece of text into `draft`, or into a new one, and return it.

    `at` is where the piece begins in the whole text, and `within` the department that it is known to belong to:
    "subject", "action", "wardrobe", "place", "background", "camera", "framing", "lighting", "look", "mood", "sound",
    "dialogue", "intent"; "" for any. Call it once for each piece of a form, with the same draft.
    """
    draft = draft or Draft(vocabulary)
    page = Page(text, at, within, draft)
    spoken = deque(quotations(page))
    read_openings(page)
    read_denials(page)
    find_departments(page)
    over = 0
    for piece in page.pieces:
        if piece.hits:
            if over <= piece.start:
                _whole(page, piece)
            over = max([hit.end for hit in piece.hits])
    for piece in page.pieces:
        if not piece.hits and not piece.numbers and PLAIN.issuperset(piece.said):
            continue
        if piece.department in ABOUT_PEOPLE or not page.within:
            meet(page, piece)
            read_ages(page, piece)
        _read(page, piece)
        while spoken and spoken[0].first < piece.end:
            say_lines(page, [spoken.popleft()])
    return draft


ABOUT_PEOPLE = frozenset({"", "subject", "action", "wardrobe", "frame", "dialogue"})
"""Departments in whose words somebody may be named."""


def _whole(page: Page, piece: Piece) -> None:
    """Read a piece first that is one name and no more: it goes before names inside other words."""
    own = home(piece.department)
    for hit in piece.hits if own else ():
        if hit.end >= piece.end and PLAIN.issuperset(page.folds(piece.start, hit.start)):
            sense = meant(page, piece, hit)
            if sense and sense.facet in own and sense.facet.startswith(OF_THE_WHOLE):
                if not sense.facet.startswith(("camera.move", "camera.speed")) and not page.is_read(hit.start, hit.end):
                    say(page, piece, [], hit, sense)
                return


OF_THE_WHOLE = ("place.", "framing.", "camera.", "look.", "intent.")
"""Facets that are said of the picture, and not of a lamp or a person in it."""


def _read(page: Page, piece: Piece) -> None:
    opened = open_lights(page, piece) if piece.hits and piece.department in {"lighting", ""} else []
    for hit in _in_order(piece):
        state = page.state[hit.start : hit.end]
        if READ in state or TOLD in state or not hit.name.senses:
            continue
        sense = meant(page, piece, hit)
        if sense:
            say(page, piece, opened, hit, sense)
    read_side(page, piece, opened)
    read_figures(page, piece, opened)
    read_rigging(page, piece, opened)
    read_rest(page, piece)


def _in_order(piece: Piece) -> list[Hit]:
    """Return the names of a piece, and of a light's piece those first that make a light of it."""
    if piece.department != "lighting":
        return piece.hits
    first = [hit for hit in piece.hits if _makes_a_light(hit) and not _is_inside(piece, hit)]
    return [*first, *(hit for hit in piece.hits if hit not in first)]


def _makes_a_light(hit: Hit) -> bool:
    return not MAKES_A_LIGHT.isdisjoint(hit.name.facets)


def _is_inside(piece: Piece, hit: Hit) -> bool:
    """Tell whether a longer name holds this one: the fluorescent of "fluorescent-green"."""
    return any(
        one.start <= hit.start and hit.end <= one.end and one.name.length > hit.name.length for one in piece.hits
    )


MAKES_A_LIGHT = frozenset({"light.source", "light.fixture", "light.pattern"})
