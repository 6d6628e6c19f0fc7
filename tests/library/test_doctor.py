"""The doctor finds what is broken, says how it is mended, and mends it without losing anything."""

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Text, cast, func, select, update
from sqlmodel import SQLModel, col

from app import db
from app.library import Library
from app.library.doctor import Finding, Patient, examine, files
from tests.backends.fakes.pictures import picture
from tests.library.libraries import filled, harm, key, pictures, raw, rows
from tests.places import POSTGRESQL, SQLITE, places

LONG_AGO = time.time() - 86_400
TABLES = SQLModel.metadata.sorted_tables


def ill(folder: Path, on: str = "") -> Patient:
    """Return a library that is still well, to be harmed."""
    return Patient(filled(places.library(folder, on=on)), folder, (folder / "secret.key",))


@pytest.fixture
def patient(tmp_path: Path) -> Patient:
    return ill(tmp_path)


def sql(line: str) -> Callable[[Patient], None]:
    """Return what changes rows behind Printlight's back."""
    return lambda patient: raw(patient.library, line)


def put(patient: Patient, key: str, content: bytes) -> None:
    """Put a file among the pictures: long ago, where a folder can be told so."""
    store = patient.library.pictures.store
    store.add(key, content)
    if path := store.path(key):
        os.utime(path, (LONG_AGO, LONG_AGO))


def a_picture(library: Library) -> str:
    """Return a picture that is named."""
    return min(pictures(library))


def lose(patient: Patient) -> None:
    patient.library.pictures.store.remove(key(a_picture(patient.library)))


def without_an_entry_of_its_index(patient: Patient) -> None:
    """Take an index out of the list of tables, add a row that it misses, and put it back."""
    name = "ix_shot_project_id"
    with closing(sqlite3.connect(patient.data / "printlight.db")) as one, one:
        (kept,) = one.execute("SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master WHERE name = ?", [name])
        one.execute("PRAGMA writable_schema = ON")
        one.execute("DELETE FROM sqlite_master WHERE name = ?", [name])
    raw(
        patient.library,
        "INSERT INTO project (id, name, note, author, made, checks, local, prompts_stay, file_names, patch)"
        " SELECT 'more', name, note, author, made, checks, local, prompts_stay, file_names, patch FROM project",
    )
    raw(patient.library, "UPDATE shot SET project_id = 'more'")
    with closing(sqlite3.connect(patient.data / "printlight.db")) as one, one:
        one.execute("PRAGMA writable_schema = ON")
        one.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", kept)
    patient.library.database.close()


def with_a_false_index(patient: Patient) -> None:
    raw(
        patient.library,
        "CREATE TABLE words (id INTEGER PRIMARY KEY, said TEXT)",
        "CREATE VIRTUAL TABLE words_index USING fts5(said, content='words', content_rowid='id')",
        "INSERT INTO words VALUES (1, 'rim')",
    )


MENDED: dict[str, tuple[str, Callable[[Patient], object]]] = {
    "an index that misses a row": ("database.index", without_an_entry_of_its_index),
    "a search index that misses a row": ("index.false", with_a_false_index),
    "takes of a shot that is gone": ("row.astray", sql("DELETE FROM shot")),
    "takes of a revision that is gone": ("row.astray", sql("DELETE FROM revision")),
    "a job of a batch that is gone": ("row.astray", sql("UPDATE job SET batch_id = 'gone'")),
    "a job of a take that is gone": ("row.astray", sql("DELETE FROM take")),
    "a shot of another kind": (
        "shot.unread",
        sql("""UPDATE shot SET document = '{"kind": "x/9"}'"""),
    ),
    "a shot that is no JSON": ("shot.unread", sql("UPDATE shot SET document = '{\"cam'")),
    "a film's checks": (
        "film.unread",
        sql("""UPDATE project SET checks = '{"profile": 3}'"""),
    ),
    "a process that is gone": ("take.held", sql("UPDATE job SET worker = 'gone'")),
    "a state that there is not": ("take.state", sql("UPDATE job SET state = 'asleep'")),
    "done without a picture": ("take.hollow", sql("UPDATE job SET picture = NULL")),
    "behind one that is gone": ("take.behind", sql("UPDATE job SET after = 'gone'")),
    "a take without a job": ("take.alone", sql("DELETE FROM job")),
    "a picture that nobody names": ("picture.orphan", lambda one: put(one, f"ab/{'ab' * 32}", b"a frame")),
    "a file that was never finished": ("file.part", lambda one: put(one, "ab/.part-x", b"a fra")),
    "a thumbnail of nothing": ("thumbnail.orphan", lambda one: put(one, f"thumbnails/320/ab/{'ab' * 32}.webp", b"")),
    "a key for all to read": ("key.open", lambda one: (one.data / "secret.key").write_text("secret")),
}

