"""Dotted paths into a shot: `lights.key.cct_k`."""

from typing import Any

from app.schema.shot import Shot

STRUCTURE = frozenset({"slot"})
"""Keys that arrange a shot and say nothing about the picture."""

UNSAID = {"marks", "kind"}


def leaves(shot: Shot) -> dict[str, Any]:
    """Return every said value by its path: a scalar, a pick, or a list as a whole. Marks are not values."""
    return walk(shot.model_dump(exclude_defaults=True, exclude=UNSAID))


def walk(node: dict[str, Any], prefix: str = "", found: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the leaves below `node`, whose own path ends in `prefix`."""
    found = {} if found is None else found
    for key, value in node.items():
        if type(value) is dict and "words" not in value:
            walk(value, f"{prefix}{key}.", found)
        elif key not in STRUCTURE and value is not None:
            found[prefix + key] = value
    return found
