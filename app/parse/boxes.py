"""The boxes of an MP4, read to their last byte without decoding a frame. ISO/IEC 14496-12."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from app.errors import UploadError

MAX_BOXES = 200_000
"""Boxes on one level; an hour in fragments of a second has a tenth of it."""

PICTURES = frozenset({b"avif", b"avis", b"heic", b"heix", b"mif1", b"msf1"})
"""Brands of AVIF and HEIC, which begin as an MP4 does and are pictures."""

WHOLE = frozenset({b"ftyp", b"moov", b"mdat"})


class Box(NamedTuple):
    """One box: its name, where it begins in what was read, how many bytes its head has, and what it holds."""

    name: bytes
    at: int
    head: int
    body: memoryview

    @property
    def end(self) -> int:
        """Where the next one begins."""
        return self.at + self.head + len(self.body)


def boxes(data: memoryview) -> Iterator[Box]:
    """Go through boxes that stand one behind the other. Raises UploadError where one claims more than there is."""
    at = 0
    for _ in range(MAX_BOXES):
        if at == len(data):
            return
        try:
            size, name = struct.unpack_from(">I4s", data, at)
            head = 8
            if size == 1:
                (size,), head = struct.unpack_from(">Q", data, at + 8), 16
        except struct.error:
            raise cut_off() from None
        size = size or len(data) - at
        if size < head or at + size > len(data):
            raise cut_off()
        yield Box(name, at, head, data[at + head : at + size])
        at += size
    raise UploadError(f"The film has more than {MAX_BOXES:,} parts.", hint="Export it again.")


def inside(data: memoryview, name: bytes) -> memoryview:
    """Return what the first box of a name holds; nothing where there is none."""
    return next((box.body for box in boxes(data) if box.name == name), data[:0])


def is_mp4(content: bytes) -> bool:
    """Tell whether bytes begin as an MP4 does."""
    return content[4:8] == b"ftyp" and content[8:12] not in PICTURES


def is_whole(content: bytes) -> bool:
    """Tell whether an MP4's boxes fill it to its last byte, and its index and its pictures are among them."""
    try:
        return {box.name for box in boxes(memoryview(content))} >= WHOLE
    except UploadError:
        return False


def seconds(content: bytes) -> float | None:
    """Return how long an MP4 plays, or None where it does not say, or is broken."""
    try:
        head = inside(inside(memoryview(content), b"moov"), b"mvhd")
        ticks, length = struct.unpack_from(*((">IQ", head, 20) if bytes(head[:1]) == b"\1" else (">II", head, 12)))
    except (UploadError, struct.error):
        return None
    return length / ticks if ticks and length else None


def cut_off() -> UploadError:
    """Return the error for a film that lies about what it holds."""
    return UploadError("The film is broken or cut off.", hint="Fetch or export it again.")
