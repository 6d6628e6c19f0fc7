"""Both databases alike: writers go one at a time, and what a database cannot hold is said in a sentence."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from app.db import Database, database
from app.errors import BadInputError, ConflictError, PrintlightError
from app.library import Library
from app.schema import Shot, read_data
from tests.backends.fakes.pictures import picture
from tests.backends.fakes.serving import closed_port
from tests.places import ON, places

AT_ONCE = 8


@pytest.fixture(params=ON)
def library(request: pytest.FixtureRequest, tmp_path: Path) -> Library:
    return places.opened(tmp_path, on=request.param)


def test_of_many_savers_of_one_version_one_wins(library: Library) -> None:
    version = library.shot("the-rim").version

    def save(number: int) -> bool:
        try:
            library.save("the-rim", version, read_data({"duration_s": number + 1}), "uni-1")
        except ConflictError:
            return False
        return True

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert sum(pool.map(save, range(2 * AT_ONCE))) == 1
    assert library.shot("the-rim").version == version + 1


def test_what_many_add_at_once_is_there_once_or_has_a_place_of_its_own(library: Library) -> None:
    content = picture("png", (9, 9))

    def add(number: int) -> str:
        library.add_picture(content, "The quay")
        library.add_shot("the-lamp-room", str(number), "The quay", Shot())
        return library.add_project("The Ferry").id

    with ThreadPoolExecutor(AT_ONCE) as pool:
        films = list(pool.map(add, range(AT_ONCE)))
    assert len(set(films)) == AT_ONCE
    assert [one.place for one in library.shots("the-lamp-room")] == list(range(6 + AT_ONCE))


def test_a_writer_that_freezes_is_let_go_by_a_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "FROZEN_MS", 200)
    frozen = places.opened(tmp_path, on="postgresql")
    other = Database(frozen.database.url)

    def freeze() -> None:
        with frozen.database.write() as session:
            session.execute(text("UPDATE shot SET note = 'never kept'"))
            with other.write() as another:
                another.execute(text("UPDATE shot SET name = 'Kept' WHERE id = 'the-rim'"))

    with pytest.raises(PrintlightError, match="cannot be used"):
        freeze()
    assert (frozen.shot("the-rim").name, frozen.shot("the-rim").note == "never kept") == ("Kept", False)


STRANGE: dict[str, Callable[[Library], object]] = {
    "a character that is none, kept": lambda library: library.add_project("The\0Ferry"),
    "a character that is none, asked for": lambda library: library.shot("the\0rim"),
    "half a character": lambda library: library.add_project("The Ferry \ud800"),
    "a large number": lambda library: library.history.get("the-rim", 10**10),
    "a number beyond all measure": lambda library: library.history.get("the-rim", 10**20),
}


@pytest.mark.parametrize("case", STRANGE)
def test_what_a_database_cannot_hold_is_said_plainly(library: Library, case: str) -> None:
    before = library.projects()
    error = refusal(library, STRANGE[case])
    if error:
        assert (error.status in {404, 422}, "\n" in str(error), library.projects()) == (True, False, before)


@pytest.mark.parametrize(
    "url", ["postgres://ada:secret@db/x", "mysql://ada:secret@db/x", "postgresql://ada:secret@db:port/x", "a file"]
)
def test_an_address_that_names_no_database_is_refused_and_no_password_told(url: str) -> None:
    with pytest.raises(BadInputError, match="DATABASE_URL names no database") as refused:
        Database(url)
    assert "secret" not in str(refused.value)


def test_a_server_that_does_not_answer_is_said_in_a_line() -> None:
    silent = Database(f"postgresql://ada:secret@127.0.0.1:{closed_port()}/x")
    with pytest.raises(PrintlightError, match=r"cannot be used: .*refused.*DATABASE_URL") as refused:
        silent.migrate()
    assert ("secret" in str(refused.value), "\n" in str(refused.value)) == (False, False)


def refusal(library: Library, do: Callable[[Library], object]) -> PrintlightError | None:
    try:
        do(library)
    except PrintlightError as error:
        return error
    return None
