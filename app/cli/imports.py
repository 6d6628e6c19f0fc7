"""`printlight import`: another program's file as shots, with a word on where each of its values landed.

What somebody shared from Printlight goes into the library instead; `app.cli.sharing` does that.
"""

import json
import re
import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from app.errors import BadInputError, ShotError
from app.files.parcels import MAX_PARCEL, is_parcel
from app.importers import MOST_BYTES, Imported, Importer, Label, Value, import_file, importers, read_pictures
from app.schema import Shot
from app.vocab import vocabulary

MARKS = {"typed": "✓", "free": "~", "unknown": "✗"}

PICTURES = (".png", ".jpg", ".jpeg", ".webp")

WIDEST = 60
LONGEST_NAME = 60


def run_import(arguments: Namespace) -> int:
    """Print where every value landed; with a folder, leave a shot file there for each shot."""
    if arguments.source:
        importers[arguments.source]  # an unknown name is told before the file is read
    folder = Path(arguments.FILE)
    if arguments.source in {"", "pictures"} and arguments.FILE != "-" and folder.is_dir():
        found = read_pictures(_pictures(folder), arguments.FILE, vocabulary())
        return _tell(arguments, importers["pictures"], found, arguments.FILE)
    raw, name = _read(arguments.FILE)
    if is_parcel(raw) and not arguments.source:
        from app.cli.sharing import bring  # noqa: PLC0415  a library is opened for what was shared, and for nothing else

        return bring(arguments, raw, name)
    importer, imported = import_file(raw, name, vocabulary(), arguments.source)
    return _tell(arguments, importer, imported, name)


def _tell(arguments: Namespace, importer: Importer, imported: Imported, name: str) -> int:
    stem = Path(arguments.FILE).stem if arguments.FILE != "-" else importer.id
    written = _write(imported, Path(arguments.out), stem) if arguments.out else []
    if arguments.json:
        print(json.dumps(_document(importer, imported), indent=2, ensure_ascii=False))
        return 0
    if not arguments.source:
        print(f"Read as {importer.label}.")
    for path in written:
        print(path)
    for label in imported.labels:
        if label.note:
            print(f"Note on {label.slate or label.name}: {'; '.join(label.note.splitlines())}")
    if not written:
        _report(imported)
    counts = imported.counts
    if imported.scenes:
        print(f"{imported.title or name}: {imported.scenes} scenes, {len(imported.shots)} shots.")
    print(f"{counts['typed']} typed, {counts['free']} in free words, {counts['unknown']} unknown.")
    return 0


def _pictures(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the pictures of a folder with their names, in the order of these."""
    try:
        for path in sorted(folder.iterdir()):
            if path.suffix.lower() in PICTURES and path.is_file():
                with path.open("rb") as file:
                    yield path.name, file.read(MOST_BYTES)
    except OSError as error:
        raise ShotError(f"{folder} cannot be read: {error.strerror}.") from None


def _read(name: str) -> tuple[bytes, str]:
    """Return a file's bytes, a few more than an import takes at most, and what errors call it."""
    try:
        if name == "-":
            return _bytes(sys.stdin.buffer), "Standard input"
        with Path(name).open("rb") as file:
            return _bytes(file), name
    except FileNotFoundError:
        hint = "Give the path of a file to import, or - for standard input."
        raise ShotError(f"There is no file {name}.", hint=hint) from None
    except (OSError, ValueError) as error:
        raise ShotError(f"{name} cannot be read: {getattr(error, 'strerror', None) or error}.") from None


def _bytes(file: BinaryIO) -> bytes:
    begin = file.read(MOST_BYTES + 1)
    return begin + file.read(2 * MAX_PARCEL) if is_parcel(begin) else begin


def _write(imported: Imported, folder: Path, stem: str) -> list[Path]:
    """Write one file for each shot; nothing that stands there is overwritten."""
    paths = [folder / f"{name}.json" for name in _file_names(imported, stem)]
    if there := next((path for path in paths if path.exists()), None):
        raise BadInputError(f"{there} exists already.", hint="Nothing was written. Give another folder with --out.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, shot in zip(paths, imported.shots, strict=True):
            path.write_text(json.dumps(_plain(shot), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise BadInputError(f"{folder} cannot be written to: {error.strerror}.") from None
    return paths


def _file_names(imported: Imported, stem: str) -> list[str]:
    """Name each shot's file: 12A-the-lamp-room, or by its number where the shot has no name; none of them twice."""
    names: list[str] = []
    taken: set[str] = set()
    for number in range(1, len(imported.shots) + 1):
        name = (_called(imported.labels[number - 1]) if imported.labels else "") or f"{stem}-{number}"
        while name.lower() in taken:
            name = f"{name}-{number}"
        taken.add(name.lower())
        names.append(name)
    return names


def _called(label: Label) -> str:
    slate = re.sub(r"[^A-Za-z0-9]+", "-", label.slate).strip("-")
    name = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]", "", label.name.casefold())).strip("-")
    return "-".join(one for one in (slate, name[:LONGEST_NAME].strip("-")) if one)


def _document(importer: Importer, imported: Imported) -> dict[str, Any]:
    return {
        "source": importer.id,
        "title": imported.title,
        "author": imported.author,
        "labels": [label.model_dump() for label in imported.labels],
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
            print(" ".join(("Shot", str(shot), *_labelled(imported, shot))))
        print(f"{MARKS[value.status]} {value.field}: {_short(value.value)}  {_where(value)}")


def _labelled(imported: Imported, shot: int) -> tuple[str, ...]:
    label = imported.labels[shot - 1] if imported.labels else Label()
    return tuple(one for one in (label.slate and f"({label.slate})", label.name) if one)


def _where(value: Value) -> str:
    note = f"({value.note})" if value.note else ""
    return " ".join(one for one in (value.path and f"→ {value.path}", value.term, note) if one)


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= WIDEST else f"{flat[: WIDEST - 1]}…"
