"""Reads an edit decision list after CMX 3600, by the reader of OpenTimelineIO; each event is looked at first."""

import re
from collections.abc import Iterator
from typing import Any

import opentimelineio as otio

from app.errors import ShotError
from app.importers._cuts import MAX_SHOTS, Clip, imported
from app.importers.base import Imported, Importer
from app.vocab import Vocabulary

MAX_LINES = 20_000
MAX_LINE = 2000
"""Beyond these a file is no cut that somebody made."""

HINT = "Expected an EDL as editing programs write it (CMX 3600)."

TIME = r"(?:\d\d[:;]\d\d[:;]\d\d[:;.]\d\d|\d{1,9})"
EVENT = re.compile(rf"\d{{1,6}}\s+\S+\s+\S+\s+(?:C|(?:D|W\d{{3}})\s+\d{{1,6}})(?:\s+{TIME}){{4}}")
FRAME = re.compile(r"(\d\d)[:;](\d\d)[:;](\d\d)[:;.](\d\d)")
HEADS = ("TITLE:", "FCM", "SPLIT")
"""What the reader takes before the first event; other lines there are comments of a program on itself."""

UNREADABLE = (
    otio.exceptions.OTIOError,
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
    RuntimeError,
    ArithmeticError,
)
"""What the reader raises for what it cannot read."""

RATES = (24, 25, 30, 50, 60)
DROPPED = {30: 30000 / 1001, 60: 60000 / 1001}

SLATE = re.compile(r"COMMENT:\s*SLATE (\S+) SCENE (\S+)")
"""What Printlight writes beside an event."""


class EditDecisionList(Importer):
    """A cut of any editing program. Its rate is nowhere said: it is told by the highest frame, or taken for 24."""

    id = "edl"
    label = "EDL (CMX 3600)"
    suffixes = (".edl",)

    def recognises(self, content: str) -> bool:
        """Tell by the title, or by an event in the first lines."""
        head = content[:4000].lstrip("\ufeff \t\r\n")
        return head.startswith("TITLE:") or any(EVENT.match(line.strip()) for line in head.splitlines()[:10])

    def read(self, content: str, name: str, vocabulary: Vocabulary) -> Imported:
        """Return a shot for each event with a picture."""
        lines = [line.strip() for line in content.removeprefix("\ufeff").splitlines()]
        _check(lines, name)
        dropped = _drops(lines)
        readable, rate = "\n".join(_readable(lines, dropped=dropped)), _rate(lines, dropped=dropped)
        try:
            whole = otio.adapters.read_from_string(readable, "cmx_3600", rate=rate, ignore_timecode_mismatch=True)
            return imported(_clips(whole), name, vocabulary, str(whole.name))
        except UNREADABLE as error:
            raise ShotError(f"{name} cannot be read as a cut: {str(error)[:200]}.", hint=HINT) from None


def _check(lines: list[str], name: str) -> None:
    """Refuse what is no list of events, with its line. The reader says no line, and takes its time for many."""
    if len(lines) > MAX_LINES:
        raise ShotError(f"{name} has {len(lines):,} lines.", hint=f"At most {MAX_LINES:,} are read.")
    events = 0
    for number, line in enumerate(lines, start=1):
        if len(line) > MAX_LINE:
            raise ShotError(f"{name}, line {number}: it is {len(line):,} characters long.", hint=HINT)
        if line[:1].isdigit():
            events += 1
            if not (line.isascii() and EVENT.fullmatch(line)):
                raise ShotError(f"{name}, line {number}: this is no event: {line[:60]}", hint=HINT)
    if not events:
        raise ShotError(f"{name} has no event.", hint=HINT)
    if events > MAX_SHOTS * 2:
        raise ShotError(f"{name} holds too many events.", hint=f"At most {MAX_SHOTS:,} are read at once.")


def _readable(lines: list[str], *, dropped: bool) -> list[str]:
    """Return the lines that the reader knows: all from the first event on, and of those before it the head.

    Timecode that drops frames has a semicolon before them, whatever the program wrote.
    """
    first = next(number for number, line in enumerate(lines) if line[:1].isdigit())
    known = [*(line for line in lines[:first] if line.startswith(HEADS)), *lines[first:]]
    told = r"\1:\2:\3;\4" if dropped else r"\1:\2:\3:\4"
    return [FRAME.sub(told, line) if line[:1].isdigit() else line for line in known]


def _drops(lines: list[str]) -> bool:
    """Tell whether the timecode leaves numbers out, as the head says, or its semicolons."""
    said = any(line.startswith("FCM") and "NON" not in line and "DROP" in line for line in lines)
    return said or any(";" in line for line in lines if line[:1].isdigit())


def _rate(lines: list[str], *, dropped: bool) -> float:
    """Return frames a second: the lowest usual rate that counts as far as the list does."""
    frames = [int(found[3]) for line in lines if line[:1].isdigit() for found in FRAME.findall(line)]
    rate = next((one for one in RATES if one > max(frames, default=0)), RATES[-1])
    return DROPPED[60 if rate > 30 else 30] if dropped else float(rate)


def _clips(whole: Any) -> Iterator[Clip]:
    for track in whole.video_tracks():
        items = list(track)
        for number, item in enumerate(items):
            if isinstance(item, otio.schema.Clip) and not isinstance(
                item.media_reference, otio.schema.GeneratorReference
            ):
                yield _clip(item, items[number + 1 : number + 3])


def _clip(clip: Any, after: list[Any]) -> Clip:
    held = clip.metadata.get("cmx_3600", {})
    comments = [str(one) for one in held.get("comments", [])]
    slate = next((found[1] for one in comments if (found := SLATE.fullmatch(one))), "").strip("-")
    notes = [one.removeprefix("COMMENT:").strip() for one in comments if not SLATE.fullmatch(one)]
    name = str(clip.name)
    media = clip.media_reference
    return Clip(
        name=name.removeprefix(f"{slate} ") if slate else name,
        seconds=clip.duration().to_seconds(),
        notes=(*notes, *(str(one.name) for one in clip.markers)),
        file=str(media.target_url) if isinstance(media, otio.schema.ExternalReference) else "",
        slate=slate,
        joined_by=_joined(after),
    )


def _joined(after: list[Any]) -> str:
    """Return how a clip goes over into what is behind it; into black is a fade out."""
    if not after or not isinstance(after[0], otio.schema.Transition) or after[0].transition_type != "SMPTE_Dissolve":
        return ""
    into = after[1].media_reference if len(after) > 1 and isinstance(after[1], otio.schema.Clip) else None
    is_black = isinstance(into, otio.schema.GeneratorReference)
    return "time.transition.fade_out" if is_black else "time.transition.dissolve"
