"""Terms for what is being typed into the note box: those that its last words begin, by department."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from app.match import search
from app.parse.notes_words import OPEN
from app.schema.facets import picked_at
from app.views import controls
from app.vocab import Term, vocabulary

MOST = 24
"""As many terms as are read before another letter is typed."""

LONGEST = 4
"""So many words a name has that is still being typed."""

FEWEST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Offered:
    """What can be put where somebody types, such as a term, and what it answers."""

    label: str
    gloss: str
    facet: str


@dataclass(frozen=True, slots=True)
class Offer:
    """Where the words begin that it would take the place of, and what is offered by sort, the best first."""

    start: int
    groups: dict[str, list[Offered]]


def offer(text: str) -> Offer:
    """Return the terms whose names the last words of a text begin; of the longest such words."""
    for start in _starts(text):
        if found := _begun(text[start:]):
            groups: dict[str, list[Offered]] = {}
            for term in found:
                facet = vocabulary().facets[term.facet]
                groups.setdefault(_reached()[term.facet], []).append(Offered(term.label, term.gloss, facet.label))
            return Offer(start, groups)
    return Offer(len(text), {})


def _starts(text: str) -> Iterator[int]:
    """Yield where the last words begin, four of them first, within the clause that is being typed."""
    clause = max(text.rfind(mark) for mark in ",;.") + 1
    words = [found.start() for found in re.finditer(r"\S+", text[clause:])]
    yield from (clause + at for at in words[-LONGEST:])


def _begun(typed: str) -> list[Term]:
    wanted = " ".join(typed.casefold().split())
    if len(wanted) < FEWEST_LETTERS or not any(letter.isalpha() for letter in wanted):
        return []
    found = (one for one in search(vocabulary(), wanted) if one.facet in _reached())
    return [one for one in found if _begins(one, wanted)][:MOST]


def _begins(term: Term, wanted: str) -> bool:
    return any(name.casefold().startswith(wanted) for name in (term.label, *term.aliases))


@cache
def _reached() -> dict[str, str]:
    """Return each facet that a note can pick from, with the department of its field."""
    paths = {facet: path for path, facet in reversed(picked_at().items()) if path.startswith(OPEN)}
    return {facet: controls.department_of(path).label for facet, path in paths.items()}
