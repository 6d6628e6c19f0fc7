"""What a film and its scenes say for all of their shots, and the shots that follow when that changes."""

import time
from collections.abc import Collection, Sequence
from typing import Literal, NamedTuple

from sqlmodel import Session, col, select

from app import db
from app.db import Database
from app.errors import BadInputError, UnknownNameError
from app.library import history
from app.library.layers import FILM, layers, scene
from app.patch import Json, diff, merge
from app.resolve.layers import PARTS, Layer, common, dropped, flat, followed, inherits, lifted, said
from app.schema import read_data
from app.schema.documents import Scene
from app.schema.slates import check_scene, in_order

NAME_CHARS = 120
NOTE_CHARS = 2000

Level = Literal["film", "scene"]


class Follower(NamedTuple):
    """Another shot of a film or scene: what it says now, and what it would say if it followed.

    `inherits` tells that it has something of what changes from the layers above already.
    """

    id: str
    slate: str
    name: str
    before: Json
    after: Json
    inherits: bool


class Giving(NamedTuple):
    """What a film or a scene said, what it would say, and the other shots for which that makes a difference."""

    name: str
    before: Json
    after: Json
    followers: tuple[Follower, ...]


class Scenes:
    """The layers above the shots of all films. Nothing of a shot changes unless it is told to follow."""

    def __init__(self, database: Database, author: str) -> None:
        self.database = database
        self.author = author

    def of(self, project: str) -> list[Scene]:
        """Return the scenes of a film in the order of a script: those that are kept, and those that shots stand in."""
        with self.database.read() as session:
            kept = session.exec(select(db.Scene).where(db.Scene.project_id == project)).all()
            query = select(db.Shot.scene).where(db.Shot.project_id == project, db.Shot.scene != "").distinct()
            numbers = {row.number for row in kept} | set(session.exec(query).all())
        rows = {row.number: row for row in kept}
        return [scene(project, number, rows.get(number)) for number in sorted(numbers, key=in_order)]

    def above(self, shot: str) -> list[Layer]:
        """Return the layers above a shot: its film, and its scene where it has one. Raises UnknownNameError."""
        with self.database.read() as session:
            row = session.get(db.Shot, shot)
            if row is None:
                raise UnknownNameError("shot", shot, ())
            return layers(session, row)

    def above_all(self, project: str) -> dict[str, list[Layer]]:
        """Return the layers above the shots of a film, by the number of the scene; a shot without one stands at ""."""
        with self.database.read() as session:
            film = Layer(FILM, session.get_one(db.Project, project).patch)
        return {"": [film]} | {one.number: [film, Layer(one.title, one.patch)] for one in self.of(project)}

    def say(self, project: str, number: str, name: str, note: str = "") -> None:
        """Name a scene, and note what one has to know of it. Raises BadInputError for what cannot be kept."""
        title = " ".join(name.split())
        if len(title) > NAME_CHARS or len(note) > NOTE_CHARS:
            told = f"A name has up to {NAME_CHARS} characters, a note {NOTE_CHARS}."
            raise BadInputError("That is too long for a scene.", hint=told)
        with self.database.write() as session:
            row = _row(session, project, number)
            row.name, row.note = title, note.strip()
            self._touch(session, row)

    def put_shot(self, shot: str, number: str) -> None:
        """Put a shot into a scene, or with no number into none. What it says stays as it is, and becomes its own."""
        kept = check_scene(number)
        with self.database.write() as session:
            row = session.get(db.Shot, shot, with_for_update=True)
            if row is None:
                raise UnknownNameError("shot", shot, ())
            row.scene = kept
            session.add(row)

    def giving(self, shot: str, level: Level, parts: Sequence[str]) -> Giving:
        """Return what would change if a shot gave parts of it to its scene or film, and which shots could follow."""
        with self.database.read() as session:
            return _giving(session, shot, level, parts)

    def give(self, shot: str, level: Level, parts: Sequence[str], follow: Collection[str] | None = None) -> Giving:
        """Let a scene or a film say parts of a shot; the shots of `follow` do, else all that inherit already.

        Each of them is frozen first as it stands, so that its history brings that back. Raises UnknownNameError for
        a part or a shot that there is not, BadInputError where the shot stands in no scene or says nothing of it, and
        ShotError where a shot could not follow.
        """
        with self.database.write() as session:
            found = _giving(session, shot, level, parts)
            shots = {one.id: one for one in found.followers}
            if unknown := [name for name in follow or () if name not in shots]:
                raise UnknownNameError("shot that could follow", unknown[0], shots)
            chosen = [one for one in found.followers if (one.inherits if follow is None else one.id in follow)]
            self._keep(session, session.get_one(db.Shot, shot), level, found.after)
            for one in chosen:
                self._follow(session, one)
        return found._replace(followers=tuple(chosen))

    def drop(self, project: str, number: str, parts: Sequence[str]) -> None:
        """Let a scene, or with no number the film, say nothing more of some parts; its shots keep what they have."""
        _check(parts)
        with self.database.write() as session:
            film = _film(session, project)
            if not number:
                film.patch = dropped([], Layer(FILM, film.patch), parts)
                session.add(film)
                return
            row = _row(session, project, number)
            row.patch = dropped([Layer(FILM, film.patch)], Layer(number, row.patch), parts)
            self._touch(session, row)

    def gather(self, project: str, number: str) -> None:
        """Let a scene, or with no number the film, say what all of its shots agree on; none of them changes."""
        with self.database.write() as session:
            film = _film(session, project)
            query = select(db.Shot.document).where(db.Shot.project_id == project)
            query = query.where(db.Shot.scene == number) if number else query
            agreed = common(list(map(dict, session.exec(query).all())))
            if not number:
                film.patch = merge(film.patch, agreed)
                session.add(film)
                return
            row = _row(session, project, number)
            row.patch = diff(film.patch, merge(merge(film.patch, row.patch), agreed))
            self._touch(session, row)

    def _keep(self, session: Session, shot: db.Shot, level: Level, patch: Json) -> None:
        film = _film(session, shot.project_id)
        if level == "film":
            kept = session.exec(select(db.Scene).where(db.Scene.project_id == film.id)).all()
            for row in kept:
                row.patch = diff(patch, merge(patch, row.patch))
                session.add(row)
            film.patch = patch
            session.add(film)
        else:
            row = _row(session, film.id, shot.scene)
            row.patch = patch
            self._touch(session, row)

    def _follow(self, session: Session, one: Follower) -> None:
        row = session.get_one(db.Shot, one.id, with_for_update=True)
        history.freeze(session, row, self.author)
        row.document = history.plain(read_data(one.after, f"The shot {one.slate} {one.name}"))
        row.version += 1
        row.author, row.changed = self.author, time.time()
        stood = history.standing(session, row.id, row.document)
        row.base = stood.number if stood else row.base
        session.add(row)

    def _touch(self, session: Session, row: db.Scene) -> None:
        row.author, row.changed = self.author, time.time()
        session.add(row)


