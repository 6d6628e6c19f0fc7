"""Reads a JSON prompt: its keys say the department of each value."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from app.parse.forms._leaves import Key, Leaf, letters
from app.parse.forms._marks import is_marked, say_marked
from app.parse.forms.base import Form, Given, Piece, Reading
from app.parse.parsed import Parsed
from app.vocab import Vocabulary

DEPARTMENTS: dict[str, str] = {
    key: department
    for department, keys in {
        "": "prompt positive_prompt text_prompt references caption high_level_description summary overview",
        "subject": "subject subjects character characters person people elements",
        "action": "action actions activity",
        "wardrobe": "wardrobe clothing clothes outfit costume",
        "place": "scene setting location environment place time time_of_day weather season props",
        "background": "background backdrop",
        "camera": "camera lens angle camera_angle camera_motion camera_movement focal_length aperture shot_type "
        "shot_size depth_of_field technical shot frame_rate fps focus support",
        "framing": "composition framing position placement",
        "lighting": "lighting light lights",
        "look": "style style_description aesthetics art_style medium photo film_grain film_stock visual_style "
        "color_grade color_grading colour_grade technique",
        "mood": "mood tone atmosphere emotion",
        "sound": "audio sound ambient ambience sound_effects sfx music",
        "dialogue": "dialogue dialog speech lines voiceover",
        "@colours": "color_palette colour_palette palette colors colours",
        "@exclude": "negative_prompt negative negatives uc avoid exclude exclusions",
        "@aspect": "aspect_ratio aspect ratio",
        "@name": "name",
        "@param": "id type bbox seed steps cfg cfg_scale scale guidance model sampler scheduler resolution version "
        "width height strength quality",
    }.items()
    for key in keys.split()
}
"""The department of a key, as `read_prose` names it, or with @ what else its values are."""

NUMBERS: dict[str, str] = {
    "focal_length": "camera.focal_mm",
    "frame_rate": "camera.fps",
    "fps": "camera.fps",
    "iso": "camera.ei",
    "shutter_angle": "camera.shutter_deg",
    "duration": "duration_s",
    "duration_s": "duration_s",
    "duration_seconds": "duration_s",
    "seconds": "duration_s",
    "year": "intent.year",
}
"""Where a plain number belongs, by its key."""

SILENT = frozenset({"description", "desc", "details", "text", "value", "content"})
"""Keys that say nothing beside their value."""

ENTRIES = frozenset({"subjects", "characters", "people", "elements"})
"""Lists whose entries are subjects, one each."""

SHOTS = frozenset({"shots", "multi_prompt", "scenes", "storyboard", "segments"})
"""Lists whose entries are shots; what stands beside them holds for each."""

BEATS = frozenset({"timeline", "beats", "sequence", "timed_actions"})
"""Lists whose entries are beats of one shot."""

CLOCK = frozenset({"timestamp", "timestamps", "time_range", "timecode", "at"})
STARTS, ENDS = frozenset({"start", "start_s", "start_time", "from"}), frozenset({"end", "end_s", "end_time", "to"})

HEX = re.compile(r"#[0-9A-Fa-f]{6}")
RATIO = re.compile(r"\s*(\d+(?:\.\d+)?)\s*[:x×/]\s*(\d+(?:\.\d+)?)\s*")
PLAIN = re.compile(r"\s*(\d{1,6}(?:\.\d{1,6})?)\s*(?:s|sec|secs|seconds?|fps|mm|°|deg|degrees)?\s*", re.IGNORECASE)
TIME = re.compile(r"(?:(\d{1,2}):)?(\d{1,5}(?:\.\d+)?)\s*s?", re.IGNORECASE)
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
BLANKS = re.compile(r"[\W_]+")


class ObjectForm(Form):
    """A JSON prompt of one kind: `marks` are keys of which it has all of a row, `keys` what differs from the table."""

    marks: tuple[frozenset[str], ...] = ()
    keys: Mapping[str, str] = {}
    target = ""

    def recognises(self, given: Given) -> bool:
        """Tell by the keys at the top."""
        return any(row <= given.keys for row in self.marks)

    def read(self, given: Given, vocabulary: Vocabulary) -> list[Parsed]:
        """Return one shot, or one for each entry of a list of shots."""
        table = {**DEPARTMENTS, **self.keys}
        common, shots = _shots(given.leaves)
        return [_Filling(Reading(given, vocabulary), table).fill([*common, *one]).parsed(self.id, self.target)
                for one in shots or [[]]]  # fmt: skip


class Entry(NamedTuple):
    """Where an entry of a list begins: the list's key, and the entry's number from 0."""

    list: str
    number: int


class _Filling:
    """One shot, filled value by value."""

    def __init__(self, reading: Reading, table: Mapping[str, str]) -> None:
        self.reading = reading
        self.table = table
        self.heroes: dict[int, str] = {}
        self.subject = 0
        self.signs: dict[tuple[Key, ...], str] = {}

    def fill(self, leaves: list[Leaf]) -> Reading:
        """Land every value and return the reading."""
        for leaf in leaves:
            self.reading.given.spend(1)
            self._turn(leaf)
            self._land(leaf)
        return self.reading

    def _turn(self, leaf: Leaf) -> None:
        """Turn to the subject and the beat that a value belongs to."""
        draft, entries = self.reading.draft, {entry.list: entry.number for entry in _entries(leaf)}
        subject = next((entries[name] for name in ENTRIES if name in entries), 0)
        if subject != self.subject:
            self.heroes[self.subject] = draft.hero
            draft.hero = self.heroes.get(subject, f"subject_{subject + 1}")
            self.subject = subject
        beat = next((entries[name] for name in BEATS if name in entries), None)
        draft.beat = "main" if beat is None else f"beat_{beat + 1}"

    def _land(self, leaf: Leaf) -> None:
        key = folded(leaf.key)
        if leaf.value is None or leaf.value == "":
            return
        if self._clocked(leaf, key):
            return
        if (path := NUMBERS.get(key, "")) and self._number(leaf, path):
            return
        if not isinstance(leaf.value, str):
            self.reading.param(leaf.dotted, leaf.value)
            return
        if key in SILENT and leaf.path[:-1] in self.signs:
            self.reading.tell(f"{self.signs[leaf.path[:-1]]}.on", _piece(leaf, self.reading.given))
            return
        what, near = self._what(leaf)
        if what.startswith("@"):
            getattr(self, f"_{what[1:]}")(leaf)
        else:
            piece = _piece(leaf, self.reading.given, "" if near or key in SILENT else leaf.key)
            if not what and is_marked(piece.text):
                say_marked(self.reading, piece)
            else:
                self.reading.say(piece, what)

    def _what(self, leaf: Leaf) -> tuple[str, bool]:
        """Return what a value is, and whether its own key says so rather than one above it."""
        names = [folded(key) for key in leaf.path if isinstance(key, str)]
        for above, name in enumerate(reversed(names)):
            if name in self.table:
                return self.table[name], above == 0
        return "", False

    def _clocked(self, leaf: Leaf, key: str) -> bool:
        """Take when a beat begins and ends."""
        beat = self.reading.draft.beat
        if beat == "main" or key not in CLOCK | STARTS | ENDS:
            return False
        times = [float(one[1] or 0) * 60 + float(one[2]) for one in TIME.finditer(str(leaf.value))]
        fields = ("end_s",) if key in ENDS else ("start_s", "end_s")
        for field, time in zip(fields, times, strict=False):
            self.reading.put(f"beats.{beat}.{field}", time, leaf.start, leaf.end)
        return bool(times)

    def _number(self, leaf: Leaf, path: str) -> bool:
        """Take a plain number; words beside it are left to those who read words."""
        found = PLAIN.fullmatch(str(leaf.value))
        return found is not None and self.reading.put(path, float(found[1]), leaf.start, leaf.end)

    def _colours(self, leaf: Leaf) -> None:
        """Take hex colours: those of an entry for its subject, all others for the picture; words are read as look."""
        found = list(HEX.finditer(leaf.value))
        if not found:
            self.reading.say(_piece(leaf, self.reading.given), "look")
        hero = self.reading.draft.hero if any(entry.list in ENTRIES for entry in _entries(leaf)) else ""
        number = leaf.path[-1] if isinstance(leaf.path[-1], int) else 0
        for order, one in enumerate(found, number + 1):
            path = f"subjects.{hero}.colours.colour_{order}" if hero else "look.colours"
            self.reading.put(path, one[0], leaf.start + one.start(), leaf.start + one.end())

    def _exclude(self, leaf: Leaf) -> None:
        self.reading.exclude(_piece(leaf, self.reading.given))

    def _aspect(self, leaf: Leaf) -> None:
        put_aspect(self.reading, leaf.value, leaf.start, leaf.end)

    def _name(self, leaf: Leaf) -> None:
        """Take a subject's name; any other name says nothing of the picture."""
        hero = self.reading.draft.hero
        if hero and any(entry.list in ENTRIES for entry in _entries(leaf)):
            self.reading.tell(f"subjects.{hero}.name", _piece(leaf, self.reading.given))
        else:
            self.reading.say(_piece(leaf, self.reading.given), "subject" if "subject" in leaf.dotted else "")

    def _param(self, leaf: Leaf) -> None:
        self.reading.param(leaf.dotted, leaf.value)

    def _lettering(self, leaf: Leaf) -> None:
        """Take words that stand in the picture; what describes them follows as their place."""
        self.signs[leaf.path[:-1]] = self.reading.sign(_piece(leaf, self.reading.given))


