"""Reads the lines of a screenplay that stand in capitals: scene headings, shot lines, transitions."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from app.importers._names import Names, fold
from app.vocab import Crosswalk, Vocabulary

LONGEST = 200
"""A longer line is prose, whatever it begins with."""

SIDES = re.compile(r"((?:INT|EXT|EST)(?:\.? ?[/–—-] ?(?:INT|EXT))?|I\.?/E|E\.?/I)(?:\.|(?= )|$) ?(.*)", re.IGNORECASE)
"""INT., EXT., EST., INT./EXT., I/E, and what follows them."""

NUMBER = re.compile(r" ?#([\w.-]{1,20})#$")
PARTS = re.compile(r" -+ | ?(?:--+|[–—]) ?|[,.] ")
"""What may stand between a place, a room in it and the time."""

REMARK = re.compile(r" ?(?:\d{1,3}|\([^()]*\))$")
"""Behind a time: the count of a story's days, or words in brackets."""

BEFORE = ("the ", "next ", "the next ", "following ", "the following ", "that ", "same ", "later that ")
RELATIVE = re.compile(
    r"(?:.* )?(?:later|earlier)|continu(?:ous|ing)|contd|same(?: time)?|simultaneous|flashback|present(?: day)?|resume"
)
"""Words on the story's clock: they say nothing of the light."""

TIMES = {
    "day": "place.time.daytime",
    "midnight": "place.time.late_night",
    "evening": "",
    "early evening": "",
    "late evening": "",
}
"""Times in the words of scripts where those are no name of a term; empty: no term fits, and the words stay."""

SHOTS = {
    "EXTREME CLOSE UP": "camera.size.ecu",
    "EXTREME CLOSEUP": "camera.size.ecu",
    "EXTREME CLOSE": "camera.size.ecu",
    "ECU": "camera.size.ecu",
    "CLOSE UP": "camera.size.cu",
    "CLOSEUP": "camera.size.cu",
    "CLOSE SHOT": "camera.size.cu",
    "CLOSE ON": "camera.size.cu",
    "CLOSE": "camera.size.cu",
    "C.U.": "camera.size.cu",
    "CU": "camera.size.cu",
    "MEDIUM CLOSE UP": "camera.size.mcu",
    "MEDIUM SHOT": "camera.size.ms",
    "FULL SHOT": "camera.size.fs",
    "WIDE SHOT": "camera.size.ws",
    "WIDE ON": "camera.size.ws",
    "LONG SHOT": "camera.size.ws",
    "EXTREME WIDE SHOT": "camera.size.ews",
    "TWO SHOT": "framing.count.two",
    "OVER THE SHOULDER": "framing.perspective.over_the_shoulder",
    "OTS": "framing.perspective.over_the_shoulder",
    "P.O.V.": "framing.perspective.pov",
    "POV": "framing.perspective.pov",
    "LOW ANGLE": "camera.angle.low",
    "HIGH ANGLE": "camera.angle.high",
    "INSERT": "intent.purpose.insert",
    "CUTAWAY": "intent.purpose.cutaway",
    "ESTABLISHING SHOT": "intent.purpose.establishing",
    "ESTABLISHING": "intent.purpose.establishing",
    "REVERSE ANGLE": "intent.purpose.reverse",
    "REVERSE": "intent.purpose.reverse",
    "ANGLE ON": "",
    "TIGHT ON": "",
    "NEW ANGLE": "",
    "ANOTHER ANGLE": "",
}
"""What a shot line begins with, and the term that it means; empty: only that the camera looks."""

HEADS = "|".join(re.escape(one).replace(r"\ ", "[ -]") for one in sorted(SHOTS, key=len, reverse=True))
HEAD = re.compile(rf"({HEADS})(?![\w'’])(.*)")
OWNED = re.compile(r"(\S.*?) (POV|P\.O\.V\.)(?!\w)(.*)")
"""MARA'S POV, and what is seen in it."""

PLAIN = re.compile(r" ?[–—:-].*| (?:ON|OF|on|of) .*|\.?")
"""What may follow a single word that begins a shot line: POV - THE SEA, WIDE OF THE ROCK, or nothing."""

RETURNS = frozenset({"back to scene", "back to shot", "end insert", "end of insert", "resume scene"})

TRANSITION = re.compile(r"[^a-z]*(?:\bTO:|\b(?:FADE|IRIS) (?:IN|OUT|UP)[.:]?|\b(?:FADE|CUT|DISSOLVE) TO \w+[.:])")
"""CUT TO:, FADE IN:, FADE OUT., CUT TO BLACK."""


