"""What a patch would change, path by path: shown before it is taken."""

from typing import Any, NamedTuple

from app.schema.paths import leaves
from app.schema.shot import Shot


class Change(NamedTuple):
    """A path with its value before and after; None is "not said"."""

    path: str
    before: Any
    after: Any


def changes(shot: Shot, patch: dict[str, Any]) -> list[Change]:
    """Return what a patch changes, in the order in which it stands there."""
    said, found = leaves(shot), []
    for path, after in _flat(patch):
        gone = [one for one in said if one == path or one.startswith(f"{path}.")] if after is None else []
        found += [Change(one, said[one], None) for one in gone]
        if after is not None and said.get(path) != after:
            found.append(Change(path, said.get(path), after))
    return found


def _flat(patch: dict[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    """Return a patch's leaves, nulls among them."""
    found: list[tuple[str, Any]] = []
    for key, value in patch.items():
        if isinstance(value, dict) and "words" not in value:
            found += _flat(value, f"{prefix}{key}.")
        else:
            found.append((prefix + key, value))
    return found
