"""A pasted prompt, as its dialog tells it: the letters that became fields, the fields, and what each shot is called."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from app.importers import read_prompt
from app.parse import Free, Parsed, Span
from app.parse.forms import forms
from app.resolve import resolve
from app.schema.facets import field_of, pattern, title
from app.vocab import vocabulary
from app.web import comparison

FORMS = {
    "prose": "prose",
    "tags": "tags",
    "labels": "labelled blocks",
    "marked": "prose with marks",
    "timecoded": "a list of shots",
    "shot": "a shot of Printlight",
    "cineprompt": "a CinePrompt file",
}
"""What a text was read as, where the label of its form does not stand well in a sentence."""

MOST_MARKS = 1_500
"""So many pieces of a text are marked, so that the dialog stays quick."""

MOST_SHOTS = 40
"""Of more shots the rest is counted."""

MOST_LINES = 60
"""Of more free pieces, or notes, the rest is counted."""

MOST_WORDS = 90
"""A piece of the text is quoted up to so many letters."""

RUN = 900
"""A longer run of letters is shown by its beginning and its end."""

NAMING = re.compile(r"[^\n\"{}\[\]<>.;|]+")
"""Words that may stand in a name: up to the end of a line, a sentence, or a value of JSON."""

NAME_WORDS = 6

SMALL = frozenset(
    {
        "a",
        "an",
        "and",
        "at",
        "by",
        "for",
        "from",
        "her",
        "his",
        "in",
        "into",
        "its",
        "of",
        "on",
        "or",
        "the",
        "their",
        "to",
        "with",
    }
)
"""Words that no name ends with."""

KEPT = "Left as words"


class Piece(NamedTuple):
    """A run of the text: the keys of the fields that it became, and what is said of it. No keys: connecting words."""

    text: str
    keys: tuple[str, ...] = ()
    told: str = ""
    is_free: bool = False


class Line(NamedTuple):
    """A field: its title, whose it is, its value, and the words that it came from."""

    key: str
    title: str
    whose: str
    value: str
    words: str


class Understood(NamedTuple):
    """One shot: what it will be called, its fields by department, what stayed free, and what to know about it."""

    number: int
    name: str
    groups: tuple[tuple[str, tuple[Line, ...]], ...]
    free: tuple[str, ...]
    notes: tuple[str, ...]
    beside: tuple[tuple[str, str], ...]


class Reading(NamedTuple):
    """A whole text. `shots` are the first of `total`; `unmarked` counts the pieces beyond those that are marked."""

    said: str
    total: int
    pieces: tuple[Piece, ...]
    shots: tuple[Understood, ...]
    unmarked: int


def read(text: str) -> Reading:
    """Read a text, and tell what was understood. Raises a PrintlightError for what cannot be read."""
    found = read_prompt(text, "The text", vocabulary())
    shown = found[:MOST_SHOTS]
    names = names_of(text, shown)
    shots = tuple(_shot(number, name, one) for number, (name, one) in enumerate(zip(names, shown, strict=True), 1))
    marks = sorted(_marks(shown, shots))
    pieces = tuple(_pieces(text, marks[:MOST_MARKS]))
    return Reading(_read_as(found[0]), len(found), pieces, shots, max(0, len(marks) - MOST_MARKS))


def names_of(text: str, found: Sequence[Parsed]) -> list[str]:
    """Return what each shot will be called: its own first words."""
    names, taken = [], set[int]()
    for one in found:
        pieces: list[Span | Free] = [*one.spans, *one.free]
        starts = sorted({at.start for at in pieces if any(map(str.isalpha, at.text))})
        fresh = [start for start in starts if start not in taken]
        taken.update(starts)
        spoken = (_first_words(text, start) for start in fresh or starts)
        names.append(next((name for name in spoken if name), "Pasted shot"))
    return names


def _first_words(text: str, start: int) -> str:
    run = NAMING.match(text, start, start + 200)
    words = run[0].split()[:NAME_WORDS] if run else []
    while words and words[-1].casefold() in SMALL:
        words.pop()
    name = " ".join(words).strip(" ,:()-–—")
    return f"{name[:1].upper()}{name[1:]}" if len(name) > 1 else ""


def _read_as(one: Parsed) -> str:
    """Say what a text was read as, and for which model it was written."""
    form = FORMS.get(one.form) or forms[one.form].label
    target = vocabulary().targets.get(one.target)
    return f"Read as {form}{f', written for {target.label}' if target else ''}."


def _shot(number: int, name: str, one: Parsed) -> Understood:
    quoted: dict[str, dict[str, None]] = {}
    for span in one.spans:
        quoted.setdefault(span.path, {})[_short(span.text)] = None
    groups = tuple(
        (label, tuple(_line(number, row, quoted) for row in rows))
        for label, rows in comparison.rows(resolve(one.shot, vocabulary()))
    )
    beside = tuple((key, _short(_plain(value))) for key, value in one.params.items() if key != "text")
    free = [_short(rest.text) for rest in one.free]
    return Understood(number, name, groups, _first(free), _first(one.notes), beside)


def _first(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the first of some lines, and how many more there are."""
    more = len(lines) - MOST_LINES
    return (*lines[:MOST_LINES], *([f"and {more:,} more"] if more > 0 else []))


