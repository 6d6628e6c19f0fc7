"""The doctor finds what is broken, says how it is mended, and mends it without losing anything."""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlmodel import col

from app import db
from app.files import Bucket
from app.library import Library
from app.library.doctor import Finding, Patient, examine
from tests.backends.fakes.pictures import picture
from tests.files.stores import served
from tests.library.libraries import filled, library_in, pictures, rows
from tests.postgres import postgres

LONG_AGO = time.time() - 86_400


@pytest.fixture
def patient(tmp_path: Path) -> Iterator[Patient]:
    library = filled(library_in(tmp_path))
    yield Patient(library, tmp_path, (tmp_path / "secret.key",))
    library.database.close()


def raw(patient: Patient, *lines: str) -> None:
    """Change the database behind Printlight's back."""
    with closing(sqlite3.connect(patient.data / "printlight.db")) as connection, connection:
        for line in lines:
            connection.execute(line)


def put(patient: Patient, key: str, content: bytes) -> None:
    """Put a file among the pictures, long ago."""
    patient.library.pictures.store.add(key, content)
    os.utime(patient.data / "pictures" / key, (LONG_AGO, LONG_AGO))


def a_picture(library: Library) -> Path:
    """Return the file of a picture that is named."""
    return library.pictures.path(min(pictures(library))) or Path()


def without_an_entry_of_its_index(patient: Patient) -> None:
    """Take an index out of the list of tables, add a row that it misses, and put it back."""
    name = "ix_shot_project_id"
    with closing(sqlite3.connect(patient.data / "printlight.db")) as one, one:
        (kept,) = one.execute("SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master WHERE name = ?", [name])
        one.execute("PRAGMA writable_schema = ON")
        one.execute("DELETE FROM sqlite_master WHERE name = ?", [name])
    raw(
        patient,
        "INSERT INTO project (id, name, note, author, made, checks, local, prompts_stay, file_names, patch)"
        " SELECT 'more', name, note, author, made, checks, local, prompts_stay, file_names, patch FROM project",
    )
    raw(patient, "UPDATE shot SET project_id = 'more'")
    with closing(sqlite3.connect(patient.data / "printlight.db")) as one, one:
        one.execute("PRAGMA writable_schema = ON")
        one.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", kept)
    patient.library.database.close()


def with_a_false_index(patient: Patient) -> None:
    raw(
        patient,
        "CREATE TABLE words (id INTEGER PRIMARY KEY, said TEXT)",
        "CREATE VIRTUAL TABLE words_index USING fts5(said, content='words', content_rowid='id')",
        "INSERT INTO words VALUES (1, 'rim')",
    )


MENDED: dict[str, tuple[str, Callable[[Patient], object]]] = {
    "an index that misses a row": ("database.index", without_an_entry_of_its_index),
    "a search index that misses a row": ("index.false", with_a_false_index),
    "takes of a shot that is gone": ("row.astray", lambda one: raw(one, "DELETE FROM shot")),
    "takes of a revision that is gone": ("row.astray", lambda one: raw(one, "DELETE FROM revision")),
    "a job of a batch that is gone": ("row.astray", lambda one: raw(one, "UPDATE job SET batch_id = 'gone'")),
    "a job of a take that is gone": ("row.astray", lambda one: raw(one, "DELETE FROM take")),
    "a shot of another kind": ("shot.unread", lambda one: raw(one, """UPDATE shot SET document = '{"kind": "x/9"}'""")),
    "a shot that is no JSON": ("shot.unread", lambda one: raw(one, "UPDATE shot SET document = '{\"cam'")),
    "a film's checks": ("film.unread", lambda one: raw(one, """UPDATE project SET checks = '{"profile": 3}'""")),
    "a process that is gone": ("take.held", lambda one: raw(one, "UPDATE job SET worker = 'gone'")),
    "a state that there is not": ("take.state", lambda one: raw(one, "UPDATE job SET state = 'asleep'")),
    "done without a picture": ("take.hollow", lambda one: raw(one, "UPDATE job SET picture = NULL")),
    "behind one that is gone": ("take.behind", lambda one: raw(one, "UPDATE job SET after = 'gone'")),
    "a take without a job": ("take.alone", lambda one: raw(one, "DELETE FROM job")),
    "a picture that nobody names": ("picture.orphan", lambda one: put(one, f"ab/{'ab' * 32}", b"a frame")),
    "a file that was never finished": ("file.part", lambda one: put(one, "ab/.part-x", b"a fra")),
    "a thumbnail of nothing": ("thumbnail.orphan", lambda one: put(one, f"thumbnails/320/ab/{'ab' * 32}.webp", b"")),
    "a key for all to read": ("key.open", lambda one: (one.data / "secret.key").write_text("secret")),
}