def _giving(session: Session, shot: str, level: Level, parts: Sequence[str]) -> Giving:
    _check(parts)
    row = session.get(db.Shot, shot)
    if row is None:
        raise UnknownNameError("shot", shot, ())
    if silent := [PARTS[one].label for one in parts if not said(row.document, one)]:
        raise BadInputError(f"This shot says nothing of this: {silent[0]}.", hint="Say it on the shot first.")
    if level == "scene" and not row.scene:
        raise BadInputError("This shot stands in no scene.", hint="Put it into one first: 12, say.")
    above = layers(session, row)
    place = 0 if level == "film" else 1
    after = lifted(above[:place], above[place], row.document, parts)
    query = select(db.Shot).where(db.Shot.project_id == row.project_id, db.Shot.id != shot)
    if level == "scene":
        query = query.where(db.Shot.scene == row.scene)
    others = session.exec(query.order_by(col(db.Shot.place), col(db.Shot.id))).all()
    now = [_follower(other, layers(session, other), place, after, parts) for other in others]
    return Giving(above[place].name, above[place].patch, after, tuple(one for one in now if one.before != one.after))


def _follower(row: db.Shot, above: list[Layer], place: int, patch: Json, parts: Sequence[str]) -> Follower:
    """Work out what a shot would say if one of the layers above it said something else."""
    new = [*above]
    new[place] = Layer(above[place].name, patch)
    before, after = flat(above), flat(new)
    document = row.document
    for part in parts:
        document = followed(document, part, before, after)
    does = any(inherits(row.document, part, before) for part in parts)
    return Follower(row.id, row.slate, row.name, row.document, document, does)


def _check(parts: Sequence[str]) -> None:
    if not parts:
        raise BadInputError("Nothing is chosen.", hint=f"Choose of {', '.join(PARTS)}.")
    for one in parts:
        if one not in PARTS:
            raise UnknownNameError("part of a shot", one, PARTS)


def _film(session: Session, project: str) -> db.Project:
    row = session.get(db.Project, project, with_for_update=True)
    if row is None:
        raise UnknownNameError("project", project, session.exec(select(db.Project.id)).all())
    return row


def _row(session: Session, project: str, number: str) -> db.Scene:
    """Return the row of a scene; of one that shots stand in, but that nobody said anything of yet, a new one."""
    row = session.get(db.Scene, (project, number), with_for_update=True)
    if row is not None:
        return row
    stand = session.exec(select(db.Shot.scene).where(db.Shot.project_id == project).distinct()).all()
    if not number or number not in stand:
        raise UnknownNameError("scene of this film", number, filter(None, stand))
    return db.Scene(project_id=project, number=number, changed=time.time())
