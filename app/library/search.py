"""Finds shots and takes by one line of words, terms, numbers and names."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlmodel import Session, col, func, select

from app import db
from app.db import Database
from app.errors import BadInputError
from app.library import takes
from app.library.query import Names, Query, read
from app.library.search_index import Index
from app.library.search_rank import ranked
from app.schema.documents import Take
from app.vocab import vocabulary

RANKED = 500
"""So many of the newest are ordered by relevance; those before them follow by date."""

PAGE, MOST = 24, 200

NEWEST = 2**31 - 1


class Place(NamedTuple):
    """Where a page begins: among the ranked ones below an entry, or below one of those that follow by date."""

    below: int = NEWEST
    skip: int = 0

    def written(self) -> str:
        """Return the place as an address carries it."""
        return f"{self.below}.{self.skip}"


@dataclass(frozen=True)
class Hit:
    """A shot or a take that was found."""

    kind: str
    id: str
    shot_id: str
    project_id: str
    project: str
    slate: str
    name: str
    note: str
    take: Take | None
    """The take itself, or the one that stands for the shot: the newest circled, else the newest that is done."""


@dataclass(frozen=True)
class Page:
    """What a query found, a page of it. `after` is where the next one begins; empty at the end."""

    query: Query
    hits: tuple[Hit, ...]
    after: str
    ranked: bool = False
    """Whether more were found than are ordered by relevance."""


class Search:
    """The search over all films."""

    def __init__(self, database: Database, index: Index) -> None:
        self.database = database
        self.index = index

    def find(self, text: str, after: str = "", most: int = PAGE, *, typing: bool = False) -> Page:
        """Return a page of what a query finds; an empty one finds every shot. `typing`: its last word may go on.

        Raises QueryError for a query that cannot be read.
        """
        place = _place(after)
        most = max(1, min(most, MOST))
        with self.database.read() as session:
            query = read(text, vocabulary(), names(session, text), typing=typing)
            rows, following = self._rows(session, query, place, most)
            hits = tuple(_hits(session, [(row.kind, row.thing) for row in rows]))
        return Page(query, hits, following.written() if following else "", ranked=bool(query.words()))

    def ids(self, text: str, after: str = "", most: int = PAGE) -> list[tuple[str, str]]:
        """Return the kinds and ids alone of what a query finds."""
        with self.database.read() as session:
            query = read(text, vocabulary(), names(session, text))
            return [(row.kind, row.thing) for row in self._rows(session, query, _place(after), most)[0]]

    def _rows(self, session: Session, query: Query, place: Place, most: int) -> tuple[list[db.Entry], Place | None]:
        """Return a page of entries, and where the next page begins."""
        if not query.words() or place.skip < 0:
            found = self.index.find(session, query, place.below, most + 1)
            return found[:most], Place(found[most - 1].id, -1) if len(found) > most else None
        found = self.index.find(session, query, place.below, RANKED)
        order = ranked(query.words(), [row.tokens for row in found])
        page = [found[at] for at in order[place.skip : place.skip + most]]
        begin = found[0].id + 1 if found else NEWEST
        if place.skip + most < len(found):
            return page, Place(begin, place.skip + most)
        return page, Place(found[-1].id, -1) if len(found) == RANKED else None


def _place(text: str) -> Place:
    if not text:
        return Place()
    below, _, skip = text.partition(".")
    try:
        found = Place(int(below), int(skip))
    except ValueError:
        raise BadInputError("This is no place in a search.", hint="Begin at its first page.") from None
    if not (0 <= found.below <= NEWEST and -1 <= found.skip <= RANKED):
        raise BadInputError("This is no place in a search.", hint="Begin at its first page.")
    return found


def names(session: Session, text: str) -> Names:
    """Return the names of what is kept, by the keys that a query may ask for them by."""
    found: dict[str, dict[str, str]] = {"target": {name: name for name in vocabulary().targets}}
    asked = text.casefold()
    if "in:" in asked:
        films = session.exec(select(db.Project.id, db.Project.name)).all()
        found["in"] = {name.casefold(): film for film, name in films} | {film: film for film, _ in films}
    if "collection:" in asked:
        sets = session.exec(select(db.Collection.id, db.Collection.name)).all()
        found["collection"] = {name.casefold(): one for one, name in sets} | {one: one for one, _ in sets}
    return found


def _hits(session: Session, things: Sequence[tuple[str, str]]) -> list[Hit]:
    """Return what stands behind entries, in their order."""
    taken = [thing for kind, thing in things if kind == "take"]
    of = {take.id: take for take in _takes(session, taken)}
    names = {thing for kind, thing in things if kind == "shot"} | {take.shot_id for take in of.values()}
    query = select(db.Shot, db.Project.name).join(db.Project, col(db.Project.id) == col(db.Shot.project_id))
    shots = {row.id: (row, film) for row, film in session.exec(query.where(col(db.Shot.id).in_(names))).all()}
    shown = _shown(session, [thing for kind, thing in things if kind == "shot"])
    found = []
    for kind, thing in things:
        take = of.get(thing) if kind == "take" else shown.get(thing)
        row = shots.get(take.shot_id if kind == "take" and take else thing)
        if row:
            found.append(_hit(kind, thing, row, take))
    return found


def _hit(kind: str, thing: str, row: tuple[db.Shot, str], take: Take | None) -> Hit:
    shot, film = row
    name = f"{shot.name}, take {take.number}" if kind == "take" and take else shot.name
    note = take.note if kind == "take" and take else shot.note
    return Hit(kind, thing, shot.id, shot.project_id, film, shot.slate, name, note, take)


def _takes(session: Session, names: Sequence[str]) -> list[Take]:
    if not names:
        return []
    return [takes.take_of(*row) for row in session.exec(takes.rows().where(col(db.Take.id).in_(names))).all()]


def _shown(session: Session, shots: Sequence[str]) -> dict[str, Take]:
    """Return the take that stands for each of some shots."""
    if not shots:
        return {}
    done = takes.rows().where(col(db.Take.shot_id).in_(shots), db.Job.state == "done")
    first = func.coalesce(col(db.Review.circled), False)
    found = session.exec(done.order_by(first, col(db.Take.id))).all()
    return {row[0].shot_id: takes.take_of(*row) for row in found}
