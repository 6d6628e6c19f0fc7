"""An order as a job for the worker that draws with diffusers, and what of it is not for that."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from app.backends import _sizes
from app.backends.base import MASK, SOURCE, Order
from app.errors import RejectedError

NAMES = {
    "seed": "seed",
    "steps": "steps",
    "num_inference_steps": "steps",
    "guidance": "guidance",
    "guidance_scale": "guidance",
    "cfg_scale": "guidance",
    "true_cfg_scale": "true_cfg",
    "strength": "strength",
    "denoising_strength": "strength",
}
"""What a parameter may be called, by the worker's name for it."""

LIMITS = {
    "seed": (-1, 2**64 - 1),
    "steps": (1, 1000),
    "guidance": (0, 100),
    "true_cfg": (0, 100),
    "strength": (0, 1),
    "width": (16, 8192),
    "height": (16, 8192),
}
WHOLE = frozenset({"seed", "steps", "width", "height"})

DENOISING = 0.6
"""How far a source is left behind where nobody said how strongly it holds."""

STEP = 16
"""Sides that a source gives are multiples of this, which every such model can draw."""

WEIGHT = re.compile(r"(?<!\\)\(((?:\\.|[^()\\])*):\d+(?:\.\d+)?\)")
"""Words with a weight, as A1111 and ComfyUI read them: diffusers would take the signs for words."""

ESCAPED = re.compile(r"\\([\\()\[\]])")


def job(order: Order, folder: Path) -> dict[str, Any]:
    """Return an order as a job whose pictures lie in a folder; they are written there.

    Raises RejectedError for a mask without a source, and for a parameter that cannot be.
    """
    source, mask = order.one(SOURCE), order.one(MASK)
    if mask and not source:
        raise RejectedError("A mask says where to change a picture.", hint="Add that picture as the source.")
    said = _numbers({NAMES[name]: value for name, value in order.params.items() if name in NAMES} | _size(order))
    if said.get("seed") == -1:
        del said["seed"]  # as other programs say "any"
    found = {
        "prompt": plain(order, order.text),
        "negative": plain(order, order.negative),
        **said,
        "out": str(folder / "out.png"),
    }
    for name, picture in (("source", source), ("mask", mask)):
        if picture:
            (folder / name).write_bytes(picture.content)
            found[name] = str(folder / name)
    if source:
        held = DENOISING if source.strength is None else 1 - source.strength
        found.setdefault("strength", round(held, 3))
    return found


def plain(order: Order, text: str) -> str:
    """Return a text without the weights and the escapes that its target's usual programs read."""
    return ESCAPED.sub(r"\1", WEIGHT.sub(r"\1", text)) if order.target.weight else text


def unsaid(order: Order) -> Iterator[str]:
    """Say that weights, and which parameters, are not sent."""
    if order.target.weight and WEIGHT.search(f"{order.text}\n{order.negative}"):
        yield "A diffusers pipeline reads no weights; the words were sent without them."
    for name in sorted(order.params.keys() - NAMES.keys() - _sizes.names(order)):
        yield f"A diffusers pipeline is not told {name!r}; it was not sent."


def _size(order: Order) -> dict[str, int]:
    size = _sizes.asked(order)
    if size is None:
        return {}
    step = 1 if _sizes.names(order) & order.params.keys() else STEP
    return {name: max(side // step, 1) * step for name, side in zip(("width", "height"), size, strict=True)}


def _numbers(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return parameters as numbers within what can be; what is empty is left to the model."""
    found = {}
    for name, value in said.items():
        if value is None or value == "":
            continue
        low, high = LIMITS[name]
        kinds = int if name in WHOLE else int | float
        if isinstance(value, bool) or not isinstance(value, kinds) or not low <= value <= high:
            kind = "a whole number" if name in WHOLE else "a number"
            raise RejectedError(f"{name} is {value!r}.", hint=f"It is {kind} from {low} to {high}.")
        found[name] = value
    return found
