"""Any text or picture as shots: the files of other programs that hold no prompt, then every form of a prompt."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.importers._returning import LONGEST, read_own, understands_as_much
from app.importers._states import plain_name
from app.importers.base import Imported
from app.importers.cineprompt import CinePrompt
from app.parse.forms import Given, Leaf, decoded, read_any
from app.parse.inscriptions import is_picture
from app.parse.parsed import Parsed, Span
from app.schema import Shot
from app.vocab import Target, Vocabulary

FIELDS = "fields"


def read_prompt(content: str | bytes, name: str, vocabulary: Vocabulary, target: Target | None = None) -> list[Parsed]:
    """Return the shots of a text or picture, at least one; `name` says in errors where it came from.

    A prompt of our own is read back by the patterns that wrote it, for the target that is named or that its labels
    tell; the state of CinePrompt's form is told by its fields. Raises a PrintlightError for what cannot be read.
    """
    if isinstance(content, bytes) and not is_picture(content):
        content = decoded(content)
    if isinstance(content, bytes):
        found = read_any(content, vocabulary)
    else:
        given = Given(content)
        if f'"{FIELDS}"' in content and _is_state(given, vocabulary):
            imported = CinePrompt().read(given.document, name, vocabulary)
            held = {(leaf.key, str(leaf.value)): leaf for leaf in reversed(given.leaves)}
            return [_parsed(given, imported, number, held) for number in range(1, len(imported.shots) + 1)]
        found = _read_text(content, vocabulary, target)
    return [replace(one, target=target.id) for one in found] if target else found


def document_of(found: Sequence[Parsed]) -> dict[str, Any]:
    """Return what was read as plain data: the first shot, and any others in `others`."""
    first, *others = (_plain(one) for one in found)
    return {**first, "others": others}


def plain_shot(shot: Shot) -> dict[str, Any]:
    """Return what a shot says, with its kind."""
    return {"kind": shot.kind, **shot.model_dump(mode="json", exclude_defaults=True)}


def _plain(one: Parsed) -> dict[str, Any]:
    return {
        "shot": plain_shot(one.shot),
        "spans": [{"path": at.path, "start": at.start, "end": at.end, "text": at.text} for at in one.spans],
        "free": [{"start": at.start, "end": at.end, "text": at.text} for at in one.free],
        "form": one.form,
        "target": one.target,
        "params": one.params,
        "notes": list(one.notes),
    }


def _read_text(text: str, vocabulary: Vocabulary, target: Target | None) -> list[Parsed]:
    """Read a text by the patterns that wrote it, where it is ours; as anybody's text where it is not, or in doubt."""
    found = read_any(text, vocabulary) if len(text) > LONGEST else []  # which may refuse so much
    own, sure = read_own(text, vocabulary, target)
    if own and sure:
        return [own]
    found = found or read_any(text, vocabulary)
    return [own] if own and understands_as_much(own, found, vocabulary) else found


def _is_state(given: Given, vocabulary: Vocabulary) -> bool:
    known = vocabulary.crosswalks[CinePrompt.id].paths
    fields = (leaf.path[leaf.path.index(FIELDS) + 1 :] for leaf in given.leaves if FIELDS in leaf.path)
    return any(path and plain_name(str(path[0])) in known for path in fields)


def _parsed(given: Given, imported: Imported, number: int, held: Mapping[tuple[str, str], Leaf]) -> Parsed:
    """Return one shot of a file, each value that landed with the letters that hold it."""
    spans, notes = [], []
    for value in (one for one in imported.values if one.shot == number):
        if value.path and (leaf := held.get((value.field, value.value))):
            spans.append(Span(value.path, leaf.start, leaf.end, given.text[leaf.start : leaf.end]))
        if not value.path or value.note:
            notes.append(f"{value.field}, {value.value}: {value.note or 'no room for it in the shot.'}")
    return Parsed(imported.shots[number - 1], tuple(spans), (), CinePrompt.id, notes=tuple(notes))
