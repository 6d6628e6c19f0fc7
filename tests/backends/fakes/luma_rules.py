"""What Luma refuses of a request, in its own words where they are documented. Facts as of 2026-11-20.

Strict on purpose: what nobody documents (an unknown field, a private host, a file that is not ready) is refused too.
"""

from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

Refused = tuple[int, str]
Lookup = Callable[[str], str]
"""Says what is wrong with a number of a file or a generation, or nothing."""

TYPES = {
    "uni-1": ("image", "image_edit", "layering"),
    "uni-1-max": ("image", "image_edit"),
    "ray-3.2": ("video", "video_edit", "video_reframe"),
}
STILL_RATIOS = ("1:1", "1:2", "1:3", "16:9", "2:1", "2:3", "3:1", "3:2", "9:16")
CLIP_RATIOS = ("16:9", "1:1", "21:9", "3:4", "4:3", "9:16")
KNOWN = frozenset(["prompt", "model", "type", "aspect_ratio", "style", "output_format", "web_search", "image_ref"])
KNOWN |= {"source", "user_id", "video", "layering"}
FORMS = ("url", "data", "generation_id", "file_id")
STILLS, MP4 = (b"\x89PNG", b"\xff\xd8\xff", b"RIFF", b"GIF8"), b"ftyp"
LARGEST = 50 * 1024 * 1024

KEYS = ("keyframes", "keyframe_indexes")
VIDEO = {
    "video": frozenset(["resolution", "duration", "loop", "hdr", "exr_export", "start_frame", "end_frame", *KEYS]),
    "video_edit": frozenset(["resolution", "hdr", "exr_export", "start_frame", "edit"]),
    "video_reframe": frozenset(["resolution", "source_position"]),
}
EDIT = frozenset(["auto_controls", "strength", "controls", *KEYS])
STRENGTHS = frozenset(f"{name}_{number}" for name in ("adhere", "flex", "reimagine") for number in (1, 2, 3))


def refused(body: Any, generation: Lookup, file: Lookup) -> Refused | None:
    """Return what is wrong with the body of a POST, or None."""
    if not isinstance(body, dict):
        return 400, "Invalid JSON"
    return (
        _first(_fields(body))
        or _first(_of_type(body))
        or (_first(_video(body)) if body.get("model") == "ray-3.2" else None)
        or _references(body, generation, file)
    )


def _first(rules: Iterable[tuple[bool, int, str]]) -> Refused | None:
    return next(((status, text) for good, status, text in rules if not good), None)


def _fields(body: dict[str, Any]) -> Iterator[tuple[bool, int, str]]:
    model, kind, prompt = body.get("model", "uni-1"), body.get("type", "image"), body.get("prompt")
    most = 500 if kind == "layering" else 6000
    yield set(body) <= KNOWN, 400, f"Unknown fields: {sorted(set(body) - KNOWN)}"
    yield model in TYPES, 400, f"Unknown model: {model}"
    yield kind in TYPES[model], 400, f"Type {kind!r} is not supported for model {model!r}"
    good = isinstance(prompt, str) and 1 <= len(prompt) <= most
    yield good, 400, f"Prompt must be between 1 and {most} characters"
    ratio, ratios = body.get("aspect_ratio"), CLIP_RATIOS if model == "ray-3.2" else STILL_RATIOS
    yield ratio is None or ratio in ratios, 400, f"Invalid aspect_ratio {ratio!r}. Valid: {', '.join(ratios)}"
    yield body.get("output_format") in (None, "png", "jpeg"), 400, "Invalid output_format. Valid: jpeg, png"
    yield body.get("style", "auto") in ("auto", "manga"), 400, "Invalid style. Valid: auto, manga"
    yield isinstance(body.get("web_search", False), bool), 400, "web_search must be a boolean"
    yield isinstance(body.get("image_ref", []), list), 400, "image_ref must be a list"
    yield len(str(body.get("user_id") or "")) <= 256, 400, "user_id is too long"


def _of_type(body: dict[str, Any]) -> Iterator[tuple[bool, int, str]]:
    kind, source = body.get("type", "image"), body.get("source")
    count, still = len(body.get("image_ref", [])), kind in ("image", "image_edit")
    yield source is None or kind not in ("image", "video"), 400, "source is only valid for type 'image_edit'"
    yield source is not None or kind in ("image", "video"), 400, f"source is required for type {kind!r}"
    yield kind != "image" or count <= 9, 400, "image supports up to 9 reference images"
    edit = "image_edit supports up to 8 reference images (source occupies one slot)"
    yield kind != "image_edit" or count <= 8, 400, edit
    yield still or not {"image_ref", "style", "web_search", "output_format"} & body.keys(), 400, "Only for images"
    portrait = body.get("aspect_ratio") in (None, "2:3", "9:16", "1:2", "1:3")
    yield body.get("style") != "manga" or kind == "image_edit" or portrait, 422, "style 'manga' needs a portrait ratio"
    layering = body.get("layering")
    fits = layering in ({"resolution": "1k"}, {"resolution": "2k"}) if kind == "layering" else layering is None
    yield fits, 400, "Invalid layering"
    yield kind.startswith("video") or body.get("video") is None, 400, "video is only valid for video types"
    yield kind != "video_reframe" or bool(body.get("aspect_ratio")), 400, "aspect_ratio is required for video_reframe"


