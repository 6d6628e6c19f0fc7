"""A prompt that Printlight wrote, on its way back: read by the patterns that wrote it.

Whether it did is not guessed from its look. What was read is written again for the same target; where most of the
letters come out as they were, the reading is right. Anybody's else text with the same labels is left to the reader of
prose.
"""

import re
from functools import lru_cache

from app.compile import lower
from app.dialects import Dialect, dialects
from app.parse.parsed import Parsed
from app.resolve import resolve
from app.schema import Shot
from app.vocab import Target, Vocabulary

ENOUGH = 0.5
"""The share of the letters that must come out again: figures told in words come back as no number, and are missing."""

LONGEST = 20_000
"""So many letters no prompt has."""

BETWEEN = re.compile(r"\n|[.;] |\", \"|: ")
"""What parts one clause of a prompt from the next, in any of the forms."""


def read_own(text: str, vocabulary: Vocabulary, target: Target | None = None) -> Parsed | None:
    """Read a prompt back that was written for a target, or for any of those whose labels or keys it has.

    Returns None for a text that was not written so; where the target is named its form alone decides.
    """
    if target:
        return dialects[target.dialect].read(text, target, vocabulary)
    best, most = None, ENOUGH
    if len(text) > LONGEST:
        return None
    for one in _voices(vocabulary):
        read = dialects[one.dialect].read(text, one, vocabulary)
        share = _share(text, _written(read.shot, one, vocabulary)) if read else 0.0
        if share > most:
            best, most = read, share
    return best


@lru_cache(maxsize=4)
def _voices(vocabulary: Vocabulary) -> tuple[Target, ...]:
    """Return the living targets whose prompts can be read back, of those laid out alike the last one alone."""
    can = {name for name, dialect in dialects.items() if type(dialect).read is not Dialect.read}
    living = [one for one in vocabulary.targets.values() if one.dialect in can and not one.retired]
    living.sort(key=lambda one: (one.facts.date, -len(one.id)))
    layouts = {(one.dialect, dialects[one.dialect].layout(one).blocks): one for one in living}
    return tuple(layouts.values())


def _written(shot: Shot, target: Target, vocabulary: Vocabulary) -> str:
    """Return the prompt of a shot, unchecked: nobody reads its findings."""
    resolved = resolve(shot, vocabulary)
    return dialects[target.dialect].write(lower(resolved), resolved, target).text


def _share(text: str, again: str) -> float:
    """Return which share of a text's letters stands in clauses that another text has as well."""
    clauses, others = BETWEEN.split(text), set(BETWEEN.split(again))
    return sum(len(one) for one in clauses if one in others) / max(1, sum(map(len, clauses)))
