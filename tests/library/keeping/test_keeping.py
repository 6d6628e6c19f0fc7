"""A library goes into a file and comes back the same, from and to both databases and both stores."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.db.database import newest
from app.errors import BadInputError, ConflictError, StorageError
from app.library import Library
from app.library.keeping import back_up, restore
from app.library.keeping.archive import Reader
from app.library.keeping.restore import HELD
from tests.library.keeping.test_archive import written
from tests.library.libraries import filled, harm, key, pictures, raw, rows
from tests.places import POSTGRESQL, SQLITE, places
from tests.running import ROOT, environment, until

Place = Callable[[str], Library]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Libraries by a name: those that begin with "server" are on servers, all others in a folder."""
    return lambda name: places.library(tmp_path / name, on=POSTGRESQL if name.startswith("server") else SQLITE)


def as_it_comes_back(found: dict[str, list[dict[str, Any]]], made: float) -> dict[str, list[dict[str, Any]]]:
    """Return rows as they are expected back: no key, and nothing that begins by itself."""
    for one in found["connection"]:
        one["key"] = ""
    for one in found["job"]:
        one["worker"] = None
        if one["state"] == "queued":
            one.update(state="unsure", message=HELD, claimed_at=made)
    return found


@pytest.mark.parametrize(
    ("source", "target"),
    [("folder", "other"), ("folder", "server"), ("server_one", "folder"), ("server_one", "server")],
)
def test_a_library_comes_back_as_it_was(source: str, target: str, place: Place, tmp_path: Path) -> None:
    before, after = filled(place(source)), place(target)
    kept = back_up(before, tmp_path / "a.backup")
    done = restore(after, tmp_path / "a.backup", tmp_path)
    assert (kept.whole, kept.pictures, done.added, done.held, done.missing) == (True, 2, 2, 1, ())
    made = next(one["claimed_at"] for one in rows(after)["job"] if one["state"] == "unsure")
    assert rows(after) == as_it_comes_back(rows(before), made)
    assert pictures(after) == pictures(before)
    after.open()
    assert [film.name for film in after.projects()] == ["The Ferry"]
    assert after.queue.next("a process", lambda _: 9) is None


@pytest.mark.parametrize("where", ["folder", "server"])
def test_what_was_there_is_kept_and_can_be_had_again(where: str, place: Place, tmp_path: Path) -> None:
    library, other = place(where), filled(place("other"))
    library.open()
    sample = rows(library)
    file = back_up(other, tmp_path / "a.backup").file
    with pytest.raises(ConflictError, match="a library here already"):
        restore(library, file, tmp_path)
    assert rows(library) == sample
    done = restore(library, file, tmp_path, replace=True)
    assert [film.id for film in library.projects()] == ["the-ferry"]
    assert done.before
    back = restore(library, done.before, tmp_path, replace=True)
    assert (rows(library), back.missing, back.added) == (sample, (), 0)


def test_the_same_library_makes_the_same_file_but_for_its_time(tmp_path: Path) -> None:
    library = filled(places.library(tmp_path))
    first, second = (Reader(back_up(library, tmp_path / name).file) for name in ("a", "b"))
    assert list(first.manifest.parts.items()) == list(second.manifest.parts.items())
    for one in (first, second):
        one.close()


def test_no_key_is_in_it(tmp_path: Path) -> None:
    library = filled(places.library(tmp_path))
    assert b"sealed" not in back_up(library, tmp_path / "a.backup").file.read_bytes()


def test_pictures_that_are_missing_or_damaged_are_told(tmp_path: Path) -> None:
    library = filled(places.library(tmp_path / "one"))
    gone, harmed = sorted(pictures(library))
    library.pictures.store.remove(key(gone))
    harm(library, harmed)
    kept = back_up(library, tmp_path / "a.backup")
    assert (kept.whole, kept.manifest.missing, kept.manifest.damaged) == (False, (gone,), (harmed,))
    other = places.library(tmp_path / "two")
    assert restore(other, kept.file, tmp_path).missing == tuple(sorted((gone, harmed)))
    assert pictures(other) == {}


