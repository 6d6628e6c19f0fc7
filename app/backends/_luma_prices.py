"""What Luma asks for, by the prices in a target's file: `usd`, in dollars as of the file's date."""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from app.backends._luma_rules import NUMBERED, kind_of
from app.backends.base import SOURCE
from app.vocab import Target


def estimate(target: Target, params: Mapping[str, Any], roles: Sequence[str]) -> float | None:
    """Return what an order will cost, or None where the file states no price for it.

    A still costs its `image`, and a `reference` for each picture beside it, the source of an edit too. A clip is
    looked up by what it is: `video 720p 5s hdr exr`. A change is paid by each 5 s begun, `edit 720p 5s`, and another
    shape by the second, `reframe 720p 1s`; both as long as their source, so by the `duration` that is said of it.
    """
    kind = kind_of(target.medium, params, roles)
    if kind in ("image", "image_edit"):
        beside = sum(role == SOURCE or role in NUMBERED or role in target.references.words for role in roles)
        return _sum(target.usd, {"image": 1, "reference": beside})
    if kind == "layering":
        return None
    range_ = [name for name in ("hdr", "exr") if params.get(name)]
    size, length = str(params.get("resolution") or "720p"), params.get("duration")
    if kind == "video":
        return _sum(target.usd, {" ".join(["video", size, str(length or "5s"), *range_]): 1})
    lasts = _seconds(length)
    if not lasts:
        return None
    if kind == "video_edit":
        return _sum(target.usd, {" ".join(["edit", size, "5s", *range_]): math.ceil(lasts / 5)})
    return _sum(target.usd, {f"reframe {size} 1s": lasts})


def _sum(usd: Mapping[str, float], counts: Mapping[str, float]) -> float | None:
    """Add up so many of each price; None where one that is needed is not stated."""
    if any(count and name not in usd for name, count in counts.items()):
        return None
    return round(sum(count * usd[name] for name, count in counts.items() if count), 4)


def _seconds(length: object) -> float:
    found = re.fullmatch(r"(\d{1,4}(?:\.\d+)?)\s?s?", str(length))
    return float(found[1]) if found else 0
