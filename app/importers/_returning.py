"""A prompt that Printlight wrote, on its way back: read by the patterns that wrote it.

Whether it did is not guessed from its look. It is plain where those patterns understand so much that no other reading
could find more. In doubt what was read is written again for the same target, and most of the letters must come out as
they were; and it must understand about as much as the reader of anybody's text does, which finds names where these
patterns would take words as they stand.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from app.compile import lower
from app.dialects import Dialect, dialects
from app.match import quantities
from app.parse.names import names_of
from app.parse.parsed import Parsed
from app.parse.words import words as split
from app.resolve import resolve
from app.schema import Shot
from app.schema.paths import leaves
from app.vocab import Target, Vocabulary

ENOUGH = 0.5
"""The share of the letters that must come out again: figures told in words come back as no number, and are missing."""

LONGEST = 20_000
"""So many letters no prompt has."""

AS_MUCH = 2 / 3
"""The share of what any reading understands that must be understood; ages and places hide in words of one's own."""

BETWEEN = re.compile(r"\n|[.;] |\", \"|: ")
"""What parts one clause of a prompt from the next, in any of the forms."""


def read_own(text: str, vocabulary: Vocabulary, target: Target | None = None) -> tuple[Parsed | None, bool]:
    """Read a prompt back that was written for a target, or for any of those whose labels or keys it has.

    Returns None for a text that was not written so; where the target is named its form alone decides. With it stands
    whether that is sure, so that no other reading need be asked.
    """
    if target:
        return dialects[target.dialect].read(text, target, vocabulary), True
    if len(text) > LONGEST:
        return None, False
    read = ((one, dialects[one.dialect].read(text, one, vocabulary)) for one in _voices(vocabulary))
    found = [(one, own) for one, own in read if own]
    plain = [own for _, own in found if is_plainly_ours(own, vocabulary)]
    if plain and len(found) == 1:
        return plain[0], True
    best, most = None, ENOUGH
    for one, own in found:
        share = share_of(text, _written(own.shot, one, vocabulary))
        if share > most:
            best, most = own, share
    return best, best in plain


@lru_cache(maxsize=4)
def _voices(vocabulary: Vocabulary) -> tuple[Target, ...]:
    """Return the living targets whose prompts can be read back, of those laid out alike the last one alone."""
    can = {name for name, dialect in dialects.items() if type(dialect).read is not Dialect.read}
    living = [one for one in vocabulary.targets.values() if one.dialect in can and not one.retired]
    living.sort(key=lambda one: (one.facts.date, -len(one.id)))
    layouts = {(one.dialect, dialects[one.dialect].layout(one).blocks): one for one in living}
    return tuple(layouts.values())


def understands_as_much(own: Parsed, others: Sequence[Parsed], vocabulary: Vocabulary) -> bool:
    """Tell whether a reading finds about as many terms and numbers as another."""
    return _known(own, vocabulary) >= AS_MUCH * sum(_known(one, vocabulary) for one in others)


def is_plainly_ours(own: Parsed, vocabulary: Vocabulary) -> bool:
    """Tell that a reading understands enough even if all names and numbers in its words of one's own were terms."""
    values = _values(own)
    known = sum(_is_known(one, vocabulary) for one in values)
    told = [one["words"] if isinstance(one, dict) else one for one in values if not _is_known(one, vocabulary)]
    return known >= AS_MUCH * (known + _nameable(". ".join(told), vocabulary))


def _nameable(words: str, vocabulary: Vocabulary) -> int:
    """Count the names, of those that overlap the first and longest alone, and the numbers in some words."""
    count = end = 0
    for hit in names_of(vocabulary).hits(split(words)):
        if hit.start >= end and hit.name.senses:
            count, end = count + 1, hit.end
    return count + len(quantities(words))


def _known(one: Parsed, vocabulary: Vocabulary) -> int:
    """Count the terms and numbers of a reading."""
    return sum(_is_known(value, vocabulary) for value in _values(one))


def _values(one: Parsed) -> list[Any]:
    """Return the values of a reading; those of a list one by one."""
    listed = (value if isinstance(value, tuple) else (value,) for value in leaves(one.shot).values())
    return [value for some in listed for value in some]


def _is_known(value: Any, vocabulary: Vocabulary) -> bool:
    """Tell a term or a number from words of one's own."""
    return not isinstance(value, dict) and (not isinstance(value, str) or value in vocabulary.terms)


def _written(shot: Shot, target: Target, vocabulary: Vocabulary) -> str:
    """Return the prompt of a shot, unchecked: nobody reads its findings."""
    resolved = resolve(shot, vocabulary)
    return dialects[target.dialect].write(lower(resolved), resolved, target).text


def share_of(text: str, again: str) -> float:
    """Return which share of a text's letters stands in clauses that another text has as well."""
    clauses, others = BETWEEN.split(text), set(BETWEEN.split(again))
    return sum(len(one) for one in clauses if one in others) / max(1, sum(map(len, clauses)))
