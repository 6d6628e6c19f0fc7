"""A PNG, JPEG or WebP as its pieces: what stands beside the image data is read, added and taken out.

The image data itself is never decoded and never changed. PNG: the third edition of the specification (W3C, 2025);
JPEG: ITU-T T.81 and XMP part 3; WebP: RFC 9649.
"""

import hashlib
import re
import struct
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.errors import BadInputError

PNG, JPEG, RIFF = b"\x89PNG\r\n\x1a\n", b"\xff\xd8", b"RIFF"

MEDIA_TYPES = {"png": "image/png", "jpeg": "image/jpeg", "webp": "image/webp"}
"""The media type of each kind."""

MAX_PIECES = 100_000

XMP_KEYWORD = b"XML:com.adobe.xmp\0"
XMP_HEAD, MORE_HEAD = b"http://ns.adobe.com/xap/1.0/\0", b"http://ns.adobe.com/xmp/extension/\0"
EXIF_HEAD, ICC_HEAD, JUMBF_HEAD = b"Exif\0\0", b"ICC_PROFILE\0", b"JP"

MOST = 65_000
"""Bytes of a packet in one segment of a JPEG, which ends at 65,533; what is longer goes on in further ones."""

NOTE = (
    '<rdf:Description rdf:about="" xmlns:xmpNote="http://ns.adobe.com/xmp/note/" '
    'xmpNote:HasExtendedXMP="{name}"/></rdf:RDF>'
)
"""What the first segment of a long packet says of those that follow."""

OURS = b"urn:printlight:take:"

MORE = re.compile(r'HasExtendedXMP(?:="|>)(?P<name>[0-9A-F]{32})')

SCAN_END = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
"""Where the coded data of a scan ends: a marker that is no filler, no stuffed byte and no restart."""

SHOWN = {
    "png": frozenset({"IHDR", "PLTE", "tRNS", "IDAT", "acTL", "fcTL", "fdAT"}),
    "webp": frozenset({"VP8 ", "VP8L", "ALPH", "ANIM", "ANMF"}),
}
"""The pieces that hold the image; of a JPEG all but those of programs (APP0 to APP15) and comments."""

