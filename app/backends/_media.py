"""What a service hands over as a picture or a clip: known by its first bytes, and whole to its last."""

import struct
import zlib
from typing import NamedTuple

from app.errors import BackendError, UnreachableError
from app.parse.boxes import is_mp4, is_whole
from app.parse.envelopes import MEDIA_TYPES, PNG, kind_of

MAX_BYTES = 64 * 1024 * 1024
"""No picture is larger than this."""

WEBM = b"\x1aE\xdf\xa3"
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
    kind = kind_of(content)
    if not kind:
        raise UnreachableError(f"{service} handed over something that is no PNG, JPEG or WebP.", hint=TRY_AGAIN)
    if not {"png": _is_whole_png, "jpeg": _is_whole_jpeg, "webp": _is_whole_webp}[kind](content):
        raise UnreachableError(f"{service}'s picture ends too soon, or is broken.", hint=TRY_AGAIN)
    return Picture(content, MEDIA_TYPES[kind])


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


def _is_whole_jpeg(content: bytes) -> bool:
    """0xff is stuffed inside the scan, so an end mark behind the last start of scan is the picture's own."""
    return content.rfind(b"\xff\xd9") > content.rfind(b"\xff\xda")


def _is_whole_webp(content: bytes) -> bool:
    return len(content) >= 8 + int.from_bytes(content[4:8], "little")