OF_A_FILE = {"an index that misses a row", "a search index that misses a row", "a shot that is no JSON"}
"""What only SQLite lets happen: a server looks after its indexes, and takes nothing for JSON that is none."""

OF_A_STORE = {"picture.orphan", "file.part", "thumbnail.orphan"}
"""What is left alone while it is new; and nobody can tell a bucket that it has been there for long."""

TOLD: dict[str, tuple[str, Callable[[Patient], object]]] = {
    "a revision that does not read": (
        "revision.unread",
        sql("UPDATE revision SET document = '[]'"),
    ),
    "a picture that is gone": (
        "picture.missing",
        lose,
    ),
    "a picture that is damaged": ("picture.damaged", lambda one: harm(one.library, a_picture(one.library))),
}


def codes(found: list[Finding]) -> set[str]:
    """Return what is found beside the search index, which sees no row that is changed behind its back."""
    return {one.code for one in found} - {"index.stale"}


def held(patient: Patient) -> str:
    """Return all text that is anywhere: in rows, and in what was taken out of them."""
    attic = "".join(path.read_text() for path in (patient.data / "lost+found").glob("*.jsonl"))
    if patient.library.database.is_server:
        with patient.library.database.snapshot() as connection:
            queries = [select(cast(func.row_to_json(one.table_valued()), Text)) for one in TABLES]
            return "\n".join(str(line) for one in queries for line in connection.execute(one).scalars()) + attic
    with closing(sqlite3.connect(patient.data / "printlight.db")) as connection:
        return "\n".join(connection.iterdump()) + attic


def test_a_library_that_is_well_is_well(patient: Patient) -> None:
    assert examine(patient) == []


def test_where_there_is_no_library_nothing_is_made(tmp_path: Path) -> None:
    library = places.library(tmp_path)
    assert examine(Patient(library, tmp_path)) == []
    assert (list(tmp_path.iterdir()), library.database.version) == ([], "")


def sizes(patient: Patient) -> list[int]:
    return sorted(one.size for one in patient.library.pictures.store.held())


