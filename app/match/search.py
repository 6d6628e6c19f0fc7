"""Finds terms for a person who types: whole names first, then beginnings, words, numbers, and at last misspellings."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple
from unicodedata import combining, normalize

from app.match.find import names_of
from app.match.numbers import quantities
from app.schema.facets import extra
from app.vocab import Term, Vocabulary

WORD = re.compile(r"[^\W_]+", re.UNICODE)

WHOLE, BEGINS, WORDS, HOLDS, ANYWHERE = range(5)
"""How well a term answers: its name is the query, begins with it, has its words; its number is asked for; or the
words stand somewhere in what is said of it."""

UNITS = {"°": "deg", "×": "x", ":1": "ratio", "f": "T", "k": "K", "t": "T", "pct": "%"}
"""Units of the schema, of a number's name and of free text, as `quantities` names them. An f-number finds a T-stop."""

Ranked = dict[int, tuple[int, int, str, int]]
"""How well each entry answers, by its place."""


class Found(NamedTuple):
    """What a query found, best first. `near`: nothing is written like that, and these are its likely meanings."""

    terms: list[Term]
    near: bool


class Entry(NamedTuple):
    """A term, prepared for searching: all folded."""

    term: Term
    label: str
    names: tuple[str, ...]
    words: tuple[str, ...]
    everything: str


class Measure(NamedTuple):
    """A number of the term at a place. `sided`: its sign does not count.

    `order` is 0 for a value that it stands for, 1 for the range that it is a name for, 2 for another range.
    """

    at: int
    order: int
    unit: str
    low: float
    high: float
    sided: bool = False

    def holds(self, value: float) -> bool:
        """Tell whether a number lies in it."""
        return self.low <= (abs(value) if self.sided else value) <= self.high


class Prepared(NamedTuple):
    """A vocabulary, prepared once: its entries, and every word of a name with the entries that have it.

    `grams` leads from two letters that stand together to the words that have them; `measures` are the numbers that
    terms stand for.
    """

    entries: tuple[Entry, ...]
    by_word: dict[str, tuple[int, ...]]
    grams: dict[str, tuple[str, ...]]
    measures: tuple[Measure, ...]


def search(vocabulary: Vocabulary, query: str, facet: str = "") -> list[Term]:
    """Return the terms that a query names, best first; in one facet, if it is given. An empty query names them all.

    A query may be misspelt, and it may be a number with its unit: `85 mm`, `3200 K`, `T2`.
    """
    return seek(vocabulary, query, facet).terms


def seek(vocabulary: Vocabulary, query: str, facet: str = "") -> Found:
    """Return what a query names, and whether that had to be guessed from a misspelling."""
    prepared = _prepared(vocabulary)
    places = range(len(prepared.entries))
    within = frozenset(at for at in places if prepared.entries[at].term.facet == facet) if facet else frozenset(places)
    ranked = {**_numbered(prepared, query, within), **_written(prepared, folded(query).split(), within)}
    near = not ranked
    if near:
        ranked = _misspelt(vocabulary, WORD.findall(folded(query)), within)
    return Found([prepared.entries[rank[-1]].term for rank in sorted(ranked.values())], near)


def folded(text: str) -> str:
    """Return text as it is compared: small letters, no accents."""
    return "".join(letter for letter in normalize("NFKD", text.casefold()) if not combining(letter))


@cache
def _prepared(vocabulary: Vocabulary) -> Prepared:
    entries = tuple(map(_entry, vocabulary.terms.values()))
    by_word: dict[str, list[int]] = defaultdict(list)
    grams: dict[str, list[str]] = defaultdict(list)
    for at, entry in enumerate(entries):
        for word in entry.words:
            by_word[word].append(at)
    for word in by_word:
        for gram in set(_grams(word)):
            grams[gram].append(word)
    frozen = {word: tuple(places) for word, places in by_word.items()}
    pairs = {gram: tuple(words) for gram, words in grams.items()}
    return Prepared(entries, frozen, pairs, tuple(_measures(vocabulary)))


