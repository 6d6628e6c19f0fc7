"""Writes fixes into the file that a shot came from: a TOML file keeps its comments and its order."""

import json
import sys
from pathlib import Path
from typing import Any

import tomlkit

from app.errors import ShotError
from app.lint.mending import Mended
from app.schema import Shot
from app.schema.changes import Change


def write_back(name: str, shot: Shot, taken: list[Mended]) -> None:
    """Say what was changed and write it to the file; a shot from standard input is printed as JSON instead."""
    for finding, changed in taken:
        for change in changed:
            print(
                f"fixed {change.path}: {_shown(change.before)} → {_shown(change.after)}  ({finding.code})",
                file=sys.stderr,
            )
    if name == "-":
        print(_json(shot))
    elif taken:
        _write(Path(name), shot, [change for one in taken for change in one.changes])


def _write(path: Path, shot: Shot, changed: list[Change]) -> None:
    content = path.read_text(encoding="utf-8").removeprefix("\ufeff")
    text = _json(shot) + "\n" if content.lstrip().startswith("{") else _toml(content, changed)
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ShotError(f"{path} cannot be written: {error.strerror}.", hint="Nothing was changed.") from None


def _toml(content: str, changed: list[Change]) -> str:
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


def _json(shot: Shot) -> str:
    return json.dumps(shot.model_dump(mode="json", exclude_defaults=True), indent=2, ensure_ascii=False)


def _shown(value: Any) -> str:
    if value is None:
        return "open"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list, tuple)) else str(value)
