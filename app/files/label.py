"""The visible mark on a copy of a picture that a model made (EU AI Act, Article 50)."""

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont, ImageOps

from app.errors import BadInputError
from app.files.thumbnails import in_srgb

WORDS = "AI-generated"

HEIGHT = 0.03
"""The letters, of the geometric mean of the sides: a strip gets letters as large as a square of its area."""

SMALLEST_PX = 11
WIDEST = 0.9
"""Of the picture's width: in a picture narrower than the words they are made to fit."""

PLATE, LETTERS = (0, 0, 0, 184), (255, 255, 255, 255)
"""White on black that lets little through: at least 8:1 on white, 21:1 on black (WCAG 2.2 asks for 4.5:1)."""

SAVING = {
    "PNG": {},
    "JPEG": {"quality": 95, "subsampling": 0},
    "WEBP": {"quality": 95, "method": 4},
}


def labelled(picture: bytes) -> bytes:
    """Return a copy with the mark in its lower right corner, of the same type, in the same colours.

    It is encoded anew: a JPEG or WebP at quality 95. Nothing else that the file told goes with it.
    """
    try:
        with Image.open(BytesIO(picture), formats=tuple(SAVING)) as opened:
            return _marked(ImageOps.exif_transpose(opened), opened.format or "")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise BadInputError("This is not a picture that can be read.", hint="Give a PNG, JPEG or WebP.") from None


def _marked(upright: Image.Image, kind: str) -> bytes:
    plain = upright.mode in {"RGB", "RGBA"}
    profile = upright.info.get("icc_profile") if plain else None
    canvas = (upright if plain else in_srgb(upright)).copy()
    plate = _plate(*canvas.size)
    margin = plate.height // 3
    at = (max(canvas.width - plate.width - margin, 0), max(canvas.height - plate.height - margin, 0))
    if canvas.mode == "RGBA":
        canvas.alpha_composite(plate, at)
    else:
        canvas.paste(plate, at, plate)
    out = BytesIO()
    canvas.save(out, kind, icc_profile=profile, **SAVING[kind])
    return out.getvalue()


def _plate(width: int, height: int) -> Image.Image:
    """Return the words on their plate, in a size for this picture."""
    size = max(SMALLEST_PX, round((width * height) ** 0.5 * HEIGHT))
    while True:
        font = ImageFont.load_default(size)
        left, top, right, bottom = font.getbbox(WORDS)
        pad = size * 0.45
        wide, high = round(right - left + 2 * pad), round(bottom - top + 2 * pad)
        if size <= 1 or wide <= WIDEST * width:
            break
        size -= 1
    plate = Image.new("RGBA", (wide, high), (0, 0, 0, 0))
    draw = ImageDraw.Draw(plate)
    draw.rounded_rectangle((0, 0, wide - 1, high - 1), radius=high * 0.22, fill=PLATE)
    draw.text((pad - left, pad - top), WORDS, font=font, fill=LETTERS)
    return plate
