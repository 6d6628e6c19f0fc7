"""What an image server answered: the picture or where it lies, and what its refusals teach."""

import re
from base64 import b64decode
from typing import Any

from app.backends import _sizes
from app.backends._openai_images_request import Learnt
from app.backends._sizes import Size
from app.errors import RejectedError

TOLD = ("id", "created", "model", "size", "quality", "background", "output_format", "usage", "metrics")
"""What is kept of an answer beside the picture."""

NEEDED = frozenset({"model", "prompt"})
"""Fields that are always sent, whatever a server says."""

UNKNOWN = ("unknown", "unrecognized", "unrecognised", "unsupported", "not supported", "extra inputs", "unexpected")


def one(found: Any) -> dict[str, Any]:
    """Return the first picture's entry. Raises RejectedError where there is none."""
    listed = found.get("data") if isinstance(found, dict) else None
    entry = listed[0] if isinstance(listed, list) and listed else None
    if not isinstance(entry, dict) or not (_text(entry, "b64_json") or _text(entry, "url")):
        raise RejectedError("The image server answered without a picture.")
    return entry


def held(entry: dict[str, Any]) -> bytes | None:
    """Return the picture that an entry holds itself, or None where it names an address."""
    text = _text(entry, "b64_json")
    url = _text(entry, "url")
    text = text or (url if url.startswith("data:") else "")
    if not text:
        return None
    try:
        return b64decode(text.rpartition(",")[2])
    except ValueError:
        raise RejectedError("The image server's picture cannot be decoded.") from None


def address(entry: dict[str, Any]) -> str:
    """Return where an entry says its picture lies: an address, or a path on the same server."""
    url = _text(entry, "url")
    if url.startswith(("http://", "https://", "/")):
        return url
    raise RejectedError("The image server names no address for its picture.", hint="It must answer with b64_json.")


def rewritten(entry: dict[str, Any], prompt: str) -> str:
    """Return the prompt that the server made of ours, or nothing where it took ours."""
    got = _text(entry, "revised_prompt")
    return got if got.strip() != prompt.strip() else ""


def used(found: dict[str, Any], content: bytes) -> dict[str, Any]:
    """Return what the server says it used, and the picture's own size."""
    size = _sizes.of(content)
    told = {name: found[name] for name in TOLD if found.get(name) is not None}
    return told | ({"size": f"{size[0]}x{size[1]}"} if size else {})


def other_size(asked: Size | None, content: bytes) -> tuple[str, ...]:
    """Say where the picture has another size than the shot asked for."""
    got = _sizes.of(content)
    if not asked or not got or got == asked:
        return ()
    return (f"The picture is {got[0]}×{got[1]}, not {asked[0]}×{asked[1]} as asked.",)


def lesson(body: Any, says: str, sent: dict[str, Any], known: Learnt) -> Learnt | None:
    """Return what a refusal adds to what is known of a server, or None where it teaches nothing new."""
    name, lower = _named(body), says.lower()
    size = str(sent.get("size", ""))
    sizes = _sizes_in(says) - _sizes_in(size)
    if size and sizes and not known.sizes and "size" in (name or lower):
        return Learnt(sizes, known.refused)
    about = name or next((one for one in sent if f"'{one}'" in says or f'"{one}"' in says), "")
    if about in sent.keys() - NEEDED - known.refused and any(word in lower for word in UNKNOWN):
        return Learnt(known.sizes, known.refused | {about})
    return None


def _named(body: Any) -> str:
    """Return the field that a refusal is about: OpenAI names it `param`, FastAPI by its place."""
    error = body.get("error") if isinstance(body, dict) else None
    if isinstance(error, dict):
        return _text(error, "param")
    details = body.get("detail") if isinstance(body, dict) else None
    first = details[0] if isinstance(details, list) and details else None
    place = first.get("loc") if isinstance(first, dict) else None
    return str(place[-1]) if isinstance(place, list) and place else ""


def _sizes_in(text: str) -> frozenset[Size]:
    found = ((int(wide), int(high)) for wide, high in re.findall(r"\b(\d{2,5}) ?[x×*] ?(\d{2,5})\b", text))
    return frozenset(size for size in found if min(size) > 0)


def _text(entry: dict[str, Any], name: str) -> str:
    value = entry.get(name)
    return value if isinstance(value, str) else ""
