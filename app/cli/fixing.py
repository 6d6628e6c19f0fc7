"""Writes fixes and notes into the file that a shot came from: a TOML file keeps its comments and its order."""

import json
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import tomlkit

from app.errors import ShotError
from app.lint.mending import Mended
from app.schema import Shot
from app.schema.changes import Change


def tell(taken: list[Mended]) -> None:
    """Print each fix as before and after, to standard error."""
    for finding, changed in taken:
        for change in changed:
            before, after = shown(change.before), shown(change.after)
            print(f"fixed {change.path}: {before} → {after}  ({finding.code})", file=sys.stderr)
    if not taken:
        print("No finding offers a fix.", file=sys.stderr)


def write_back(path: Path, shot: Shot, changed: Sequence[Change]) -> None:
    """Write changes into a shot's file. Raises ShotError when it cannot be written."""
    if not changed:
        return
    content = path.read_text(encoding="utf-8").removeprefix("\ufeff")
    text = document_of(shot) + "\n" if content.lstrip().startswith("{") else _toml(content, changed)
    try:  # beside the file and then in its place: a full disk leaves the shot as it was
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
            file.write(text)
        shutil.copymode(path, file.name)
        Path(file.name).replace(path)
    except OSError as error:
        raise ShotError(f"{path} cannot be written: {error.strerror}.", hint="Nothing was changed.") from None


def document_of(shot: Shot) -> str:
    """Return a shot as JSON, without what nobody said."""
    return json.dumps(shot.model_dump(mode="json", exclude_defaults=True), indent=2, ensure_ascii=False)


def _toml(content: str, changed: Sequence[Change]) -> str:
    document = tomlkit.parse(content)
    shot: Any = document.get("shot", {}) if document.get("kind") == "sample" else document
    for change in changed:
        *keys, last = change.path.split(".")
        node = shot
        for key in keys:
            node = node.setdefault(key, tomlkit.table())
        if change.after is None:
            node.pop(last, None)
        else:
            node[last] = list(change.after) if isinstance(change.after, tuple) else change.after
    return tomlkit.dumps(document)


def shown(value: Any) -> str:
    """Return a value as a line of text; what nobody said is "open"."""
    if value is None:
        return "open"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list, tuple)) else str(value)
