"""Marks to which video models give a meaning: moves, sounds, lines, signs and pictures, taken out of the words."""

import re
from collections.abc import Callable
from typing import Any

from app.match import mentions
from app.parse.draft import readable
from app.parse.forms.base import Piece, Reading

MOVES = (
    "truck left|truck right|pan left|pan right|push in|pull out|pedestal up|pedestal down|tilt up|tilt down|zoom in|"
    "zoom out|shake|tracking shot|static shot"
)
"""The camera commands of Hailuo."""

COMMAND = re.compile(rf"\[\s*((?:{MOVES})(?:\s*,\s*(?:{MOVES}))*)\s*\]", re.IGNORECASE)
SPEECH = re.compile(r"<d>\s*(?:\[([^\[\]<>]{1,40})\])?\s*([^<>]{1,2000})</d>", re.IGNORECASE)
LINE = re.compile(r"\{([^{}]{1,2000})\}")
SIGN = re.compile(r"【([^【】]{1,2000})】")
SOUND = re.compile(r"<(?!<)([^<>/@]{2,2000})>")
MUSIC = re.compile(r"\(([^()]{1,400}\bmusic\b[^()]{0,400}|(?:music|score)\b[^()]{1,400})\)", re.IGNORECASE)
SPEAKER = re.compile(r"\(S\d\)")

PICTURE = re.compile(r"(?:<<<\s*|@|<)(image|element|picture|video|audio)[ _]?(\d{1,2})\b(?:\s*>{1,3})?", re.IGNORECASE)
DECLARED = re.compile(
    r"(?:picture[ ])?(?:<<<\s*|@|<)?\b(?:image|element|picture)[ _]?(?P<number>\d{1,2})(?:\s*>{1,3})?"
    r"(?:\s*\((?P<shows>[^()\n]{1,400})\)|:\s*(?P<first>[^;\n]{1,400});\s*it)?\s+"
    r"(?:defines?|is|sets?|shows?|provides?|gives?)\s+(?P<rest>[^.\n]{1,600})[.;]?",
    re.IGNORECASE,
)
"""A sentence that says what a picture is for, in the words of any model that names its pictures."""

NUMBERED = re.compile(r"[mMlLcC](?i:age|ement|ture)[ _]?\d")
"""The end of a picture's name, which every such sentence holds. A class of letters is found at a glance."""

NAMES = ("mage", "lement", "cture")
"""Letters of a picture's name that are the same in any case."""

TAKE = re.compile(r"\btake ([^;]+)", re.IGNORECASE)
IGNORE = re.compile(r"\b(?:leave out|do not use|ignore) ([^;]+)", re.IGNORECASE)
BRACKETS = re.compile(r"\(([^()]+)\)")
WHOSE = re.compile(r"\b(?:of|for) (?:the )?(.+)$|^(?:the )?(.+?)['’]s ", re.IGNORECASE)
CHARACTER = re.compile(r"\[\s*character\s+([A-Z0-9])\s*:\s*([^\[\]]{1,2000})\]", re.IGNORECASE)

ROLES = (
    (re.compile(r"\b(?:first|start|opening) frame\b", re.IGNORECASE), "reference.role.start_frame"),
    (re.compile(r"\b(?:last|end|closing) frame\b", re.IGNORECASE), "reference.role.end_frame"),
    (re.compile(r"\b(?:light|lighting)\b", re.IGNORECASE), "reference.role.lighting"),
    (re.compile(r"\b(?:palette|colou?rs?)\b", re.IGNORECASE), "reference.role.color_palette"),
    (re.compile(r"\b(?:composition|framing|layout)\b", re.IGNORECASE), "reference.role.composition"),
    (re.compile(r"\b(?:style|look)\b", re.IGNORECASE), "reference.role.style"),
    (re.compile(r"\b(?:texture|material)\b", re.IGNORECASE), "reference.role.texture"),
    (re.compile(r"\b(?:mood|atmosphere)\b", re.IGNORECASE), "reference.role.mood"),
    (
        re.compile(r"\b(?:appearance|looks|face|likeness|identity|character)\b", re.IGNORECASE),
        "reference.role.character",
    ),
)
"""What a picture is for, by the words that declare it; the first one counts."""

CHARACTER_ROLE = "reference.role.character"

OPENING = "[<【@"
"""With one of these begins every mark, but for a line, which is believed beside a sound."""

LETTERED = (SIGN, CHARACTER, SPEECH)
"""Marks that no prose holds by chance. Lines and sounds are believed beside one of them, or beside a picture."""


def is_marked(text: str) -> bool:
    """Tell whether a text holds marks that are certain."""
    folded = text.lower()
    if any(name in folded for name in NAMES) and NUMBERED.search(text) and DECLARED.search(text):
        return True
    if not any(mark in text for mark in OPENING):
        return False
    if COMMAND.search(text) or any(mark.search(text) for mark in LETTERED) or "<<<" in text:
        return True
    return bool(PICTURE.search(text)) or bool(LINE.search(text) and SOUND.search(text))


def say_marked(reading: Reading, piece: Piece) -> None:
    """Read a piece: who is declared, then its words without the marks, then pictures, lines, sounds and moves."""
    if not is_marked(reading.given.text):
        reading.say(piece)
        return
    declared, text = _found(piece.text, DECLARATIONS)
    marked, text = _found(text, MARKS)
    for land, found in declared:
        land(reading, piece, found)
    reading.say(Piece(text, piece.places))
    for land, found in marked:
        land(reading, piece, found)


