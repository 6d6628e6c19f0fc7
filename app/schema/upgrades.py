"""Brings documents of older kinds up to the one that this program writes."""

from collections.abc import Callable
from typing import Any

from app.errors import ShotError

Json = dict[str, Any]

CURRENT = "printlight.shot/1"

STEPS: dict[str, Callable[[Json], Json]] = {}
"""From a kind to the function that turns it into the next one. The first kind needs none."""

MOVED = {"camera.angle.dutch": ("camera", "angle", "roll", "camera.roll.dutch")}
"""Terms that stood on a field of another axis: group, field, the field they stand on now, and their id there."""


def upgrade(data: Json, name: str) -> Json:
    """Return `data` as the current kind; a kind from a newer program is refused, never half-read."""
    kind = str(data.get("kind", CURRENT))
    while kind in STEPS:
        data = STEPS[kind](data)
        kind = data["kind"]
    if kind != CURRENT:
        raise ShotError(f"{name} is of kind {kind!r}.", hint=f"This Printlight reads {CURRENT!r}.")
    for old, (group, field, now, term) in MOVED.items():
        holder = data.get(group)
        if isinstance(holder, dict) and holder.get(field) == old and now not in holder:
            kept = {key: value for key, value in holder.items() if key != field}
            data = {**data, group: {**kept, now: term}}
    return data
