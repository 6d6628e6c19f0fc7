"""A parcel: JSON and pictures in one file that goes from one library to another.

It is a zip in one form only: names in order, nothing compressed, one time, one set of rights. The same content is the
same bytes, whoever packs it, and whatever is not exactly what would be packed here is refused: no name can climb out of
a folder that nobody unpacks into, and nothing can grow.
"""

import hashlib
import json
import re
import struct
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any, NoReturn
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from app.errors import BadInputError

KIND = "printlight.share/1"
MANIFEST, SHARED = "manifest.json", "shared.json"
SUFFIX = ".printlight"

MAX_PARCEL = 256 * 1024 * 1024
MAX_PARTS = 5000
MAX_DOCUMENT = 16_000_000

NAMES = re.compile(r"manifest\.json|shared\.json|pictures/[0-9a-f]{64}\.(?:png|jpg|webp|mp4|webm)")

BEGINS = b"PK\x03\x04"
HEAD = struct.Struct("<4sHHHHHIIIHH")
LOCKED = 0x1

AGAIN = "Ask for the file again, as Printlight saved it. Nothing was written."

Json = dict[str, Any]


def is_parcel(content: bytes) -> bool:
    """Tell by its beginning whether a file may be a parcel."""
    return content.startswith(BEGINS)


def packed(head: Mapping[str, Any], parts: Mapping[str, bytes]) -> bytes:
    """Return the file of some parts, with a manifest that says what is in it; the same parts are the same bytes.

    Raises BadInputError where it would be one that nobody takes.
    """
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in parts.items()}
    whole = {MANIFEST: written({**head, "kind": KIND, "parts": hashes}), **parts}
    size = sum(map(len, whole.values()))
    if (
        size > MAX_PARCEL
        or len(whole) > MAX_PARTS
        or any(len(parts[name]) > MAX_DOCUMENT for name in {SHARED} & hashes.keys())
    ):
        raise BadInputError(
            f"That is too much for one file: {size:,} bytes in {len(whole):,} parts.",
            hint=f"Up to {MAX_PARCEL:,} bytes go into one. Leave the takes out, or share shot by shot.",
        )
    file = BytesIO()
    with ZipFile(file, "w", ZIP_STORED) as archive:
        for name in sorted(whole):
            entry = ZipInfo(name)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, whole[name])
    return file.getvalue()


def unpacked(raw: bytes, name: str) -> tuple[Json, dict[str, bytes]]:
    """Return a parcel's manifest and its parts by name. Raises BadInputError, with the reason, for anything else."""
    if len(raw) > MAX_PARCEL + MAX_DOCUMENT:
        raise BadInputError(f"{name} has more than {MAX_PARCEL:,} bytes.", hint="That is too much for one file.")
    parts = _parts(raw, name)
    manifest = document_of(parts.pop(MANIFEST, b""), f"{name}: {MANIFEST}")
    _check_version(str(manifest.get("kind", "")), name)
    for part in parts:
        if not NAMES.fullmatch(part):
            _refuse(f"{name} holds {part[:80]!r}, which has no place in it.")
    hashes = {part: hashlib.sha256(content).hexdigest() for part, content in parts.items()}
    if SHARED not in parts or manifest.get("parts") != hashes or any(not _is_named(*one) for one in hashes.items()):
        _refuse(f"{name} does not hold what its manifest says.")
    head = {key: value for key, value in manifest.items() if key not in {"kind", "parts"}}
    if packed(head, parts) != raw:
        _refuse(f"{name} was changed after it was saved.")
    return manifest, parts


def written(document: Any) -> bytes:
    """Write JSON, the same document always as the same bytes."""
    return json.dumps(document, sort_keys=True, indent=1, allow_nan=False).encode()


def document_of(raw: bytes, name: str) -> Json:
    """Read a JSON object that came from elsewhere. Raises BadInputError for what is none, or could not be kept."""
    if len(raw) > MAX_DOCUMENT:
        _refuse(f"{name} is larger than {MAX_DOCUMENT // 1_000_000} MB.")
    try:
        found = json.loads(raw.decode(), parse_constant=_not_finite)
        json.dumps(found, ensure_ascii=False).encode()
    except RecursionError:
        _refuse(f"{name} is nested too deeply.")
    except ValueError:  # of which no JSON, no UTF-8, half a character and an endless number are kinds
        _refuse(f"{name} is not JSON that can be read.")
    if not isinstance(found, dict):
        _refuse(f"{name} is not a JSON object.")
    return found


def _parts(raw: bytes, name: str) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    for part, content in _entries(raw, name):
        if part in parts:
            _refuse(f"{name} holds {part[:80]!r} twice.")
        if len(parts) == MAX_PARTS:
            _refuse(f"{name} has more than {MAX_PARTS:,} parts.")
        parts[part] = content
    if MANIFEST not in parts:
        _refuse(f"{name} is no file that Printlight saved: it has no {MANIFEST}.")
    return parts


def _entries(raw: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """Walk the parts from the first on; what stands behind them is compared when all of it is packed again."""
    at = 0
    while raw.startswith(BEGINS, at):
        if at + HEAD.size > len(raw):
            _refuse(f"{name} is cut off.")
        _, _, flags, method, _, _, _, small, size, name_size, extra = HEAD.unpack_from(raw, at)
        if flags & LOCKED:
            _refuse(f"{name} is locked with a password.")
        if method != ZIP_STORED or small != size:
            _refuse(f"{name} was packed by another program: its parts are compressed.")
        begin = at + HEAD.size + name_size + extra
        if begin + size > len(raw):
            _refuse(f"{name} is cut off.")
        yield raw[at + HEAD.size :][:name_size].decode("utf-8", "replace"), raw[begin : begin + size]
        at = begin + size


def _check_version(kind: str, name: str) -> None:
    if kind == KIND:
        return
    if kind.startswith("printlight.share/"):
        raise BadInputError(
            f"{name} is of kind {kind[:40]!r}: a newer Printlight saved it.", hint=f"This one reads {KIND!r}."
        )
    _refuse(f"{name} is no file that Printlight saved.")


def _is_named(name: str, sha256: str) -> bool:
    return not name.startswith("pictures/") or name[9:73] == sha256


def _not_finite(word: str) -> NoReturn:
    raise ValueError(word)


def _refuse(why: str) -> NoReturn:
    raise BadInputError(why, hint=AGAIN)
