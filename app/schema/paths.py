"""Dotted paths into a shot: `lights.key.cct_k`."""

from collections.abc import Iterator
from typing import Any

from app.schema.shot import Shot

STRUCTURE = frozenset({"kind", "slot"})
"""Keys that arrange a shot and say nothing about the picture."""


def leaves(shot: Shot) -> dict[str, Any]:
    """Return every said value by its path: a scalar, a pick, or a list as a whole. Marks are not values."""
    dumped = shot.model_dump(exclude_defaults=True, exclude={"marks", "kind"})
    return dict(walk(dumped, ""))


def walk(node: dict[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    """Yield the leaves below `node`, whose own path ends in `prefix`."""
    for key, value in node.items():
        if isinstance(value, dict) and "words" not in value:
            yield from walk(value, f"{prefix}{key}.")
        elif key not in STRUCTURE and value is not None:
            yield f"{prefix}{key}", value
