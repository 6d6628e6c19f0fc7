"""Presets as the pages show them: what one says, in the words of the controls, and what it would change of a shot."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from app.compile.wording import handle
from app.patch import Json, merge
from app.resolve import Resolved, resolve
from app.resolve.presets import KINDS, Kind
from app.schema import Shot, read_data
from app.schema.changes import Change, changes
from app.schema.documents import Preset
from app.vocab import vocabulary
from app.web import controls
from app.web.noting import named, worded

__all__ = ["by_kind", "handle", "pictures", "says", "steps"]

MOST = 8
"""As many facts of a preset stand on its card."""

ENTRIES = ("subjects", "lights", "references", "beats")


class Step(NamedTuple):
    """A field, what stands there, and what would."""

    field: str
    before: str
    after: str


def by_kind(presets: Sequence[Preset]) -> list[tuple[str, Kind, list[Preset]]]:
    """Return presets by kind, in the order of the kinds; kinds that nobody kept anything of are left out."""
    found = [(name, kind, [one for one in presets if one.kind == name]) for name, kind in KINDS.items()]
    return [one for one in found if one[2]]


def says(preset: Preset) -> list[str]:
    """Return the first facts of a preset in words."""
    if preset.kind == "prompt":
        return [preset.text]
    resolved = resolve(read_data(preset.patch), vocabulary())
    paths = [path for path in resolved.values if path in resolved.said and not path.startswith("references.")]
    return list(dict.fromkeys(controls.brief(resolved, path) for path in paths))[:MOST]


def pictures(preset: Preset) -> list[str]:
    """Return the sha256 of each picture that a preset carries."""
    return [one["asset"] for one in preset.patch.get("references", {}).values() if "asset" in one]


def steps(shot: Shot, patch: Json) -> list[Step]:
    """Return what a patch changes of a shot, field by field; an entry that comes or goes is one step."""
    document = shot.model_dump(mode="json", exclude_defaults=True)
    before, after = _known(document), _known(merge(document, patch))
    whole = [one for group in ENTRIES for one in _entries(document.get(group, {}), patch.get(group), group)]
    told = {one.path.split(".")[1] for one in whole}
    rest = [one for one in changes(shot, patch) if not _is_of(one.path, told)]
    return [
        Step(named(one.path), worded(before, one.path, one.before), worded(after, one.path, one.after))
        for one in (*rest, *whole)
        if not one.path.endswith(".slot")
    ]


def _entries(before: Json, patch: Any, group: str) -> list[Change]:
    """Return the entries of a map that come or go."""
    some = {} if patch is None else patch
    gone = [name for name in before if patch is None or some.get(name, before) is None]
    found = [Change(f"{group}.{name}", before[name], None) for name in gone]
    return found + [Change(f"{group}.{name}", None, one) for name, one in some.items() if one and name not in before]


def _is_of(path: str, told: set[str]) -> bool:
    keys = path.split(".")
    return keys[0] in ENTRIES and (len(keys) == 1 or keys[1] in told)


def _known(document: Json) -> Resolved:
    return resolve(read_data(document), vocabulary())
