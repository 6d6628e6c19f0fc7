"""The index over shots and takes: follows every save in its own transaction, and answers which entries a query finds.

On SQLite it is an FTS5 table, on PostgreSQL a tsvector under a GIN index; both hold the same tokens.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from sqlalchemy import delete, inspect, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from app import db
from app.db import Database
from app.errors import BadInputError
from app.library.query import Fact, Number, Part, Query, Wanted, Words
from app.library.search_entries import entry
from app.library.search_tokens import code, within

MOST_ENDINGS = 60
"""As many words are looked for where only a beginning is given."""

AT_ONCE = 500

Thing = tuple[str, str]
"""A kind, "shot" or "take", and an id."""


class Engine(Protocol):
    """What differs between the databases."""

    find: str
    """The query for entries below `:before`, the newest first, that `:wanted` describes."""

    def phrase(self, words: Iterable[str]) -> str:
        """Return words that stand side by side."""

    def all_of(self, parts: list[str]) -> str:
        """Return what has all parts."""

    def any_of(self, parts: list[str]) -> str:
        """Return what has one of the parts."""

    def but(self, wanted: str, refused: str) -> str:
        """Return what has the one and not the other."""

    def add(self, session: Session, rows: list[dict[str, Any]]) -> None:
        """Put rows of id and tokens into the index."""

    def drop(self, session: Session, rows: list[dict[str, Any]]) -> None:
        """Take rows out of the index; each with the tokens that it was put in with."""

    def clear(self, session: Session) -> None:
        """Empty the index."""


class Fts5:
    """SQLite's."""

    find = (
        "SELECT e.id, e.kind, e.thing, e.shot_id, e.tokens FROM entry_index i JOIN entry e ON e.id = i.rowid"
        " WHERE i.tokens MATCH :wanted AND i.rowid < :before ORDER BY i.rowid DESC LIMIT :most"
    )

    def phrase(self, words: Iterable[str]) -> str:
        """Return words that stand side by side."""
        return f'"{" ".join(words)}"'

    def all_of(self, parts: list[str]) -> str:
        """Return what has all parts."""
        return f"({' AND '.join(parts)})"

    def any_of(self, parts: list[str]) -> str:
        """Return what has one of the parts."""
        return f"({' OR '.join(parts)})"

    def but(self, wanted: str, refused: str) -> str:
        """Return what has the one and not the other."""
        return f"({wanted} NOT {refused})"

    def add(self, session: Session, rows: list[dict[str, Any]]) -> None:
        """Put rows of id and tokens into the index."""
        session.execute(text("INSERT INTO entry_index (rowid, tokens) VALUES (:id, :tokens)"), rows)

    def drop(self, session: Session, rows: list[dict[str, Any]]) -> None:
        """Take rows out of the index, by the tokens that they were put in with."""
        drop = "INSERT INTO entry_index (entry_index, rowid, tokens) VALUES ('delete', :id, :tokens)"
        session.execute(text(drop), rows)

    def clear(self, session: Session) -> None:
        """Empty the index."""
        session.execute(text("INSERT INTO entry_index (entry_index) VALUES ('delete-all')"))


class Tsvector:
    """PostgreSQL's. The tokens are written as it writes them itself, so that it takes no word apart."""

    find = (
        "SELECT e.id, e.kind, e.thing, e.shot_id, e.tokens FROM entry_index i JOIN entry e ON e.id = i.id"
        " WHERE i.tokens @@ CAST(:wanted AS tsquery) AND i.id < :before ORDER BY i.id DESC LIMIT :most"
    )

    def phrase(self, words: Iterable[str]) -> str:
        """Return words that stand side by side."""
        return f"({' <-> '.join(map(_quoted, words))})"

    def all_of(self, parts: list[str]) -> str:
        """Return what has all parts."""
        return f"({' & '.join(parts)})"

    def any_of(self, parts: list[str]) -> str:
        """Return what has one of the parts."""
        return f"({' | '.join(parts)})"

    def but(self, wanted: str, refused: str) -> str:
        """Return what has the one and not the other."""
        return f"({wanted} & !{refused})"

    def add(self, session: Session, rows: list[dict[str, Any]]) -> None:
        """Put rows of id and tokens into the index."""
        told = [{"id": row["id"], "tokens": _vector(row["tokens"])} for row in rows]
        session.execute(text("INSERT INTO entry_index (id, tokens) VALUES (:id, CAST(:tokens AS tsvector))"), told)

    def drop(self, session: Session, rows: list[dict[str, Any]]) -> None:
        """Take rows out of the index."""
        session.execute(text("DELETE FROM entry_index WHERE id = :id"), [{"id": row["id"]} for row in rows])

    def clear(self, session: Session) -> None:
        """Empty the index."""
        session.execute(text("DELETE FROM entry_index"))


def _quoted(token: str) -> str:
    return f"'{token}'"


