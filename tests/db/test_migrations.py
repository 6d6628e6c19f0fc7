"""Tables of an earlier version come through with what is in them, on both databases."""

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData, Table, func, select, text
from sqlmodel import SQLModel

from app.db import Database
from app.db.database import newest
from app.errors import PrintlightError
from app.library import Library
from app.library.queue import Turn
from app.shipped import shipped
from tests.places import ON, SQLITE, places
from tests.running import ROOT

BEFORE = """
INSERT INTO project (id, name, note, author, made, checks) VALUES ('film', 'Film', '', 'Ada', 1, '{}');
INSERT INTO shot (id, project_id, slate, name, note, place, version, target, document, author, changed)
    VALUES ('shot', 'film', '1', 'Shot', '', 0, 1, 'uni-1', '{}', 'Ada', 1);
INSERT INTO revision (id, shot_id, number, made, author, layers, document)
    VALUES ('revision', 'shot', 1, 1, 'Ada', '[]', '{}');
INSERT INTO take (id, shot_id, revision_id, number, made, author, target, backend, wording, prompt, negative, params,
    sent_references)
    VALUES
    ('waits', 'shot', 'revision', 0, 1, 'Ada', 'uni-1', 'uni1', 'compiled', 'A rim.', '', '{}', '[]'),
    ('runs', 'shot', 'revision', 1, 1, 'Ada', 'uni-1', 'uni1', 'compiled', 'A rim.', '', '{}', '[]'),
    ('ended', 'shot', 'revision', 2, 1, 'Ada', 'uni-1', 'uni1', 'compiled', 'A rim.', '', '{}', '[]');
INSERT INTO job (take_id, backend, state, attempt, cancel, message, code, cost_usd, changed, used, history, claimed_at,
    remote_id)
    VALUES
    ('waits', 'uni1', 'queued', 0, false, '', '', 0.04, 1, '{}', '[]', NULL, NULL),
    ('runs', 'uni1', 'running', 1, false, '', '', 0.04, 1, '{}', '[]', 1, 'ticket'),
    ('ended', 'uni1', 'done', 1, false, '', '', 0.04, 1, '{}', '[]', 1, 'ticket')
"""


HELD = ("project", "take", "job")


@pytest.fixture(params=ON)
def library(request: pytest.FixtureRequest, tmp_path: Path) -> Library:
    return places.library(tmp_path, on=request.param)


@pytest.fixture
def database(library: Library) -> Database:
    return library.database


def within(database: Database, work: Callable[[Connection], Any]) -> Any:
    with database._writer.connect() as connection:
        found = work(connection)
        connection.commit()
    return found


def migrate(database: Database, version: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(shipped("migrations")))

    def go(connection: Connection) -> None:
        config.attributes["connection"] = connection
        command.upgrade(config, version)

    within(database, go)


def answers(queries: list[Any], connection: Connection) -> list[Any]:
    return [connection.execute(query).scalar() for query in queries]


def step_back(database: Database) -> None:
    def back(connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(shipped("migrations")))
        config.attributes["connection"] = connection
        command.downgrade(config, "0002")

    within(database, back)


def test_takes_of_the_version_before_go_on(library: Library, database: Database) -> None:
    migrate(database, "0002")
    within(database, lambda connection: [connection.execute(text(line)) for line in BEFORE.split(";")])
    library.open()
    assert [project.id for project in library.projects()] == ["film"]
    assert not library.project("film").local
    assert library.shot("shot").base == 1
    assert library.freeze("shot").number == 1
    assert {name for _, name in library.search.ids("is:shot or is:take")} == {"shot", "waits", "runs", "ended"}
    assert [(take.id, take.state) for take in library.takes.of_shot("shot")] == [
        ("ended", "done"),
        ("runs", "running"),
        ("waits", "queued"),
    ]
    assert library.queue.next("a process", lambda _: 2) == Turn("runs", 1)
    assert library.queue.next("a process", lambda _: 2) == Turn("waits", 1)
    assert library.queue.next("a process", lambda _: 2) is None


