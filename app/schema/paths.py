"""Dotted paths into a shot: `lights.key.cct_k`."""

from typing import Any

from app.schema.fields import Words
from app.schema.shot import Shot

STRUCTURE = frozenset({"slot"})
"""Keys that arrange a shot and say nothing about the picture."""

UNSAID = {"marks", "kind"}

PLAIN = frozenset({str, float, bool})


def leaves(shot: Shot) -> dict[str, Any]:
    """Return every said value by its path: a scalar, a pick, or a list as a whole. Marks are not values."""
    found: dict[str, Any] = {}
    _say({key: value for key, value in vars(shot).items() if key not in UNSAID}, "", found)
    return found


def _say(fields: dict[str, Any], prefix: str, found: dict[str, Any]) -> None:
    """Add what a part of a shot says, read off its models: a dump compares each of 500 fields to its default."""
    for key, value in fields.items():
        if value is None:
            continue
        kind = type(value)
        if kind in PLAIN:
            found[prefix + key] = value
        elif kind is Words:
            found[prefix + key] = {"words": value.words}
        elif kind is tuple:
            if value:
                found[prefix + key] = tuple([{"words": one.words} if type(one) is Words else one for one in value])
        elif kind is not int:  # the only whole numbers are slots
            _say(value if kind is dict else value.__dict__, f"{prefix}{key}.", found)


def walk(node: dict[str, Any], prefix: str = "", found: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the leaves below `node`, whose own path ends in `prefix`."""
    found = {} if found is None else found
    for key, value in node.items():
        if type(value) is dict and "words" not in value:
            walk(value, f"{prefix}{key}.", found)
        elif key not in STRUCTURE and value is not None:
            found[prefix + key] = value
    return found
