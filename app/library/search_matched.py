"""Why something was found: its numbers, terms and tags that a query asks for, and the line in which its words stand."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from app.library.query import Fact, Number, Query, Words
from app.library.search_keys import keys
from app.library.search_tokens import WORD, rounded, value, words
from app.schema.fields import TERM_SHAPED
from app.vocab import vocabulary

BEFORE, AFTER = 40, 90
"""So many letters of a line are shown around its first word that matches."""

CODE_CHARS = 8


class Run(NamedTuple):
    """A piece of a line, and whether it is what was looked for."""

    text: str
    found: bool


class Matched(NamedTuple):
    """What of a query is true of something: facts in words, and a line of its text in runs."""

    facts: tuple[str, ...] = ()
    line: tuple[Run, ...] = ()


def matched(query: Query, tokens: str, texts: Iterable[str]) -> Matched:
    """Return why an entry with these tokens and texts was found."""
    held = set(tokens.split(" "))
    parts = [part for choice in query.choices for part in choice if not part.negated]
    wanted = [one for part in parts for one in part.wanted]
    facts = dict.fromkeys(told for one in wanted for told in _facts(one, held))
    looked = [one for one in wanted if isinstance(one, Words)]
    lines = (_line(text, looked) for text in texts) if looked else iter(())
    return Matched(tuple(facts), next((line for line in lines if line), ()))


def texts_of(document: Any) -> Iterator[str]:
    """Yield the texts of a shot as it is kept: all that is neither a term nor a number."""
    if isinstance(document, str):
        if not TERM_SHAPED.fullmatch(document):
            yield document
    elif isinstance(document, (dict, list)):
        for one in document.values() if isinstance(document, dict) else document:
            yield from texts_of(one)


def _facts(wanted: Words | Number | Fact, held: set[str]) -> Iterator[str]:
    if isinstance(wanted, Fact):
        for token in wanted.tokens:
            if token in held and not token.startswith("is="):
                yield _named(token)
    elif isinstance(wanted, Number):
        key, at = keys()[wanted.key], len(wanted.key) + 1
        coded = (one for one in held if one.startswith(f"{wanted.key}=") and len(one) == at + CODE_CHARS)
        for number in sorted(rounded(value(one), key.figures) for one in coded):
            if wanted.holds(number):
                yield f"{key.name} {number:g}{f' {key.unit}' if len(key.unit) == 2 or key.unit == 'K' else ''}"


def _named(token: str) -> str:
    term = vocabulary().terms.get(token)
    return term.label if term else token.replace("=", " ")


def _line(text: str, looked: Sequence[Words]) -> tuple[Run, ...]:
    """Return a text around the words that are looked for, in runs; nothing where it has none of them."""
    places = [(found.start(), found.end(), words(found[0])) for found in WORD.finditer(text)]
    hits = [(start, end) for start, end, folded in places if any(_is(one, folded) for one in looked)]
    if not hits:
        return ()
    first = min(start for start, _, _ in places if start >= hits[0][0] - BEFORE)
    last = max(end for _, end, _ in places if end <= hits[0][1] + AFTER)
    first, last = 0 if first < BEFORE else first, len(text) if len(text) - last < BEFORE else last
    runs, at = [Run("…", found=False)] if first else [], first
    for start, end in hits:
        if end <= last:
            runs += [Run(text[at:start], found=False), Run(text[start:end], found=True)]
            at = end
    rest = Run(text[at:last] + ("…" if last < len(text) else ""), found=False)
    return tuple(one for one in (*runs, rest) if one.text)


def _is(wanted: Words, folded: tuple[str, ...]) -> bool:
    *whole, last = wanted.words
    return any(one in whole or (one.startswith(last) if wanted.begins else one == last) for one in folded)