def put_aspect(reading: Reading, words: str, start: int, end: int) -> None:
    """Put the shape of the frame, written 16:9 or 1344x768; any other word for it becomes a param."""
    found = RATIO.fullmatch(words)
    if found and float(found[2]):
        reading.put("framing.aspect", round(float(found[1]) / float(found[2]), 4), start, end)
    else:
        reading.param("aspect_ratio", words)


def folded(key: str) -> str:
    """Return a key in small letters with `_` between its words: `cameraMotion` is `camera_motion`."""
    return BLANKS.sub("_", CAMEL.sub("_", key)).strip("_").casefold()


def _piece(leaf: Leaf, given: Given, key: str = "") -> Piece:
    """Return a value as a piece; a key that says something stands before it, at the place of its first letter."""
    said, places = letters(given.text[leaf.start : leaf.end], leaf.start)
    before = f"{' '.join(folded(key).split('_'))}: " if key else ""
    return Piece(before + said, [leaf.start] * len(before) + places)


def _entries(leaf: Leaf) -> Iterator[Entry]:
    for above, key in zip(leaf.path, leaf.path[1:], strict=False):
        if isinstance(above, str) and isinstance(key, int):
            yield Entry(folded(above), key)


def _shots(leaves: list[Leaf]) -> tuple[list[Leaf], list[list[Leaf]]]:
    """Part the values of each shot from those that hold for all. A list at the top is one of shots."""
    common: list[Leaf] = []
    shots: dict[int, list[Leaf]] = {}
    for leaf in leaves:
        number = _number_of(leaf.path)
        if number is None:
            common.append(leaf)
        else:
            shots.setdefault(number, []).append(leaf)
    return common, list(shots.values())


def _number_of(path: tuple[Key, ...]) -> int | None:
    if isinstance(path[0], int):
        return path[0]
    listed = len(path) > 1 and folded(path[0]) in SHOTS and isinstance(path[1], int)
    return int(path[1]) if listed else None