def _vector(tokens: str) -> str:
    places: dict[str, list[str]] = {}
    for at, token in enumerate(tokens.split(" "), start=1):
        places.setdefault(token, []).append(str(at))
    return " ".join(f"'{token}':{','.join(found[:255])}" for token, found in places.items())


class Index:
    """The index of one database. It is told of every row that a session writes, and brings itself up to date."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.engine: Engine = Tsvector() if database.is_server else Fts5()
        database.followers.append(self)

    def noted(self, session: Session, _context: object = None) -> None:
        """Note whose entries the rows concern that are being written."""
        touched = session.info.setdefault("searched", {})
        for row in (*session.new, *session.dirty, *session.deleted):
            for thing in _things(row):
                touched[thing] = None

    def follow(self, session: Session) -> None:
        """Bring the entries that were noted up to date, by what stands in the tables now."""
        if things := session.info.pop("searched", None):
            with Session(session.connection()) as fresh:
                self.update(fresh, things)

    def update(self, session: Session, things: Iterable[Thing]) -> None:
        """Bring the entries of things up to date. An entry keeps its id unless the thing was changed anew."""
        takes = [name for kind, name in things if kind == "take"]
        shots = session.exec(select(db.Take.shot_id).where(col(db.Take.id).in_(takes))).all() if takes else ()
        every = sorted({*things, *(("shot", shot) for shot in shots)})
        wanted = {thing: entry(session, *thing) for thing in every}
        for thing in sorted(every, key=lambda one: found.at if (found := wanted[one]) else 0):
            self._update(session, thing, wanted[thing])

    def _update(self, session: Session, thing: Thing, wanted: db.Entry | None) -> None:
        kind, name = thing
        found = session.exec(select(db.Entry).where(db.Entry.kind == kind, db.Entry.thing == name)).first()
        if found and wanted and (found.at, found.tokens) == (wanted.at, wanted.tokens):
            return
        if found:
            self.engine.drop(session, [{"id": found.id, "tokens": found.tokens}])
            session.delete(found)
            session.flush()
            if wanted and found.at == wanted.at:
                wanted.id = found.id
        if wanted:
            self.add(session, [wanted], frozenset(found.tokens.split(" ")) if found else frozenset())

    def add(self, session: Session, entries: list[db.Entry], known: frozenset[str] = frozenset()) -> None:
        """Add entries that are not there yet, in their order. Tokens that are `known` stood in an entry before."""
        session.add_all(entries)
        session.flush()
        self.engine.add(session, [{"id": one.id, "tokens": one.tokens} for one in entries])
        names = sorted({name for one in entries for name in one.tokens.split(" ")} - known)
        if names:
            insert = postgresql.insert if self.database.is_server else sqlite.insert
            session.execute(insert(db.Token).on_conflict_do_nothing(), [{"name": name} for name in names])

    def rebuild(self) -> int:
        """Write the whole index anew, and return how many entries it has. Searches see the old one until it is done."""
        with self.database.write() as session:
            self.engine.clear(session)
            session.execute(delete(db.Entry))
            session.execute(delete(db.Token))
            things = _everything(session)
            for start in range(0, len(things), AT_ONCE):
                found = [entry(session, kind, thing) for kind, thing in things[start : start + AT_ONCE]]
                self.add(session, [one for one in found if one])
                session.expunge_all()
        return len(things)

    def fill(self) -> None:
        """Write the index where there is none yet: after an update from an older version."""
        with self.database.read() as session:
            if (
                session.exec(select(db.Entry.id).limit(1)).first()
                or not session.exec(select(db.Shot.id).limit(1)).first()
            ):
                return
        self.rebuild()

    def faults(self) -> list[str]:
        """Return what is wrong with the index, in sentences: what `rebuild` mends."""
        with self.database.read() as session:
            kept = set(session.exec(select(db.Entry.kind, db.Entry.thing)).all())
            things = _everything(session)
            both = [thing for thing in things if thing in kept]
            starts = range(0, len(both), AT_ONCE)
            stale = sum(self._stale(session, both[start : start + AT_ONCE]) for start in starts)
        missing, left = len(set(things) - kept), len(kept - set(things))
        told = (
            (missing, "is not in the search index", "are not in the search index"),
            (left, "is in the search index and no longer there", "are in the search index and no longer there"),
            (stale, "is found as it was before", "are found as they were before"),
        )
        return [f"{count} of all shots and takes {one if count == 1 else many}." for count, one, many in told if count]

    @staticmethod
    def _stale(session: Session, things: list[Thing]) -> int:
        """Return how many of these are not as the index has them."""
        query = select(db.Entry).where(col(db.Entry.thing).in_([name for _, name in things]))
        kept = {(one.kind, one.thing): one.tokens for one in session.exec(query).all()}
        wanted = [(thing, entry(session, *thing)) for thing in things]
        session.expunge_all()
        return sum(one is None or kept.get(thing) != one.tokens for thing, one in wanted)

    def find(self, session: Session, query: Query, before: int, most: int) -> list[Any]:
        """Return the rows of entries below an id that a query finds, the newest first."""
        wanted = None if query.is_empty else self._wanted(session, query)
        if wanted is None:
            return []
        return list(session.execute(text(self.engine.find), {"wanted": wanted, "before": before, "most": most}).all())

    def _wanted(self, session: Session, query: Query) -> str | None:
        """Return a query as the database reads it; None for one that nothing can answer."""
        everyone = self.engine.any_of([self.engine.phrase([f"is={kind}"]) for kind in query.kinds])
        wanted, refused = [], []
        for choice in query.choices:
            parts = [(self._part(session, part), part.negated) for part in choice]
            if len(parts) == 1 and parts[0][1]:
                refused += [parts[0][0]] if parts[0][0] else []
                continue
            told = [self._told(one, everyone, negated=negated) for one, negated in parts]
            if not (known := [one for one in told if one]):
                return None
            wanted.append(self.engine.any_of(known))
        if not wanted:
            wanted.append(everyone)
        elif len(query.kinds) == 1:  # asked of each match; to demand a shot would walk along all shots
            refused.append(self.engine.phrase(["is=take"]))
        found = self.engine.all_of(wanted)
        return self.engine.but(found, self.engine.any_of(refused)) if refused else found

    def _told(self, part: str, everyone: str, *, negated: bool) -> str:
        """Return one part of a choice; a negated one is everything but that."""
        if not negated:
            return part
        return self.engine.but(everyone, part) if part else everyone

    def _part(self, session: Session, part: Part) -> str:
        """Return a part; empty where nothing can have it."""
        found = [told for one in part.wanted for told in self._one(session, one)]
        return self.engine.any_of(found) if found else ""

    def _one(self, session: Session, wanted: Wanted) -> Iterator[str]:
        if isinstance(wanted, Fact):
            yield from (self.engine.phrase([token]) for token in wanted.tokens)
        elif isinstance(wanted, Number):
            yield from (self.engine.phrase([token]) for token in self._numbers(session, wanted))
        elif not wanted.begins:
            yield self.engine.phrase(wanted.words)
        else:
            for last in self._endings(session, wanted):
                yield self.engine.phrase([*wanted.words[:-1], last])

    def _numbers(self, session: Session, wanted: Number) -> list[str]:
        """Return the tokens that cover a range of numbers."""
        low = f"{wanted.key}=" if wanted.low is None else code(wanted.key, wanted.low, +wanted.above)
        high = f"{wanted.key}=g" if wanted.high is None else code(wanted.key, wanted.high, -wanted.below)
        query = select(db.Token.name).where(col(db.Token.name) >= low, col(db.Token.name) <= high)
        whole = len(code(wanted.key, 0))
        return within(wanted.key, low, high, [one for one in session.exec(query).all() if len(one) == whole])

    def _endings(self, session: Session, wanted: Words) -> list[str]:
        """Return the words that begin as the last one does."""
        begin = wanted.words[-1]
        query = select(db.Token.name).where(col(db.Token.name) >= begin, col(db.Token.name) < f"{begin}\U0010ffff")
        found = session.exec(query.order_by(col(db.Token.name)).limit(MOST_ENDINGS + 1)).all()
        if len(found) > MOST_ENDINGS and not wanted.typing:
            raise BadInputError(f"More than {MOST_ENDINGS} words begin with {begin!r}.", hint="Write more of the word.")
        return [one for one in found if "=" not in one and "." not in one]


def _everything(session: Session) -> list[Thing]:
    """Return all shots and takes in the order in which they were changed."""
    shots = session.exec(select(db.Shot.changed, db.Shot.id)).all()
    takes = session.exec(select(db.Take.made, db.Take.id)).all()
    every = [(at, "shot", name) for at, name in shots] + [(at, "take", name) for at, name in takes]
    return [(kind, name) for _, kind, name in sorted(every)]


def _things(row: object) -> Iterator[Thing]:
    """Yield whose entries a row is a part of."""
    if isinstance(row, db.Shot):
        yield "shot", row.id
    elif isinstance(row, db.Star):
        yield "shot", row.shot_id
    elif isinstance(row, (db.Tag, db.Member)):
        yield row.kind, row.thing
    elif isinstance(row, db.Take):
        yield from (("take", row.id), ("shot", row.shot_id))
    elif isinstance(row, db.Review) or (isinstance(row, db.Job) and _shows(row)):
        yield "take", row.take_id


def _shows(job: db.Job) -> bool:
    """Tell whether a job has changed in what is searched: not with each step of its progress."""
    state: Any = inspect(job)
    return any(state.attrs[name].history.has_changes() for name in ("state", "picture", "rewritten"))
