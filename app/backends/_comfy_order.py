"""What of an order goes where: values and pictures by the places of a workflow."""

import json
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from io import BytesIO
from math import sqrt
from typing import Any, NamedTuple

from PIL import Image, UnidentifiedImageError

from app.backends._comfy_graphs import FAMILIES
from app.backends._comfy_guess import guess
from app.backends._comfy_map import (
    MAPS,
    PICTURES,
    Workflow,
    checked,
    place_of,
    places,
    read,
    reads_alpha,
    value_at,
)
from app.backends.base import Access, Attachment, Order
from app.errors import BadInputError, RejectedError

ROLE = "reference.role."
NUMBERED = frozenset(
    ROLE + name for name in ("style", "character", "composition", "color_palette", "lighting", "texture", "mood")
)
"""What the pictures that a prompt numbers can be for."""

ALIASES: Mapping[str, str] = {
    "cfg_scale": "cfg",
    "distilled_cfg_scale": "guidance",
    "sampler": "sampler_name",
    "denoising_strength": "denoise",
    "frames": "length",
    "model": "checkpoint",
}
"""What other programs call a parameter."""

SHAPES = ("aspect_ratio", "image_size")
"""Parameters that name a ratio; the pixels are found here."""

PLAIN = ("seed", "width", "height", "steps", "cfg", "guidance", "sampler_name", "scheduler", "denoise", "checkpoint")
"""Parameters that every plain graph takes."""

FREE_SOURCE = 0.6
"""How much of a source a plain graph draws anew when nothing is said; under a mask it is all of it."""

FRAMES_A_SECOND = 16.0
"""How fast a clip plays when neither the shot nor the workflow says it."""


class Own(NamedTuple):
    """A workflow of the filmmaker's own, and where things go in it."""

    workflow: Workflow
    at: Mapping[str, tuple[str, ...]]


def own_of(access: Access) -> Own | None:
    """Return the filmmaker's workflow, or None. Raises BadInputError when it cannot be used."""
    given = access.options.get("workflow")
    if not given:
        return None
    workflow, said = read(given), access.options.get("places")
    own = Own(workflow, guess(workflow).at if said in (None, "") else places(said))
    if problems := checked(*own):
        raise BadInputError(
            " ".join(f"{one.place}: {one.says}" for one in problems), hint="Put right where things go in the workflow."
        )
    return own


def wanted(order: Order, access: Access) -> dict[str, Any]:
    """Return the files that a plain graph is told to draw with; raises RejectedError for what cannot be read."""
    said = access.options
    controls = said.get("controlnets") or {}
    if isinstance(controls, str):
        try:
            controls = json.loads(controls)
        except ValueError:
            controls = None
    if not isinstance(controls, Mapping):
        raise RejectedError("The ControlNet files are no object of maps and names.", hint='Write {"depth": "…"}.')
    return {
        "checkpoint": order.params.get("checkpoint") or order.params.get("model") or said.get("checkpoint"),
        "vae": said.get("vae"),
        "clips": [one.strip() for one in str(said.get("clips") or "").split(",") if one.strip()],
        "controlnets": controls,
    }


def homeless(order: Order, own: Own | None) -> Iterator[str]:
    """Return the parameters of an order that have no place; the seed, and pictures, are told of elsewhere."""
    takes = set(own.at) if own else set(PLAIN)
    carried = {one.sha256 for one in order.attachments}
    for name, value in order.params.items():
        place = "width" if name in SHAPES else "length" if name == "duration" else ALIASES.get(name, name)
        is_picture = carried.issuperset(map(str, value if isinstance(value, list) else [value]))
        if place not in takes and name != "seed" and not is_picture:
            yield name


def shown_by(order: Order, own: Own | None) -> dict[str, Attachment]:
    """Return the pictures of an order by the places that they go to.

    Raises RejectedError where the prompt, the source or the mask would be lost, where a place of the workflow stays
    empty, and where two pictures want the same one.
    """
    by_role = {one.role.removeprefix(ROLE): one for one in order.attachments}
    shown = {place: by_role[place] for place in PICTURES if place in by_role}
    if "mask" in shown and "source" not in shown:
        raise RejectedError("A mask needs the picture that it lies on.", hint="Give the shot a source picture.")
    numbered = [one for one in order.numbered() if one.role in NUMBERED]
    if own is None:
        return {place: one for place, one in shown.items() if place in ("source", "mask", *MAPS)}
    needs = {"prompt": bool(order.text.strip()), "source": "source" in shown, "mask": "mask" in shown}
    for place in (name for name, needed in needs.items() if needed and name not in own.at):
        raise RejectedError(
            f"The workflow has no place for the {place} of this shot.",
            hint="Choose one on the page of the workflow, or take another workflow.",
        )
    shown |= {f"reference.{number}": one for number, one in enumerate(numbered, start=1)}
    shown = {place: one for place, one in shown.items() if place in own.at}
    _refuse_empty(shown, own)
    return shown


