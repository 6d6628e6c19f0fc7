"""What becomes of an order at Luma: how far it is, why it failed, and what it hands over."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.backends._http import plain
from app.backends._luma_line import storage
from app.backends.base import Access, Artifact, Part, Progress
from app.errors import BackendError, UnreachableError

FAILURES = {
    "content_moderated": "It would be flagged again: change the words or the references. Luma refunds it.",
    "generation_failed": "The model stumbled; shooting again may work. Luma refunds it.",
    "output_not_found": "Luma lost the picture; shooting again may work. Luma refunds it.",
    "budget_exhausted": "Add funds at Luma before shooting again; a part may have been charged.",
    "image_too_large": "Send a smaller reference picture.",
    "unsupported_format": "Send the reference as PNG, JPEG or WebP.",
    "corrupt_input": "A reference cannot be decoded: save it anew.",
    "invalid_request": "Luma found the request wrong late: change it before shooting again.",
    "rate_limited": "Luma is over its limit: wait a minute, then shoot again.",
}
"""What to do about each failure code. The list has grown once; an unknown code shows Luma's reason."""

TRANSIENT = frozenset({"generation_failed", "output_not_found", "rate_limited"})
"""Codes after which the very same order may succeed as a new one. The others need a change, or money."""

LAYERS = 64
"""No picture comes apart into more layers than this."""

FILES = {b"PK\x03\x04": ("EXR frames", "application/zip"), b"v/1\x01": ("EXR frame", "image/x-exr")}
"""What may lie beside a clip of a high dynamic range, by its first bytes."""


@dataclass(frozen=True)
class Output:
    """One thing that a finished generation hands over; `layer` is what Luma says of a layer."""

    url: str
    layer: dict[str, Any] | None = None


def progress(generation: dict[str, Any]) -> Progress:
    """Return how far a generation is; Luma tells no fraction."""
    state = generation.get("state")
    if state == "queued":
        return Progress("queued")
    if state == "processing":
        return Progress("running")
    if state == "failed":
        return _failure(generation)
    if state != "completed":
        return Progress("running", message=f"Luma says {_line(str(state), 80)!r}, which is new to Printlight.")
    if not outputs(generation):
        message = "Luma says it is done and holds no picture. Ask again later before shooting again."
        return Progress("failed", message=message, code="output_not_found")
    return Progress("done", 1)


def outputs(generation: dict[str, Any]) -> list[Output]:
    """Return what a generation hands over of its own kind; its layers from front to back."""
    found = generation.get("output")
    wanted = (None, "video") if _moves(generation) else (None, "image")
    each = [
        Output(one["url"], one["layer"] if isinstance(one.get("layer"), dict) else None)
        for one in (found if isinstance(found, list) else ())
        if isinstance(one, dict) and isinstance(one.get("url"), str) and one["url"] and one.get("type") in wanted
    ]
    return sorted(each, key=_depth) if generation.get("type") == "layering" else each


async def fetched(generation: dict[str, Any], access: Access) -> Artifact:
    """Return what a finished generation hands over. Raises UnreachableError when another look may help."""
    found = outputs(generation)
    if not found:
        raise UnreachableError("Luma has not handed over the picture.", hint="Try again in a moment.")
    used = {name: generation[name] for name in ("id", "model", "created_at") if generation.get(name)}
    if generation.get("type") == "layering":
        return await _layers(found, used, access)
    if _moves(generation):
        return await _clip(found, generation, used, access)
    picture = await storage(access).picture(found[0].url)
    return Artifact(picture.content, picture.media_type, used)


async def _layers(found: list[Output], used: dict[str, Any], access: Access) -> Artifact:
    """Return the layers as parts, from front to back.

    Luma merges nothing, and bytes are kept as received: so the take shows the picture that is no layer, where there is
    one, else the background, which alone is whole.
    """
    if len(found) > LAYERS:
        raise BackendError(f"Luma handed over {len(found)} layers; at most {LAYERS} are kept.")
    pictures = [await storage(access).picture(one.url) for one in found]
    whole = next((at for at, one in enumerate(found) if one.layer is None), len(found) - 1)
    at_of = [at for at, one in enumerate(found) if one.layer is not None]
    names = dict(zip(at_of, _names([found[at].layer or {} for at in at_of]), strict=True))
    parts = tuple(Part(names[at], pictures[at].content, pictures[at].media_type) for at in at_of)
    told = [_told(names[at], found[at].layer or {}) for at in at_of]
    shows = "the background" if whole in names else "the whole picture"
    note = f"The take shows {shows}; its {len(parts)} layers lie beside it, from front to back."
    shown = pictures[whole]
    return Artifact(shown.content, shown.media_type, used | {"layers": told}, (note,), parts=parts)


async def _clip(found: list[Output], generation: dict[str, Any], used: dict[str, Any], access: Access) -> Artifact:
    """Return a clip, and the frames beside it where they were asked for."""
    clip = await storage(access).clip(found[0].url)
    parts, strange = [], 0
    for url in _others(generation, found[0].url):
        content = await storage(access).file(url)
        kind = next((kind for magic, kind in FILES.items() if content.startswith(magic)), None)
        if kind:
            parts.append(Part(kind[0], content, kind[1]))
        strange += not kind
    notes = (f"Luma handed over {strange} more files of a kind that Printlight does not know.",) if strange else ()
    return Artifact(clip.content, clip.media_type, used, notes, parts=tuple(parts))


def _others(generation: dict[str, Any], first: str) -> Iterator[str]:
    for one in generation["output"][:LAYERS]:
        if isinstance(one, dict) and isinstance(one.get("url"), str) and one["url"] and one["url"] != first:
            yield one["url"]


def _names(layers: list[dict[str, Any]]) -> Iterator[str]:
    """Name each layer as Luma labels it, on one short line; a second of the same name is numbered."""
    seen: dict[str, int] = {}
    for number, layer in enumerate(layers, start=1):
        name = _line(layer.get("label"), 60) or f"Layer {number}"
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name} {seen[name]}"


def _told(name: str, layer: dict[str, Any]) -> dict[str, str]:
    told = {"name": name, "shows": _line(layer.get("description"), 400), "alpha": _line(layer.get("alpha_hint"), 20)}
    return {key: value for key, value in told.items() if value}


def _line(text: object, most: int) -> str:
    return plain(text)[:most].strip() if isinstance(text, str) else ""


def _depth(output: Output) -> float:
    index = (output.layer or {}).get("index")
    return index if isinstance(index, int) else float("inf")


def _failure(generation: dict[str, Any]) -> Progress:
    code = generation.get("failure_code")
    known = code if isinstance(code, str) and code else "failed"
    reason = _line(generation.get("failure_reason"), 400) or "Luma gave no reason."
    message = f"{reason} {FAILURES.get(known, '')}".strip()
    return Progress("failed", message=message, code=known, transient=known in TRANSIENT)


def _moves(generation: dict[str, Any]) -> bool:
    return str(generation.get("type")).startswith("video")
