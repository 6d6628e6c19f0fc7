"""Finds shots and takes by one line of words, terms, numbers and names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlmodel import Session, col, func, select

from app import db
from app.db import Database
from app.errors import BadInputError
from app.library import takes
from app.library.query import Names, Query, read
from app.library.search_index import Index
from app.library.search_matched import Matched, matched, texts_of
from app.library.search_rank import ranked
from app.schema.documents import Take
from app.vocab import vocabulary

RANKED = 300
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
    version: int
    document: dict[str, Any]
    """The shot as it is kept now."""

    take: Take | None
    """The take itself, or the one that stands for the shot: the newest circled, else the newest that is done."""

    matched: Matched


@dataclass(frozen=True)
class Page:
    """What a query found, a page of it. `after` is where the next one begins; empty at the end."""

    query: Query
    hits: tuple[Hit, ...]
    after: str
    ranked: int = 0
    """Among how many of the newest the best stand first; 0 where all stand by date."""


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
            hits = tuple(_hits(session, query, rows))
        return Page(query, hits, following.written() if following else "", RANKED if query.words() else 0)

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
    found: dict[str, dict[str, tuple[str, ...]]] = {"target": {name: (name,) for name in vocabulary().targets}}
    asked = text.casefold()
    if "in:" in asked:
        found["in"] = _called(session.exec(select(db.Project.id, db.Project.name)).all())
    if "collection:" in asked:
        found["collection"] = _called(session.exec(select(db.Collection.id, db.Collection.name)).all())
    return found


def _called(rows: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Return ids by what each is called: itself, or a name that several may have."""
    found: dict[str, tuple[str, ...]] = {}
    for one, name in rows:
        for called in dict.fromkeys((one.casefold(), name.casefold())):
            found[called] = (*found.get(called, ()), one)
    return found


def things(database: Database, wanted: Sequence[tuple[str, str]]) -> list[Hit]:
    """Return shots and takes as they would be found, in this order; those that are gone are left out."""
    with database.read() as session:
        rows = [db.Entry(kind=kind, thing=thing, shot_id="", at=0, tokens="") for kind, thing in wanted]
        return _hits(session, Query("", ()), rows)


def _hits(session: Session, query: Query, rows: Sequence[db.Entry]) -> list[Hit]:
    """Return what stands behind entries, in their order."""
    taken = [row.thing for row in rows if row.kind == "take"]
    shot_ids = [row.thing for row in rows if row.kind == "shot"]
    of = {take.id: take for take in _takes(session, taken)}
    asked = select(db.Shot, db.Project.name).join(db.Project, col(db.Project.id) == col(db.Shot.project_id))
    wanted = {*shot_ids, *(take.shot_id for take in of.values())}
    shots = {shot.id: (shot, film) for shot, film in session.exec(asked.where(col(db.Shot.id).in_(wanted))).all()}
    shown = _shown(session, shot_ids)
    found = []
    for row in rows:
        take = of.get(row.thing) if row.kind == "take" else shown.get(row.thing)
        held = shots.get(take.shot_id if row.kind == "take" and take else row.thing)
        if held:
            found.append(_hit(query, row, held, take))
    return found


def _hit(query: Query, row: db.Entry, held: tuple[db.Shot, str], take: Take | None) -> Hit:
    shot, film = held
    of_take = take if row.kind == "take" else None
    texts = (of_take.note, of_take.prompt) if of_take else (shot.note, *texts_of(shot.document))
    return Hit(
        kind=row.kind,
        id=row.thing,
        shot_id=shot.id,
        project_id=shot.project_id,
        project=film,
        slate=shot.slate,
        name=f"{shot.name}, take {of_take.number}" if of_take else shot.name,
        note=of_take.note if of_take else shot.note,
        version=shot.version,
        document=shot.document,
        take=take,
        matched=matched(query, row.tokens, texts),
    )


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


def plain(found: Page) -> dict[str, Any]:
    """Return a page as JSON: the same for the command line and by HTTP."""
    hits = [
        {
            "kind": one.kind,
            "id": one.id,
            "shot": one.shot_id,
            "film": {"id": one.project_id, "name": one.project},
            "slate": one.slate,
            "name": one.name,
            "note": one.note,
            "take": one.take.id if one.take else None,
            "picture": one.take.picture if one.take else None,
            "matched": {"facts": list(one.matched.facts), "line": "".join(run.text for run in one.matched.line)},
        }
        for one in found.hits
    ]
    return {
        "query": found.query.text,
        "ranked_among": found.ranked or None,
        "hits": hits,
        "after": found.after,
    }
