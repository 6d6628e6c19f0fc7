"""Tables of an earlier version come through with what is in them, on both databases."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlmodel import SQLModel

from app.db import Database
from app.errors import PrintlightError
from app.files import Pictures
from app.library import Library
from app.library.queue import Turn
from app.shipped import shipped
from tests.postgres import postgres

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


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    if request.param == "sqlite":
        opened = Database(f"sqlite:///{tmp_path / 'a.db'}")
        yield opened
        opened.close()
        return
    with postgres() as server:
        opened = Database(server.create("a"))
        yield opened
        opened.close()


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


def test_takes_of_the_version_before_go_on(database: Database, tmp_path: Path) -> None:
    migrate(database, "0002")
    within(database, lambda connection: [connection.execute(text(line)) for line in BEFORE.split(";")])
    library = Library(database, Pictures(tmp_path / "pictures"), "Ada")
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

    def back(connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(shipped("migrations")))
        config.attributes["connection"] = connection
        command.downgrade(config, "0002")

    within(database, back)
    database.migrate()


def test_tables_of_a_newer_version_are_left_alone(database: Database) -> None:
    database.migrate()
    within(database, lambda c: c.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    with pytest.raises(PrintlightError, match="newer Printlight"):
        database.migrate()
    assert within(database, lambda c: c.execute(text("SELECT version_num FROM alembic_version")).scalar()) == "9999"
