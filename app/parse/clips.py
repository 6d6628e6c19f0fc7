"""An MP4 as its boxes: what stands beside its pictures and sound is read, added and taken out.

Nothing is decoded, and no box moves: an index names places in the file, so what is taken out leaves an empty box of its
own size, and what is added stands at the end. XMP: a `uuid` box, as part 3 of Adobe's specification says (2020).
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from app.errors import BadInputError, UploadError
from app.parse import envelopes
from app.parse.boxes import Box, boxes, is_mp4
from app.parse.envelopes import Envelope

XMP_ID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
SEAL_ID = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
"""Content Credentials (C2PA 2.2, A.5)."""

PLAYED = frozenset({b"ftyp", b"styp", b"pdin", b"moov", b"moof", b"mdat", b"sidx", b"ssix", b"mfra"})
"""The boxes that a clip is played from."""

HELD = {
    b"moov": frozenset({b"mvhd", b"trak", b"mvex", b"iods"}),
    b"trak": frozenset({b"tkhd", b"tref", b"trgr", b"edts", b"mdia"}),
}
"""And those inside of two of them."""

MEDIA_TYPES = envelopes.MEDIA_TYPES | {"mp4": "video/mp4"}
"""The media type of each kind that can tell where it comes from."""


@dataclass(frozen=True)
class Clip:
    """An MP4 with the boxes that it is made of."""

    content: bytes
    kind: ClassVar[str] = "mp4"

    def joined(self) -> bytes:
        """Return the file."""
        return self.content

    def image_hash(self) -> str:
        """Return the sha256 of the coded pictures and sound alone: the same whatever else is written into the file."""
        digest = hashlib.sha256()
        for box in self._boxes():
            if box.name == b"mdat":
                digest.update(box.body)
        return digest.hexdigest()

    def xmp(self) -> str:
        """Return the XMP packet, or nothing."""
        found = (bytes(box.body[16:]) for box in self._boxes() if _is_of(box, XMP_ID))
        return next(found, b"").decode(errors="replace")

    def with_xmp(self, packet: str, short: str = "") -> "Clip":  # noqa: ARG002  a box of any length has no use for it
        """Return the clip with this packet in place of its own."""
        body = XMP_ID + packet.encode()
        rest = self._emptied(box for box in self._boxes() if _is_of(box, XMP_ID))
        return Clip(_closed(rest.content) + (8 + len(body)).to_bytes(4) + b"uuid" + body)

    def bare(self) -> "Clip":
        """Return the clip with nothing but what it is played from."""
        return self._emptied(_beside(self._boxes()))

    def sealed(self) -> bool:
        """Tell whether it carries Content Credentials (C2PA), good or not."""
        return any(_is_of(box, SEAL_ID) for box in self._boxes())

    def unsealed(self) -> "Clip":
        """Return the clip without Content Credentials, which no longer hold once anything is added."""
        return self._emptied(box for box in self._boxes() if _is_of(box, SEAL_ID))

    def _boxes(self) -> Iterator[Box]:
        return boxes(memoryview(self.content))

    def _emptied(self, unwanted: Iterator[Box]) -> "Clip":
        found = list(unwanted)
        if not found:
            return self
        content = bytearray(self.content)
        for box in found:
            content[box.at + 4 : box.at + 8] = b"free"
            content[box.at + box.head : box.end] = bytes(len(box.body))
        return Clip(bytes(content))


def carrier(content: bytes) -> Envelope | Clip:
    """Return a picture or a clip as what can tell where it comes from.

    Raises BadInputError for anything else, and for what is cut off or broken.
    """
    if not is_mp4(content):
        return envelopes.opened(content)
    try:
        list(_beside(boxes(memoryview(content))))
    except UploadError as error:
        raise BadInputError(error.message, hint=error.hint) from None
    return Clip(content)


def _beside(found: Iterator[Box], start: int = 0, wanted: frozenset[bytes] = PLAYED) -> Iterator[Box]:
    """Return the boxes that nothing is played from, each with its place in the whole file."""
    for box in found:
        if box.name not in wanted:
            yield box._replace(at=start + box.at)
        elif box.name in HELD:
            yield from _beside(boxes(box.body), start + box.at + box.head, HELD[box.name])


def _closed(content: bytes) -> bytes:
    """Return a file so that more can follow: a last box that runs "to the end" says where that is."""
    last = list(boxes(memoryview(content)))[-1]
    if content[last.at : last.at + 4] != bytes(4):
        return content
    return content[: last.at] + (last.end - last.at).to_bytes(4) + content[last.at + 4 :]


def _is_of(box: Box, ident: bytes) -> bool:
    return box.name == b"uuid" and bytes(box.body[:16]) == ident
