"""Looks terms up by label, alias, id or phrase."""

import re
from difflib import get_close_matches
from functools import cache, lru_cache

from app.vocab import Term, Vocabulary

WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*", re.UNICODE)

LONGEST = 5
"""Words in the longest name that is looked for in free text."""


def search(vocabulary: Vocabulary, query: str) -> list[Term]:
    """Return the terms that a query names, best first: whole names, then beginnings, then all words anywhere."""
    wanted = query.casefold().split()
    ranked = [
        (rank, term.label, term) for term in vocabulary.terms.values() if (rank := _rank(term, wanted)) is not None
    ]
    return [term for _, _, term in sorted(ranked, key=lambda item: item[:2])]


def nearest(vocabulary: Vocabulary, name: str, facet: str) -> Term | None:
    """Return the term of a facet that a wrong id most likely meant, or None."""
    names = (
        {alias: term for term in vocabulary.facets[facet].terms for alias in _names(term)}
        if facet in vocabulary.facets
        else {}
    )
    wanted = name.casefold()
    for candidate in (wanted, wanted.rpartition(".")[2].replace("_", " ")):
        if found := get_close_matches(candidate, names, n=1, cutoff=0.7):
            return names[found[0]]
    return None


@lru_cache(maxsize=4096)
def mentions(vocabulary: Vocabulary, text: str, facet: str) -> tuple[Term, ...]:
    """Return the terms of a facet that free text names, in the order of the text; the longest name wins."""
    names, words = _by_name(vocabulary, facet), WORD.findall(text.casefold())
    found: list[Term] = []
    start = 0
    while start < len(words):
        for length in range(min(LONGEST, len(words) - start), 0, -1):
            term = names.get(" ".join(words[start : start + length]))
            if term:
                found.append(term)
                start += length - 1
                break
        start += 1
    return tuple(found)


@cache
def _by_name(vocabulary: Vocabulary, facet: str) -> dict[str, Term]:
    return {" ".join(WORD.findall(name)): term for term in vocabulary.facets[facet].terms for name in _names(term)}


def _names(term: Term) -> list[str]:
    own = (term.id, term.id.rpartition(".")[2].replace("_", " "), term.label, *term.aliases)
    return [name.casefold() for name in own]


def _rank(term: Term, wanted: list[str]) -> int | None:
    names = [*_names(term), term.phrase.casefold()]
    whole = " ".join(wanted)
    if not wanted:
        return 2
    if whole in names:
        return 0
    if any(name.startswith(whole) for name in names):
        return 1
    everything = " ".join([*names, term.gloss.casefold()])
    return 2 if all(word in everything for word in wanted) else None