def test_what_the_tables_held_stays_as_a_copy(
    database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for kept in ("0002", "0002-2"):
        migrate(database, "0002")
        if kept == "0002":
            within(database, lambda connection: [connection.execute(text(line)) for line in BEFORE.split(";")])
        database.migrate()
        place = str(tmp_path / f"printlight-{kept}.db") if database.file else f"the schema printlight_{kept}"
        assert caplog.messages.pop() == (
            f"The tables are brought up to this Printlight. As they were, they are kept in {place}."
        )
        copy = Database(f"sqlite:///{place}") if database.file else database
        schema = None if database.file else f"printlight_{kept}"
        tables = [Table(name, MetaData(), schema=schema) for name in HELD]
        queries = [select(func.count()).select_from(one) for one in tables]
        counts = within(copy, partial(answers, queries))
        assert counts == [1, 3, 3]
        assert not database.file or copy.version == "0002"
        copy.close()
        step_back(database)


def test_a_server_that_lets_no_copy_be_made_is_brought_up_with_a_word(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    migrate(database, "0002")
    within(database, lambda connection: [connection.execute(text(line)) for line in BEFORE.split(";")])
    if database.file:
        (database.file.parent / "printlight-0002.db").mkdir()  # a name that is taken is passed over
        database.migrate()
        assert caplog.messages[0].endswith("printlight-0002-2.db.")
        return
    lines = (
        "CREATE ROLE crew LOGIN",
        "ALTER TABLE alembic_version OWNER TO crew",
        *(
            f"ALTER TABLE {one} OWNER TO crew"
            for one in ("project", "shot", "revision", "take", "job", "asset", "executor")
        ),
        "GRANT CREATE ON SCHEMA public TO crew",
    )
    within(database, lambda connection: [connection.execute(text(line)) for line in lines])
    crew = Database(database.url.replace("postgres@", "crew@"))
    crew.migrate()
    assert "back the server up" in caplog.messages[0]
    assert crew.version == newest()
    crew.close()


def test_empty_tables_need_no_copy(database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    migrate(database, "0002")
    database.migrate()
    assert caplog.messages == []
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith("printlight.db")] == []


def test_where_no_copy_can_be_kept_nothing_is_changed(tmp_path: Path) -> None:
    """Of SQLite, whose copy is a file; a server's is a schema."""
    folder = tmp_path / "data"
    database = places.library(folder, on=SQLITE).database
    migrate(database, "0002")
    within(database, lambda connection: [connection.execute(text(line)) for line in BEFORE.split(";")])
    database.close()
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))"
    script = f"from app.db import Database; {limit}; Database({database.url!r}).migrate()"
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "No copy of the library could be kept before its tables change" in ran.stderr
    assert (database.version, list(folder.glob("*0002*")), list(folder.glob(".copy*"))) == ("0002", [], [])
    database.close()


def test_the_tables_are_those_that_the_program_knows(database: Database) -> None:
    database.migrate()
    options = {"include_name": lambda name, kind, _parents: kind != "table" or not name.startswith("entry_index")}
    differences = within(
        database,
        lambda connection: compare_metadata(MigrationContext.configure(connection, opts=options), SQLModel.metadata),
    )
    assert differences == []  # the full-text index is no table of SQLModel's; tests/library/test_search.py looks at it


def test_a_step_can_be_taken_back(database: Database) -> None:
    database.migrate()
    step_back(database)
    database.migrate()


def test_tables_of_a_newer_version_are_left_alone(database: Database) -> None:
    database.migrate()
    within(database, lambda c: c.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    with pytest.raises(PrintlightError, match="newer Printlight"):
        database.migrate()
    assert within(database, lambda c: c.execute(text("SELECT version_num FROM alembic_version")).scalar()) == "9999"
