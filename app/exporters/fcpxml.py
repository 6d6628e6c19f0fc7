"""FCPXML: the cut for Final Cut Pro and for programs that read its files, such as Resolve.

Written here, since the adapter of OpenTimelineIO has no rates of NTSC, no transitions and no notes; it reads the file.
"""

from collections.abc import Iterator
from fractions import Fraction
from urllib.parse import quote
from xml.etree import ElementTree as ET

from app.exporters._cut import Cut, cuts, frames_of, rate_of
from app.exporters._moves import moves
from app.exporters.base import Exporter, Options, Reel, ReelShot

VERSION = "1.8"
"""Old enough for every program that reads FCPXML at all."""

STUDIO = "com.apple.proapps.studio."
"""What Final Cut Pro's own fields begin with: `scene`, which holds a slate, and `shot`, which it shows as the take."""

STARTS = "3600s"
"""Where the time of a gap begins, as Final Cut Pro writes it."""


class FinalCut(Exporter):
    """A project of one spine: a clip for each shot with a take, a gap of its length for each without."""

    id = "fcpxml"
    label = "FCPXML"
    suffix = "fcpxml"
    media_type = "application/xml"
    group = "The cut"
    used_for = "Final Cut Pro, or a program that reads its projects"
    carries = {
        "order": "fields",
        "slate": "fields",
        "note": "fields",
        "duration": "fields",
        "transition": "fields",
        "move": "words",
        "prompt": "words",
        "take": "fields",
    }
    lacks = (
        "Everything of a shot that is no cut, note, move or prompt. The pictures lie beside the file under their "
        "names: link them again where the program asks. Fades in and wipes are cuts."
    )

    def write(self, reel: Reel, options: Options) -> bytes:
        """Write the project; times are fractions of a second, exact at every rate."""
        del options
        rate = rate_of(reel.fps)
        cut = list(cuts(reel))
        root = ET.Element("fcpxml", version=VERSION)
        resources = ET.SubElement(root, "resources")
        ET.SubElement(resources, "format", _format(cut, rate))
        event = ET.SubElement(ET.SubElement(root, "library"), "event", name=_plain(reel.title))
        project = ET.SubElement(event, "project", name=_plain(reel.title))
        length = sum(one.frames for one in cut)
        sequence = ET.SubElement(
            project, "sequence", format="r1", duration=_time(length, rate), tcStart="0s", tcFormat="NDF"
        )
        spine = ET.SubElement(sequence, "spine")
        for number, one in enumerate(cut, start=2):
            spine.append(_item(one, f"r{number}", rate, prompts_stay=reel.prompts_stay))
            if one.shot.take:
                resources.append(_asset(one, f"r{number}", rate))
            spine.extend(_transition(one, rate))
        ET.indent(root)
        text = ET.tostring(root, encoding="unicode")
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE fcpxml>\n{text}\n'.encode()


def _format(cut: list[Cut], rate: Fraction) -> dict[str, str]:
    """Return the format of the sequence: its rate, and the pixels of the first take."""
    take = next((one.shot.take for one in cut if one.shot.take and one.shot.take.width), None)
    size = {"width": str(take.width), "height": str(take.height)} if take else {}
    return {"id": "r1", "frameDuration": _time(1, rate), **size}


def _asset(cut: Cut, name: str, rate: Fraction) -> ET.Element:
    take = cut.shot.take
    file = take.file_name if take else ""
    return ET.Element(
        "asset",
        id=name,
        name=_plain(file),
        src=quote(file),
        start="0s",
        duration=_time(cut.frames + _after(cut), rate),
        hasVideo="1",
        format="r1",
    )


def _item(cut: Cut, name: str, rate: Fraction, *, prompts_stay: bool) -> ET.Element:
    """Return a clip, or a gap in the place of a picture that is still to be made."""
    shot, length = cut.shot, _time(cut.frames, rate)
    told = {"name": _plain(shot.title), "offset": _time(cut.start, rate), "duration": length}
    item = ET.Element("clip", told) if shot.take else ET.Element("gap", {**told, "start": STARTS})
    note = [shot.note, *([] if prompts_stay else [shot.compiled.text])]
    ET.SubElement(item, "note").text = _plain("\n\n".join(filter(None, note)))
    if shot.take:
        ET.SubElement(item, "video", ref=name, offset="0s", duration=_time(cut.frames + _after(cut), rate))
    item.extend(_markers(cut, rate))
    if shot.take:
        item.append(_metadata(shot))
    return item


def _after(cut: Cut) -> int:
    """Return how many frames of a shot are used beyond its end: those under a dissolve."""
    return cut.join.frames if cut.join and cut.join.kind == "dissolve" else 0


def _markers(cut: Cut, rate: Fraction) -> Iterator[ET.Element]:
    begin = Fraction(0) if cut.shot.take else Fraction(STARTS.rstrip("s"))
    for move in moves(cut.shot):
        frame = min(frames_of(move.start_s, rate), cut.frames - 1)
        start = _seconds(begin + Fraction(frame) / rate)
        yield ET.Element("marker", start=start, duration=_time(1, rate), value=_plain(move.words))


def _metadata(shot: ReelShot) -> ET.Element:
    told = {"scene": shot.slate or shot.scene, "shot": str(shot.take.number) if shot.take else ""}
    metadata = ET.Element("metadata")
    for key, value in told.items():
        if value:
            ET.SubElement(metadata, "md", key=STUDIO + key, value=_plain(value))
    return metadata


def _transition(cut: Cut, rate: Fraction) -> Iterator[ET.Element]:
    """Yield what joins a shot to the next: a dissolve lies over the cut, a fade ends at it."""
    if cut.join is None:
        return
    end, length = cut.start + cut.frames, cut.join.frames
    start = end if cut.join.kind == "dissolve" else end - length
    yield ET.Element("transition", name=_plain(cut.join.label), offset=_time(start, rate), duration=_time(length, rate))


def _time(frames: int, rate: Fraction) -> str:
    return _seconds(Fraction(frames) / rate)


def _seconds(time: Fraction) -> str:
    """Return a time as Final Cut Pro writes it: `1001/24000s`, or whole seconds."""
    return f"{time.numerator}s" if time.denominator == 1 else f"{time.numerator}/{time.denominator}s"


def _plain(words: str) -> str:
    """Return words without what XML cannot hold."""
    return "".join(one for one in words if one.isprintable() or one in "\n\t").encode("utf-8", "ignore").decode()
