"""Searches that are kept by a name, for everybody who uses the library."""

import time
from dataclasses import dataclass

from sqlmodel import col, func, select

from app import db
from app.db import Database
from app.errors import BadInputError, ConflictError, UnknownNameError
from app.library.query import read
from app.library.search import names
from app.library.search_tokens import words
from app.vocab import vocabulary

NAME_CHARS, MOST_KEPT = 80, 200


@dataclass(frozen=True)
class Kept:
    """A search and its name."""

    name: str
    query: str
    author: str = ""


class Searches:
    """The searches of all films that are kept."""

    def __init__(self, database: Database, author: str) -> None:
        self.database = database
        self.author = author

    def all(self) -> list[Kept]:
        """Return every search that is kept, by name."""
        with self.database.read() as session:
            found = session.exec(select(db.Search).order_by(func.lower(db.Search.name), col(db.Search.name))).all()
            return [Kept(one.name, one.query, one.author) for one in found]

    def get(self, name: str) -> Kept:
        """Return a search by its name, in whatever letters, or raise."""
        found = self.all()
        wanted = _title(name)
        for one in found:
            if one.name.casefold() == wanted.casefold():
                return one
        raise UnknownNameError("search", wanted, [one.name for one in found])

    def keep(self, name: str, query: str) -> Kept:
        """Keep a search by a name; what is kept by that name already is not written over.

        Raises BadInputError for no name, nothing asked, a query that cannot be read, or too many; ConflictError for a
        name that another search has.
        """
        title, asked = _title(name), " ".join(query.split())
        if not asked:
            raise BadInputError("This search asks for nothing.", hint="Type what it is to find, then keep it.")
        with self.database.write() as session:
            read(asked, vocabulary(), names(session, asked))
            found = session.exec(select(db.Search)).all()
            held = next((one for one in found if one.name.casefold() == title.casefold()), None)
            if held is not None and held.query != asked:
                hint = f"It asks for {held.query}. Choose another name, or open that search and forget it."
                raise ConflictError(f"A search is kept as {held.name} already.", hint=hint)
            if held is None and len(found) >= MOST_KEPT:
                raise BadInputError(f"Up to {MOST_KEPT} searches are kept.", hint="Forget one first.")
            if held is None:
                session.add(db.Search(name=title, query=asked, made=time.time(), author=self.author))
        return self.get(title)

    def drop(self, name: str) -> None:
        """Forget a search."""
        kept = self.get(name)
        with self.database.write() as session:
            if row := session.get(db.Search, kept.name):
                session.delete(row)


def _title(name: str) -> str:
    title = " ".join(name.split())
    if not words(title) or len(title) > NAME_CHARS:
        raise BadInputError("A search needs a name.", hint=f"Give it one of up to {NAME_CHARS} characters.")
    return title
