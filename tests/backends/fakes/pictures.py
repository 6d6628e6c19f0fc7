"""Small pictures of each kind."""

from io import BytesIO

from PIL import Image


def hollow(whole: bytes) -> bytes:
    """Return a picture with nothing in its middle."""
    third = len(whole) // 3
    return whole[:third] + bytes(third) + whole[2 * third :]


def picture(kind: str = "png", size: tuple[int, int] = (48, 27), colour: str = "#406080") -> bytes:
    """Return a plain picture as `png`, `jpeg`, `webp` or `gif`."""
    buffer = BytesIO()
    Image.new("RGB", size, colour).save(buffer, kind)
    return buffer.getvalue()
