"""The one patch type: RFC 7386 JSON Merge Patch. Absent inherits, null clears, a list is replaced whole."""

from typing import Any

Json = dict[str, Any]


def merge(target: Any, patch: Any) -> Any:
    """Return `target` with `patch` applied; neither is changed."""
    if not isinstance(patch, dict):
        return patch
    merged = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = merge(merged.get(key), value)
    return merged


def diff(before: Any, after: Any) -> Any:
    """Return the patch that turns `before` into `after`."""
    if not isinstance(before, dict) or not isinstance(after, dict):
        return after
    patch: Json = {key: None for key in before if key not in after}
    for key, value in after.items():
        if key not in before:
            patch[key] = value
        elif before[key] != value or isinstance(before[key], bool) != isinstance(value, bool):
            patch[key] = diff(before[key], value)
    return patch


def at(path: str, value: Any) -> Json:
    """Return the patch that sets one dotted path."""
    patch: Any = value
    for key in reversed(path.split(".")):
        patch = {key: patch}
    return dict(patch)
