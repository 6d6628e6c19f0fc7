"""Reads an OpenTimelineIO file: the clips of its video tracks, in any version of their schema."""

from collections.abc import Iterator
from math import isfinite
from typing import Any

from app.errors import ShotError
from app.importers._cuts import Clip, imported
from app.importers._text import json_of
from app.importers.base import Imported, Importer
from app.vocab import Vocabulary

MAX_CHARS = 16_000_000
HINT = "Expected a timeline as OpenTimelineIO writes it (.otio)."

OURS = "printlight"

JOINS = {"SMPTE_Dissolve": "time.transition.dissolve"}

Json = dict[str, Any]


class OpenTimelineIO(Importer):
    """A timeline of any editing program; one that Printlight wrote brings its shots back whole."""

    id = "otio"
    label = "OpenTimelineIO"
    suffixes = (".otio",)

    def recognises(self, content: str) -> bool:
        """Tell by the key that every object of such a file has."""
        return '"OTIO_SCHEMA"' in content[:2000]

    def read(self, content: str, name: str, vocabulary: Vocabulary) -> Imported:
        """Return a shot for each clip of a video track, in the order of the tracks."""
        if len(content) > MAX_CHARS:
            raise ShotError(f"{name} holds {len(content):,} characters.", hint=f"At most {MAX_CHARS:,} are read.")
        data = _parsed(content, name)
        try:
            return imported(_clips(data), name, vocabulary, _text(data.get("name")))
        except RecursionError:
            raise ShotError(f"{name} is nested too deeply.", hint=HINT) from None


def _parsed(content: str, name: str) -> Json:
    data = json_of(content, name, HINT)
    if not isinstance(data, dict) or not _kind(data):
        raise ShotError(f"{name} is JSON, but no timeline.", hint=HINT)
    return data


def _clips(node: Any) -> Iterator[Clip]:
    """Yield the clips below a node; a track of sound has none that is a shot."""
    if isinstance(node, list):
        for number, one in enumerate(node):
            if _kind(one) == "Clip":
                yield _clip(one, node[number + 1] if number + 1 < len(node) else None)
            else:
                yield from _clips(one)
    elif isinstance(node, dict) and _kind(node) == "Clip":
        yield _clip(node, None)
    elif isinstance(node, dict) and not (_kind(node) == "Track" and node.get("kind", "Video") != "Video"):
        yield from _clips(node.get("tracks") or node.get("children"))


def _clip(node: Json, after: Any) -> Clip:
    media = _media(node)
    span = _dict(node.get("source_range")) or _dict(media.get("available_range"))
    length = _dict(span.get("duration"))
    value, rate = _number(length.get("value")), _number(length.get("rate"))
    joined = JOINS.get(_text(after.get("transition_type")), "") if _kind(after) == "Transition" else ""
    return Clip(
        name=_text(node.get("name")),
        seconds=value / rate if value is not None and rate else None,
        fps=rate,
        notes=tuple(_notes(node)),
        file=_text(media.get("target_url")),
        joined_by=joined if joined and not _gap(after) else "time.transition.fade_out" if joined else "",
        facts=_dict(_dict(node.get("metadata")).get(OURS)),
    )


def _gap(transition: Json) -> bool:
    """Tell whether a transition ends at its cut, as a fade out does: all of it lies in the clip before."""
    return not _number(_dict(transition.get("out_offset")).get("value"))


def _media(node: Json) -> Json:
    """Return the media of a clip: in the second version of the schema one of several is in use."""
    several = _dict(node.get("media_references"))
    return _dict(several.get(_text(node.get("active_media_reference_key")))) or _dict(node.get("media_reference"))


def _notes(node: Json) -> Iterator[str]:
    for marker in node.get("markers") or () if isinstance(node.get("markers"), list) else ():
        yield from filter(None, (_text(_dict(marker).get("name")), _text(_dict(marker).get("comment"))))


def _kind(node: Any) -> str:
    """Return what a node is, without its version: `Clip` of `Clip.2`."""
    return _text(_dict(node).get("OTIO_SCHEMA")).partition(".")[0]


def _number(value: Any) -> float | None:
    is_one = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_one and abs(value) < 1e15 and isfinite(value) and value >= 0 else None


def _dict(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