COLOUR = frozenset(
    {"IEND", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP", "mDCV", "cLLI", "bKGD", "pHYs", "VP8X", "ICCP"}
)
"""What else a picture needs to look as it does."""

SHORTEST = {"VP8X": 10, "VP8 ": 10, "VP8L": 5}
"""What a WebP begins with, and the bytes that its head has."""

HAS_ALPHA, HAS_EXIF, HAS_XMP = 0x10, 0x08, 0x04

BROKEN = "Save it again from the program that made it."


@dataclass(frozen=True)
class Piece:
    """One piece of a picture file: its name, what it holds, and its bytes as they stand."""

    name: str
    body: bytes
    raw: bytes


@dataclass(frozen=True)
class Envelope:
    """A picture file in its pieces; joined they are the file."""

    kind: str
    pieces: tuple[Piece, ...]

    def joined(self) -> bytes:
        """Return the file."""
        content = b"".join(piece.raw for piece in self.pieces)
        return RIFF + struct.pack("<I", len(content) - 8) + content[8:] if self.kind == "webp" else content

    def image_hash(self) -> str:
        """Return the sha256 of the image data alone: the same whatever else is written into the file."""
        digest, before = hashlib.sha256(), ""
        for piece in self.pieces:
            if self._shows(piece):
                digest.update(piece.name.encode() * (piece.name != before) + piece.body)
                before = piece.name
        return digest.hexdigest()

    def xmp(self) -> str:
        """Return the XMP packet, or nothing."""
        packets = [_xmp(self.kind, piece) for piece in self.pieces]
        packet = next((packet for packet in packets if packet), b"").decode(errors="replace")
        more = MORE.search(packet) if self.kind == "jpeg" else None
        return (more and self._further(more["name"].encode())) or packet

    def with_xmp(self, packet: str, short: str = "") -> "Envelope":
        """Return the picture with this packet in place of its own.

        A segment of a JPEG ends at 64 kB. Of a longer packet `short` stands in the first one, for readers that look no
        further, and the whole in those that follow.
        """
        rest = [piece for piece in self.pieces if not _is_xmp(self.kind, piece)]
        if self.kind == "jpeg":
            return Envelope(self.kind, tuple(_jpeg_with(rest, packet.encode(), short)))
        add = _png_with if self.kind == "png" else _webp_with
        return Envelope(self.kind, tuple(add(rest, packet.encode())))

    def bare(self) -> "Envelope":
        """Return the picture with nothing but its image data and what gives it its colours."""
        kept = self._only(lambda piece: self._shows(piece) or piece.name in COLOUR or _is_colour(piece))
        return Envelope(self.kind, tuple(_cleared(piece, HAS_EXIF | HAS_XMP) for piece in kept.pieces))

    def sealed(self) -> bool:
        """Tell whether it carries Content Credentials (C2PA), good or not."""
        return any(_is_seal(piece) for piece in self.pieces)

    def unsealed(self) -> "Envelope":
        """Return the picture without Content Credentials, which no longer hold once anything is added."""
        return self._only(lambda piece: not _is_seal(piece))

    def _only(self, wanted: Callable[[Piece], bool]) -> "Envelope":
        return Envelope(self.kind, tuple(piece for piece in self.pieces if piece.name == "" or wanted(piece)))

    def _shows(self, piece: Piece) -> bool:
        if self.kind == "jpeg":
            return not piece.name.startswith(("APP", "COM")) and piece.name != ""
        return piece.name in SHOWN[self.kind]

    def _further(self, name: bytes) -> str:
        """Return the whole of a long packet of ours, or nothing: in those of others it holds only what is left over."""
        head = MORE_HEAD + name
        found = [piece.body[len(head) :] for piece in self.pieces if piece.body.startswith(head)]
        whole = b"".join(body[8:] for body in sorted(found, key=lambda body: body[4:8]))
        return whole.decode(errors="replace") if OURS in whole else ""


def opened(picture: bytes) -> Envelope:
    """Return a picture in its pieces; what some programs put behind its end is no part of it.

    Raises BadInputError for what is no picture, cut off or broken.
    """
    kind = kind_of(picture)
    if not kind:
        raise BadInputError("This is no PNG, JPEG or WebP.", hint="Give one of these.")
    read = {"png": _png, "jpeg": _jpeg, "webp": _webp}[kind]
    try:
        return Envelope(kind, tuple(read(picture)))
    except (struct.error, IndexError):
        raise BadInputError("The picture is cut off.", hint=BROKEN) from None


def kind_of(picture: bytes) -> str:
    """Return png, jpeg or webp, as the first bytes tell; nothing for anything else."""
    if picture.startswith((PNG, JPEG)):
        return "png" if picture.startswith(PNG) else "jpeg"
    return "webp" if picture.startswith(RIFF) and picture[8:12] == b"WEBP" else ""


def _png(picture: bytes) -> list[Piece]:
    found, at = [Piece("", b"", PNG)], len(PNG)
    while found[-1].name != "IEND":
        length, name = struct.unpack_from(">I4s", picture, at)
        end = at + 12 + length
        _within(end, picture, found)
        found.append(Piece(name.decode("latin-1"), picture[at + 8 : end - 4], picture[at:end]))
        at = end
    return found


def _jpeg(picture: bytes) -> list[Piece]:
    found, at = [Piece("", b"", JPEG)], 2
    while found[-1].name != "EOI":
        mark, code = struct.unpack_from(">BB", picture, at)
        if mark != 0xFF:
            raise BadInputError("The picture is broken.", hint=BROKEN)
        if code == 0xD9:
            found.append(Piece("EOI", b"", picture[at : at + 2]))
            break
        (length,) = struct.unpack_from(">H", picture, at + 2)
        start, end = at + 4, at + 2 + length
        if code == 0xDA:
            after = SCAN_END.search(picture, end)
            end = after.start() if after else len(picture) + 1
        _within(end, picture, found)
        found.append(Piece(_marker(code), picture[start:end], picture[at:end]))
        at = end
    return found


def _marker(code: int) -> str:
    if 0xE0 <= code <= 0xEF:
        return f"APP{code - 0xE0}"
    return "COM" if code == 0xFE else f"{code:02X}"


def _webp(picture: bytes) -> list[Piece]:
    found, at = [Piece("", b"", picture[:12])], 12
    whole = 8 + struct.unpack_from("<I", picture, 4)[0]
    _within(whole, picture, found)
    while at < whole:
        name, length = struct.unpack_from("<4sI", picture, at)
        end = at + 8 + length
        _within(end, picture, found)
        found.append(Piece(name.decode("latin-1"), picture[at + 8 : end], picture[at : end + length % 2]))
        at = end + length % 2
    if len(found[1].body) < SHORTEST.get(found[1].name, len(picture)):
        raise BadInputError("The picture is broken.", hint=BROKEN)
    return found


def _within(end: int, picture: bytes, found: list[Piece]) -> None:
    if end > len(picture):
        raise BadInputError("The picture is cut off, or one of its parts lies about its length.", hint=BROKEN)
    if len(found) > MAX_PIECES:
        raise BadInputError(f"The picture has more than {MAX_PIECES:,} parts.", hint=BROKEN)


def _is_xmp(kind: str, piece: Piece) -> bool:
    return bool(_xmp(kind, piece)) or (piece.name == "APP1" and piece.body.startswith(MORE_HEAD))


def _xmp(kind: str, piece: Piece) -> bytes:
    """Return the packet that a piece holds, or nothing."""
    if kind == "png" and piece.name == "iTXt" and piece.body.startswith(XMP_KEYWORD):
        rest = piece.body[len(XMP_KEYWORD) :]
        packed, text = rest[:1] == b"\1", rest[2:].partition(b"\0")[2].partition(b"\0")[2]
        return _unpacked(text) if packed else text
    if piece.name == "APP1" and piece.body.startswith(XMP_HEAD):
        return piece.body[len(XMP_HEAD) :]
    return piece.body if kind == "webp" and piece.name == "XMP " else b""


def _unpacked(text: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(text, 4_000_000)
    except zlib.error:
        return b""


def _is_seal(piece: Piece) -> bool:
    return piece.name in {"caBX", "C2PA"} or (piece.name == "APP11" and piece.body.startswith(JUMBF_HEAD))


def _is_colour(piece: Piece) -> bool:
    return piece.name in {"APP0", "APP14"} or (piece.name == "APP2" and piece.body.startswith(ICC_HEAD))


def _png_with(pieces: list[Piece], packet: bytes) -> Iterable[Piece]:
    body = XMP_KEYWORD + b"\0\0\0\0" + packet
    told = b"iTXt" + body
    raw = struct.pack(">I", len(body)) + told + struct.pack(">I", zlib.crc32(told))
    return [*pieces[:2], Piece("iTXt", body, raw), *pieces[2:]]


def _jpeg_with(pieces: list[Piece], packet: bytes, short: str) -> Iterable[Piece]:
    ahead = 1
    while pieces[ahead].name == "APP0" or pieces[ahead].body.startswith(EXIF_HEAD):
        ahead += 1
    bodies = [XMP_HEAD + packet]
    if len(packet) > MOST:
        name = hashlib.md5(packet, usedforsecurity=False).hexdigest().upper()
        head = MORE_HEAD + name.encode()
        bodies = [XMP_HEAD + short.replace("</rdf:RDF>", NOTE.format(name=name)).encode()]
        for at in range(0, len(packet), MOST):
            bodies.append(head + struct.pack(">II", len(packet), at) + packet[at : at + MOST])
    added = [Piece("APP1", body, struct.pack(">HH", 0xFFE1, len(body) + 2) + body) for body in bodies]
    return [*pieces[:ahead], *added, *pieces[ahead:]]


def _webp_with(pieces: list[Piece], packet: bytes) -> Iterable[Piece]:
    head, first = pieces[0], pieces[1]
    if first.name != "VP8X":
        first = _extended(first)
        pieces = [head, first, *pieces[1:]]
    flagged = _chunk("VP8X", bytes([first.body[0] | HAS_XMP]) + first.body[1:])
    return [head, flagged, *pieces[2:], _chunk("XMP ", packet)]


def _extended(image: Piece) -> Piece:
    """Return the head that a WebP without extras has not, made of its image's own."""
    if image.name == "VP8L":
        (bits,) = struct.unpack_from("<I", image.body, 1)
        width, height, alpha = bits & 0x3FFF, bits >> 14 & 0x3FFF, bits >> 28 & 1
    else:
        width, height = (size - 1 & 0x3FFF for size in struct.unpack_from("<HH", image.body, 6))
        alpha = 0
    flags = HAS_ALPHA if alpha else 0
    return _chunk("VP8X", bytes([flags, 0, 0, 0]) + width.to_bytes(3, "little") + height.to_bytes(3, "little"))


def _cleared(piece: Piece, flags: int) -> Piece:
    return _chunk("VP8X", bytes([piece.body[0] & ~flags]) + piece.body[1:]) if piece.name == "VP8X" else piece


def _chunk(name: str, body: bytes) -> Piece:
    raw = name.encode() + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
    return Piece(name, body, raw)
