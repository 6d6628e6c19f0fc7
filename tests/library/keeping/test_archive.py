"""A file that is broken, foreign, cut off or hostile is refused with a reason, and nothing is changed."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.db.database import newest
from app.errors import BadInputError
from app.library.keeping import back_up, restore
from app.library.keeping.archive import KIND, MANIFEST, Manifest, Reader, Writer
from app.library.keeping.rows import line
from tests.library.libraries import filled, pictures, rows
from tests.places import places

Row = dict[str, Any]

FILM = {
    "id": "film",
    "name": "Film",
    "note": "",
    "author": "",
    "made": 1.0,
    "checks": {},
    "local": False,
    "prompts_stay": False,
    "file_names": "",
    "patch": {},
}
GIVEN = {
    "sha256": "",
    "name": "",
    "media_type": "image/png",
    "width": 1,
    "height": 1,
    "size": 1,
    "made": 1,
    "author": "",
}
PICTURE = b"not looked into"
HASH = hashlib.sha256(PICTURE).hexdigest()
KEY = f"pictures/{HASH[:2]}/{HASH}"


def written(file: Path, wanted: dict[str, list[Row]], **told: Any) -> Path:
    """Write a backup of these rows."""
    version = told.pop("tables", newest())
    parts = told.pop("parts", {KEY: PICTURE})
    with file.open("wb") as out, Writer(out) as writer:
        for table, found in wanted.items():
            writer.add(f"rows/{table}.jsonl", map(line, found))
        for name, content in parts.items():
            writer.add(name, [content])
        counts = {table: len(found) for table, found in wanted.items()}
        manifest = Manifest(made="2026-11-22T00:00:00+00:00", tables=version, rows=counts, with_pictures=True)
        writer.close(manifest.model_copy(update=told))
    return file


def rezipped(file: Path, change: Callable[[dict[str, bytes]], object], **how: Any) -> Path:
    """Write a backup anew with other parts, its list of parts signed as it should be."""
    with zipfile.ZipFile(file) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    change(parts)
    with zipfile.ZipFile(file, "w", **how) as new:
        for name, content in parts.items():
            new.writestr(name, content)
        new.comment = hashlib.sha256(parts.get(MANIFEST, b"")).hexdigest().encode()
    return file


def told(**values: Any) -> Callable[[dict[str, bytes]], None]:
    """Change what a backup says of itself."""
    return lambda parts: parts.update({MANIFEST: json.dumps({**json.loads(parts[MANIFEST]), **values}).encode()})


def renamed(name: str) -> Callable[[dict[str, bytes]], None]:
    """Call a part something else, and tell so."""

    def change(parts: dict[str, bytes]) -> None:
        manifest = json.loads(parts[MANIFEST])
        parts[name], manifest["parts"][name] = parts.pop(KEY), manifest["parts"].pop(KEY)
        parts[MANIFEST] = json.dumps(manifest).encode()

    return change


def twice(file: Path) -> Path:
    with zipfile.ZipFile(file, "a") as more, pytest.warns(UserWarning, match="Duplicate name"):
        more.writestr(KEY, b"another")
    return file


def locked(file: Path) -> Path:
    content = bytearray(file.read_bytes())
    at = content.rindex(b"PK\x01\x02")
    content[at + 8] |= 1
    file.write_bytes(content)
    return file


def overlapping(file: Path) -> Path:
    """Make two entries lead to the same bytes, as bombs do that need no compression."""
    content = bytearray(file.read_bytes())
    first = content.index(b"PK\x01\x02")
    content[first + 20 : first + 28] = (2**31).to_bytes(4, "little") * 2
    file.write_bytes(content)
    return file


HOSTILE: dict[str, tuple[Callable[[Path], object], str]] = {
    "no zip": (lambda file: file.write_bytes(b"a text"), "it is no zip"),
    "empty": (lambda file: file.write_bytes(b""), "it is no zip"),
    "another program's": (lambda file: rezipped(file, lambda parts: parts.pop(MANIFEST)), "it is damaged"),
    "another kind": (lambda file: rezipped(file, told(kind="printlight.backup/2")), "another kind"),
    "a list of nothing": (lambda file: rezipped(file, lambda parts: parts.update({MANIFEST: b"[]"})), "damaged"),
    "unknown words": (lambda file: rezipped(file, told(run="rm")), "its list of parts is none"),
    "newer tables": (lambda file: written(file, {"project": [FILM]}, tables="9999"), "newer Printlight"),
    "a path that climbs": (lambda file: rezipped(file, renamed("pictures/../../x")), "has no place"),
    "a path from the root": (lambda file: rezipped(file, renamed("/etc/x")), "has no place"),
    "a picture of another name": (lambda file: rezipped(file, renamed(f"pictures/ab/ab{HASH[2:]}")), "of that name"),
    "a bomb": (lambda file: rezipped(file, lambda _: None, compression=zipfile.ZIP_DEFLATED), "compressed"),
    "overlapping": (overlapping, "more than it holds"),
    "twice": (twice, "other parts"),
    "locked": (locked, "locked"),
    "a part more": (lambda file: rezipped(file, lambda parts: parts.update(x=b"")), "other parts"),
    "a part less": (lambda file: rezipped(file, lambda parts: parts.pop(KEY)), "other parts"),
    "other bytes": (lambda file: rezipped(file, lambda parts: parts.update({KEY: b"Not looked into"})), "as it was"),
    "other rows": (
        lambda file: rezipped(
            file, lambda parts: parts.update({"rows/project.jsonl": parts["rows/project.jsonl"].replace(b"Fi", b"fi")})
        ),
        "as it was written",
    ),
    "a table too few": (lambda file: rezipped(file, told(rows={})), "other tables"),
    "a table of its own": (lambda file: written(file, {"sqlite_master": [{"name": "x"}]}), "no table"),
    "a wrong count": (lambda file: written(file, {"project": [FILM]}, rows={"project": 2}), "another number"),
    "a column more": (lambda file: written(file, {"project": [{**FILM, "x": 1}]}), "other columns"),
    "a column less": (lambda file: written(file, {"project": [{"id": "film"}]}), "other columns"),
    "a text for a number": (lambda file: written(file, {"project": [{**FILM, "made": "now"}]}), "holds what it cannot"),
    "nothing for a name": (lambda file: written(file, {"project": [{**FILM, "name": None}]}), "holds what it cannot"),
    "the same twice": (lambda file: written(file, {"project": [FILM, FILM]}), "do not fit"),
    "a batch of no film": (
        lambda file: written(
            file,
            {
                "batch": [
                    {
                        "id": "b",
                        "project_id": "gone",
                        "name": "",
                        "made": 1,
                        "author": "",
                        "budget_usd": None,
                        "paused": False,
                        "reason": "",
                    }
                ]
            },
        ),
        "do not fit",
    ),
    "a page as a picture": (
        lambda file: written(file, {"asset": [{**GIVEN, "sha256": HASH, "media_type": "text/html"}]}),
        "neither picture nor film",
    ),
    "no time": (lambda file: written(file, {"project": [FILM]}, made="soon"), "do not fit"),
    "no row": (lambda file: written(file, {"project": ["film"]}), "no row"),  # type: ignore[list-item]
    "a deep one": (
        lambda file: rezipped(file, replaced("rows/project.jsonl", b"[" * 200_000)),
        "it is damaged",
    ),
}


def replaced(name: str, content: bytes) -> Callable[[dict[str, bytes]], None]:
    """Put other bytes into a part, and tell so."""

    def change(parts: dict[str, bytes]) -> None:
        manifest, parts[name] = json.loads(parts[MANIFEST]), content
        manifest["parts"][name] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        parts[MANIFEST] = json.dumps(manifest).encode()

    return change


@pytest.mark.parametrize("case", HOSTILE)
def test_what_is_no_backup_is_refused_and_nothing_is_changed(case: str, tmp_path: Path) -> None:
    make, reason = HOSTILE[case]
    file = written(tmp_path / "a.backup", {"project": [FILM]})
    make(file)
    library = places.library(tmp_path / "here")
    with pytest.raises(BadInputError, match=reason) as refused:
        restore(library, file, tmp_path)
    assert "\n" not in str(refused.value)
    assert (library.database.version, library.pictures.store.held()) == ("", [])
    assert [path for path in (tmp_path / "here").rglob("*") if path.is_file()] == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.backup", "here"]


def test_a_refused_one_leaves_the_library_that_is_there(tmp_path: Path) -> None:
    library = filled(places.library(tmp_path / "here"))
    before = rows(library), pictures(library)
    file = written(tmp_path / "a.backup", {"project": [FILM, FILM]})
    with pytest.raises(BadInputError, match="do not fit"):
        restore(library, file, tmp_path, replace=True)
    assert (rows(library), pictures(library)) == before


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, Any, Path]:
    folder = tmp_path_factory.mktemp("whole")
    library = filled(places.library(folder))
    file = back_up(library, folder / "a.backup").file
    return file.read_bytes(), read(file), folder / "damaged.backup"


def read(file: Path) -> Any:
    """Return all that a restore takes out of a file."""
    reader = Reader(file)
    try:
        reader.check()
        found = {table: list(reader.rows(table)) for table in reader.manifest.rows}
        return reader.manifest, found, {sha256: reader.picture(name) for name, sha256 in reader.pictures}
    finally:
        reader.close()


@given(data=st.data())
def test_damage_never_brings_anything_wrong_back(whole: tuple[bytes, Any, Path], data: st.DataObject) -> None:
    content, wanted, file = whole
    at = st.integers(0, len(content) - 1)
    end = st.integers(max(0, len(content) - 6000), len(content) - 1)  # where the lists are
    damaged = bytearray(content)
    for _ in range(data.draw(st.integers(1, 4))):
        start, length = data.draw(st.one_of(at, end)), data.draw(st.integers(1, 40))
        how = data.draw(st.sampled_from(("flip", "cut", "drop", "zero", "double", "noise")))
        there = bytes(damaged[start : start + length])
        if how == "cut":
            del damaged[start:]
            continue
        instead = {
            "flip": bytes((there[0] ^ (1 << length % 8),)) + there[1:] if there else b"",
            "drop": b"",
            "zero": bytes(len(there)),
            "double": there * 2,
            "noise": data.draw(st.binary(min_size=1, max_size=40)),
        }[how]
        damaged[start : start + length] = instead
    file.write_bytes(damaged)
    try:
        found = read(file)
    except BadInputError:
        return
    assert found == wanted


@given(junk=st.binary(max_size=300))
def test_what_is_not_ours_is_refused(whole: tuple[bytes, Any, Path], junk: bytes) -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as other:
        other.writestr(MANIFEST, junk)
        other.comment = hashlib.sha256(junk).hexdigest().encode()
    whole[2].write_bytes(buffer.getvalue())
    with pytest.raises(BadInputError):
        read(whole[2])


def test_the_kind_is_told(tmp_path: Path) -> None:
    reader = Reader(written(tmp_path / "a.backup", {"project": [FILM]}))
    assert (reader.manifest.kind, list(reader.rows("project"))) == (KIND, [FILM])
    reader.close()
