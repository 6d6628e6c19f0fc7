"""Reads what somebody types into the search box: `rain "wet street" lens:>=85 size:cu or size:mcu -tag:old`.

    query  = choice+                      all of them
    choice = part ("or" part)*            one of them
    part   = ["-"] (word | "a phrase" | key ":" value)

A word may end in `*`. A value is a name, a number, `>=4`, `35..85`, or several words in quotation marks.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from itertools import combinations
from typing import NamedTuple, NoReturn

from app.errors import BadInputError
from app.library.search_keys import BY_UNIT, EXCLUDED, Key, facets, keys
from app.library.search_tokens import fact, rounded, words
from app.match.find import exactly, names_of, nearest
from app.match.numbers import quantities
from app.vocab import Vocabulary

MOST_CHARS, MOST_PARTS = 400, 32

NAME_WORDS = 6
"""No name of a term has more words that somebody would type."""

PART = re.compile(
    r"""(?P<minus>-?)(?:(?P<key>[A-Za-z][A-Za-z_.]*):(?:"(?P<quoted>[^"]*)"?|(?P<value>[^\s"]*))
    |"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))""",
    re.VERBOSE,
)
PLAIN = re.compile(r"[-−+]?(?:\d+(?:\.\d*)?|\.\d+)")
OPERATOR = re.compile(r"(>=|<=|>|<|=)?(.*)", re.DOTALL)


