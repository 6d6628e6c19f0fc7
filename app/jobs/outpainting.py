"""A picture put onto a larger canvas, and the mask of what is new there; and any mask in the size of its picture."""

from io import BytesIO

from PIL import Image, ImageChops, ImageDraw, ImageFilter, UnidentifiedImageError

SOFT = 0.02
"""How far the mask reaches into the picture, as a share of the shorter side: a seam is drawn over, not beside."""

MOST = 2048
"""Of a canvas' longer side in pixels: what the services draw at most."""

LIKE = 0.01
"""Two ratios that differ by less are one."""


def extended(content: bytes, ratio: float) -> tuple[bytes, bytes] | None:
    """Return a picture in the middle of a canvas of a ratio (width to height), and the mask, both PNG.

    The margins hold the picture's own edges, blurred, so that a model without masks sees what is to be continued. In
    the mask white is new and black stays. None when the picture has that ratio already.
    """
    with Image.open(BytesIO(content)) as opened:
        picture = opened.convert("RGB")
    width, height = picture.size
    if abs(width / height / ratio - 1) < LIKE:
        return None
    size = (round(height * ratio), height) if width / height < ratio else (width, round(width / ratio))
    shrink = min(1, MOST / max(size))
    size = (max(1, round(size[0] * shrink)), max(1, round(size[1] * shrink)))
    inner = picture.resize((max(1, round(width * shrink)), max(1, round(height * shrink))), Image.Resampling.LANCZOS)
    at = ((size[0] - inner.width) // 2, (size[1] - inner.height) // 2)
    canvas = _margins(inner, size)
    canvas.paste(inner, at)
    return _png(canvas), _png(_mask(inner, size, at))


def fitted(mask: bytes, source: bytes) -> bytes:
    """Return a mask in the size of its source; as it is where it fits, or where the source is no still."""
    try:
        with Image.open(BytesIO(source)) as opened:
            size = opened.size
    except UnidentifiedImageError:
        return mask
    with Image.open(BytesIO(mask)) as opened:
        if opened.size == size:
            return mask
        return _png(opened.convert("L").resize(size, Image.Resampling.BILINEAR))


def _margins(inner: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Return the picture drawn out to the whole canvas, and blurred until nobody takes it for a part of it."""
    small = inner.resize((max(1, inner.width // 8), max(1, inner.height // 8)))
    return small.resize(size, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(max(size) / 24))


def _mask(inner: Image.Image, size: tuple[int, int], at: tuple[int, int]) -> Image.Image:
    """Return white where the canvas is new, black inside, with a soft seam that lies within the picture."""
    soft = max(1, round(SOFT * min(inner.size)))
    left, top = (at[0] + soft if at[0] else 0), (at[1] + soft if at[1] else 0)
    right = at[0] + inner.width - (soft if at[0] else 0)
    bottom = at[1] + inner.height - (soft if at[1] else 0)
    mask = Image.new("L", size, 255)
    ImageDraw.Draw(mask).rectangle((left, top, right - 1, bottom - 1), fill=0)
    softened = mask.filter(ImageFilter.GaussianBlur(soft / 2))
    new = Image.new("L", size, 255)
    new.paste(0, (*at, at[0] + inner.width, at[1] + inner.height))
    return ImageChops.lighter(softened, new)


def _png(picture: Image.Image) -> bytes:
    held = BytesIO()
    picture.save(held, "PNG")
    return held.getvalue()
