"""Reads FCPXML: the clips of each sequence's spine.

Read here, since the adapter of OpenTimelineIO takes 23.976 for 23 frames a second and fails on stills and titles.
"""

from collections.abc import Iterator
from fractions import Fraction
from xml.etree.ElementTree import Element

from app.errors import ShotError
from app.importers._cuts import Clip, imported
from app.importers._xml import root_of
from app.importers.base import Imported, Importer
from app.vocab import Vocabulary

MAX_CHARS = 16_000_000
HINT = "Expected a project as Final Cut Pro exports it (.fcpxml)."

CLIPS = ("asset-clip", "clip", "video", "ref-clip", "sync-clip", "mc-clip")
"""What a spine holds that has a picture; a gap with a note stands for a shot that is still to be made."""

JOINS = {
    "dissolve": "time.transition.dissolve",
    "cross dissolve": "time.transition.dissolve",
    "fade out": "time.transition.fade_out",
    "fade to black": "time.transition.fade_out",
    "fade to white": "time.transition.fade_to_white",
}

SLATE = "com.apple.proapps.studio.scene"
"""What Final Cut Pro shows as the scene: 12A."""


class FinalCut(Importer):
    """A project, an event or a library of Final Cut Pro."""

    id = "fcpxml"
    label = "FCPXML"
    suffixes = (".fcpxml",)

    def recognises(self, content: str) -> bool:
        """Tell whether the root element is Final Cut Pro's."""
        return "<fcpxml" in content[:2000]

    def read(self, content: str, name: str, vocabulary: Vocabulary) -> Imported:
        """Return a shot for each clip of a spine, in the order of the projects."""
        if len(content) > MAX_CHARS:
            raise ShotError(f"{name} holds {len(content):,} characters.", hint=f"At most {MAX_CHARS:,} are read.")
        root = root_of(content, name, HINT, doctype="fcpxml")
        if root.tag != "fcpxml":
            raise ShotError(f"{name} is XML, but no project: it begins with <{root.tag[:40]}>.", hint=HINT)
        project = next(root.iter("project"), None)
        title = project.get("name", "") if project is not None else ""
        return imported(_clips(root), name, vocabulary, title)


def _clips(root: Element) -> Iterator[Clip]:
    files = {one.get("id", ""): _file(one) for one in root.iter("asset")}
    rates = {one.get("id", ""): _rate(one) for one in root.iter("format")}
    for sequence in root.iter("sequence"):
        spine = sequence.find("spine")
        children = list(spine) if spine is not None else []
        for number, one in enumerate(children):
            if one.tag in CLIPS or (one.tag == "gap" and one.find("note") is not None):
                after = children[number + 1] if number + 1 < len(children) else None
                yield _clip(one, after, rates.get(sequence.get("format", "")), files)


def _clip(element: Element, after: Element | None, fps: float | None, files: dict[str, str]) -> Clip:
    length = _time(element.get("duration"))
    joined = after.get("name", "").casefold() if after is not None and after.tag == "transition" else ""
    media = next((one for one in element.iter() if one.get("ref")), None)
    marks = [one.get("value", "") for one in element.findall("marker")]
    slate = next((one.get("value", "") for one in element.iter("md") if one.get("key") == SLATE), "")
    name = element.get("name", "")
    return Clip(
        name=name.removeprefix(f"{slate} ") if slate else name,
        seconds=float(length) if length else None,
        fps=fps,
        notes=(element.findtext("note", ""), *marks),
        file=files.get(media.get("ref", ""), "") if media is not None else "",
        slate=slate,
        joined_by=JOINS.get(joined, ""),
    )


def _file(asset: Element) -> str:
    """Return the name of an asset's file; a later version of the format names it one element further in."""
    inner = asset.find("media-rep")
    return asset.get("src", "") or (inner.get("src", "") if inner is not None else "")


def _rate(form: Element) -> float | None:
    frame = _time(form.get("frameDuration"))
    return float(1 / frame) if frame else None


def _time(told: str | None) -> Fraction | None:
    """Read a time of Final Cut Pro, `1001/24000s`; None for none, and for what is no time."""
    if not told or len(told) > 40 or not told.endswith("s"):
        return None
    try:
        time = Fraction(told.removesuffix("s"))
    except (ValueError, ZeroDivisionError):
        return None
    return time if 0 < time < 10**9 else None
