"""Finds time codes and numbered shots in a text, and reads what stands between them: beats of one shot, or shots."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise, zip_longest
from typing import NamedTuple

from app.errors import BadInputError
from app.parse.forms._marks import say_marked
from app.parse.forms.base import Given, Reading
from app.vocab import Vocabulary

TIME = r"(?:\d{1,2}:)?\d{1,3}(?:\.\d{1,3})?"
SECONDS = r"\s*(?:s|sec|secs|seconds?)?"
SPAN = rf"(?P<from>{TIME}){SECONDS}\s*(?:-|–|—|to)\s*(?P<to>{TIME}){SECONDS}"
LENGTH = r"(?P<length>\d{1,3}(?:\.\d{1,3})?)\s*(?:s|sec|secs|seconds?)"

SHOT = re.compile(
    r"(?:(?P<open>\[)[ ]?|(?:^|(?<=[.;!?][ \n]))[ \t*#]*)shot[ ]?#?(?P<number>\d{1,2})(?![\d.]*\d|\w)(?(open)[ ]?\])"
    rf"(?P<timed>[ \t]*[\[(][ ]?(?:{SPAN}|{LENGTH})[ ]?[\])])?(?:[ \t]*at[ ](?P<at>{TIME}),?)?"
    r"(?P<end>[ \t*]*[:.,–—-])?",
    re.IGNORECASE | re.MULTILINE,
)
BEAT = re.compile(
    rf"[\[(]\s?{SPAN}\s?[\])]\s?:?|^[ \t]*{SPAN.replace('<from>', '<from2>').replace('<to>', '<to2>')}"
    rf"[ \t]*[:–—]|\[\s?(?P<point>\d{{1,2}}:\d{{2}}(?:\.\d{{1,3}})?)\s?\]:?",
    re.IGNORECASE | re.MULTILINE,
)
CUT = re.compile(r"\b(?:hard |smash |jump |match )?cuts? (?:to|back)\b", re.IGNORECASE)

NUMBERED = re.compile(r"[hH][oO][tT][ ]?#?\d")
TIMED = re.compile(rf"\d(?:{SECONDS}\s*(?:-|–|—|to)\s*\d|:\d\d)", re.IGNORECASE)
"""What every head of a shot and every time holds: most texts have neither, and are passed over at a glance."""

MAX_SHOTS = 60


class Mark(NamedTuple):
    """A time code or the head of a shot; `number` is that of the shot, 0 for a time code alone. Times in seconds."""

    start: int
    end: int
    number: int
    from_s: float | None
    to_s: float | None

    @property
    def length_s(self) -> float | None:
        """How long it lasts, where that is said and makes sense."""
        if self.from_s is None or self.to_s is None or self.to_s <= self.from_s:
            return None
        return round(self.to_s - self.from_s, 3)


class Part(NamedTuple):
    """A mark, and where the words that belong to it stand."""

    mark: Mark
    start: int
    end: int


Finish = Callable[[Reading], None]


def is_timed(text: str) -> bool:
    """Tell whether a text is a list of shots or of times."""
    shots = list(_shots(text, 0, len(text))) if NUMBERED.search(text) else []
    beats = list(_beats(text, 0, len(text))) if TIMED.search(text) else []
    if len(shots) > 1 or any(shot.to_s for shot in shots):
        return True
    return len(beats) > 1 or any(beat.to_s for beat in beats)


def read_timeline(
    given: Given, vocabulary: Vocabulary, start: int, end: int, finish: Finish = lambda _reading: None
) -> list[Reading]:
    """Read a part of a text to one shot with beats, or to several shots; `finish` adds to each what holds for all.

    What stands before and after the list holds for all shots too.
    """
    shots = list(_shots(given.text, start, end))
    marks = shots or list(_beats(given.text, start, end))
    parts = _parts(given.text, marks, end)
    head, tail = (start, marks[0].start if marks else end), (parts[-1].end if parts else end, end)
    several = bool(shots) or any(CUT.search(given.text, part.start, part.end) for part in parts[1:])
    groups = [[part] for part in parts] if several else [parts]
    if len(groups) > MAX_SHOTS:
        raise BadInputError(f"The list has {len(groups)} shots.", hint=f"At most {MAX_SHOTS} are read at once.")
    return [_read(Reading(given, vocabulary), head, group, tail, finish) for group in groups]


def _read(reading: Reading, head: tuple[int, int], parts: list[Part], tail: tuple[int, int], finish: Finish) -> Reading:
    given = reading.given
    say_marked(reading, given.piece(*head))
    if len(parts) == 1 and parts[0].mark.length_s is not None:
        reading.put("duration_s", parts[0].mark.length_s, parts[0].mark.start, parts[0].mark.end)
    for part in parts if len(parts) == 1 else ():
        _inside(reading, part)
    if len(parts) > 1:
        _beats_of(reading, parts, 0.0)
        last = max(part.mark.to_s or 0 for part in parts)
        if last:
            mark = parts[-1].mark
            reading.put("duration_s", last, mark.start, mark.end)
    reading.draft.beat = "main"
    say_marked(reading, given.piece(*tail))
    finish(reading)
    return reading


def _inside(reading: Reading, part: Part) -> None:
    """Read one shot of several: its words, or the beats that are timed inside it."""
    given = reading.given
    beats = list(_beats(given.text, part.start, part.end))
    if not beats:
        say_marked(reading, given.piece(part.start, part.end))
        return
    say_marked(reading, given.piece(part.start, beats[0].start))
    inner = _parts(given.text, beats, part.end)
    inner[-1] = inner[-1]._replace(end=part.end)
    first = part.mark.from_s or 0.0
    _beats_of(reading, inner, first if (beats[0].from_s or 0.0) >= first else 0.0)


def _beats_of(reading: Reading, parts: list[Part], zero_s: float) -> None:
    """Read each part into a beat of its own, with its times counted from the shot's beginning."""
    for number, part in enumerate(parts, start=1):
        mark = part.mark
        reading.draft.beat = f"beat_{number}"
        following = parts[number].mark.from_s if number < len(parts) else None
        for field, time in (("start_s", mark.from_s), ("end_s", mark.to_s if mark.to_s is not None else following)):
            if time is not None:
                reading.put(f"beats.beat_{number}.{field}", round(time - zero_s, 3), mark.start, mark.end)
        say_marked(reading, reading.given.piece(part.start, part.end))


