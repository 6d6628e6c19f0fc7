"""What the boxes of an MP4 tell: whether it is one, whether it is whole, and how long it plays. ISO/IEC 14496-12."""

from collections.abc import Iterator

WHOLE = frozenset({b"ftyp", b"moov", b"mdat"})


def is_mp4(content: bytes) -> bool:
    """Tell whether bytes begin as an MP4 does."""
    return content[4:8] == b"ftyp"


def is_whole(content: bytes) -> bool:
    """Tell whether an MP4's boxes fill it to its last byte, and its index and its pictures are among them."""
    found = list(_boxes(content, 0, len(content)))
    return bool(found) and found[-1][2] == len(content) and {name for name, _, _ in found} >= WHOLE


def seconds(content: bytes) -> float | None:
    """Return how long an MP4 plays, or None where it does not say."""
    inside = (_boxes(content, at, to) for name, at, to in _boxes(content, 0, len(content)) if name == b"moov")
    headers = (content[at:to] for boxes in inside for name, at, to in boxes if name == b"mvhd")
    return next(map(_played, headers), None)


def _boxes(content: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Go through the boxes between two places: the name of each, where its contents begin, and where it ends.

    A box that claims more than there is ends it all, and is not told.
    """
    while start + 8 <= end:
        size, name, head = int.from_bytes(content[start : start + 4]), content[start + 4 : start + 8], 8
        if size == 1:
            size, head = int.from_bytes(content[start + 8 : start + 16]), 16
        elif size == 0:
            size = end - start
        if size < head or start + size > end:
            return
        yield name, start + head, start + size
        start += size


def _played(header: bytes) -> float | None:
    """Read a movie header: its length in ticks, by the ticks of a second. Version 1 counts in 64 bits."""
    at, wide = (20, 8) if header[:1] == b"\x01" else (12, 4)
    ticks, length = int.from_bytes(header[at : at + 4]), int.from_bytes(header[at + 4 : at + 4 + wide])
    return length / ticks if ticks else None