Land = Callable[[Reading, Piece, re.Match[str]], None]


def _found(text: str, marks: dict[re.Pattern[str], Land]) -> tuple[list[tuple[Land, re.Match[str]]], str]:
    """Return the marks in a text in its order, and the text with blanks in their place."""
    found: list[tuple[Land, re.Match[str]]] = []
    for mark, land in marks.items():
        found += [(land, one) for one in mark.finditer(text)]
        text = mark.sub(_blank, text)
    return sorted(found, key=lambda pair: pair[1].start()), text


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _declare(reading: Reading, piece: Piece, found: re.Match[str]) -> None:
    """Put what a picture is for, whose it is, what it shows, and what to take from it and what not."""
    at, rest = f"references.image_{int(found['number'])}", found["rest"]
    head = re.split(r"[(:;]", rest, maxsplit=1)[0].strip()
    role = next((role for words, role in ROLES if words.search(head)), "")
    whose = _subject(reading, head)
    middle = rest[len(head) :].partition(";")[0].lstrip(" :")
    inside = BRACKETS.search(rest)
    shows = found["shows"] or found["first"] or (inside[1] if inside else "" if TAKE.match(middle) else middle)
    for key, value in (("role", role), ("of", whose), ("shows", shows if whose or shows else head)):
        if value:
            _put(reading, f"{at}.{key}", value, piece, found.span())
    for key, pattern in (("take", TAKE), ("ignore", IGNORE)):
        for one in pattern.finditer(rest):
            start = found.start("rest") + one.start(1)
            named = mentions(reading.vocabulary, one[1], "reference.aspect")
            values: list[Any] = [term.id for term in named]
            for value in values or [{"words": readable(one[1]) or one[1]}]:
                reading.put(f"{at}.{key}", value, *piece.where(start, start + len(one[1])))


def _subject(reading: Reading, words: str) -> str:
    """Return the subject whose name or id stands in what a picture is said to define, or nothing."""
    found = WHOSE.search(words)
    name = (found[1] or found[2]).strip().casefold() if found else ""
    held = reading.draft.held
    names = {str(value).casefold(): path.split(".")[1] for path, value in held.items() if path.endswith(".name")}
    ids = {path.split(".")[1] for path in held if path.startswith("subjects.")}
    return names.get(name) or (name if name in ids else "")


def _character(reading: Reading, piece: Piece, found: re.Match[str]) -> None:
    before, reading.draft.hero = reading.draft.hero, f"character_{found[1].casefold()}"
    reading.say(piece.part(*found.span(2)), "subject")
    reading.draft.hero = before or reading.draft.hero


def _picture(reading: Reading, piece: Piece, found: re.Match[str]) -> None:
    """Keep that a picture is named; an element is somebody's likeness."""
    kind, number = found[1].casefold(), int(found[2])
    if kind in {"video", "audio"}:
        reading.param(kind, number)
        return
    name = f"{'element' if kind == 'element' else 'image'}_{number}"
    if any(path.startswith(f"references.{name}.") for path in reading.draft.held):
        return
    field, value = ("role", CHARACTER_ROLE) if kind == "element" else ("shows", f"{kind} {number}")
    _put(reading, f"references.{name}.{field}", value, piece, found.span())


def _command(reading: Reading, piece: Piece, found: re.Match[str]) -> None:
    reading.say(piece.part(*found.span(1)), "camera")


def _speech(reading: Reading, piece: Piece, found: re.Match[str]) -> None:
    if found[1]:
        _put(reading, f"beats.{reading.draft.beat}.language", found[1].strip(), piece, found.span(1))
    _say(reading, piece.part(*found.span(2)))


def _line(reading: Reading, piece: Piece, found: re.Match[str]) -> None:
    _say(reading, piece.part(*found.span(1)))


def _say(reading: Reading, piece: Piece) -> None:
    """Give a line to whom the words speak of."""
    reading.tell(f"beats.{reading.draft.beat}.says.{reading.draft.hero or 'subject'}", piece, " ")


def _sign(reading: Reading, piece: Piece, found: re.Match[str]) -> None:
    reading.sign(piece.part(*found.span(1)))


def _sound(reading: Reading, piece: Piece, found: re.Match[str]) -> None:
    reading.say(piece.part(*found.span(1)), "sound")


def _music(reading: Reading, piece: Piece, found: re.Match[str]) -> None:
    reading.tell("sound.music", piece.part(*found.span(1)))


def _nobody(_reading: Reading, _piece: Piece, _found: re.Match[str]) -> None:
    """Drop the number of a speaker, which says nothing of the shot."""


def _put(reading: Reading, path: str, value: str, piece: Piece, span: tuple[int, int]) -> None:
    reading.put(path, value, *piece.where(*span))


DECLARATIONS: dict[re.Pattern[str], Land] = {CHARACTER: _character}

MARKS: dict[re.Pattern[str], Land] = {
    DECLARED: _declare,
    COMMAND: _command,
    SPEECH: _speech,
    PICTURE: _picture,
    SIGN: _sign,
    LINE: _line,
    SOUND: _sound,
    MUSIC: _music,
    SPEAKER: _nobody,
}
"""What each mark does, in the order in which they are taken out of the words."""