def _video(body: dict[str, Any]) -> Iterator[tuple[bool, int, str]]:
    kind, video = body["type"], body.get("video") or {}
    yield set(video) <= VIDEO[kind], 400, f"Unknown video fields: {sorted(set(video) - VIDEO[kind])}"
    size, length = video.get("resolution", "720p"), video.get("duration", "5s")
    yield size in ("360p", "540p", "720p", "1080p"), 400, "Invalid resolution"
    yield length in ("5s", "10s"), 400, "Invalid duration"
    ends = {"start_frame", "end_frame"} & video.keys()
    yield not (length == "10s" and ends), 422, "10s does not take start_frame or end_frame"
    clash = length == "10s" or video.get("hdr") or "end_frame" in video
    yield not (video.get("loop") and clash), 422, "loop is not supported with 10s, hdr or end_frame"
    yield not (video.get("hdr") and size in ("360p", "540p")), 422, "hdr needs 720p or 1080p"
    yield not (video.get("exr_export") and not video.get("hdr")), 422, "exr_export requires hdr"
    edit = video.get("edit", {})
    yield set(edit) <= EDIT, 400, "Unknown edit fields"
    yield edit.get("strength", "flex_1") in STRENGTHS, 400, "Invalid strength"
    keyed = edit if kind == "video_edit" else video
    frames, indexes = keyed.get("keyframes", []), keyed.get("keyframe_indexes", [])
    yield not (frames and (ends or video.get("loop"))), 422, "keyframes exclude start_frame, end_frame and loop"
    yield len(frames) == len(indexes) == len(set(indexes)) <= 64, 422, "keyframes and keyframe_indexes must match"
    last = 24 * (18 if kind == "video_edit" else 10 if length == "10s" else 5)
    yield all(type(one) is int and 0 <= one <= last for one in indexes), 422, "keyframe_indexes out of range"
    position = video.get("source_position", {"x_norm": 0, "y_norm": 0, "w_norm": 1, "h_norm": 1})
    yield set(position) == {"x_norm", "y_norm", "w_norm", "h_norm"}, 422, "source_position needs all four"


def _references(body: dict[str, Any], generation: Lookup, file: Lookup) -> Refused | None:
    for place, one in _placed(body):
        if not isinstance(one, dict):
            return 400, f"{place}: must be an object"
        if text := _shape(one):
            return 400, f"{place}: {text}"
        moves = place == "source" and body.get("model") == "ray-3.2"
        if found := _content(one, generation, file, moves=moves):
            return found[0], f"{place}: {found[1]}"
    return None


def _placed(body: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for index, one in enumerate(body.get("image_ref", [])):
        yield f"image_ref[{index}]", one
    if body.get("source") is not None:
        yield "source", body["source"]
    video = body.get("video") or {}
    for name in ("start_frame", "end_frame"):
        if name in video:
            yield f"video.{name}", video[name]
    for index, one in enumerate([*video.get("keyframes", []), *video.get("edit", {}).get("keyframes", [])]):
        yield f"video.keyframes[{index}]", one


def _shape(one: dict[str, Any]) -> str:
    given = [name for name in FORMS if name in one]
    if len(given) != 1:
        return f"provide either 'url' or 'data', not {'both' if given else 'neither'}"
    if "data" in one and "media_type" not in one:
        return "'media_type' is required with 'data'"
    return "" if one.keys() <= {*FORMS, "media_type"} else "unknown fields"


def _content(one: dict[str, Any], generation: Lookup, file: Lookup, *, moves: bool) -> Refused | None:
    if "url" in one:
        if moves and one.get("media_type") != "video/mp4":
            return 422, "'media_type' is required with a video url"
        return None if _is_public(one["url"]) else (422, "failed to fetch URL")
    if "generation_id" in one:
        wrong = generation(one["generation_id"])
        return (422, wrong) if wrong else None
    if "file_id" in one:
        wrong = file(one["file_id"])
        return (422, wrong) if wrong else None
    return _data(one["data"], moves=moves)


def _data(data: str, *, moves: bool) -> Refused | None:
    try:
        content = b64decode(data, validate=True)
    except ValueError:
        return 422, "invalid base64 data"
    if moves:
        return None if content[4:8] == MP4 else (422, "content-type is not a video")
    if len(content) > LARGEST:
        return 413, "image exceeds 50 MB limit"
    return None if content.startswith(STILLS) else (422, "content-type is not an image")


def _is_public(url: str) -> bool:
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        return parts.scheme == "https" and ip_address(host).is_global
    except ValueError:
        return parts.scheme == "https" and "." in host and not host.endswith(".local")