class Place(NamedTuple):
    """A scene heading: its first word and the setting that it means, where, when, and its number.

    `term` is that of the time, and `beside` what the time says that no term does.
    """

    sides: str
    setting: str
    where: str
    time: str
    term: str
    beside: str
    number: str


class Look(NamedTuple):
    """A shot line: the term that it names, and the words for what the camera looks at. A term's facet is its path."""

    term: str
    at: str


class Reader:
    """Reads headings, transitions and deliveries by the names of a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.names = Names(Crosswalk(id="screenplay", label="Screenplay", paths={}), vocabulary)

    def place(self, line: str, number: str = "") -> Place:
        """Read a scene heading; a number between `#` goes before one given beside the line."""
        if found := NUMBER.search(line):
            line, number = line[: found.start()], found[1]
        sides = SIDES.fullmatch(line)
        said, rest = (line[: sides.start(2)].strip(), sides[2]) if sides else ("", line)
        rest = rest.strip(" -–—")
        parts = [part for part in PARTS.split(rest) if part]
        times: list[str] = []
        while parts and self._is_time(parts[-1]):
            times.insert(0, parts.pop())
        where = rest[: _end(parts, rest)]
        return Place(said, _setting(said.upper()), where, *self._time(times), number)

    def location(self, where: str) -> str:
        """Return the kind of place that the words name exactly, whole or in one part, if no part names another."""
        named = {self.names.named(part, "place.location") for part in (where, *PARTS.split(where))} - {""}
        return named.pop() if len(named) == 1 else ""

    def transition(self, line: str) -> str:
        """Return the transition that the words name, or nothing."""
        words = fold(line)
        return next((found for way in (words, words.removesuffix(" to")) if (found := self._transition(way))), "")

    def delivery(self, words: str) -> str:
        """Return the term of how a line is spoken, or nothing."""
        return self.names.named(words, "beats.main.delivery.anybody")

    def _transition(self, words: str) -> str:
        return self.names.named(words, "transition_out")

    def _is_time(self, part: str) -> bool:
        return bool(self._read(part)) or any(RELATIVE.fullmatch(way) for way in _ways(part))

    def _read(self, part: str) -> list[tuple[str, str]]:
        """Return in which ways a part is a time, each with its term; the term is empty where none fits."""
        found = ((way, TIMES.get(way, self.names.named(way, "place.time") or None)) for way in _ways(part))
        return [(way, term) for way, term in found if term is not None]

    def _time(self, parts: list[str]) -> tuple[str, str, str]:
        """Return the words of the time, its term, and what is said beside it."""
        time, term, beside = "", "", []
        for part in parts:
            read = self._read(part)
            if time or not read:
                beside.append(part)
                continue
            time, term = part, read[0][1]
            if term and read[0][0] != fold(part):
                beside.append(part)
        return time, term, " - ".join(beside)


def reads_as_heading(line: str) -> bool:
    """Tell whether a line begins as a scene heading does."""
    return len(line) <= LONGEST and bool(SIDES.fullmatch(line))


def reads_as_transition(line: str) -> bool:
    """Tell whether a line is a transition, by its words alone."""
    return len(line) <= LONGEST and bool(TRANSITION.fullmatch(line))


def look(line: str) -> Look | None:
    """Read a shot line, or return None where a line is none."""
    if len(line) > LONGEST:
        return None
    if found := HEAD.fullmatch(line):
        words, rest = found[1], found[2]
        if " " in words or PLAIN.fullmatch(rest):
            at = re.sub(r"(?i)^(?:on|of) ", "", rest.strip(" -–—:,.")).strip(" -–—:,.")
            return Look(SHOTS[words if words in SHOTS else words.replace("-", " ")], at)
    if line.upper() == line and (found := OWNED.fullmatch(line)):
        return Look(SHOTS["POV"], found[3].strip(" -–—:,."))
    return None


def returns(line: str) -> bool:
    """Tell whether a shot line goes back to the scene's first shot."""
    return fold(line) in RETURNS


def _setting(sides: str) -> str:
    inside, outside = "I" in sides, bool(re.search(r"EXT|E\.?/|/E", sides))
    if inside and outside:
        return "place.setting.interior_exterior"
    return "place.setting.interior" if inside else "place.setting.exterior" if outside else ""


def _end(parts: list[str], rest: str) -> int:
    """Return where the last of the parts ends in the words that they were split from."""
    end = 0
    for part in parts:
        end = rest.index(part, end) + len(part)
    return end


def _ways(part: str) -> Iterator[str]:
    """Yield a time as it is written, without a count of days or a remark, and without its first words."""
    yield fold(part)
    plain = fold(REMARK.sub("", part))
    yield plain
    yield from (plain.removeprefix(one) for one in BEFORE if plain.startswith(one))
