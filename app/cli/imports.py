"""`printlight import`: another program's file as shots, with a word on where each of its values landed."""

import json
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from app.errors import BadInputError, ShotError
from app.importers import Imported, Value, importers
from app.schema import Shot
from app.vocab import vocabulary

MARKS = {"typed": "✓", "free": "~", "unknown": "✗"}

MAX_BYTES = 16_000_000
"""A file beyond this is not even opened."""

WIDEST = 60


def run_import(arguments: Namespace) -> int:
    """Print where every value landed; with a folder, leave a shot file there for each shot."""
    importer = importers[arguments.source]
    content, name = _read(arguments.FILE)
    imported = importer.read(content, name, vocabulary())
    stem = Path(arguments.FILE).stem if arguments.FILE != "-" else importer.id
    written = _write(imported, Path(arguments.out), stem) if arguments.out else []
    if arguments.json:
        print(json.dumps(_document(imported), indent=2, ensure_ascii=False))
        return 0
    for path in written:
        print(path)
    if not written:
        _report(imported)
    counts = imported.counts
    print(f"{counts['typed']} typed, {counts['free']} in free words, {counts['unknown']} unknown.")
    return 0


def _read(name: str) -> tuple[str, str]:
    """Return a file's text, and what errors call it."""
    told = "Standard input" if name == "-" else name
    try:
        if name == "-":
            raw = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        hint = "Give the path of a file to import, or - for standard input."
        raise ShotError(f"There is no file {name}.", hint=hint) from None
    except (OSError, ValueError) as error:
        raise ShotError(f"{name} cannot be read: {getattr(error, 'strerror', None) or error}.") from None
    if len(raw) > MAX_BYTES:
        raise ShotError(f"{told} is larger than {MAX_BYTES // 1_000_000} MB.", hint="That is too much for an import.")
    try:
        return raw.decode("utf-8"), told
    except UnicodeDecodeError as error:
        raise ShotError(f"{told} is not text (byte {error.start}).", hint="Expected JSON in UTF-8.") from None


def _write(imported: Imported, folder: Path, stem: str) -> list[Path]:
    """Write one file for each shot; nothing that stands there is overwritten."""
    paths = [folder / f"{stem}-{number}.json" for number in range(1, len(imported.shots) + 1)]
    if there := next((path for path in paths if path.exists()), None):
        raise BadInputError(f"{there} exists already.", hint="Nothing was written. Give another folder with --out.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, shot in zip(paths, imported.shots, strict=True):
            path.write_text(json.dumps(_plain(shot), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise BadInputError(f"{folder} cannot be written to: {error.strerror}.") from None
    return paths


def _document(imported: Imported) -> dict[str, Any]:
    return {
        "shots": [_plain(shot) for shot in imported.shots],
        "values": [value.model_dump() for value in imported.values],
        "counts": imported.counts,
    }


def _plain(shot: Shot) -> dict[str, Any]:
    """Return what a shot says, with its kind."""
    return {"kind": shot.kind, **shot.model_dump(mode="json", exclude_defaults=True)}


def _report(imported: Imported) -> None:
    shot = 0
    for value in imported.values:
        if value.shot != shot and len(imported.shots) > 1:
            shot = value.shot
            print(f"Shot {shot}")
        print(f"{MARKS[value.status]} {value.field}: {_short(value.value)}  {_where(value)}")


def _where(value: Value) -> str:
    note = f"({value.note})" if value.note else ""
    return " ".join(one for one in (value.path and f"→ {value.path}", value.term, note) if one)


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= WIDEST else f"{flat[: WIDEST - 1]}…"
