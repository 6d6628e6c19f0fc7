"""Tags and stars of shots and takes, and collections: named sets of them in an order, over all films."""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from app import db
from app.db import Database
from app.db.tables import new_id
from app.errors import BadInputError, UnknownNameError
from app.library.reviews import MOST_STARS
from app.library.search_tokens import words

TAG_CHARS, NAME_CHARS, MOST_TAGS, MOST_MEMBERS = 40, 80, 24, 2000

Thing = tuple[str, str]
"""A kind, "shot" or "take", and an id."""

ROWS: dict[str, type[db.Shot] | type[db.Take]] = {"shot": db.Shot, "take": db.Take}


@dataclass(frozen=True)
class Collection:
    """A named set of shots and takes, in its order."""

    id: str
    name: str
    author: str
    things: tuple[Thing, ...] = ()
    count: int = 0


@dataclass(frozen=True)
class Sorted:
    """What a shot is sorted by."""

    stars: int = 0
    tags: tuple[str, ...] = ()


class Tags:
    """What people sort shots and takes by."""

    def __init__(self, database: Database, author: str) -> None:
        self.database = database
        self.author = author

    def of(self, kind: str, thing: str) -> list[str]:
        """Return the tags of a shot or a take, by name."""
        with self.database.read() as session:
            return _tags(session, kind, thing)

    def on_board(self, project: str) -> dict[str, Sorted]:
        """Return the stars and tags of a film's shots, by shot; those that have neither are left out."""
        tags: dict[str, list[str]] = {}
        with self.database.read() as session:
            tagged = select(db.Tag.thing, db.Tag.name).join(db.Shot, col(db.Shot.id) == db.Tag.thing)
            here = (db.Tag.kind == "shot", db.Shot.project_id == project)
            for shot, name in session.exec(tagged.where(*here).order_by(col(db.Tag.name))):
                tags.setdefault(shot, []).append(name)
            starred = select(db.Star.shot_id, db.Star.stars).join(db.Shot, col(db.Shot.id) == db.Star.shot_id)
            stars = dict(session.exec(starred.where(db.Shot.project_id == project)).all())
        return {shot: Sorted(stars.get(shot, 0), tuple(tags.get(shot, ()))) for shot in (*tags, *stars)}

    def all(self) -> dict[str, int]:
        """Return every tag with how many shots and takes have it, the most used first."""
        with self.database.read() as session:
            found = session.exec(select(db.Tag.name, func.count()).group_by(db.Tag.name)).all()
        return dict(Counter(dict(sorted(found))).most_common())

    def set(self, kind: str, thing: str, names: Sequence[str]) -> list[str]:
        """Give a shot or a take exactly these tags. Raises BadInputError for one that cannot be a tag."""
        wanted = sorted({tag(one) for one in names})
        if len(wanted) > MOST_TAGS:
            raise BadInputError(f"There are up to {MOST_TAGS} tags on one {kind}.", hint="Take one away first.")
        with self.database.write() as session:
            _known(session, kind, thing)
            before = _tags(session, kind, thing)
            for one in set(before) - set(wanted):
                session.delete(session.get_one(db.Tag, (kind, thing, one)))
            session.add_all(db.Tag(kind=kind, thing=thing, name=one) for one in wanted if one not in before)
        return wanted

    def stars(self, shot: str) -> int:
        """Return how many stars a shot itself has; 0 for none."""
        with self.database.read() as session:
            found = session.get(db.Star, shot)
        return found.stars if found else 0

    def rate(self, shot: str, stars: int) -> None:
        """Give a shot 1 to 5 stars, or 0 for none. Raises BadInputError for any other number."""
        if not 0 <= stars <= MOST_STARS:
            raise BadInputError(f"A shot has 0 to {MOST_STARS} stars, not {stars}.", hint="Give it one of those.")
        with self.database.write() as session:
            _known(session, "shot", shot)
            row = session.get(db.Star, shot)
            if stars:
                row = row or db.Star(shot_id=shot, stars=0)
                row.stars, row.author = stars, self.author
                session.add(row)
            elif row:
                session.delete(row)


