"""The containers of films, MP4 and WebM, read to their last byte without decoding a frame.

MP4: ISO/IEC 14496-12, boxes `moov/mvhd`, `moov/trak/tkhd` and `moov/trak/mdia/hdlr`. WebM: EBML, RFC 8794 and 9559.
"""

import math
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from app.errors import UploadError
from app.parse.boxes import MAX_BOXES, boxes, cut_off, inside, is_mp4, seconds

QUICKTIME = b"qt  "
EBML, DOC_TYPE, SEGMENT = 0x1A45DFA3, 0x4282, 0x18538067
INFO, SCALE, DURATION = 0x1549A966, 0x2AD7B1, 0x4489
TITLE, TAGS, ATTACHED = 0x7BA9, 0x1254C367, 0x1941A469
VOID = b"\xec"
TRACKS, TRACK, VIDEO, WIDTH, HEIGHT = 0x1654AE6B, 0xAE, 0xE0, 0xB0, 0xBA

HINT = "Send MP4 or WebM, whole, with a picture track."


@dataclass(frozen=True)
class Film:
    """What a container tells of its picture track."""

    media_type: str
    width: int
    height: int
    duration_s: float | None


def is_film(content: bytes) -> bool:
    """Tell an MP4 or a WebM by its first bytes."""
    return is_mp4(content) or is_webm(content)


def is_webm(content: bytes) -> bool:
    """Tell whether bytes begin as a WebM does."""
    return content[:4] == EBML.to_bytes(4)


def measure(content: bytes) -> Film:
    """Return a film's type, size and duration. Raises UploadError where it is broken or has no picture."""
    try:
        found = _webm(memoryview(content)) if is_webm(content) else _mp4(content)
    except (struct.error, IndexError):
        raise cut_off() from None
    if not found.width or not found.height:
        raise UploadError("The film has no picture track.", hint=HINT)
    return found


def untold(webm: bytes) -> bytes:
    """Return a WebM without the words and files that programs put into it; what is played stays where it was.

    Raises UploadError for a broken one.
    """
    content = bytearray(webm)
    try:
        for at, head, end in _words(memoryview(webm)):
            length = min(head - at - 1, 8)
            size = end - at - 1 - length
            content[at:end] = VOID + (size | 1 << 7 * length).to_bytes(length) + bytes(size)
    except IndexError:
        raise cut_off() from None
    return bytes(content)


def _words(data: memoryview) -> list[tuple[int, int, int]]:
    """Return where tags, attached files and titles begin, where their contents do, and where they end."""
    found: list[tuple[int, int, int]] = []
    for segment, _, start, end in _places(data, 0, len(data)):
        for name, at, head, to in _places(data, start, end) if segment == SEGMENT else ():
            if name in (TAGS, ATTACHED):
                found.append((at, head, to))
            if name == INFO:
                found += [(first, inner, last) for one, first, inner, last in _places(data, head, to) if one == TITLE]
    return found


def _mp4(content: bytes) -> Film:
    if content[8:12] == QUICKTIME:
        raise UploadError("QuickTime is not taken.", hint="Export the film as MP4 (H.264).")
    top = {box.name: box.body for box in boxes(memoryview(content))}
    if not {b"moov", b"mdat"} <= top.keys():
        raise cut_off()
    tracks = (box.body for box in boxes(top[b"moov"]) if box.name == b"trak")
    width, height = next((_frame(one) for one in tracks if _shows(one)), (0, 0))
    return Film("video/mp4", width, height, seconds(content))


def _shows(trak: memoryview) -> bool:
    return bytes(inside(inside(trak, b"mdia"), b"hdlr")[8:12]) == b"vide"


def _frame(trak: memoryview) -> tuple[int, int]:
    """Return a track's width and height as shown: a camera held upright tells it in the matrix."""
    head = inside(trak, b"tkhd")
    matrix = 52 if head[0] else 40
    along, across = struct.unpack_from(">ii", head, matrix)
    width, height = (size >> 16 for size in struct.unpack_from(">II", head, matrix + 36))
    return (height, width) if not along and across else (width, height)


def _webm(content: memoryview) -> Film:
    parts = dict(_elements(content))
    if bytes(dict(_elements(parts[EBML])).get(DOC_TYPE, b"")).rstrip(b"\0") != b"webm":
        raise UploadError("Matroska is not taken.", hint=HINT)
    if SEGMENT not in parts:
        raise cut_off()
    held = dict(_elements(parts[SEGMENT]))
    nothing = content[:0]
    info = dict(_elements(held.get(INFO, nothing)))
    tracks = (dict(_elements(body)) for name, body in _elements(held.get(TRACKS, nothing)) if name == TRACK)
    video = next((dict(_elements(track[VIDEO])) for track in tracks if VIDEO in track), {})
    width, height = (_whole(video.get(name, nothing)) for name in (WIDTH, HEIGHT))
    scale = _whole(info.get(SCALE, nothing)) or 1_000_000
    lasts = info.get(DURATION, nothing)
    ticks = struct.unpack(">d" if len(lasts) == 8 else ">f", lasts)[0] if lasts else 0
    return Film("video/webm", width, height, ticks * scale / 1e9 if 0 < ticks < math.inf else None)


def _whole(body: memoryview) -> int:
    if len(body) > 8:
        raise cut_off()
    return int.from_bytes(body)


def _elements(data: memoryview) -> Iterator[tuple[int, memoryview]]:
    return ((name, data[start:end]) for name, _, start, end in _places(data, 0, len(data)))


def _places(data: memoryview, at: int, to: int) -> Iterator[tuple[int, int, int, int]]:
    """Go through elements: the name of each, where it begins, where what it holds begins, and where that ends."""
    for _ in range(MAX_BOXES):
        if at == to:
            return
        name, start = _number(data, at, marked=True)
        size, start = _number(data, start)
        end = to if size < 0 else start + size
        if end > to:
            raise cut_off()
        yield name, at, start, end
        at = end
    raise UploadError(f"The film has more than {MAX_BOXES:,} parts.", hint=HINT)


def _number(data: memoryview, at: int, *, marked: bool = False) -> tuple[int, int]:
    """Return a number of 1 to 8 bytes, and where the next begins; −1 for "to the end". A name keeps its mark."""
    length = 9 - data[at].bit_length()
    raw = data[at : at + length]
    if length > 8 or len(raw) < length:
        raise cut_off()
    value, room = int.from_bytes(raw), 1 << 7 * length
    if marked:
        return value, at + length
    return (-1 if value & (room - 1) == room - 1 else value & (room - 1)), at + length