def test_a_picture_that_is_damaged_comes_back_whole(tmp_path: Path) -> None:
    library = filled(places.library(tmp_path))
    file, whole = back_up(library, tmp_path / "a.backup").file, pictures(library)
    harm(library, min(whole))
    restore(library, file, tmp_path, replace=True)
    assert pictures(library) == whole
    assert library.pictures.store.get(f"lost+found/{key(min(whole))}") == b"rot"


def test_nothing_is_written_over_unless_asked(tmp_path: Path) -> None:
    library = filled(places.library(tmp_path))
    file = tmp_path / "a.backup"
    file.write_text("mine")
    with pytest.raises(BadInputError, match="is there already"):
        back_up(library, file)
    assert file.read_text() == "mine"
    assert back_up(library, file, replace=True).size == file.stat().st_size
    for nowhere in (tmp_path, tmp_path / "none" / "a", file / "a"):
        with pytest.raises((BadInputError, StorageError), match=r"is a folder|cannot be written"):
            back_up(library, nowhere)
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def test_where_there_is_no_library_there_is_nothing_to_keep(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="no library here"):
        back_up(places.library(tmp_path), tmp_path / "a.backup")
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_restored_under_a_process_that_works(tmp_path: Path) -> None:
    library = filled(places.library(tmp_path))
    file = back_up(library, tmp_path / "a.backup").file
    library.queue.beat("a studio")
    with pytest.raises(ConflictError, match="at work"):
        restore(library, file, tmp_path, replace=True)


def test_a_backup_of_earlier_tables_is_brought_up(tmp_path: Path) -> None:
    before, after = places.library(tmp_path / "one"), places.library(tmp_path / "two")
    with before.database.anew("0002") as connection:
        connection.execute(
            text("INSERT INTO project (id, name, note, author, made, checks) VALUES ('old', 'Old', '', '', 1, '{}')")
        )
    film = {"id": "old", "name": "Old", "note": "", "author": "", "made": 1.0, "checks": {}}
    file = written(tmp_path / "a.backup", {"project": [film]}, tables="0002")
    restore(after, file, tmp_path)
    assert rows(after) == rows(before)
    assert after.database.version == newest()


def test_rows_that_name_what_is_gone_keep_no_backup_that_could_not_be_restored(tmp_path: Path) -> None:
    library = filled(places.library(tmp_path))
    raw(library, "UPDATE shot SET project_id = 'gone'")
    with pytest.raises(StorageError, match="1 rows name others that are gone"):
        back_up(library, tmp_path / "a.backup")
    assert not list(tmp_path.glob("*.backup"))


SAVES = """
from sqlalchemy import update
from app import db
from app.jobs.opening import library_of
from app.settings import settings
from tests.backends.fakes.pictures import picture
library = library_of(settings())
number = 0
while True:
    number += 1
    note = str(number)
    with library.database.write() as session:
        session.execute(update(db.Project).values(note=note))
        session.execute(update(db.Shot).values(note=note))
    library.add_picture(picture("png", (number % 50 + 8, 8)), note)
    print(number, flush=True)
"""


def test_a_backup_is_of_one_moment_while_another_process_saves(tmp_path: Path) -> None:
    library = filled(places.library(tmp_path / "one"))
    out = (tmp_path / "out").open("wb")
    saving = subprocess.Popen([sys.executable, "-c", SAVES], cwd=ROOT, env=environment(tmp_path / "one"), stdout=out)
    try:
        until(lambda: (tmp_path / "out").stat().st_size > 0, 60)
        files = [back_up(library, tmp_path / f"{number}.backup") for number in range(4)]
    finally:
        saving.kill()
        saving.wait()
        out.close()
    moments = list[object]()
    for one in files:
        reader = Reader(one.file)
        reader.check()
        notes = {row["note"] for table in ("project", "shot") for row in reader.rows(table)}
        given = {row["sha256"] for row in reader.rows("asset")}
        assert (len(notes), one.whole) == (1, True)
        assert given <= {sha256 for _, sha256 in reader.pictures}
        moments.append(*notes)
        reader.close()
    assert len(set(moments)) > 1
    other = places.library(tmp_path / "two")
    restore(other, files[-1].file, tmp_path)
    assert {row["note"] for row in rows(other)["shot"]} == {moments[-1]}
