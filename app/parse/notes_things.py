"""Things that a note takes out of a shot: "lose the hat", "kill the rim", "no haze"."""

import re
from collections.abc import Iterator

from app.parse.notes_sheet import Heard, Sheet
from app.parse.notes_words import words_of
from app.schema.paths import leaves
from app.vocab import Term
from app.vocab.notes import Thing

TEXTS = ("wardrobe", "props", "description", "foreground", "midground", "background")
"""Free words out of which a thing can be taken, in the order in which they are looked through."""

OWN = frozenset({"wardrobe", "props"})
"""Texts that list things; in the others the first words are what the text is about."""

JOINED = re.compile(
    r"(\s*[,;]\s*(?:and\s+)?|\s+and\s+|\s+with\s+|\s+wearing\s+|\s+in\s+(?=(?:an?|the|his|her|their)\s))",
    re.IGNORECASE,
)
INSIDE = re.compile(
    r"\b(?:that|which|of|under|over|from|to|like|matching|on|at|behind|beside|by|for|against)\b", re.IGNORECASE
)
"""Words after which a phrase no longer names the thing itself."""

POINTERS = frozenset({"eyeline", "face_of", "aimed_at", "motivated_by", "of", "on"})
"""Fields that may hold the id of somebody or of a lamp."""


def lose(sheet: Sheet, words: str, lights: tuple[str, ...], subject: str, thing: Thing | None, heard: Heard) -> str:
    """Take a thing out: a lamp, somebody, a pick, or words of a free text. Returns a question where it is not there.

    `words` are what the note calls it beside the names of lamps and people; with words, these only say whose it is.
    """
    if not words and lights:
        for light in lights:
            _remove(sheet, "lights", light, heard)
    elif not words and subject:
        _remove(sheet, "subjects", subject, heard)
    elif not words:
        return f"“{heard.text}”: lose what?"
    elif not (_lose_thing(sheet, thing, heard) or _lose_picks(sheet, words, lights, subject, heard)):
        return _lose_words(sheet, words, subject, heard)
    return ""


def _remove(sheet: Sheet, kind: str, name: str, heard: Heard) -> None:
    """Take a lamp or somebody out, and every field that points there."""
    sheet.put(f"{kind}.{name}", None, heard, "taken out")
    for path, value in leaves(sheet.resolved.shot).items():
        keys = path.split(".")
        each = keys[0] == "beats" and len(keys) > 3 and keys[3] == name
        points = keys[-1] in POINTERS and value == name and keys[0] != "references"
        if points or (each and (keys[2] == "lights") == (kind == "lights") and keys[2] != "moves"):
            sheet.put(path if points else ".".join(keys[:4]), None, heard, "pointed there")


def _lose_thing(sheet: Sheet, thing: Thing | None, heard: Heard) -> bool:
    """Say that a quantity is not there, where the vocabulary has a name for that and the shot has some of it."""
    if thing is None or not thing.none:
        return False
    path = thing.none.rpartition(".")[0]
    if sheet.said(path) is None and sheet.resolved.name(path) is None:
        return False
    return sheet.put(path, thing.none, heard, "none")


def _lose_picks(sheet: Sheet, words: str, lights: tuple[str, ...], subject: str, heard: Heard) -> bool:
    """Take out the picks that are called so; else those in whose name the words stand."""
    picks = list(_picks(sheet, lights, subject))
    wanted = words_of(words)
    for fits in (_is_called, _mentions):
        found = [(path, term) for path, term in picks if fits(term, wanted)]
        for path, term in found:
            held = sheet.said(path)
            rest = [one for one in held if one != term.id] if isinstance(held, list) else None
            sheet.put(path, rest or None, heard, f"“{term.label}” taken out")
        if found:
            return True
    return False


def _picks(sheet: Sheet, lights: tuple[str, ...], subject: str) -> Iterator[tuple[str, Term]]:
    within = [*(f"lights.{light}." for light in lights), *([f"subjects.{subject}."] if subject else [])]
    for path, value in leaves(sheet.resolved.shot).items():
        kept = path.startswith("intent.") or path.endswith((".kind", ".role"))
        if kept or (within and not path.startswith(tuple(within))):
            continue
        for one in value if isinstance(value, tuple) else (value,):
            term = sheet.vocabulary.terms.get(one) if isinstance(one, str) else None
            if term:
                yield path, term


def _is_called(term: Term, wanted: tuple[str, ...]) -> bool:
    return any(words_of(name) == wanted for name in (term.label, *term.aliases))


def _mentions(term: Term, wanted: tuple[str, ...]) -> bool:
    return set(wanted) <= set(words_of(term.label))


def _lose_words(sheet: Sheet, words: str, subject: str, heard: Heard) -> str:
    """Take a thing out of the free words that name it; ask where several people have it, or nobody."""
    wanted, held, found = words_of(words), "", []
    for path, value in _texts(sheet, subject):
        left = _without(value, wanted, own=path.rpartition(".")[2] in OWN)
        if left != value:
            found.append((path, left))
        elif set(wanted) <= set(words_of(str(value))):
            held = held or path
    if len([path for path, _ in found if path.endswith(".wardrobe")]) > 1:
        return f"“{heard.text}”: whose? More than one person has one."
    if found:
        path, left = found[0]
        sheet.put(path, left or None, heard, "words taken out")
        return ""
    if held:
        return f"“{heard.text}”: the words of {held} cannot be parted there. Change them by hand."
    return f"“{heard.text}”: nothing in this shot is called so."


def _texts(sheet: Sheet, subject: str) -> Iterator[tuple[str, str | list[str]]]:
    """Return the free words that may hold a thing, those that list things first."""
    said = leaves(sheet.resolved.shot)
    for key in TEXTS:
        for path in said:
            owner = not subject or path.startswith((f"subjects.{subject}.", "place."))
            if path.rpartition(".")[2] == key and owner:
                yield path, sheet.said(path)


def _without(value: str | list[str], wanted: tuple[str, ...], *, own: bool) -> str | list[str]:
    """Return free words, or a list of them, without the phrase that names a thing, and without what hangs on it."""
    if isinstance(value, list):
        return [one for one in value if not _names(one, wanted)]
    parts = JOINED.split(value)
    phrases, joins = parts[::2], ["", *parts[1::2]]
    gone = next((at for at, one in enumerate(phrases) if _names(one, wanted) and (own or at)), None)
    if gone is None:
        return value
    after = gone + 1
    while after < len(phrases) and joins[after].strip().casefold() == "with":
        after += 1
    kept = [*range(gone), *range(after, len(phrases))]
    return "".join((joins[at] if at != kept[0] else "") + phrases[at] for at in kept)


def _names(phrase: str, wanted: tuple[str, ...]) -> bool:
    """Tell whether a phrase is about a thing, and does not only mention it further on."""
    head = words_of(INSIDE.split(phrase, maxsplit=1)[0])
    return bool(wanted) and all(any(_same(word, one) for one in head) for word in wanted)


def _same(one: str, other: str) -> bool:
    """Tell whether two words are the same but for a plural."""
    return other in {one, f"{one}s"} or one == f"{other}s"
