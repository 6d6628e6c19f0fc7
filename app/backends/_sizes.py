"""Sizes in pixels: what an order asks for, also where it names a ratio, and what a picture really has."""

import warnings
from io import BytesIO
from math import sqrt

from PIL import Image

from app.backends.base import SOURCE, Order

Size = tuple[int, int]

AREA = 1024 * 1024
"""About so many pixels is what today's open models were trained on."""

STEP = 64
"""Sides are multiples of this where only a ratio was asked for: every model's own step divides it."""


def asked(order: Order) -> Size | None:
    """Return the size that an order asks for: as pixels, from a ratio, or its source's; None where it leaves it."""
    fields, params = order.target.fields, order.params
    sides = [_number(params.get(fields.get(name, name))) for name in ("width", "height")]
    if sides[0] and sides[1]:
        return sides[0], sides[1]
    ratio = _ratio(params.get(fields.get("aspect_ratio", "aspect_ratio")))
    if ratio:
        return near(ratio, order)
    written = _pair(params.get(fields.get("size", "size")), "x×*")
    if written:
        return round(written[0]), round(written[1])
    source = order.one(SOURCE)
    found = of(source.content) if source else None
    return near(found[0] / found[1], order, 8) if found else None


def names(order: Order) -> set[str]:
    """Return what the parameters that say a size are called in an order."""
    return {order.target.fields.get(name, name) for name in ("width", "height", "aspect_ratio", "size")}


def near(ratio: float, order: Order, step: int = STEP) -> Size:
    """Return the sides of a picture of a ratio that is about as large as the target's own."""
    own, pixels = order.target.sizes, order.target.pixels
    area = max((wide * high for wide, high in own), default=pixels.megapixels * 1e6 if pixels else AREA)
    ratio = min(max(ratio, 1 / 4), 4)
    return _stepped(sqrt(area * ratio), step), _stepped(sqrt(area / ratio), step)


def of(content: bytes) -> Size | None:
    """Return a picture's own size, or None where its head cannot be read. Nothing is decoded."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content)) as picture:
                return picture.size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _stepped(side: float, step: int) -> int:
    return max(round(side / step), 1) * step


def _number(value: object) -> int | None:
    return int(value) if isinstance(value, int | float) and value > 0 else None


def _ratio(value: object) -> float | None:
    found = _pair(value, ":")
    return found[0] / found[1] if found else None


def _pair(value: object, signs: str) -> tuple[float, float] | None:
    """Read two positive numbers with one of some signs between them."""
    if not isinstance(value, str):
        return None
    for sign in signs:
        wide, found, high = value.partition(sign)
        try:
            pair = (float(wide), float(high)) if found else (0.0, 0.0)
        except ValueError:
            continue
        if all(0 < side < 1e6 for side in pair):
            return pair
    return None
