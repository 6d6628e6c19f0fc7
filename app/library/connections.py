"""The backends that somebody has set up: where each is, what opens it, and how it is used."""

import json
import re
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import delete
from sqlmodel import Session, col, select

from app import db
from app.backends import Access, Ask, Backend, backends
from app.backends.base import Uploaded
from app.db import Database
from app.errors import BadInputError, UnknownNameError
from app.library.vault import Vault
from app.schema.documents import Connection

NAME_CHARS = 80
SAID_CHARS = 100_000
"""Nothing that a person types into the form of a backend is longer."""

NUMBER = re.compile(r"-\d+$")
LOGIN = re.compile(r"^\w+://[^/]*@")


class KeptUploads:
    """What one connection's service was sent before, by the sha256 of each picture; kept with the library."""

    def __init__(self, database: Database, connection: str) -> None:
        self._database = database
        self._connection = connection

    def get(self, sha256: str) -> Uploaded | None:
        """Return what is remembered of a picture, or None."""
        with self._database.read() as session:
            row = session.get(db.Upload, (self._connection, sha256))
        return Uploaded(row.remote_id, row.expires) if row else None

    def put(self, sha256: str, uploaded: Uploaded) -> None:
        """Remember a picture, in place of what was known of it."""
        row = db.Upload(
            connection=self._connection, sha256=sha256, remote_id=uploaded.file_id, expires=uploaded.expires_at
        )
        with self._database.write() as session:
            session.merge(row)


class Connections:
    """All ways to a backend: those that are built in or given by the environment, and those that somebody added.

    One that is added under the name of a built-in one stands in its place until it is removed. `given` holds what the
    environment says of a kind. Keys go in and are never handed out but as an Access, for a backend to use.
    """

    def __init__(self, database: Database, vault: Vault, given: Mapping[str, Access], author: str) -> None:
        self.database = database
        self._vault = vault
        self._given = given
        self._author = author

    def all(self) -> list[Connection]:
        """Return every connection: the built-in ones first, each kind's own order kept."""
        with self.database.read() as session:
            rows = session.exec(select(db.Connection).order_by(col(db.Connection.made))).all()
        added = {row.id: _document(row) for row in rows}
        here = [kind for kind in backends.values() if kind.id in self._given or _needs_nothing(kind)]
        first = [added.get(kind.id) or self._built_in(kind) for kind in here]
        return [*first, *(one for one in added.values() if one not in first)]

    def named(self) -> dict[str, Connection]:
        """Return every connection by its id."""
        return {one.id: one for one in self.all()}

    def get(self, name: str) -> Connection:
        """Return a connection, or raise with the nearest name."""
        found = self.named()
        if name not in found:
            raise UnknownNameError("backend", name, found)
        return found[name]

    def open(self, name: str) -> tuple[Backend, Access]:
        """Return a connection's backend, and what reaches it."""
        with self.database.read() as session:
            row = session.get(db.Connection, name)
        uploads = KeptUploads(self.database, name)
        if row is None:
            kind = backends[self.get(name).kind]
            return kind, replace(self._given.get(name) or Access(kind.default_url), uploads=uploads)
        kind = backends[row.kind]
        return kind, Access(row.url or kind.default_url, self._vault.unseal(row.key), dict(row.options), uploads)

    def add(self, kind: str, label: str, said: Mapping[str, str]) -> Connection:
        """Set up a backend. `said` holds what its kind asks for, by name. Raises BadInputError."""
        backend = backends[kind]
        if not backend.asks:
            raise BadInputError(f"{backend.label} is built in; there is nothing to set up.")
        with self.database.write() as session:
            taken = set(session.exec(select(db.Connection.id)).all())
            name = (
                kind if kind not in taken else next(f"{kind}-{n}" for n in range(2, 1000) if f"{kind}-{n}" not in taken)
            )
            row = db.Connection(id=name, kind=kind, label="", made=time.time(), author=self._author)
            self._fill(row, backend, label, said)
            session.add(row)
        return self.get(name)

    def change(self, name: str, label: str, said: Mapping[str, str]) -> Connection:
        """Change what was set up; a key that is left empty stays as it is. Raises BadInputError."""
        with self.database.write() as session:
            row = _row(session, name)
            self._fill(row, backends[row.kind], label, said)
            session.add(row)
        return self.get(name)

    def set_options(self, name: str, options: Mapping[str, Any]) -> None:
        """Keep some options of a connection, such as a workflow and where it takes its prompt; None forgets one."""
        with self.database.write() as session:
            row = _row(session, name)
            row.options = {name: value for name, value in {**row.options, **options}.items() if value is not None}
            session.add(row)

    def remove(self, name: str) -> None:
        """Forget a connection and its key; takes that it made stay."""
        with self.database.write() as session:
            session.delete(_row(session, name))
            session.execute(delete(db.Upload).where(col(db.Upload.connection) == name))

    def _built_in(self, kind: Backend) -> Connection:
        given = self._given.get(kind.id) or Access(kind.default_url)
        return Connection(
            id=kind.id, kind=kind.id, label=kind.label, url=given.url, has_key=bool(given.key), built_in=True
        )

    def _fill(self, row: db.Connection, kind: Backend, label: str, said: Mapping[str, str]) -> None:
        asks = [ask for ask in kind.asks if ask.kind != "workflow"]
        unknown = sorted(set(said) - {ask.name for ask in asks})
        if unknown:
            raise BadInputError(f"{kind.label} does not ask for {unknown[0]!r}.")
        row.label = " ".join(label.split())[:NAME_CHARS] or kind.label
        for ask in asks:
            value = _read(ask, said.get(ask.name, ""))
            if ask.kind == "key":
                row.key = self._vault.seal(str(value)) if value else row.key
            elif ask.name == "url":
                row.url = str(value)
            else:
                row.options = {**row.options, ask.name: value}
            if ask.needed and not value and not (ask.kind == "key" and row.key):
                raise BadInputError(f"{kind.label} needs this: {ask.label}.", hint=ask.hint)


