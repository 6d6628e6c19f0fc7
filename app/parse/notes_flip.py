"""Turns a shot over, left for right: lamps, people, the placement and the moves. Words that name a side are asked."""

import re
from typing import Any

from app.parse.notes_sheet import Heard, Sheet
from app.physics.light import wrapped
from app.schema.paths import leaves

SIDE = re.compile(r"\b(?:left|right)\b", re.IGNORECASE)
PART = re.compile(r"(?<![a-z])(?:left|right)(?![a-z])")
OTHER = {"left": "right", "right": "left"}

ANGLES = frozenset({"azimuth_deg", "facing_deg", "view_azimuth_deg", "roll_deg"})
SPOKEN = frozenset({"says", "voiceover", "reads"})
"""Texts that somebody speaks or reads; their words stay."""

PICTURES = "references."


def flip(sheet: Sheet, lights: tuple[str, ...], subject: str, heard: Heard) -> None:
    """Mirror the shot, or only the lamps or the person named. Doing it twice changes nothing."""
    within = tuple([f"lights.{one}." for one in lights] or ([f"subjects.{subject}."] if subject else []))
    changed = False
    for path, value in leaves(sheet.resolved.shot).items():
        if (within and not path.startswith(within)) or path.startswith(PICTURES):
            continue
        after = _mirrored(sheet, path, value)
        if after != value:
            after = list(after) if isinstance(after, tuple) else after
            changed = sheet.put(path, after, heard, "left for right", settle=False) or changed
        elif SIDE.search(_words(sheet, value)) and not SPOKEN.intersection(path.split(".")):
            sheet.ask(f"“{heard.text}”: the words of {path} name a side (“{_words(sheet, value)}”). Turn them by hand.")
    if not changed:
        sheet.ask(f"“{heard.text}”: nothing here says a side.")


def _mirrored(sheet: Sheet, path: str, value: Any) -> Any:
    key = path.rpartition(".")[2]
    if isinstance(value, float | int) and not isinstance(value, bool):
        return _number(key, value, in_set=path.endswith(".mark.x_m"))
    if isinstance(value, tuple):
        return tuple(_term(sheet, one) for one in value)
    return OTHER.get(value, _term(sheet, value)) if isinstance(value, str) else value


def _number(key: str, value: float, *, in_set: bool) -> float:
    if key == "screen_x":
        return round(1 - value, 4)
    if key in ANGLES and abs(value) != 180:
        return wrapped(-value) + 0.0
    return -value + 0.0 if in_set else value


def _term(sheet: Sheet, value: Any) -> Any:
    """Return the term of the other side, where the vocabulary has it."""
    if not isinstance(value, str) or value not in sheet.vocabulary.terms:
        return value
    swapped = PART.sub(lambda found: OTHER[found[0]], value)
    return swapped if swapped in sheet.vocabulary.terms else value


def _words(sheet: Sheet, value: Any) -> str:
    """Return the free words in a value; ids of terms are none."""
    if isinstance(value, tuple):
        return ", ".join(filter(None, (_words(sheet, one) for one in value)))
    text = value.get("words", "") if isinstance(value, dict) else value
    return text if isinstance(text, str) and text not in sheet.vocabulary.terms else ""
