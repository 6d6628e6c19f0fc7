"""Sentence patterns: `{who|kind}[, wearing {wardrobe}][; {action}]`.

`{a|b}` writes the first of the named facts that is still unsaid; `[...]` is written only when a fact inside it is
there; `{a*}` writes all facts of that name, with commas. A fact is said once. What a pattern has no place for
follows at its end, so that nothing is lost.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from app.compile.brief import Clause, Fact
from app.schema import Segment

TOKEN = re.compile(r"\{([a-z_|]+)(\*?)\}|(\[)|(\])|([^{}\[\]]+)")

Say = Callable[[Fact], Segment]


class Slot(NamedTuple):
    """A place for the first of `names`, or for all of them."""

    names: tuple[str, ...]
    every: bool


class Group(NamedTuple):
    """A part that is written only when a fact inside it is."""

    parts: "tuple[Slot | Group | str, ...]"


Part = Slot | Group | str


@cache
def parse(pattern: str) -> Group:
    """Read a pattern once."""
    stack: list[list[Part]] = [[]]
    for names, every, opens, closes, literal in TOKEN.findall(pattern):
        if opens:
            stack.append([])
        elif closes:
            done = Group(tuple(stack.pop()))
            stack[-1].append(done)
        else:
            stack[-1].append(literal or Slot(tuple(names.split("|")), bool(every)))
    return Group(tuple(stack[0]))


def write(pattern: str, clause: Clause, say: Say) -> list[Segment]:
    """Write a clause; unsaid facts follow with commas."""
    unsaid = list(clause.facts)
    segments = _begun(_write(parse(pattern), unsaid, say))
    for fact in unsaid:
        said = say(fact)
        if said.text:
            segments += [Segment(", "), said] if segments else [said]
        elif fact.paths and segments:
            _credit(segments, fact)
    return segments


def _write(group: Group, unsaid: list[Fact], say: Say) -> list[Segment]:
    segments: list[Segment] = []
    found = False
    for part in group.parts:
        if isinstance(part, str):
            segments.append(Segment(part))
        elif isinstance(part, Group):
            if inner := _write(part, unsaid, say):
                segments += inner
                found = True
        else:
            for number, fact in enumerate(_take(part, unsaid)):
                found = True
                segments += [Segment(", "), say(fact)] if number else [say(fact)]
    return segments if found else []


def _take(slot: Slot, unsaid: list[Fact]) -> list[Fact]:
    taken = []
    for name in slot.names:
        for fact in [fact for fact in unsaid if fact.name == name and fact.words]:
            unsaid.remove(fact)
            taken.append(fact)
            if not slot.every:
                return taken
    return taken


def _begun(segments: list[Segment]) -> list[Segment]:
    """Take the joining words off the front, where what should stand before them was not said."""
    while segments and not segments[0].paths and not segments[0].derived:
        rest = segments[0].text.lstrip(" ,;:")
        if rest:
            return [Segment(rest), *segments[1:]]
        segments = segments[1:]
    return segments


def _credit(segments: list[Segment], fact: Fact) -> None:
    """Credit a fact without words of its own to the last said segment of its clause."""
    for index in range(len(segments) - 1, -1, -1):
        segment = segments[index]
        if segment.paths:
            segments[index] = Segment(segment.text, (*segment.paths, *fact.paths), segment.derived)
            return
