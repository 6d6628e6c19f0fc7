"""Looks terms up by label, alias, id or phrase, and hears their names in free text."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import NamedTuple

from app.vocab import Facet, Term, Vocabulary

WORD = re.compile(r"[^\W_]+(?:[-'./][^\W_]+)*", re.UNICODE)

DENIED = frozenset({"no", "not", "without", "never", "free", "lacking"})
"""Words before a name that say it is not there: "no fog"."""

NATURAL = frozenset({"place.time", "place.weather", "place.atmosphere", "light.source"})
"""Facets after whose terms people and places are called: Dawn, the Night Market, Sunset Boulevard."""


class Mention(NamedTuple):
    """A name in free text: the terms that have it, and where it stands."""

    terms: tuple[Term, ...]
    start: int
    end: int


def nearest(vocabulary: Vocabulary, name: str, facet: str) -> Term | None:
    """Return the term of a facet that a wrong id most likely meant, or None."""
    names = (
        {alias: term for term in vocabulary.facets[facet].terms for alias in names_of(term)}
        if facet in vocabulary.facets
        else {}
    )
    wanted = name.casefold()
    for candidate in (wanted, wanted.rpartition(".")[2].replace("_", " ")):
        if found := get_close_matches(candidate, names, n=1, cutoff=0.7):
            return names[found[0]]
    return None


@cache
def _called(vocabulary: Vocabulary, facet: str) -> dict[str, Term]:
    return {name: term for term in vocabulary.facets[facet].terms for name in names_of(term)}


def exactly(vocabulary: Vocabulary, name: str, facet: str) -> Term | None:
    """Return the term of a facet that is called exactly so, whatever the case, or None."""
    return _called(vocabulary, facet).get(name.casefold())


@lru_cache(maxsize=4096)
def mentions(vocabulary: Vocabulary, text: str, facet: str) -> tuple[Term, ...]:
    """Return the terms of a facet that free text names, in the order of the text; the longest name wins."""
    found = _scan(_index(vocabulary, (facet,), facet), text)
    return tuple(term for mention in found for term in mention.terms)


@lru_cache(maxsize=4096)
def names(vocabulary: Vocabulary, text: str, facet: str = "") -> tuple[str, ...]:
    """Return the ids of all terms that free text names, in facets taken at their word and in `facet`."""
    facets = tuple(one.id for one in vocabulary.facets.values() if one.spoken or one.id == facet)
    found = _scan(_index(vocabulary, facets, facet), text)
    return tuple(dict.fromkeys(term.id for mention in found for term in mention.terms))


class Index(NamedTuple):
    """Names by their words, and how many words the longest one has; `exact` are short names told by their capitals.

    An idiom names no term; `own` is the facet of the field that is read, empty for prose.
    """

    by_words: dict[str, tuple[Term, ...]]
    exact: frozenset[str]
    longest: int
    own: str


@cache
def _index(vocabulary: Vocabulary, facets: tuple[str, ...], own: str) -> Index:
    found: dict[str, tuple[Term, ...]] = {" ".join(WORD.findall(one)): () for one in vocabulary.idioms}
    shouted: set[str] = set()
    plain: set[str] = set()
    for facet in facets:
        for term, name in _names_in(vocabulary.facets[facet]):
            words = " ".join(WORD.findall(name.casefold()))
            if facet != own and words in vocabulary.at_home:
                continue
            if term not in found.get(words, ()):
                found[words] = (*found.get(words, ()), term)
            (shouted if name.isupper() and len(name) <= 4 else plain).add(words)
    return Index(found, frozenset(shouted - plain), max((words.count(" ") + 1 for words in found), default=0), own)


def _names_in(facet: Facet) -> Iterator[tuple[Term, str]]:
    for term in facet.terms:
        for name in (term.label, *term.aliases):  # nobody types an id into prose
            yield term, name


def _scan(index: Index, text: str) -> list[Mention]:
    """Find names, the longest at each place, in one walk over the words."""
    tokens = [(found[0], found.start(), found.end()) for found in WORD.finditer(text)]
    folded = [word.casefold() for word, _, _ in tokens]
    found: list[Mention] = []
    start = 0
    while start < len(tokens):
        for length in range(min(index.longest, len(tokens) - start), 0, -1):
            name = " ".join(folded[start : start + length])
            terms = index.by_words.get(name)
            if terms is not None and (name not in index.exact or tokens[start][0].isupper()):
                denied = DENIED.intersection(folded[max(0, start - 2) : start])
                if terms and not denied and not _is_proper(index, terms, tokens, start, start + length):
                    found.append(Mention(terms, tokens[start][1], tokens[start + length - 1][2]))
                start += length - 1
                break
        start += 1
    return found


def _is_proper(index: Index, terms: tuple[Term, ...], tokens: list[tuple[str, int, int]], start: int, end: int) -> bool:
    """Tell whether capitals in prose make a name of somebody or some place out of a term: "the Night Market"."""
    if index.own in NATURAL or any(term.facet not in NATURAL for term in terms):
        return False
    if not all(word[0].isupper() and not word.isupper() for word, _, _ in tokens[start:end]):
        return False
    if start and _touch(tokens, start - 1) and tokens[start - 1][0].islower():
        return True
    followed = end < len(tokens) and _touch(tokens, end - 1) and tokens[end][0][0].isupper()
    return followed and any(word.islower() for word, _, _ in tokens)


def _touch(tokens: list[tuple[str, int, int]], at: int) -> bool:
    """Tell whether only a blank stands between a word and the next."""
    return tokens[at + 1][1] - tokens[at][2] == 1


def names_of(term: Term) -> list[str]:
    """Return everything that a term is called, folded."""
    own = (term.id, term.id.rpartition(".")[2].replace("_", " "), term.label, *term.aliases)
    return [name.casefold() for name in own]
