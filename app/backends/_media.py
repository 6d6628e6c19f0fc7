"""What a service hands over as a picture or a clip: known by its first bytes, and whole to its last."""

import struct
import zlib
from typing import NamedTuple

from app.errors import BackendError, UnreachableError
from app.parse.boxes import is_mp4, is_whole

MAX_BYTES = 64 * 1024 * 1024
"""No picture is larger than this."""

PNG, WEBM = b"\x89PNG\r\n\x1a\n", b"\x1aE\xdf\xa3"
TRY_AGAIN = "Try again in a moment."


class Picture(NamedTuple):
    """A whole picture as it came, and the type its first bytes tell."""

    content: bytes
    media_type: str


def picture(content: bytes, service: str) -> Picture:
    """Return bytes as a picture; raise UnreachableError when they are none, or end too soon.

    One that came as text is weighed only here: BackendError when it is too large.
    """
    if len(content) > MAX_BYTES:
        raise BackendError(f"{service}'s picture is larger than {MAX_BYTES // 1024 // 1024} MiB.")
    if content.startswith(PNG):
        kind, whole = "image/png", _is_whole_png(content)
    elif content.startswith(b"\xff\xd8\xff"):
        # 0xff is stuffed inside the scan, so an end mark behind the last start of scan is the picture's own.
        kind, whole = "image/jpeg", content.rfind(b"\xff\xd9") > content.rfind(b"\xff\xda")
    elif content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        kind, whole = "image/webp", len(content) >= 8 + int.from_bytes(content[4:8], "little")
    else:
        raise UnreachableError(f"{service} handed over something that is no PNG, JPEG or WebP.", hint=TRY_AGAIN)
    if not whole:
        raise UnreachableError(f"{service}'s picture ends too soon, or is broken.", hint=TRY_AGAIN)
    return Picture(content, kind)


def clip(content: bytes, service: str) -> Picture | None:
    """Return bytes as a clip, or None when they are none; raise UnreachableError when it ends too soon."""
    if content.startswith(WEBM):
        return Picture(content, "video/webm")
    return mp4(content, service) if is_mp4(content) else None


def mp4(content: bytes, service: str) -> Picture:
    """Return bytes as an MP4; raise UnreachableError when they are none, or end too soon."""
    if not is_mp4(content):
        raise UnreachableError(f"{service} handed over something that is no MP4.", hint=TRY_AGAIN)
    if not is_whole(content):
        raise UnreachableError(f"{service}'s clip ends too soon.", hint=TRY_AGAIN)
    return Picture(content, "video/mp4")


def _is_whole_png(content: bytes) -> bool:
    """Tell whether each part of a PNG is there as it was written, by its checksum, up to the end mark."""
    at, name = len(PNG), b""
    view = memoryview(content)
    while name != b"IEND":
        try:
            length, name = struct.unpack_from(">I4s", view, at)
            (told,) = struct.unpack_from(">I", view, at + 8 + length)
        except struct.error:
            return False
        if zlib.crc32(view[at + 4 : at + 8 + length]) != told:
            return False
        at += 12 + length
    return True
