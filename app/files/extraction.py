"""The extraction of a picture: cut to the ratio that the shot was composed for, from its middle."""

from io import BytesIO

from PIL import Image, ImageOps

from app.errors import BadInputError
from app.files.label import SAVING

NEAR = 0.01
"""A picture whose ratio is so near already is not cut."""


def is_wider_or_taller(width: int, height: int, aspect: float) -> bool:
    """Tell whether a picture has anything to cut off before it is of this ratio, width over height."""
    return abs(width / height / aspect - 1) > NEAR


def extracted(picture: bytes, aspect: float) -> bytes:
    """Return a copy cut to a ratio from the middle, of the same type, with its colour profile.

    It is encoded anew: a JPEG or WebP at quality 95. Nothing else that the file told goes with it. Raises BadInputError
    for what is no PNG, JPEG or WebP.
    """
    try:
        with Image.open(BytesIO(picture), formats=tuple(SAVING)) as opened:
            return _cut(ImageOps.exif_transpose(opened), opened.format or "", aspect)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise BadInputError("This is not a picture that can be read.", hint="Give a PNG, JPEG or WebP.") from None


def _cut(upright: Image.Image, kind: str, aspect: float) -> bytes:
    width = min(upright.width, max(1, round(upright.height * aspect)))
    height = min(upright.height, max(1, round(upright.width / aspect)))
    left, top = (upright.width - width) // 2, (upright.height - height) // 2
    out = BytesIO()
    cut = upright.crop((left, top, left + width, top + height))
    cut.save(out, kind, icc_profile=upright.info.get("icc_profile"), **SAVING[kind])
    return out.getvalue()