def values_of(order: Order, shown: Mapping[str, Attachment], own: Own | None) -> dict[str, Any]:
    """Return what goes into the places that hold words and numbers.

    A seed that nobody said follows from the order's reference, so that no two orders are the same to ComfyUI.
    """
    values: dict[str, Any] = {"prompt": order.text, "negative": order.negative, "seed": _seed(order.ref)}
    values |= _strengths(shown, own) | _size(order, shown, own) | _frames(order, own)
    told = {ALIASES.get(name, name): value for name, value in order.params.items() if value is not None}
    if isinstance(told.get("seed"), int) and told["seed"] < 0:
        del told["seed"]  # -1 asks other programs for any seed
    return values | {name: value for name, value in told.items() if name not in (*PICTURES, "prompt", "negative")}


def as_read(place: str, shown: Mapping[str, Attachment], own: Own | None) -> Attachment:
    """Return a picture as the workflow reads it: a mask by its white, or as the transparency of a picture."""
    one = shown[place]
    mask = shown.get("mask")
    if own is None or mask is None or place not in ("mask", "source"):
        return one
    at = own.at["mask"][0]
    if not reads_alpha(own.workflow, at):
        return one
    if place == "source" and at not in own.at.get("source", ()):
        return one
    content = _in_alpha(mask.content, shown["source"].content)
    return Attachment(one.slot, one.role, content, "image/png", sha256(content).hexdigest(), one.strength)


def _refuse_empty(shown: Mapping[str, Attachment], own: Own) -> None:
    held = {address: place for place in shown for address in own.at[place]}
    for place, addresses in own.at.items():
        known = place_of(place)
        if known is None or known.kind != "picture":
            continue
        if not held.keys() & set(addresses) or (place == "mask" and place not in shown):
            raise RejectedError(
                f"The workflow has a place for a picture ({known.label.lower()}), and the shot has none for it.",
                hint="Give the shot one, or take the place off on the page of the workflow to keep its own picture.",
            )
        taken = {held[one] for one in addresses if one in held} - {place}
        if place in shown and taken and {place, *taken} != {"source", "mask"}:
            raise RejectedError(
                f"In the workflow {place} and {taken.pop()} are the same place.",
                hint="Take one of the two pictures off the shot, or put the places right on the page of the workflow.",
            )


def _seed(ref: str) -> int:
    return int.from_bytes(sha256(ref.encode()).digest()[:4])


def _strengths(shown: Mapping[str, Attachment], own: Own | None) -> dict[str, Any]:
    """Return how strongly pictures hold, where that is said: what is held of a source is not drawn anew.

    Where nothing is said a workflow keeps its own number.
    """
    found = {
        f"{place}.strength": one.strength
        for place, one in shown.items()
        if one.strength is not None and place not in ("source", "mask")
    }
    source = shown.get("source")
    if source is None or (source.strength is None and own):
        return found
    free = 1.0 if "mask" in shown else FREE_SOURCE
    return found | {"denoise": free if source.strength is None else round(1 - source.strength, 4)}


def _size(order: Order, shown: Mapping[str, Attachment], own: Own | None) -> dict[str, int]:
    """Return the pixels of a shape that was asked for by its ratio, or of the source's shape.

    A workflow keeps its own area; a plain graph draws as many pixels as its model was made for.
    """
    if {"width", "height"} & order.params.keys():
        return {}
    ratio = next((found for name in SHAPES if (found := _ratio(order.params.get(name)))), None)
    if ratio is None and "source" in shown:
        ratio = _shape(shown["source"].content)
    if ratio is None:
        return {}
    area, step = 1024.0 * 1024, 16
    if own is None:
        family = FAMILIES[order.target.id]
        area, step = float(family.side**2), family.step
    else:
        sides = [value_at(own.workflow, own.at, name) for name in ("width", "height")]
        area = float(sides[0] * sides[1]) if all(isinstance(one, int) and one > 0 for one in sides) else area
    height = sqrt(area / ratio)
    return {
        name: max(step, round(side / step) * step) for name, side in (("width", height * ratio), ("height", height))
    }


def _frames(order: Order, own: Own | None) -> dict[str, int]:
    """Return how many frames a length in seconds is: one more than a multiple of 8, as every open model takes it."""
    found = re.match(r"\d+(\.\d+)?", str(order.params.get("duration", "")))
    if not found or own is None:
        return {}
    told = order.params.get("fps") or value_at(own.workflow, own.at, "fps")
    rate = float(told) if isinstance(told, int | float) and told > 0 else FRAMES_A_SECOND
    return {"length": max(1, round(float(found[0]) * rate / 8)) * 8 + 1}


def _ratio(said: Any) -> float | None:
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*[:x×]\s*(\d+(?:\.\d+)?)", str(said or ""))
    return float(found[1]) / float(found[2]) if found and float(found[1]) and float(found[2]) else None


def _shape(content: bytes) -> float | None:
    try:
        with Image.open(BytesIO(content)) as image:
            return image.width / image.height
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError):
        return None


def _in_alpha(mask: bytes, over: bytes) -> bytes:
    """Return a picture whose transparency is a mask's white: what ComfyUI's picture loader reads as a mask."""
    try:
        with Image.open(BytesIO(over)) as below, Image.open(BytesIO(mask)) as white:
            made = below.convert("RGB")
            made.putalpha(white.convert("L").resize(made.size).point(lambda value: 255 - value))
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise RejectedError("The mask or the picture under it cannot be read.", hint="Give it again.") from error
    buffer = BytesIO()
    made.save(buffer, "PNG")
    return buffer.getvalue()