def kind_of(name: str) -> str:
    """Return the kind that a connection of a name is of: the second of a kind is called `a1111-2`."""
    return NUMBER.sub("", name)


def _read(ask: Ask, text: str) -> Any:
    """Return what a person put into a field, or raise BadInputError with what to put there."""
    value = text.strip()
    if len(value) > SAID_CHARS:
        raise BadInputError(f"{ask.label}: that is too long.", hint=f"The limit is {SAID_CHARS:,} characters.")
    if ask.kind == "url" and value:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise BadInputError(
                f"{ask.label}: {value[:80]!r} is no address.", hint="It begins with http:// or https://."
            )
        if LOGIN.match(value):
            raise BadInputError(
                f"{ask.label}: the address carries a login.", hint="Put that into the field of the key."
            )
    if ask.kind == "tick" and value not in ("", "yes"):
        raise BadInputError(f"{ask.label}: say yes, or nothing.")
    if ask.kind == "json" and value:
        try:
            return json.loads(value)
        except ValueError as error:
            raise BadInputError(f"{ask.label}: this is no JSON: {error}.") from None
    return value


def _needs_nothing(kind: Backend) -> bool:
    """Tell whether a backend may be there without being set up; a key can be missing, and is asked for then."""
    return not any(ask.needed and ask.kind != "key" for ask in kind.asks)


def _row(session: Session, name: str) -> db.Connection:
    row = session.get(db.Connection, name)
    if row is None:
        known = session.exec(select(db.Connection.id)).all()
        raise UnknownNameError("backend that was set up", name, known)
    return row


def _document(row: db.Connection) -> Connection:
    return Connection(
        id=row.id, kind=row.kind, label=row.label, url=row.url, has_key=bool(row.key), options=dict(row.options)
    )
