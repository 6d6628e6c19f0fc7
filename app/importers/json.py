"""Reads what Printlight writes as JSON: a film, or a single shot."""

from typing import Any

from app.errors import ShotError
from app.importers._text import json_of
from app.importers._told import told
from app.importers.base import Imported, Importer, Label, Value
from app.schema import Shot, read_data
from app.schema.slates import NAME_CHARS
from app.vocab import Vocabulary

REEL, SHOT = "printlight.reel/1", "printlight.shot/"
HINT = "Expected what `printlight export --as json` writes, or one shot."

MOST_SHOTS = 5000
NOTE_CHARS = 2000


class Data(Importer):
    """A film as `printlight export --as json` writes it, or one shot as it is kept."""

    id = "json"
    label = "Printlight's JSON"
    suffixes = (".json",)

    def recognises(self, content: str) -> bool:
        """Tell by the kind that such a file begins with."""
        return '"printlight.' in content[:400]

    def read(self, content: str, name: str, vocabulary: Vocabulary) -> Imported:
        """Return the shots just as they were written. Raises ShotError with the number of one that is none."""
        data = json_of(content, name, HINT)
        kind = data.get("kind") if isinstance(data, dict) else None
        if isinstance(kind, str) and kind.startswith(SHOT):
            return _film(name, [{"shot": data}], vocabulary)
        if kind != REEL:
            raise ShotError(f"{name} is JSON, but no film of Printlight.", hint=HINT)
        entries = data.get("shots")
        if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
            raise ShotError(f"{name} holds no list of shots.", hint=HINT)
        if len(entries) > MOST_SHOTS:
            raise ShotError(f"{name} holds {len(entries):,} shots.", hint=f"At most {MOST_SHOTS:,} are read at once.")
        found = _film(name, entries, vocabulary)
        return found.model_copy(update={"title": _line(data.get("title")), "author": _line(data.get("author"))})


def _film(name: str, entries: list[dict[str, Any]], vocabulary: Vocabulary) -> Imported:
    shots, values, labels = list[Shot](), list[Value](), list[Label]()
    for number, entry in enumerate(entries, start=1):
        if "shot" not in entry:
            hint = "Its prompts stayed home, and so did its shots. Share the film as a .printlight file instead."
            raise ShotError(f"{name}, shot {number} is named, but is not in the file.", hint=hint)
        shots.append(read_data(entry["shot"], f"{name}, shot {number}"))
        values += told(shots[-1], number, vocabulary, "shot")
        note = entry.get("note")
        labels.append(
            Label(
                slate=_line(entry.get("slate"))[:20],
                name=_line(entry.get("name")),
                note=note[:NOTE_CHARS] if isinstance(note, str) else "",
            )
        )
    if not shots:
        raise ShotError(f"{name} holds no shot.", hint=HINT)
    return Imported(shots=tuple(shots), values=tuple(values), labels=tuple(labels))


def _line(text: Any) -> str:
    return " ".join(text.split())[:NAME_CHARS] if isinstance(text, str) else ""
