"""An edit decision list after CMX 3600: the cut as nearly every editing and grading program reads it."""

import re
from fractions import Fraction

import opentimelineio as otio

from app.errors import BadInputError
from app.exporters._cut import rate_of
from app.exporters._timeline import OURS, timeline
from app.exporters.base import Exporter, Options, Reel

RATES = frozenset(
    {
        *(Fraction(rate) for rate in (24, 25, 30, 48, 50, 60)),
        *(Fraction(rate * 1000, 1001) for rate in (24, 30, 48, 60)),
    }
)
"""Rates that SMPTE timecode counts."""

DROPPED = (Fraction(30000, 1001), Fraction(60000, 1001))
"""Rates whose timecode leaves numbers out, so that it keeps to the clock."""

REEL_CHARS = 8
MOST = 999
"""An event has three figures."""


class EditDecisionList(Exporter):
    """An event a shot, in timecode from zero; the file of its take as a comment."""

    id = "edl"
    label = "EDL (CMX 3600)"
    suffix = "edl"
    media_type = "text/plain; charset=utf-8"
    group = "The cut"
    used_for = "An editing or grading program that reads nothing newer"
    carries = {
        "order": "fields",
        "slate": "fields",
        "note": "words",
        "duration": "fields",
        "transition": "fields",
        "move": "words",
        "take": "fields",
    }
    lacks = (
        "Prompts and everything else of a shot: an EDL holds times, the name of a reel, and comments. Names of reels "
        "have eight letters and digits. Fades in, fades to white and wipes are cuts."
    )

    def write(self, reel: Reel, options: Options) -> bytes:
        """Write the events. Raises BadInputError for a rate without timecode, and for more than 999 shots."""
        del options
        rate = rate_of(reel.fps)
        if rate not in RATES:
            hint = f"It counts at {', '.join(f'{float(one):.6g}' for one in sorted(RATES))} frames a second."
            raise BadInputError(f"An EDL has no timecode at {reel.fps:g} frames a second.", hint=hint)
        if len(reel.shots) > MOST:
            raise BadInputError(
                f"An EDL has at most {MOST} events; there are {len(reel.shots)} shots.",
                hint="Export a scene at a time.",
            )
        written = otio.adapters.write_to_string(_told(reel), adapter_name="cmx_3600", rate=float(rate))
        title, _, events = str(written).partition("\n\n")
        counted = "DROP FRAME" if rate in DROPPED else "NON-DROP FRAME"
        return f"{title}\nFCM: {counted}\n\n{events}".encode()


def _told(reel: Reel) -> otio.schema.Timeline:
    """Return the timeline with what an EDL says of a clip in its comments."""
    whole = timeline(reel)
    whole.name = _line(reel.title) or "Untitled"
    track, taken = whole.tracks[0], set[str]()
    for index in reversed(range(len(track))):
        if getattr(track[index], "transition_type", "") == otio.schema.TransitionTypes.Custom:
            del track[index]
    for number, clip in enumerate(whole.find_clips(), start=1):
        facts = clip.metadata[OURS]
        name = _reel_name(facts["slate"], number, taken)
        comments = [f"COMMENT: SLATE {facts['slate'] or '-'} SCENE {facts['scene'] or '-'}"]
        comments += [f"COMMENT: {_line(facts['note'])}"] if facts["note"] else []
        clip.metadata["cmx_3600"] = {"reel": name, "comments": [_line(one) for one in comments]}
        clip.name = _line(clip.name)
        clip.markers[:] = [one for one in clip.markers if one.metadata[OURS]["kind"] == "move"]
        for marker in clip.markers:
            marker.name = _line(marker.name)
    return whole


def _reel_name(slate: str, number: int, taken: set[str]) -> str:
    """Return the name of a reel: the slate, or the number of the shot where there is none, or another has it."""
    plain = re.sub(r"[^A-Za-z0-9]", "", slate)[:REEL_CHARS].upper()
    name = plain if plain and plain not in taken and plain not in ("AX", "BL", "BLACK", "BARS") else f"SHOT{number:03d}"
    taken.add(name)
    return name


def _line(words: str) -> str:
    """Return words on one line: a line break would begin an event."""
    return " ".join("".join(one if one.isprintable() else " " for one in words).split())