class QueryError(BadInputError):
    """A query that cannot be read; `start` and `end` are the place."""

    def __init__(self, message: str, start: int, end: int, *, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.start = start
        self.end = end


class Words(NamedTuple):
    """Words that stand side by side. `begins`: the last one may go on; `typing`: because somebody still writes it."""

    words: tuple[str, ...]
    begins: bool = False
    typing: bool = False


class Number(NamedTuple):
    """A number between two bounds; `above` and `below` leave the bounds themselves out."""

    key: str
    low: float | None
    high: float | None
    above: bool = False
    below: bool = False

    def holds(self, value: float) -> bool:
        """Tell whether a number, rounded as the key's are, lies in it."""
        over = self.low is None or (value > self.low if self.above else value >= self.low)
        return over and (self.high is None or (value < self.high if self.below else value <= self.high))

    def meets(self, other: "Number") -> bool:
        """Tell whether any number could lie in both."""
        low = max(one.low for one in (self, other, ANY) if one.low is not None)
        high = min(one.high for one in (self, other, ANY) if one.high is not None)
        return low < high or (low == high and self.holds(low) and other.holds(low))


ANY = Number("", -math.inf, math.inf)

ONE_EACH = frozenset({"stars", "takes"})
"""Of these every shot and take has one number."""


class Fact(NamedTuple):
    """One of these tokens, all of which mean what was asked for."""

    tokens: tuple[str, ...]


Wanted = Words | Number | Fact


class Part(NamedTuple):
    """What one part asks for, any of `wanted`, and where it stands in the query."""

    wanted: tuple[Wanted, ...]
    negated: bool
    start: int
    end: int


@dataclass(frozen=True)
class Query:
    """A query, read: of each choice one part has to be true."""

    text: str
    choices: tuple[tuple[Part, ...], ...]

    def words(self) -> list[Words]:
        """Return the words that are looked for."""
        parts = (part for choice in self.choices for part in choice if not part.negated)
        return [one for part in parts for one in part.wanted if isinstance(one, Words)]

    @property
    def kinds(self) -> tuple[str, ...]:
        """What is looked for: shots, unless the query says otherwise."""
        parts = [part for choice in self.choices for part in choice]
        said = {one.tokens[0] for part in parts for one in part.wanted if isinstance(one, Fact)}
        return ("shot", "take") if said & {"is=shot", "is=take"} else ("shot",)

    @property
    def is_empty(self) -> bool:
        """Whether it asks for two numbers of what has one alone: four stars and none."""
        alone = [choice[0] for choice in self.choices if len(choice) == 1 and not choice[0].negated]
        numbers = [
            one for part in alone for one in part.wanted[:1] if len(part.wanted) == 1 and isinstance(one, Number)
        ]
        said = [one for one in numbers if one.key in ONE_EACH]
        return any(one.key == other.key and not one.meets(other) for one, other in combinations(said, 2))


Names = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Of each key that takes a name of something kept: its names, and what is called so. Two films may have one name."""


def read(text: str, vocabulary: Vocabulary, names: Names, *, typing: bool = False) -> Query:
    """Read a query. `typing`: its last word may go on. Raises QueryError with the place and what is allowed."""
    if len(text) > MOST_CHARS:
        message = f"A search has up to {MOST_CHARS} characters, this one {len(text):,}."
        raise QueryError(message, MOST_CHARS, len(text), hint="Look for fewer words.")
    reader = _Reader(text, vocabulary, names, typing=typing)
    choices = tuple(tuple(choice) for choice in _named(reader.choices(), vocabulary))
    if sum(map(len, choices)) > MOST_PARTS:
        last = choices[-1][-1]
        raise QueryError(
            f"A search has up to {MOST_PARTS} parts.", last.start, last.end, hint="Put a phrase in quotation marks."
        )
    return Query(text, choices)


class _Reader:
    def __init__(self, text: str, vocabulary: Vocabulary, names: Names, *, typing: bool) -> None:
        self.text = text
        self.vocabulary = vocabulary
        self.names = names
        self.typing = typing

    def choices(self) -> list[list[Part]]:
        """Return the parts by choice."""
        found: list[list[Part]] = []
        joins: re.Match[str] | None = None
        for match in self._parts():
            if match[0].casefold() == "or":
                if joins or not found:
                    self._fail(match, "'or' stands between two parts.", "Write size:cu or size:mcu.")
                joins = match
                continue
            part = self._part(match)
            if joins:
                found[-1].append(part)
            else:
                found.append([part])
            joins = None
        if joins and not self.typing:
            self._fail(joins, "'or' stands between two parts.", "Write size:cu or size:mcu.")
        return found

    def _parts(self) -> Iterator[re.Match[str]]:
        at = 0
        while found := PART.search(self.text, at):
            yield found
            at = found.end()

    def _fail(self, match: re.Match[str], message: str, hint: str = "") -> NoReturn:
        raise QueryError(
            f"{message.rstrip('.')} (character {match.start() + 1}).", match.start(), match.end(), hint=hint
        )

    def _part(self, match: re.Match[str]) -> Part:
        if match["key"]:
            wanted: tuple[Wanted, ...] = (self._keyed(match),)
        elif match["phrase"] is not None:
            wanted = (self._words(match, match["phrase"]),)
        else:
            wanted = self._word(match, match["word"])
        return Part(wanted, bool(match["minus"]), match.start(), match.end())

    def _words(self, match: re.Match[str], text: str) -> Words:
        if not (found := words(text)):
            self._fail(match, f"There is nothing to look for in {match[0][:20]!r}.", "Write a word, or leave it out.")
        return Words(found)

    def _word(self, match: re.Match[str], word: str) -> tuple[Wanted, ...]:
        """Read a word, which may be a measure as well: 85mm, T2, 3200K."""
        last = self.typing and match.end() == len(self.text) and len(word) > 2
        found = self._words(match, word)._replace(begins=last or word.endswith("*"), typing=last)
        for one in quantities(word):
            if one.end - one.start == len(word) and one.unit in BY_UNIT:
                value = rounded(one.value, BY_UNIT[one.unit].figures)
                return Number(BY_UNIT[one.unit].name, value, value), found
        return (found,)

    def _keyed(self, match: re.Match[str]) -> Wanted:
        name, quoted = match["key"].casefold(), match["quoted"]
        value = (match["value"] if quoted is None else quoted).strip()
        key, among = keys().get(name), facets(self.vocabulary).get(name, ())
        if key is None and not among:
            self._fail(match, f"No key is called {name[:40]!r}.", _near(name, [*keys(), *facets(self.vocabulary)]))
        if not value:
            self._fail(match, f"{name}: needs a value.", f"Write {name}:{key.example if key else self._terms(among)}.")
        if key and key.kind == "number" and (number := self._number(match, key, value)):
            return number
        if among and (found := self._term(among, value)):
            return Fact(found)
        if key is None:
            self._fail(match, f"{name}: has no term called {value[:40]!r}.", self._nearest(among, value))
        if key.kind == "number":
            self._fail(match, f"{name}: takes a number, not {value[:40]!r}.", f"Write {name}:{key.example}.")
        return self._named(match, key, value)

    def _named(self, match: re.Match[str], key: Key, value: str) -> Fact:
        if key.kind == "choice":
            if value.casefold() not in key.choices:
                self._fail(match, f"{key.name}: is one of {', '.join(key.choices)}.", _near(value, key.choices))
            return Fact((fact(key.name, value),))
        known = self.names.get(key.name)
        folded = value.casefold()
        if known is None:
            return Fact((fact(key.name, folded),))
        if folded not in known:
            self._fail(match, f"{key.name}: knows nothing called {value[:40]!r}.", _near(folded, list(known)))
        return Fact(tuple(fact(key.name, one) for one in known[folded]))

    def _number(self, match: re.Match[str], key: Key, value: str) -> Number | None:
        """Read a number or a range; None where something else stands there."""
        low, dots, high = value.partition("..")
        if dots:
            first, last = self._value(key, low), self._value(key, high)
            if first is None or last is None:
                self._fail(match, f"{key.name}: needs a number at both ends.", f"Write {key.name}:35..85.")
            return Number(key.name, min(first, last), max(first, last))
        found = OPERATOR.fullmatch(value)
        sign, rest = (found[1], found[2]) if found else (None, value)
        at = self._value(key, rest)
        if at is None:
            return None
        if sign in {">", ">="}:
            return Number(key.name, at, None, above=sign == ">")
        if sign in {"<", "<="}:
            return Number(key.name, None, at, below=sign == "<")
        return Number(key.name, at, at)

    @staticmethod
    def _value(key: Key, text: str) -> float | None:
        """Return a number with or without its unit, as the key's numbers are rounded."""
        text = text.strip()
        if PLAIN.fullmatch(text):
            return rounded(float(text.replace("−", "-")), key.figures)
        for one in quantities(text):
            if one.end - one.start == len(text) and (one.unit == key.unit or {one.unit, key.unit} == {"f", "T"}):
                return rounded(one.value, key.figures)
        return None

    def _term(self, among: Sequence[str], value: str) -> tuple[str, ...]:
        spoken = value.replace("_", " ")
        found = (exactly(self.vocabulary, value, one) or exactly(self.vocabulary, spoken, one) for one in among)
        return tuple(term.id for term in found if term)

    def _nearest(self, among: Sequence[str], value: str) -> str:
        found = (nearest(self.vocabulary, value, facet) for facet in among)
        near = next((term for term in found if term), None)
        return f"Did you mean {near.label!r}?" if near else f"It takes such as {self._terms(among)}."

    def _terms(self, among: Sequence[str]) -> str:
        named = (term.id.rpartition(".")[2] for facet in among for term in self.vocabulary.facets[facet].terms)
        return next(named, "")


def _named(choices: list[list[Part]], vocabulary: Vocabulary) -> list[list[Part]]:
    """Let words that are the name of a term find that term, too, whatever its label: `rembrandt`, `head and shoulders`.

    Each of its words is as good as the term: together they ask for the term, or for all of the words.
    """
    called, at = terms_called(vocabulary), 0
    while at < len(choices):
        run = choices[at : at + NAME_WORDS]
        alone = next((count for count, one in enumerate(run) if not _is_word(one)), len(run))
        for count in range(max(1, alone), 0, -1):
            name = tuple(word for choice in run[:count] for one in choice[0].wanted for word in _plain(one))
            if found := called.get(name):
                for place in range(at, at + count):
                    part, *others = choices[place]
                    choices[place] = [part._replace(wanted=(Fact(found), *part.wanted)), *others]
                break
        at += count
    return choices


def _is_word(choice: list[Part]) -> bool:
    return len(choice) == 1 and not choice[0].negated and any(_plain(one) for one in choice[0].wanted)


def _plain(wanted: Wanted) -> tuple[str, ...]:
    return wanted.words if isinstance(wanted, Words) and (wanted.typing or not wanted.begins) else ()


@cache
def terms_called(vocabulary: Vocabulary) -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Return the terms by the words of their names."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for term in vocabulary.terms.values():
        if term.facet == EXCLUDED:
            continue
        for name in {words(one) for one in names_of(term)[1:]}:
            found[name] = (*found.get(name, ()), term.id)
    return found


def _near(name: str, known: Sequence[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return (
        f"Did you mean {near[0]!r}?"
        if near
        else f"There are {', '.join(sorted(known)[:40])}."
        if known
        else "There is none yet."
    )
