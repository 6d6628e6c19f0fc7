r"""Sentence patterns: `{who|kind}[, wearing {wardrobe}][; {action}]`.

`{a|b}` writes the first of the named facts that is still unsaid; `[...]` is written only when a fact inside it is
there; `{a*}` writes all facts of that name, with commas. A bracket or brace that the model is to read stands behind a
backslash: `\[{move}\]`. A fact is said once. What a pattern has no place for follows at its end, so that nothing is
lost.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any, NamedTuple, TypeVar

from app.compile.brief import Clause, Fact
from app.schema import Segment

TOKEN = re.compile(r"\{([a-z_|]+)(\*?)\}|(\[)|(\])|((?:\\[\[\]{}\\]|[^{}\[\]\\])+)")
ESCAPED = re.compile(r"\\([\[\]{}\\])")

Context = TypeVar("Context")
Say = Callable[[Fact, Context], Segment]

COMMA = Segment(", ")


class Slot(NamedTuple):
    """A place for the first of `names`, or for all of them."""

    names: tuple[str, ...]
    every: bool


class Group(NamedTuple):
    """A part that is written only when a fact inside it is; `names` are all the facts that it has a place for."""

    parts: "tuple[Slot | Group | Segment, ...]"
    names: frozenset[str]


Part = Slot | Group | Segment
Unsaid = dict[str, list[int]]


@cache
def parse(pattern: str) -> Group:
    """Read a pattern once."""
    stack: list[list[Part]] = [[]]
    for names, every, opens, closes, literal in TOKEN.findall(pattern):
        if opens:
            stack.append([])
        elif closes:
            done = _group(stack.pop())
            stack[-1].append(done)
        else:
            stack[-1].append(
                Segment(ESCAPED.sub(r"\1", literal)) if literal else Slot(tuple(names.split("|")), bool(every))
            )
    return _group(stack[0])


def _group(parts: list[Part]) -> Group:
    names = (part.names for part in parts if not isinstance(part, Segment))
    return Group(tuple(parts), frozenset(name for some in names for name in some))


def write(pattern: str, clause: Clause, say: Say[Context], context: Context) -> list[Segment]:
    """Write a clause, each fact as `say` words it. Unsaid facts follow with commas; one without words says nothing."""
    facts, names = clause.told
    return [say(facts[part], context) if type(part) is int else part for part in _plan(pattern, names)]


@lru_cache(maxsize=4096)
def _plan(pattern: str, names: tuple[str, ...]) -> tuple[Any, ...]:
    """Return what is written for facts of these names, in order: joining segments, and the indexes of facts.

    Patterns meet the same few combinations of facts again and again, so the walk is done once for each.
    """
    unsaid: Unsaid = {}
    for index, name in enumerate(names):
        unsaid.setdefault(name, []).append(index)
    plan: list[Segment | int] = []
    _walk(parse(pattern), unsaid, plan)
    plan = _begun(plan)
    for index in sorted(index for rest in unsaid.values() for index in rest):
        plan += [COMMA, index] if plan else [index]
    return tuple(plan)


def _walk(group: Group, unsaid: Unsaid, plan: list[Segment | int]) -> None:
    for part in group.parts:
        if isinstance(part, Segment):
            plan.append(part)
        elif unsaid.keys().isdisjoint(part.names):
            continue
        elif isinstance(part, Group):
            _walk(part, unsaid, plan)
        else:
            for number, index in enumerate(_take(part, unsaid)):
                plan += [COMMA, index] if number else [index]


def _take(slot: Slot, unsaid: Unsaid) -> list[int]:
    """Take the first of the slot's facts out of the unsaid ones, or all of them."""
    name = next(name for name in slot.names if name in unsaid)
    taken = unsaid.pop(name)
    if not slot.every and taken[1:]:
        unsaid[name] = taken[1:]
    return taken if slot.every else taken[:1]


def _begun(plan: list[Segment | int]) -> list[Segment | int]:
    """Take the joining words off the front, where what should stand before them was not said."""
    while plan and isinstance(plan[0], Segment):
        if rest := plan[0].text.lstrip(" ,;:"):
            return [Segment(rest), *plan[1:]]
        plan = plan[1:]
    return plan