@pytest.mark.parametrize("case", MENDED)
def test_what_can_be_mended_is_mended_and_nothing_is_lost(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient = ill(tmp_path, SQLITE if case in OF_A_FILE else "")
    code, do = MENDED[case]
    if patient.library.database.is_server and code in OF_A_STORE:
        monkeypatch.setattr(files, "SETTLED", timedelta(seconds=-5))
    ids = {str(row["id"]) for table in ("shot", "take") for row in rows(patient.library)[table]}
    do(patient)
    before = sizes(patient)
    gone = {one for one in ids if one not in held(patient)}
    found = [one for one in examine(patient) if one.code == code]
    assert [bool(one.things and one.how) for one in found] == [True]
    assert found[0].mend
    found[0].mend()
    left = examine(patient)
    assert codes(left) == set()
    for one in left:
        assert one.mend
        one.mend()
    assert examine(patient) == []
    assert sizes(patient) == before
    assert {one for one in ids if one not in held(patient)} == gone


@pytest.mark.parametrize("case", TOLD)
def test_what_cannot_be_mended_is_told_with_what_to_do(case: str, patient: Patient) -> None:
    code, do = TOLD[case]
    do(patient)
    found = {one.code: one for one in examine(patient)}
    assert codes(list(found.values())) == {code}
    assert (found[code].mend, bool(found[code].how)) == (None, True)


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    """A bucket is in no folder."""
    patient = ill(tmp_path, SQLITE)
    (patient.data / "pictures").rename(patient.data / "moved")
    (patient.data / "pictures").write_text("no folder")
    found = {one.code: one for one in examine(patient)}
    assert set(found) == {"folder.closed", "picture.missing"}
    assert found["folder.closed"].things == (str(patient.data / "pictures"),)


def test_a_database_that_is_damaged_is_told(tmp_path: Path) -> None:
    """A server looks after its own files."""
    patient = ill(tmp_path, SQLITE)
    patient.library.database.close()
    file = patient.data / "printlight.db"
    content = bytearray(file.read_bytes())
    content[8192:] = b"\x5a" * (len(content) - 8192)
    file.write_bytes(content)
    assert codes(examine(patient)) <= {"database.damaged", "unreadable"} != set()
    file.write_bytes(b"a text" * 999)
    patient.library.database.close()
    (found,) = examine(patient)
    assert (found.code, "restore" in found.how) == ("unreadable", True)


def test_a_shot_that_does_not_read_gets_its_newest_revision(tmp_path: Path) -> None:
    """SQLite lets it be no JSON at all; a server would not."""
    patient = ill(tmp_path, SQLITE)
    (before,) = rows(patient.library)["shot"]
    raw(patient.library, "UPDATE shot SET document = '{\"cam'")
    for one in examine(patient):
        assert one.mend
        one.mend()
    (after,) = rows(patient.library)["shot"]
    assert (after["document"], after["version"]) == (before["document"], before["version"] + 1)
    assert '{\\"cam' in held(patient)


def test_what_was_just_put_there_is_left_alone(patient: Patient) -> None:
    stored = patient.library.pictures.put(picture("png", (9, 9)))
    patient.library.pictures.store.add("ab/.part-x", b"a fra")
    assert examine(patient) == []
    assert patient.library.pictures.has(stored.sha256)


def test_a_shot_that_was_changed_behind_its_back_is_found_again(patient: Patient) -> None:
    raw(patient.library, "UPDATE shot SET name = 'The breakwater'")
    (found,) = examine(patient)
    assert (found.code, found.things) == ("index.stale", ("3 of all shots and takes are found as they were before.",))
    assert found.mend
    found.mend()
    assert examine(patient) == []
    assert patient.library.search.ids("breakwater")


def test_a_take_in_the_hands_of_a_process_that_lives_is_left_alone(patient: Patient) -> None:
    patient.library.queue.beat("a studio")
    raw(patient.library, "UPDATE job SET worker = 'a studio'")
    assert examine(patient) == []


def test_a_server_and_a_bucket_are_examined_alike(tmp_path: Path) -> None:
    patient = ill(tmp_path, POSTGRESQL)
    library = patient.library
    assert examine(patient) == []
    lost, damaged = (held.key for held in library.pictures.all().values())
    store = library.pictures.store
    assert store.move(lost, f"lost+found/{lost}") == f"lost+found/{lost}"
    store.remove(damaged)
    store.add(damaged, b"rot")
    with library.database.write() as session:
        session.execute(update(db.Job).values(worker="gone", after="gone"))
        session.execute(update(db.Shot).where(col(db.Shot.slate) == "1A").values(document=[]))
    found = examine(patient)
    wanted = {"picture.missing", "picture.damaged", "take.held", "take.behind", "shot.unread"}
    assert codes(found) == wanted
    for one in found:
        if one.mend:
            one.mend()
    assert codes(examine(patient)) == {"picture.missing", "picture.damaged"}
