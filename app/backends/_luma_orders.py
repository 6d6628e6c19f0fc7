"""An order as the request that Luma reads. Extras are never sent."""

from collections.abc import Mapping
from typing import Any

from app.backends._luma_rules import STRENGTHS, array, asked, frame, pictures, values
from app.backends.base import END, KEYFRAME, SOURCE, START, Attachment, Order

Ref = dict[str, str]
"""Luma's ImageRef: one of generation_id, url, file_id or data, and the media type where that is needed."""


def request(order: Order, refs: Mapping[Attachment, Ref]) -> dict[str, Any]:
    """Return the body of the POST, with each picture as it is shown to Luma."""
    kind, said = asked(order), values(order)
    body: dict[str, Any] = {"model": order.target.id, "type": kind, "prompt": order.text}
    if source := order.one(SOURCE):
        body["source"] = refs[source]
    if kind == "layering":
        return body | {"layering": {"resolution": said["layering"]}}
    if order.target.medium == "video":
        ratio = {"aspect_ratio": said["aspect_ratio"]} if "aspect_ratio" in said else {}
        video = _video(order, said, refs)
        return body | ratio | ({"video": video} if video else {})
    numbered = [refs[one] for one in array(order)]
    return body | {"output_format": "png"} | said | ({"image_ref": numbered} if numbered else {})


def _video(order: Order, said: Mapping[str, Any], refs: Mapping[Attachment, Ref]) -> dict[str, Any]:
    video = {name: said[name] for name in ("resolution", "duration", "loop", "hdr", "source_position") if name in said}
    if "exr" in said:
        video["exr_export"] = said["exr"]
    for role, name in ((START, "start_frame"), (END, "end_frame")):
        if one := next((one for one in pictures(order) if one.role == role), None):
            video[name] = refs[one]
    keys = _keys(order, refs)
    if asked(order) != "video_edit":
        return video | keys
    edit = _strength(order, said) | keys
    return video | ({"edit": edit} if edit else {})


def _keys(order: Order, refs: Mapping[Attachment, Ref]) -> dict[str, Any]:
    found = sorted((one for one in pictures(order) if one.role == KEYFRAME), key=frame)
    return {"keyframes": [refs[one] for one in found], "keyframe_indexes": [*map(frame, found)]} if found else {}


def _strength(order: Order, said: Mapping[str, Any]) -> dict[str, str]:
    """Return how freely a clip is changed: Luma's word for it, or how strongly its source holds."""
    if "strength" in said:
        return {"strength": said["strength"]}
    source = order.one(SOURCE)
    if source is None or source.strength is None:
        return {}
    free = min(max(1 - source.strength, 0), 1)
    return {"strength": STRENGTHS[round(free * (len(STRENGTHS) - 1))]}
