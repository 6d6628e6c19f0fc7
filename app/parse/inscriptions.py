"""What programs write into a picture file about how it was made, read and added. No pixel is decoded or changed."""

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO

from PIL import Image

from app.errors import BadInputError
from app.parse import xmp
from app.parse.envelopes import opened

SIGNATURE = b"\x89PNG\r\n\x1a\n"

HEADER_BYTES = 33
"""The signature and the first chunk, IHDR, which no other may precede."""

TEXTS = frozenset({b"tEXt", b"zTXt", b"iTXt"})

MAX_BYTES = 4_000_000
"""All the texts of one picture together, unpacked. ComfyUI's largest graphs are a tenth of it."""

MAX_CHUNKS = 100_000

MAX_PICTURE = 50 * 1024 * 1024

OWN = "printlight"
"""The keyword of our own text."""

TAKE = "printlight.take/1"
"""The kind of the document that stands there: the shot, and the prompt that went out."""

EXIF, USER_COMMENT, DESCRIPTION = 0x8769, 0x9286, 0x010E
"""Where EXIF keeps its own tags, and two of them: the comment, which A1111 writes, and the picture's description."""

CODED = {b"UNICODE\0": "utf-16", b"ASCII\0\0\0": "utf-8"}
"""How a comment in EXIF says its encoding, in its first eight bytes."""

BROKEN = "Save it again from the program that made it."


def is_picture(content: bytes) -> bool:
    """Tell a PNG, JPEG or WebP from a text, by its first bytes."""
    return content.startswith((SIGNATURE, b"\xff\xd8\xff")) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP")


def texts_of(picture: bytes) -> dict[str, str]:
    """Return a picture's texts by keyword, the first of each; those of EXIF as `comment` and `description`.

    A JPEG or WebP of ours has its text in XMP.

    Raises BadInputError for a picture that is cut off or damaged, and for texts beyond `MAX_BYTES`.
    """
    if len(picture) > MAX_PICTURE:
        raise BadInputError(f"The picture has {len(picture):,} bytes.", hint=f"The limit is {MAX_PICTURE:,}.")
    if not picture.startswith(SIGNATURE):
        return _exif(picture)
    found: dict[str, str] = {}
    room = MAX_BYTES
    for name, body in _chunks(picture):
        if name in TEXTS:
            keyword, raw = _unpacked(name, body, room)
            room -= len(raw)
            found.setdefault(keyword, _decoded(raw))
    return found


def with_text(png: bytes, keyword: str, text: str) -> bytes:
    """Return a copy of a PNG with one more text, ahead of all others. Raises BadInputError for what is no PNG."""
    if not png.startswith(SIGNATURE) or png[12:16] != b"IHDR":
        raise BadInputError("Only a PNG can carry its shot.", hint="This picture is of another kind, or broken.")
    body = b"iTXt" + keyword.encode("latin-1") + b"\0\0\0\0\0" + text.encode()
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return png[:HEADER_BYTES] + chunk + png[HEADER_BYTES:]


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    for _ in range(MAX_CHUNKS):
        head = png[at : at + 8]
        if len(head) < 8:
            raise BadInputError("The picture is cut off.", hint=BROKEN)
        length, name = struct.unpack(">I4s", head)
        body, check = png[at + 8 : at + 8 + length], png[at + 8 + length : at + 12 + length]
        if len(check) < 4:
            raise BadInputError("The picture is cut off, or one of its parts lies about its length.", hint=BROKEN)
        if name in TEXTS and zlib.crc32(name + body) != struct.unpack(">I", check)[0]:
            raise BadInputError("A text in the picture is damaged.", hint=BROKEN)
        if name == b"IEND":
            return
        yield name, body
        at += 12 + length
    raise BadInputError(f"The picture has more than {MAX_CHUNKS:,} parts.", hint=BROKEN)


def _unpacked(name: bytes, body: bytes, room: int) -> tuple[str, bytes]:
    """Return the keyword of a text chunk, and its text as bytes."""
    key, _, rest = body.partition(b"\0")
    packed = name == b"zTXt"
    if name == b"iTXt":
        packed, rest = rest[:1] == b"\1", rest[2:].partition(b"\0")[2].partition(b"\0")[2]
    elif packed:
        rest = rest[1:]  # the method, of which there is one
    if packed:
        try:
            rest = zlib.decompressobj().decompress(rest, room + 1)
        except zlib.error:
            raise BadInputError("A text in the picture cannot be unpacked.", hint=BROKEN) from None
    if len(rest) > room:
        raise BadInputError(f"The texts in the picture are longer than {MAX_BYTES:,} bytes.", hint="No prompt is.")
    return key.decode("latin-1"), rest


def _decoded(raw: bytes) -> str:
    """Read UTF-8, which many programs write even where the format says Latin-1."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _exif(picture: bytes) -> dict[str, str]:
    try:
        with Image.open(BytesIO(picture)) as opened:
            exif = opened.getexif()
            found = {"comment": exif.get_ifd(EXIF).get(USER_COMMENT), "description": exif.get(DESCRIPTION)}
    except Exception as error:  # Pillow raises whatever its parsers of hostile files stumble over
        raise BadInputError("The picture is broken or cut off.", hint=BROKEN) from error
    texts = {name: text for name, raw in found.items() if (text := _comment(raw))}
    ours = _in_xmp(picture)
    return {OWN: ours, **texts} if ours else texts


def _in_xmp(picture: bytes) -> str:
    """Return our own text, or nothing: what stands in EXIF is read of a picture that was cut off, too."""
    try:
        return xmp.read(opened(picture).xmp()).take
    except BadInputError:
        return ""


def _comment(raw: object) -> str:
    """Read a comment of EXIF. Those in UTF-16 mostly come with the high byte first, whatever the rest of the file."""
    if isinstance(raw, str):
        return raw.strip("\0 ")
    if not isinstance(raw, bytes):
        return ""
    code, rest = CODED.get(raw[:8], ""), raw[8:]
    if code == "utf-16":
        code = "utf-16-be" if rest[:2] == b"\xfe\xff" or rest[::2].count(0) >= rest[1::2].count(0) else "utf-16-le"
    return (rest if code else raw).decode(code or "utf-8", errors="replace").strip("\0 \ufeff")