def _line(number: int, row: comparison.Row, quoted: dict[str, dict[str, None]]) -> Line:
    words = "; ".join(quoted.get(row.path, ()))
    same = words.casefold() == row.value.casefold()
    return Line(_key(number, row.path), row.title.partition(",")[0], row.whose, row.value, "" if same else words)


def _key(number: int, path: str) -> str:
    return f"{number}:{path}"


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= MOST_WORDS else f"{flat[: MOST_WORDS - 1]}…"


class _Mark(NamedTuple):
    """Letters that mean something: a field's key and what is said of it, or no key for free words."""

    start: int
    end: int
    key: str
    told: str


def _marks(found: Sequence[Parsed], shots: Sequence[Understood]) -> Iterator[_Mark]:
    for one, shot in zip(found, shots, strict=True):
        of = f"Shot {shot.number}, " if len(found) > 1 else ""
        told = {
            line.key: f"{of}{_field(line.title, line.whose)}: {line.value}" for _, some in shot.groups for line in some
        }
        for span in one.spans:
            key = _key(shot.number, span.path)
            yield _Mark(span.start, span.end, key, told.get(key) or f"{of}{_name(span)}")
        for rest in one.free:
            yield _Mark(rest.start, rest.end, "", KEPT)


def _field(name: str, whose: str) -> str:
    return f"{name} of {whose}" if whose else name


def _name(span: Span) -> str:
    """Name the field of letters that stand in the shot in another way than as one value."""
    path = pattern(span.path)
    return title(path) if field_of(path) else "Understood"


def _pieces(text: str, marks: Sequence[_Mark]) -> Iterator[Piece]:
    """Part a text wherever a mark begins or ends; marks come by their start, and may lie over each other."""
    edges = sorted({0, len(text), *(one.start for one in marks), *(one.end for one in marks)})
    waiting, held = iter(marks), list[_Mark]()
    coming = next(waiting, None)
    for start, end in pairwise(edges):
        held = [one for one in held if one.end > start]
        while coming and coming.start <= start:
            held.append(coming)
            coming = next(waiting, None)
        yield _piece(text[start:end], [one for one in held if one.end > start])


def _piece(text: str, marks: Sequence[_Mark]) -> Piece:
    fields = {one.key: one.told for one in marks if one.key}
    if fields:
        return Piece(_fold(text), tuple(fields), ". ".join(dict.fromkeys(fields.values())))
    return Piece(_fold(text), (), KEPT, is_free=True) if marks else Piece(_fold(text))


def _fold(run: str) -> str:
    """Return a run of letters, a long one by its beginning and its end."""
    end = RUN // 3
    return run if len(run) <= RUN else f"{run[:end]}\n… {len(run) - 2 * end:,} letters …\n{run[-end:]}"
