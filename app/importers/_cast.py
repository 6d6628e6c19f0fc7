"""The people of a screenplay: who they are, how their names are written, and where they are brought in."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from app.importers._draft import identifier
from app.importers._names import fold as fold_anew

LONGEST = 4
"""A name has at most so many words."""

fold = lru_cache(maxsize=8192)(fold_anew)
"""A script says the same names again and again."""

MOST = 12
"""So many people may do one thing together."""

MARKS = "\"'“”’.,:;!?…()[]-–—"
EXTENSION = re.compile(r" ?\(([^()]*)\)")
AGE = re.compile(r"\d|\b(?:teen|twent|thirt|fort|fift|sixt|sevent|eight|ninet|young|old|child|baby|age)", re.IGNORECASE)
ARTICLES = frozenset({"A", "AN"})


@dataclass(eq=False)
class Person:
    """Somebody whom the script names; `met` once the action has brought them in, in capitals."""

    id: str
    name: str
    met: bool = False


class Cue(NamedTuple):
    """Who speaks, and what stands in brackets behind the name."""

    name: str
    extensions: tuple[str, ...]


class Introduced(NamedTuple):
    """A name in capitals within the action, and the brackets behind it."""

    name: str
    detail: str


class Acts(NamedTuple):
    """A sentence that begins with names: who acts, what the brackets and the apposition say, and what is done."""

    people: tuple[Person, ...]
    description: str
    does: str


def cue(line: str) -> Cue:
    """Take a character cue apart: MARA (V.O.) (CONT'D)."""
    return Cue(EXTENSION.sub("", line).strip(), tuple(one.strip() for one in EXTENSION.findall(line) if one.strip()))


class Cast:
    """Everybody whom the cues name, and whom the action brings in with an age."""

    def __init__(self, cues: Iterable[str], action: list[str]) -> None:
        self.people: dict[str, Person] = {}
        self._ids: set[str] = set()
        for line in cues:
            self.person(cue(line).name)
        for text in action:
            for one in introductions(text):
                if AGE.search(one.detail):
                    self.person(one.name)
        self._first_words = {key.partition(" ")[0] for key in self.people}
        self._spell(action)

    def person(self, name: str) -> Person:
        """Return who bears a name; somebody new where nobody does."""
        key = fold(name) or name
        if key not in self.people:
            self.people[key] = Person(self._new_id(name), name)
        return self.people[key]

    def known(self, name: str) -> Person | None:
        """Return who bears exactly this name, or None."""
        return self.people.get(fold(name))

    def brought_in(self, text: str) -> Iterator[tuple[Person, str]]:
        """Yield whom a paragraph brings in for the first time, with what its brackets say of them."""
        for name, detail in introductions(text):
            person = self.known(name)
            if person and not person.met:
                person.met = True
                yield person, detail

    def acts(self, sentence: str) -> Acts | None:
        """Read a sentence that begins with the name of one person, or of several joined by `and`; else None."""
        people, words = self._named(sentence)
        if not people or re.match(r"(?:and|&)\b", words):
            return None
        description, rest = _described(words, in_capitals=sentence.partition(" ")[0].isupper())
        return Acts(people, description, rest.lstrip(", "))

    def _named(self, sentence: str) -> tuple[tuple[Person, ...], str]:
        people: list[Person] = []
        rest = sentence
        while len(people) < MOST and (found := self._leading(rest)):
            person, after = found
            people.append(person)
            joined = re.match(r"(?:, and|,| and| &) (?=\S)", after)
            if not joined or not self._leading(after[joined.end() :]):
                return tuple(dict.fromkeys(people)), after.removeprefix(" ")
            rest = after[joined.end() :]
        return (), rest

    def _leading(self, words: str) -> tuple[Person, str] | None:
        """Return whose name stands first, the longest, and what follows it."""
        if not words[:1].isupper() and not words[:1].isdigit():
            return None
        heads = words.split(" ", LONGEST)[:LONGEST]
        for count in range(len(heads), 0, -1):
            head = " ".join(heads[:count])
            bare = head.removesuffix(",")
            person = self.known(bare) if bare[-1:] not in MARKS else None
            if person and len(words) > len(head):
                return person, words[len(bare) :]
        return None

    def _spell(self, action: list[str]) -> None:
        """Write names as the action writes them in small letters: MCKENZIE is McKenzie there."""
        spelt: set[str] = set()
        for text in action:
            words = text.split(" ")
            for at, word in enumerate(words):
                if word[:1].isupper() and not word.isupper() and fold(_bare(word)) in self._first_words:
                    self._spell_from(words[at : at + LONGEST], spelt)

    def _spell_from(self, words: list[str], spelt: set[str]) -> None:
        for count in range(len(words), 0, -1):
            name = _bare(" ".join(words[:count]))
            person = self.known(name)
            if (
                person
                and person.id not in spelt
                and person.name.isupper()
                and all(w[:1].isupper() for w in name.split())
            ):
                spelt.add(person.id)
                person.name = name
                return

    def _new_id(self, name: str) -> str:
        """Return an id that nobody has: of the name's letters, with a number where they are taken or there are none."""
        stem = identifier(name)[:34]
        number = len(self._ids) + 1
        new = stem if stem and stem not in self._ids else f"{stem or 'person'}_{number}"
        while new in self._ids:
            number += 1
            new = f"{stem or 'person'}_{number}"
        self._ids.add(new)
        return new


def introductions(text: str) -> Iterator[Introduced]:
    """Yield the names that stand in capitals in a paragraph, each with the brackets that follow it."""
    words = text.split(" ")
    run: list[str] = []
    for at, word in enumerate(words):
        bare = word.strip(MARKS)
        if bare.isupper() and not word.startswith("("):
            run.append(bare)
            if word[-1:] not in MARKS or word[-1:] == "'":
                continue
            detail = ""
        else:
            detail = _brackets(words[at : at + 16]) if word.startswith("(") else ""
        yield from _in_run(run, detail)
        run = []
    yield from _in_run(run, "")


def _in_run(run: list[str], detail: str) -> Iterator[Introduced]:
    """Yield the name that a run of words in capitals makes, without an article."""
    named = run[1:] if run and run[0] in ARTICLES else run
    if 0 < len(named) <= LONGEST and any(len(word) > 1 for word in named):
        yield Introduced(" ".join(named), detail)


def _brackets(words: list[str]) -> str:
    inside, closed, _ = " ".join(words).removeprefix("(").partition(")")
    return inside.strip() if closed else ""


def _described(words: str, *, in_capitals: bool) -> tuple[str, str]:
    """Split `(60s), a keeper, climbs` into a description and the rest; without brackets a name stands in capitals."""
    found = re.match(r"\(([^()]{1,200})\)", words)
    parts = [found[1].strip()] if found else []
    rest = words[found.end() :] if found else words
    articles = ("a ", "an ", "the ") if found else ("a ", "an ") if in_capitals else ()
    if rest.startswith(", ") and rest[2:].startswith(articles):
        apposition, comma, does = rest[2:].partition(", ")
        parts.append(apposition if comma else apposition.rstrip("."))
        rest = does
    return ", ".join(parts), rest


def _bare(word: str) -> str:
    """Return a word without the marks around it and the possessive."""
    return re.sub(r"['’]s$", "", word.strip(MARKS))
