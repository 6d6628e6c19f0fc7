"""What stands beside a prompt: how long it is, who can shoot it, and the switch for what the light does."""

from typing import Any, NamedTuple

from app.backends import backends
from app.dialects import BUDGET, READING, UNITS, is_exact, length
from app.resolve import Resolved
from app.schema import Loss, Sent
from app.vocab import Target, Term, vocabulary
from app.vocab.targets import Limit

NO_ROOM = "No room"
"""How the reason of a loss begins that a longer limit would have spared."""


class Meter(NamedTuple):
    """A number, what it is counted of, and how far it is over."""

    number: int
    of: str
    over: int


def meters(text: str, target: Target) -> list[Meter]:
    """Return how much of a target's limits a text fills: the first chunk that it reads at once, and the whole."""
    found, limit = [], target.limit
    if limit.chunk:
        tokens = Limit(unit="tokens", by=limit.by)
        count, sure = length(text, tokens), "" if is_exact(tokens) else " (estimate)"
        found.append(
            Meter(count, f"of {limit.chunk} CLIP tokens in the first chunk{sure}", max(0, count - limit.chunk))
        )
    if limit.count:
        count = length(text, limit)
        sure = "" if is_exact(limit) else " (estimate)"
        found.append(Meter(count, f"of {limit.count:,} {UNITS[limit.unit]}{sure}", max(0, count - limit.count)))
    return found


def tells_the_light(resolved: Resolved, target: Target) -> bool:
    """Tell whether a target is told what the light does: by its own default, or as the shot's mark says."""
    mark = resolved.mark(READING)
    return (target.derived or bool(mark.pin)) and not mark.leave


def light_switch(resolved: Resolved, target: Target) -> dict[str, Any]:
    """Return the patch that turns the telling of the light over; back on a target's default no mark is left."""
    on = not tells_the_light(resolved, target)
    if on == target.derived:
        return {"marks": {READING: None}}
    return {"marks": {READING: {"pin": True, "leave": None} if on else {"pin": None, "leave": True}}}


def budget_switch(resolved: Resolved) -> dict[str, Any]:
    """Return the patch that keeps the prompt within the words that a model likes, or lets it say everything again."""
    return {"marks": {BUDGET: None if resolved.mark(BUDGET).pin else {"pin": True}}}


def called(sent: Sent, target: Target) -> str:
    """Return what a reference goes out as: its field, its name in the text, or its number where it has neither."""
    name = target.references.name.format(n=sent.slot, id=sent.id) if sent.slot else ""
    return sent.field or name or f"picture {sent.slot}"


def roles() -> tuple[Term, ...]:
    """Return the roles that a reference may have."""
    return tuple(vocabulary().facets["reference.role"].terms)


def must_stay(loss: Loss) -> dict[str, Any] | None:
    """Return the patch that keeps a fact for which there was no room; None where the loss is of another kind."""
    if len(loss.paths) != 1 or not loss.reason.startswith(NO_ROOM):
        return None
    return {"marks": {loss.paths[0]: {"pin": True}}}


def is_shot_here(target: Target) -> bool:
    """Tell whether anything here but the previz makes pictures for a target."""
    return any(backend.reads_text and backend.serves(target.id) for backend in backends.values())