def _entry(term: Term) -> Entry:
    names = tuple(dict.fromkeys(folded(name) for name in (*names_of(term), term.phrase)))
    words = dict.fromkeys(word for name in names for word in (*WORD.findall(name), "".join(WORD.findall(name))))
    everything = " ".join((*names, folded(term.gloss)))
    return Entry(term, folded(term.label), names, tuple(words), everything)


def _measures(vocabulary: Vocabulary) -> Iterator[Measure]:
    for at, term in enumerate(vocabulary.terms.values()):
        facet = vocabulary.facets[term.facet]
        if band := facet.band(term):
            yield Measure(at, 1, _unit(facet.names), *band, sided="_abs_" in facet.by)
        for path, value in term.sets.items():
            yield Measure(at, 0, _unit(path), value, value)
        for name, values in term.lists.items():
            for value in values:
                yield Measure(at, 0, _unit(name), value, value)
        for name, low in term.numbers.items():
            high = term.numbers.get(name.replace("_min_", "_max_"))
            if "_min_" in name and high is not None:
                yield Measure(at, 2, _unit(name), low, high, sided="_abs_" in name)


def _unit(path: str) -> str:
    """Return the unit of a path, or of a number whose name ends in it."""
    unit = extra(path).get("unit") or path.rpartition(".")[2].rpartition("_")[2]
    return UNITS.get(unit, unit)


def _numbered(prepared: Prepared, query: str, within: frozenset[int]) -> Ranked:
    """Rank the entries that stand for every number of the query, and hold its other words."""
    asked = [one for one in quantities(query) if one.unit]
    if not asked:
        return {}
    rest = query
    for one in reversed(asked):
        rest = rest[: one.start] + rest[one.end :]
    words, found = folded(rest).split(), dict.fromkeys(within, 0)
    for one in asked:
        unit = UNITS.get(one.unit, one.unit)
        held: dict[int, int] = {}
        for measure in prepared.measures:
            if measure.unit == unit and measure.at in found and measure.holds(one.value):
                held[measure.at] = min(measure.order, held.get(measure.at, measure.order))
        found = held
    entries = prepared.entries
    return {
        at: (HOLDS, order, entries[at].label, at)
        for at, order in found.items()
        if all(word in entries[at].everything for word in words)
    }


def _written(prepared: Prepared, wanted: list[str], within: frozenset[int]) -> Ranked:
    """Rank the entries that hold every word of the query as it is written."""
    whole = " ".join(wanted)
    entries = {at: prepared.entries[at] for at in within}
    for word in sorted(wanted, key=len, reverse=True):  # the longest first: few entries hold it
        entries = {at: entry for at, entry in entries.items() if word in entry.everything}
    return {at: (_rank(one, wanted, whole), one.label != whole, one.label, at) for at, one in entries.items()}


def _rank(entry: Entry, wanted: list[str], whole: str) -> int:
    if not wanted:
        return ANYWHERE
    if whole in entry.names:
        return WHOLE
    if any(name.startswith(whole) for name in entry.names):
        return BEGINS
    begun = all(any(own.startswith(word) for own in entry.words) for word in wanted)
    return WORDS if begun else ANYWHERE