def _shots(text: str, start: int, end: int) -> Iterator[Mark]:
    """Yield the heads of shots; one without an end ends where the next one begins."""
    heads = [_head(one) for one in SHOT.finditer(text, start, end) if one["open"] or one["timed"] or one["end"]]
    for head, after in zip_longest(heads, heads[1:]):
        yield head._replace(to_s=after.from_s) if after and head.to_s is None else head


def _head(found: re.Match[str]) -> Mark:
    first, last = _seconds(found["from"] or found["at"]), _seconds(found["to"])
    if found["length"]:
        first, last = 0.0, float(found["length"])
    elif first is None and found["number"] == "1":
        first = 0.0
    return Mark(found.start(), found.end(), int(found["number"]), first, last)


def _beats(text: str, start: int, end: int) -> Iterator[Mark]:
    for found in BEAT.finditer(text, start, end):
        first, last = found["from"] or found["from2"] or found["point"], found["to"] or found["to2"]
        if found["point"] or re.search(r"[:s]", found[0], re.IGNORECASE):
            yield Mark(found.start(), found.end(), 0, _seconds(first), _seconds(last))


def _parts(text: str, marks: list[Mark], end: int) -> list[Part]:
    """Give each mark the words up to the next one; the last one ends with its line, or paragraph, as the others do."""
    parts = [Part(mark, mark.end, after.start) for mark, after in pairwise(marks)]
    bodies = [text[part.start : part.end].strip() for part in parts]
    if marks:
        joint = "\n" if all("\n" not in body for body in bodies) else "\n\n"
        last = marks[-1]
        begins = last.end + len(text[last.end : end]) - len(text[last.end : end].lstrip())
        stop = text.find(joint, begins, end)
        parts.append(Part(last, last.end, end if stop < 0 or any(joint in body for body in bodies) else stop))
    return parts


def _seconds(time: str | None) -> float | None:
    if not time:
        return None
    minutes, _, seconds = time.rpartition(":")
    return round(float(minutes or 0) * 60 + float(seconds), 3)
