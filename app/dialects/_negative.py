"""The negative field: what to keep out of the picture, in its order, as far as the field holds it."""

from collections.abc import Iterable

from app.dialects._counting import length, told
from app.schema import Loss, Segment
from app.vocab import Target


def fitting(said: Iterable[Segment], target: Target) -> tuple[list[Segment], list[Loss]]:
    """Return what finds room in a target's negative field, the first said first, and a loss for each that does not."""
    limit = target.negative_limit
    kept: list[Segment] = []
    losses: list[Loss] = []
    for one in said:
        whole = ", ".join([*(other.text for other in kept), one.text])
        if limit.count and length(whole, limit) > limit.count:
            reason = f"The negative field of {target.label} takes {told(limit)}, and {one.text!r} is beyond them."
            losses.append(Loss(one.paths, "dropped", reason))
        else:
            kept.append(one)
    return kept, losses
