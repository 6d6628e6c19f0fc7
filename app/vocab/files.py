"""Reads vocab/**/*.toml. Every file says its `kind`; a wrong one is refused with its name and line."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from app.errors import VocabError
from app.patch import merge
from app.vocab.entry import Entry
from app.vocab.notes import Notes
from app.vocab.phrases import Phrases
from app.vocab.targets import Target
from app.vocab.terms import Crosswalk, Facet, Sample, Term

E = TypeVar("E", bound=Entry)

TERM = re.compile(r"^[ \t]*\[\[\s*term\s*\]\]", re.MULTILINE)

NAMED_BY_FILE: dict[str, type[Entry]] = {
    "sample": Sample,
    "crosswalk": Crosswalk,
    "notes": Notes,
    "phrases": Phrases,
}


def read(folder: Path) -> Iterator[tuple[Path, Entry]]:
    """Yield every facet, target, sample, crosswalk and file of notes or phrases below `folder`, with its file."""
    for path in sorted(folder.rglob("*.toml")):
        entry = _entry(path)
        if entry:
            yield path, entry


def _entry(path: Path) -> Entry | None:
    data, text = _data(path)
    kind = data.pop("kind", None)
    if kind == "facet":
        return _facet(path, text, data)
    if kind == "target":
        try:
            return _checked(Target, _inherited(dict(data), path), path, text)
        except (FileNotFoundError, RecursionError):
            line = _line_of("like", text, 1)
            raise VocabError(f"{path}, line {line}: no other target is called {data.get('like')!r}.") from None
    if kind == "medium":  # read by the targets that name it
        return None
    if named := NAMED_BY_FILE.get(str(kind)):
        return _checked(named, {"id": path.stem, **data}, path, text)
    raise VocabError(
        f"{path}, line 1: kind is {kind!r}.",
        hint="Say kind = 'facet', 'target', 'medium', 'sample', 'crosswalk', 'notes' or 'phrases'.",
    )


def _data(path: Path) -> tuple[dict[str, Any], str]:
    """Return what a file says, and its text."""
    try:
        text = path.read_text(encoding="utf-8")
        return tomllib.loads(text), text
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise VocabError(f"{path}: {error}.", hint="Mend the file; see vocab/README.md for its form.") from None


def _inherited(data: dict[str, Any], path: Path) -> dict[str, Any]:
    """Lay a target over the one it is `like`, and over what holds for its medium; a key of its own wins."""
    like = data.pop("like", "")
    base = _data(path.parent / f"{like}.toml")[0] if like else {}
    base.pop("kind", None)
    data = merge(_inherited(base, path), data) if like else data
    medium = path.parent / "media" / f"{data.get('medium')}.toml"
    common = _data(medium)[0] if medium.is_file() else {}
    for key in ("silent", "says"):
        data = {**data, key: {**common.get(key, {}), **data.get(key, {})}}
    return data


def _facet(path: Path, text: str, data: dict[str, Any]) -> Facet:
    starts = [text.count("\n", 0, found.start()) + 1 for found in TERM.finditer(text)]
    raws = data.pop("term", [])
    if len(raws) != len(starts):
        raise VocabError(f"{path}: each term begins with [[term]] on a line of its own.")
    terms: list[Term] = []
    for line, raw in zip(starts, raws, strict=True):
        full = {**raw, "id": f"{data.get('id')}.{raw['id']}"} if "id" in raw else raw
        if full.get("id") in {term.id for term in terms}:
            raise VocabError(f"{path}, line {line}: {full['id']!r} is defined twice.")
        terms.append(_checked(Term, full, path, text, first_line=line))
    return _checked(Facet, {**data, "terms": tuple(terms)}, path, text)


def _checked(kind: type[E], data: dict[str, Any], path: Path, text: str, first_line: int = 1) -> E:
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        key = str(first["loc"][0]) if first["loc"] else ""
        line = _line_of(key, text, first_line)
        raise VocabError(
            f"{path}, line {line}: {'.'.join(map(str, first['loc']))}: {first['msg'].lower()}.",
            hint="See vocab/README.md for the form of each file.",
        ) from None


def _line_of(key: str, text: str, first_line: int) -> int:
    """Find the line that sets `key`, from `first_line` to the next entry; the entry itself when it is missing."""
    lines = text.splitlines()
    for number, line in enumerate(lines[first_line:], start=first_line + 1):
        if TERM.match(line):
            break
        if re.match(rf"\s*\[?\s*{re.escape(key)}\b", line):
            return number
    return first_line
