"""Where tests keep things: in a file and a folder, or with `pytest --on postgresql` on servers of this machine.

A folder of a test's own names a place. Who asks with the same folder comes to the same rows and pictures, in this
process or, with what `variables` returns, in another. They are gone at the end of the test that asked first, or of
the file of tests, where a fixture of the file did.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from app.settings import Settings

if TYPE_CHECKING:  # half of all tests keep nothing: these take a second
    from app.db import Database
    from app.files import Pictures, Store
    from app.library import Library
    from tests.postgres import Postgres

SQLITE, POSTGRESQL = ON = ("sqlite", "postgresql")
"""A SQLite file with a folder of pictures, or a database of a PostgreSQL with a part of an S3 bucket."""

BUCKET = "reels"


class Places:
    """All places of this process. Each server starts when it is first needed."""

    def __init__(self) -> None:
        self.on = SQLITE
        self._known: dict[tuple[Path, str], Settings] = {}
        self._blank: dict[str, Settings] = {}
        self._opened: list[Database] = []
        self._numbers = count(1)
        self._running = ExitStack()

    @cached_property
    def server(self) -> "Postgres":
        """A PostgreSQL."""
        from tests.postgres import postgres

        return self._running.enter_context(postgres())

    @cached_property
    def access(self) -> dict[str, str]:
        """What opens the bucket of an S3."""
        from tests.files.stores import served

        return self._running.enter_context(served(BUCKET))

    def at(self, folder: Path, on: str = "") -> Settings:
        """Return where a folder's things are kept; nothing is there at first."""
        key = (folder, on or self.on)
        if key not in self._known:
            self._known[key] = self._made(*key)
        return self._known[key]

    def library(self, folder: Path, author: str = "Ada", on: str = "") -> "Library":
        """Return a folder's library, not opened yet."""
        from app.library import Library

        found = self.at(folder, on)
        library = Library(_database(found), _pictures(found), author)
        self._opened.append(library.database)
        return library

    def opened(self, folder: Path, author: str = "Ada", on: str = "") -> "Library":
        """Return a folder's library; a new one is as they all are when they were opened once: with the sample film."""
        key = (folder, on or self.on)
        if key not in self._known:
            if key[1] not in self._blank:
                self._blank[key[1]] = self._made(self._folder(), key[1])
                _open(self._blank[key[1]])
            self._known[key] = self._made(*key, like=self._blank[key[1]])
        return self.library(folder, author, key[1])

    def copy(self, of: Settings, folder: Path) -> Settings:
        """Return a copy of a place that nobody has open; it may be made in any thread, and lasts as the servers do."""
        return self._made(folder, POSTGRESQL if of.bucket else SQLITE, of)

    @contextmanager
    def lasting(self) -> Iterator[None]:
        """Let go at the end of the block of all that was kept in it."""
        known, opened = set(self._known), len(self._opened)
        try:
            yield
        finally:
            while len(self._opened) > opened:
                self._opened.pop().close()
            for key in self._known.keys() - known:
                found = self._known.pop(key)
                if found.bucket:
                    self.server.drop(_name(found))

    def close(self) -> None:
        """Stop the servers, with all that they hold."""
        self._running.close()

    def _made(self, folder: Path, on: str, like: Settings | None = None) -> Settings:
        folder.mkdir(parents=True, exist_ok=True)
        if on == SQLITE:
            if like:
                shutil.copytree(like.data, folder, dirs_exist_ok=True)
            return _settings(folder, f"sqlite:///{folder / 'printlight.db'}")
        name = f"place-{next(self._numbers)}"
        url = self.server.create(name, _name(like)) if like else self.server.create(name)
        made = _settings(folder, url, f"s3://{BUCKET}/{name}", self.access)
        if like:
            _copy(_pictures(like).store, _pictures(made).store)
        return made

    def _folder(self) -> Path:
        return Path(self._running.enter_context(tempfile.TemporaryDirectory(prefix="printlight-blank-")))


def variables(found: Settings) -> dict[str, str]:
    """Return the environment that leads another process to a place."""
    ours = {"PRINTLIGHT_DATA": str(found.data)}
    if found.bucket:
        ours |= {"DATABASE_URL": found.database_url, "PRINTLIGHT_PICTURES": found.bucket, **found.bucket_access}
    return ours


def _settings(folder: Path, url: str, bucket: str = "", access: dict[str, str] | None = None) -> Settings:
    return Settings(folder, url, "Ada", (), {}, bucket=bucket, bucket_access=access or {})


def _name(found: Settings) -> str:
    return found.database_url.rpartition("/")[2]


def _database(found: Settings) -> "Database":
    from app.db import Database

    return Database(found.database_url)


def _pictures(found: Settings) -> "Pictures":
    from app.files import Bucket, Pictures

    return Pictures(Bucket(found.bucket, found.bucket_access) if found.bucket else found.pictures)


def _open(found: Settings) -> None:
    from app.library import Library

    database = _database(found)
    Library(database, _pictures(found), "Ada").open()
    database.close()


def _copy(source: "Store", target: "Store") -> None:
    for one in source.held():
        target.add(one.key, source.get(one.key) or b"")


places = Places()
"""The places of this process."""