class Collections:
    """The collections of all films."""

    def __init__(self, database: Database, author: str) -> None:
        self.database = database
        self.author = author

    def all(self) -> list[Collection]:
        """Return every collection with how much it holds, by name."""
        with self.database.read() as session:
            count = func.count(col(db.Member.thing))
            query = select(db.Collection, count).join(db.Member, isouter=True).group_by(col(db.Collection.id))
            found = session.exec(query.order_by(col(db.Collection.name), col(db.Collection.id))).all()
            return [Collection(row.id, row.name, row.author, count=held) for row, held in found]

    def get(self, name: str) -> Collection:
        """Return a collection with what it holds, or raise."""
        with self.database.read() as session:
            row = _collection(session, name)
            things = tuple((one.kind, one.thing) for one in _members(session, name))
        return Collection(row.id, row.name, row.author, things, len(things))

    def holding(self, kind: str, thing: str) -> set[str]:
        """Return the ids of the collections that a shot or a take is in."""
        with self.database.read() as session:
            query = select(db.Member.collection_id).where(db.Member.kind == kind, db.Member.thing == thing)
            return set(session.exec(query).all())

    def add(self, name: str) -> Collection:
        """Make an empty collection; where one has this name already, return that."""
        title = _title(name)
        with self.database.write() as session:
            row = session.exec(select(db.Collection).where(db.Collection.name == title)).first()
            if row is None:
                row = db.Collection(id=new_id(), name=title, made=time.time(), author=self.author)
                session.add(row)
        return self.get(row.id)

    def rename(self, name: str, title: str) -> None:
        """Give a collection another name."""
        wanted = _title(title)
        with self.database.write() as session:
            _collection(session, name).name = wanted

    def drop(self, name: str) -> None:
        """Take a collection away; what it holds stays where it is."""
        with self.database.write() as session:
            row = _collection(session, name)
            for one in _members(session, name):
                session.delete(one)
            session.flush()
            session.delete(row)

    def put(self, name: str, kind: str, thing: str) -> None:
        """Put a shot or a take at the end of a collection; one that is there stays where it is."""
        with self.database.write() as session:
            _collection(session, name)
            _known(session, kind, thing)
            members = _members(session, name)
            if any((one.kind, one.thing) == (kind, thing) for one in members):
                return
            if len(members) >= MOST_MEMBERS:
                raise BadInputError(f"A collection holds up to {MOST_MEMBERS:,}.", hint="Begin another one.")
            place = members[-1].place + 1 if members else 0
            session.add(db.Member(collection_id=name, kind=kind, thing=thing, place=place))

    def take_out(self, name: str, kind: str, thing: str) -> None:
        """Take a shot or a take out of a collection."""
        with self.database.write() as session:
            _collection(session, name)
            if row := session.get(db.Member, (name, kind, thing)):
                session.delete(row)

    def move(self, name: str, kind: str, thing: str, step: int) -> None:
        """Move one of a collection earlier or later by so many places."""
        with self.database.write() as session:
            _collection(session, name)
            members = _members(session, name)
            at = next((at for at, one in enumerate(members) if (one.kind, one.thing) == (kind, thing)), None)
            if at is None:
                raise UnknownNameError(f"{kind} of this collection", thing, ())
            members.insert(max(0, min(len(members) - 1, at + step)), members.pop(at))
            for place, one in enumerate(members):
                one.place = place


def tag(name: str) -> str:
    """Return a tag as it is kept: small letters, words joined by hyphens. Raises BadInputError for none or too much."""
    found = "-".join(words(name))
    if not found or len(found) > TAG_CHARS:
        raise BadInputError(f"{name[:TAG_CHARS]!r} is no tag.", hint=f"Write a word or two, up to {TAG_CHARS} letters.")
    return found


def _title(name: str) -> str:
    title = " ".join(name.split())
    if not words(title) or len(title) > NAME_CHARS:
        raise BadInputError("A collection needs a name.", hint=f"Give it one of up to {NAME_CHARS} characters.")
    return title


def _known(session: Session, kind: str, thing: str) -> None:
    """Raise for what there is not; until the commit nobody else sorts what there is."""
    if kind not in ROWS:
        raise UnknownNameError("kind of thing", kind, ROWS)
    if session.get(ROWS[kind], thing, with_for_update=True) is None:
        raise UnknownNameError(kind, thing, ())


def _tags(session: Session, kind: str, thing: str) -> list[str]:
    query = select(db.Tag.name).where(db.Tag.kind == kind, db.Tag.thing == thing)
    return sorted(session.exec(query).all())


def _collection(session: Session, name: str) -> db.Collection:
    row = session.get(db.Collection, name, with_for_update=True)
    if row is None:
        raise UnknownNameError("collection", name, ())
    return row


def _members(session: Session, name: str) -> list[db.Member]:
    query = select(db.Member).where(db.Member.collection_id == name)
    return list(session.exec(query.order_by(col(db.Member.place), col(db.Member.kind), col(db.Member.thing))).all())