TOLD: dict[str, tuple[str, Callable[[Patient], object]]] = {
    "a revision that does not read": ("revision.unread", lambda one: raw(one, "UPDATE revision SET document = '[]'")),
    "a picture that is gone": ("picture.missing", lambda one: a_picture(one.library).unlink()),
    "a picture that is damaged": ("picture.damaged", lambda one: a_picture(one.library).write_bytes(b"rot")),
}


def codes(found: list[Finding]) -> set[str]:
    """Return what is found beside the search index, which sees no row that is changed behind its back."""
    return {one.code for one in found} - {"index.stale"}


def held(patient: Patient) -> str:
    """Return all text that is anywhere: in rows, and in what was taken out of them."""
    with closing(sqlite3.connect(patient.data / "printlight.db")) as connection:
        attic = "".join(path.read_text() for path in (patient.data / "lost+found").glob("*.jsonl"))
        return "\n".join(connection.iterdump()) + attic


def test_a_library_that_is_well_is_well(patient: Patient) -> None:
    assert examine(patient) == []


def test_where_there_is_no_library_nothing_is_made(tmp_path: Path) -> None:
    assert examine(Patient(library_in(tmp_path), tmp_path)) == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("case", MENDED)
def test_what_can_be_mended_is_mended_and_nothing_is_lost(case: str, patient: Patient) -> None:
    code, harm = MENDED[case]
    ids = {str(row["id"]) for table in ("shot", "take") for row in rows(patient.library)[table]}
    harm(patient)
    files = sorted(path.stat().st_size for path in (patient.data / "pictures").rglob("*") if path.is_file())
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
    assert sorted(path.stat().st_size for path in (patient.data / "pictures").rglob("*") if path.is_file()) == files
    assert {one for one in ids if one not in held(patient)} == gone


@pytest.mark.parametrize("case", TOLD)
def test_what_cannot_be_mended_is_told_with_what_to_do(case: str, patient: Patient) -> None:
    code, harm = TOLD[case]
    harm(patient)
    found = {one.code: one for one in examine(patient)}
    assert codes(list(found.values())) == {code}
    assert (found[code].mend, bool(found[code].how)) == (None, True)


def test_a_folder_that_cannot_be_written_to_is_told(patient: Patient) -> None:
    (patient.data / "pictures").rename(patient.data / "moved")
    (patient.data / "pictures").write_text("no folder")
    found = {one.code: one for one in examine(patient)}
    assert set(found) == {"folder.closed", "picture.missing"}
    assert found["folder.closed"].things == (str(patient.data / "pictures"),)


def test_a_database_that_is_damaged_is_told(patient: Patient) -> None:
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


def test_a_shot_that_does_not_read_gets_its_newest_revision(patient: Patient) -> None:
    (before,) = rows(patient.library)["shot"]
    raw(patient, "UPDATE shot SET document = '{\"cam'")
    for one in examine(patient):
        assert one.mend
        one.mend()
    (after,) = rows(patient.library)["shot"]
    assert (after["document"], after["version"]) == (before["document"], before["version"] + 1)
    assert '{\\"cam' in held(patient)


def test_what_was_just_put_there_is_left_alone(patient: Patient) -> None:
    stored = patient.library.pictures.put(picture("png", (9, 9)))
    (patient.data / "pictures" / "ab").mkdir(exist_ok=True)
    (patient.data / "pictures" / "ab" / ".part-x").write_bytes(b"a fra")
    assert examine(patient) == []
    assert patient.library.pictures.has(stored.sha256)


def test_a_shot_that_was_changed_behind_its_back_is_found_again(patient: Patient) -> None:
    raw(patient, "UPDATE shot SET name = 'The breakwater'")
    (found,) = examine(patient)
    assert (found.code, found.things) == ("index.stale", ("3 of all shots and takes are found as they were before.",))
    assert found.mend
    found.mend()
    assert examine(patient) == []
    assert patient.library.search.ids("breakwater")


def test_a_take_in_the_hands_of_a_process_that_lives_is_left_alone(patient: Patient) -> None:
    patient.library.queue.beat("a studio")
    raw(patient, "UPDATE job SET worker = 'a studio'")
    assert examine(patient) == []


def test_a_server_and_a_bucket_are_examined_alike(tmp_path: Path) -> None:
    with postgres() as server, served("reels") as access:
        library = filled(library_in(tmp_path, server.create("a"), Bucket("s3://reels/night", access)))
        patient = Patient(library, tmp_path)
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
        library.database.close()
