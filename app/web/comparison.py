"""One shot before many models: what each of them hears, hears roughly, and never hears."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from app.dialects import length
from app.dialects._counting import UNITS
from app.pipeline import compile_all
from app.resolve import Resolved
from app.schema import Compiled, Shot
from app.schema.facets import pattern, title
from app.views import controls
from app.vocab import Target, vocabulary
from app.web.targets import form, living

MOST = 6
"""As many targets as stand beside each other."""

FIRST = "uni-1"
"""The target that everything is compared with, unless somebody chose others."""


class Heard(NamedTuple):
    """What a target makes of one path: `sent` is what stood in for it, `reason` why."""

    how: Literal["said", "roughly", "never"]
    sent: str = ""
    reason: str = ""


class Row(NamedTuple):
    """One thing that the shot says: where, whose, and what."""

    path: str
    title: str
    whose: str
    value: str


@dataclass(frozen=True)
class Hearing:
    """What one target hears of one shot. Paths that are left to the model are not counted."""

    target: Target
    text: str
    paths: dict[str, Heard]

    def count(self, how: str) -> int:
        """Return how many paths it hears whole (`said`), `roughly`, or `never`."""
        return sum(one.how == how for one in self.paths.values())

    @property
    def share(self) -> float:
        """The share of what was said that arrives whole, from 0 to 1."""
        return self.count("said") / len(self.paths) if self.paths else 1

    @property
    def size(self) -> str:
        """How long its text is, in the unit of its limit: `1,240 of 2,500 characters`."""
        limit = self.target.limit
        of = f" of {limit.count:,}" if limit.count else ""
        return f"{length(self.text, limit):,}{of} {UNITS[limit.unit]}"


def hearings(shot: Shot, resolved: Resolved) -> list[Hearing]:
    """Return what every living target hears of a shot, those that hear most of it first."""
    paths = sorted(resolved.said - resolved.left)
    targets = living()
    compiled = compile_all(shot, targets, vocabulary())
    found = [_hearing(target, one, paths) for target, one in zip(targets, compiled, strict=True)]
    return sorted(found, key=lambda one: (-one.share, one.count("never"), one.target.label))


def _hearing(target: Target, compiled: Compiled, paths: Iterable[str]) -> Hearing:
    less: dict[str, Heard] = {}
    for loss in compiled.losses:
        for path in loss.paths:
            if loss.kind == "dropped":
                less[path] = Heard("never", "", loss.reason)
            else:
                less.setdefault(path, Heard("roughly", loss.sent, loss.reason))
    return Hearing(target, compiled.text, {path: less.get(path, Heard("said")) for path in paths})


def rows(resolved: Resolved) -> list[tuple[str, list[Row]]]:
    """Return what a shot says, by department in the order of the shot page, and in the shot's own order within one."""
    found: dict[str, list[Row]] = {one.label: [] for one in controls.DEPARTMENTS}
    for path in resolved.values:
        if path in resolved.said and path not in resolved.left:
            found[controls.department_of(path).label].append(_row(path, resolved))
    return [(label, some) for label, some in found.items() if some]


def _row(path: str, resolved: Resolved) -> Row:
    keys = zip(path.split("."), pattern(path).split("."), strict=True)
    whose = ", ".join(key.replace("_", " ") for key, known in keys if known == "*")
    return Row(path, title(pattern(path).rstrip(".*")), whose, controls.brief(resolved, path))


def choose(found: list[Hearing], wanted: Iterable[str], own: str) -> list[Hearing]:
    """Return the targets to stand beside each other, at most six.

    Those that somebody names, in their order; else the first one, the shot's own, and of each other kind of model
    (a medium and a form) the one that hears most. Raises UnknownNameError for a name that no target has.
    """
    by_id = {one.target.id: one for one in found}
    named = [vocabulary().target(name) for name in dict.fromkeys(wanted)]
    if chosen := [by_id[one.id] for one in named if one.id in by_id]:
        return chosen[:MOST]
    chosen = [by_id[name] for name in dict.fromkeys((FIRST, own)) if name in by_id]
    kinds = {_kind(one.target) for one in chosen}
    for one in found:
        if len(chosen) < MOST and _kind(one.target) not in kinds:
            chosen.append(one)
            kinds.add(_kind(one.target))
    rest = [one for one in found if one not in chosen]
    return [*chosen, *rest][:MOST]


def lost(chosen: Iterable[Hearing]) -> set[str]:
    """Return the paths that any of some targets does not hear whole."""
    return {path for one in chosen for path, heard in one.paths.items() if heard.how != "said"}


def _kind(target: Target) -> tuple[str, str]:
    return target.medium, form(target)
