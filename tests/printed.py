"""PDFs of ours, read again: what each page says, and what it draws."""

import re
import zlib
from base64 import a85decode

TOLD = re.compile(rb"/(F[\d+]+) [\d.]+ Tf|\(((?:\\.|[^\\)])*)\) Tj", re.DOTALL)
STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
PAGE = re.compile(rb"ASCII85Decode /FlateDecode.*?stream\r?\n(.*?)endstream", re.DOTALL)


def pages_of(file: bytes) -> list[list[str]]:
    """Return every text of each page: strings shown by Tj, in letters as each font maps them."""
    objects = dict(re.findall(rb"(\d+) 0 obj(.*?)endobj", file, re.DOTALL))
    faces = {}
    for name, at in re.findall(rb"/(F\d+\+\d+) (\d+) 0 R", file):
        (letters,) = re.findall(rb"/ToUnicode (\d+) 0 R", objects[at])
        faces[name] = mapped(zlib.decompress(STREAM.findall(objects[letters])[0]))
    return [_words(page, faces) for page in drawings_of(file)]


def drawings_of(file: bytes) -> list[bytes]:
    """Return what each page draws."""
    return [zlib.decompress(a85decode(page.strip().removesuffix(b"~>"))) for page in PAGE.findall(file)]


def mapped(letters: bytes) -> dict[int, str]:
    """Return the letter of each code, as a font's map of letters says."""
    pairs = re.findall(rb"<(\w\w)> <(\w{4})>", letters)
    return {int(code, 16): chr(int(letter, 16)) for code, letter in pairs}


def _words(page: bytes, faces: dict[bytes, dict[int, str]]) -> list[str]:
    found, face = list[str](), dict[int, str]()
    for name, text in TOLD.findall(page):
        face = faces.get(name, face)
        if not name:
            plain = re.sub(rb"\\(\d{3})", lambda code: bytes([int(code[1], 8)]), text)
            found.append("".join(face[code] for code in re.sub(rb"\\(.)", rb"\1", plain, flags=re.DOTALL)))
    return found
