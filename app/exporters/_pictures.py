"""The picture that stands for a shot: of its take, else its previz, as a JPEG no larger than a page needs."""

from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from typing import NamedTuple

from PIL import Image

from app.errors import PrintlightError
from app.exporters.base import ReelShot

QUALITY = 85

UNREADABLE = (OSError, ValueError, SyntaxError, Image.DecompressionBombError)
"""What Pillow raises for files that are damaged, or too large to be opened."""


class Picture(NamedTuple):
    """A JPEG, and its size in pixels."""

    jpeg: bytes
    width: int
    height: int


def picture(shot: ReelShot, wide: int, high: int) -> Picture | None:
    """Return the picture of a shot, whole, within so many pixels; None where it has none that can be shown."""
    return next((found for content in _contents(shot) if (found := _scaled(content, wide, high))), None)


def unshown(shot: ReelShot) -> str:
    """Say why the picture of a take is not shown; for where `picture` found none."""
    if shot.take is None:
        return ""
    if shot.take.media_type.startswith("image/"):
        return f"The picture of take {shot.take.number} cannot be read."
    return f"Take {shot.take.number} is a clip."


def _contents(shot: ReelShot) -> Iterator[bytes]:
    """Yield what there is to show: the take, then the previz. What cannot be read is passed over."""
    if shot.take and shot.take.media_type.startswith("image/"):
        with suppress(PrintlightError):  # gone or damaged on its shelf: the list is made, and says so
            yield shot.take.content()
    if shot.drawn and (drawn := shot.drawn()):
        yield drawn


def _scaled(content: bytes, wide: int, high: int) -> Picture | None:
    try:
        with Image.open(BytesIO(content)) as opened:
            still = opened.convert("RGB")
    except UNREADABLE:
        return None
    still.thumbnail((wide, high), Image.Resampling.LANCZOS)
    out = BytesIO()
    still.save(out, "JPEG", quality=QUALITY)
    return Picture(out.getvalue(), still.width, still.height)
