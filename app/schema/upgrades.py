"""Brings documents of older kinds up to the one that this program writes."""

from collections.abc import Callable
from typing import Any

from app.errors import ShotError

Json = dict[str, Any]

CURRENT = "printlight.shot/1"

STEPS: dict[str, Callable[[Json], Json]] = {}
"""From a kind to the function that turns it into the next one. The first kind needs none."""


def upgrade(data: Json, name: str) -> Json:
    """Return `data` as the current kind; a kind from a newer program is refused, never half-read."""
    kind = str(data.get("kind", CURRENT))
    while kind in STEPS:
        data = STEPS[kind](data)
        kind = data["kind"]
    if kind != CURRENT:
        raise ShotError(f"{name} is of kind {kind!r}.", hint=f"This Printlight reads {CURRENT!r}.")
    return data
