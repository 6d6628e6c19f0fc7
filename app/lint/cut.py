"""Two neighbouring shots of a scene, and what a check of their cut is: a class whose docstring is its page."""

from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Literal

from app.lint.alike import meant
from app.lint.base import Check
from app.lint.scenery import other_hour, other_place
from app.patch import Json, at, merge
from app.resolve import Resolved
from app.resolve.camera import is_thing
from app.schema.compiled import Finding
from app.schema.shot import Subject

Holds = Literal["always", "cut", "time", "place"]
"""Between which shots a check is asked: any two of a scene; those that a straight cut joins; those of one hour as well;
those of one hour and one place."""

PASSING = frozenset(
    f"time.transition.{one}"
    for one in (
        *("dissolve", "fade_in", "fade_out", "fade_to_white", "flash_cut", "jump_cut", "wipe", "natural_wipe", "iris"),
        *("page_turn", "superimposition", "morph", "focus_pull", "light_leak", "split_screen", "freeze_frame"),
    )
)
"""Transitions over which time passes, or that mean to be seen: nobody expects the next shot to go on from this one."""


@dataclass(eq=False)
class Cut:
    """The end of one shot and the beginning of the next one, of the same scene."""

    before: Resolved
    after: Resolved

    @cached_property
    def cast(self) -> list[tuple[str, str]]:
        """Who is in both: the id in the one and in the other, as the shot before orders them."""
        return _same(self.before, self.after)

    @cached_property
    def people(self) -> list[tuple[str, str]]:
        """Those of the cast who are said to be no things."""
        return [
            (was, now) for was, now in self.cast if not is_thing(self.before, was) and not is_thing(self.after, now)
        ]

    @cached_property
    def lamps(self) -> list[tuple[str, str]]:
        """The lamps that do one thing in both: of one role, and of one id or the only ones of it."""
        was, now = (_by_role(resolved) for resolved in (self.before, self.after))
        found = []
        for role in [role for role in was if role in now]:
            found += [(name, name) for name in was[role] if name in now[role]]
            if len(was[role]) == len(now[role]) == 1 and was[role] != now[role]:
                found.append((was[role][0], now[role][0]))
        return found

    @cached_property
    def closer(self) -> int | None:
        """By how many sizes the later shot goes in, less than 0 for out; None where a size is open."""
        order = [term.id for term in self.before.vocabulary.facets["camera.size"].terms]
        was, now = self.before.name("camera.size"), self.after.name("camera.size")
        return order.index(was.id) - order.index(now.id) if was and now else None

    @cached_property
    def holds(self) -> frozenset[Holds]:
        """What goes on over the cut."""
        if self.before.pick("transition_out") in PASSING or self.after.pick("transition_in") in PASSING:
            return frozenset({"always"})
        if other_hour(self.before, self.after):
            return frozenset({"always", "cut"})
        if other_place(self.before, self.after):
            return frozenset({"always", "cut", "time"})
        return frozenset({"always", "cut", "time", "place"})

    def numbers(self, path: str) -> tuple[float, float] | None:
        """Return the number at a path in both shots, or None."""
        was, now = self.before.number(path), self.after.number(path)
        return None if was is None or now is None else (was, now)

    def as_before(self, *paths: str | tuple[str, str]) -> Json | None:
        """Return the patch that lets the later shot say at some paths what the earlier one says there, or nothing.

        A path may be two where an id differs: its own in either shot. None when that changes nothing, or when the
        earlier shot says nothing at any of them.
        """
        patch: Any = {}
        pairs = [(path, path) if isinstance(path, str) else path for path in paths]
        for was, now in pairs:
            if was in self.before.said:
                patch = merge(patch, at(now, _plain(self.before.value(was))))
        if not patch:
            return None
        for was, now in pairs:
            if was not in self.before.said and now in self.after.said:
                patch = _with(patch, now)
        if all(self.before.value(was) == self.after.value(now) for was, now in pairs):
            return None
        return dict(patch)


class CutRule(Check):
    """Looks at one thing that goes on, or should, from one shot to the next.

    Its findings are about the later shot: their paths lead there, and their fix is a patch on it. Example and Instead
    hold two shots, [before] and [after].
    """

    holds: ClassVar[Holds] = "cut"

    @abstractmethod
    def check(self, cut: Cut) -> Iterator[Finding]:
        """Yield a finding for each thing that does not go on."""


def called(resolved: Resolved, who: str) -> str:
    """Return what somebody is called: by name, else by id."""
    return str(resolved.value(f"subjects.{who}.name") or who.replace("_", " "))


def _same(before: Resolved, after: Resolved) -> list[tuple[str, str]]:
    """Pair the subjects of two shots: by id, and what is left by name."""
    there = after.shot.subjects
    found = {name: name for name, one in before.subjects if name in there and _may_be(one, there[name])}
    left = {one.name.casefold(): name for name, one in after.subjects if one.name and name not in found.values()}
    for name, one in before.subjects:
        if name not in found and one.name and one.name.casefold() in left:
            found[name] = left.pop(one.name.casefold())
    return [(name, found[name]) for name, _ in before.subjects if name in found]


def _by_role(resolved: Resolved) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, lamp in resolved.lights:
        if type(lamp.role) is str:
            found.setdefault(lamp.role, []).append(name)
    return found


def _may_be(one: Subject, other: Subject) -> bool:
    """Tell whether two subjects of one id may be the same: their names, where both have one, share a word."""
    return not one.name or not other.name or not meant(one.name).isdisjoint(meant(other.name))


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _with(patch: Json, path: str) -> Json:
    """Return a patch that also clears a path: `merge` would take the null for an order."""
    key, _, rest = path.partition(".")
    inner = patch.get(key, {})
    return {**patch, key: _with(inner, rest) if rest else None}