def _misspelt(vocabulary: Vocabulary, wanted: list[str], within: frozenset[int]) -> Ranked:
    """Rank the entries whose names have a word near each word of the query, else near most of them.

    A word that is a word may be meant as it stands, or be a slip for another; half of the words is chance.
    """
    prepared = _prepared(vocabulary)
    for guess in (False, True):
        costs, held = _near(vocabulary, wanted, within, guess=guess)
        most = max(held.values(), default=0)
        if most and (most == len(wanted) or most * 2 > max(len(wanted), 2)):
            break
    else:
        return {}
    costs = {at: cost for at, cost in costs.items() if held[at] == most}
    best, begins = min(costs.values()), wanted[0][0]
    labels = {at: prepared.entries[at].label for at, cost in costs.items() if cost <= best + EDIT // 2}
    return {at: (costs[at], not label.startswith(begins), label, at) for at, label in labels.items()}


def _near(
    vocabulary: Vocabulary, wanted: list[str], within: frozenset[int], *, guess: bool
) -> tuple[dict[int, int], Counter[int]]:
    """Return for each entry what its words cost against the query's, and how many of the query's words it has."""
    by_word = _prepared(vocabulary).by_word
    costs: dict[int, int] = {}
    held: Counter[int] = Counter()
    for word in wanted:
        here: dict[int, int] = {}
        meant = {word: 0} if not guess and word in by_word else _meant(vocabulary, word)
        for own, cost in meant.items():
            for at in by_word[own]:
                here[at] = min(cost, here.get(at, cost))
        for at in here.keys() & within:
            costs[at] = costs.get(at, 0) + here[at]
            held[at] += 1
    return costs, held


EDIT = 2
"""What a wrong letter costs; a word that goes on after the typed letters costs half of it."""


@lru_cache(maxsize=1024)
def _meant(vocabulary: Vocabulary, typed: str) -> dict[str, int]:
    """Return the words that somebody may have meant, each with its cost. Numbers are never guessed."""
    prepared = _prepared(vocabulary)
    found = {typed: 0} if typed in prepared.by_word else {}
    limit = 0 if len(typed) < 3 or not typed.isalpha() else 1 if len(typed) < 7 else 2
    if not limit:
        return found
    for word in _alike(prepared, typed, limit):
        whole, begun = _edits(typed, word, limit) if limit > 1 else _one_edit(typed, word)
        if whole <= limit:
            found[word] = min(EDIT * whole, found.get(word, EDIT * whole))
        elif begun <= limit and len(typed) > 3:
            found[word] = EDIT * begun + EDIT // 2
    return found


def _alike(prepared: Prepared, typed: str, limit: int) -> list[str]:
    """Return the words that share so many pairs of letters with the typed one that `limit` edits can lie between.

    A wrong letter breaks at most two pairs, two letters that changed places three.
    """
    grams = _grams(typed)
    shared = Counter(word for gram in set(grams) for word in prepared.grams.get(gram, ()))
    need = max(len(set(grams)) - 3 * limit, limit)
    return [word for word, count in shared.items() if count >= need and len(word) >= len(typed) - limit]


def _grams(word: str) -> list[str]:
    """Return each pair of letters, the first one with what stands before it."""
    return [a + b for a, b in pairwise(f"^{word}")]


def _one_edit(typed: str, word: str) -> tuple[int, int]:
    """Return what `_edits` does where at most one letter may be wrong; 2 stands for more."""
    at = next((at for at, (a, b) in enumerate(zip(typed, word, strict=False)) if a != b), min(len(typed), len(word)))
    rest, own = typed[at:], word[at:]
    ways = [(rest[1:], own[1:]), (rest, own[1:]), (rest[1:], own)]
    if rest[:2] == own[:2][::-1]:
        ways.append((rest[2:], own[2:]))
    whole = 0 if typed == word else 1 if any(left == right for left, right in ways) else 2
    return whole, 0 if word.startswith(typed) else 1 if any(right.startswith(left) for left, right in ways) else 2


def _edits(typed: str, word: str, limit: int) -> tuple[int, int]:
    """Return how many letters are wrong, missing, too many or swapped: for the whole word, and for its beginning.

    The counting stops beyond `limit`, so that most words cost little.
    """
    before, row = [0], list(range(len(typed) + 1))
    begun, most = len(typed), len(typed) + limit
    for at, letter in enumerate(word[:most]):
        earlier, before, row = before, row, [at + 1]
        for column, other in enumerate(typed):
            cost = min(row[column] + 1, before[column + 1] + 1, before[column] + (letter != other))
            if at and column and letter == typed[column - 1] and word[at - 1] == other:
                cost = min(cost, earlier[column - 1] + 1)
            row.append(cost)
        begun = min(begun, row[-1])
        if min(row) > limit and min(before) > limit:
            return most, begun
    return (row[-1] if len(word) <= most else most), begun
