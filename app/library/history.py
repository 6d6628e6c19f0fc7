"""The line of a shot: revisions that never change, each with the one it came from, and since when a field is so."""

import hashlib
import json
import time
from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, col, func, select

from app import db
from app.db import Database
from app.db.tables import new_id
from app.errors import BadInputError, UnknownNameError
from app.library.layers import layers
from app.library.takes import revision
from app.patch import Json, merge
from app.resolve.layers import Layer
from app.resolve.layers import own as own_of
from app.schema import read_data
from app.schema.documents import Revision
from app.schema.paths import leaves
from app.schema.shot import Shot

NAME_CHARS = 120


class History:
    """The revisions of all shots. None of them is ever changed; its name is a label beside it."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def of(self, shot: str) -> list[Revision]:
        """Return a shot's revisions, the oldest first."""
        with self.database.read() as session:
            query = select(db.Revision).where(db.Revision.shot_id == shot).order_by(col(db.Revision.number))
            return [revision(row) for row in session.exec(query).all()]

    def get(self, shot: str, number: int) -> Revision:
        """Return a revision by its number, or raise."""
        with self.database.read() as session:
            return revision(_row(session, shot, number))

    def name(self, shot: str, number: int, words: str) -> Revision:
        """Give a revision a name, or take it away with no words."""
        title = " ".join(words.split())
        if len(title) > NAME_CHARS:
            raise BadInputError("This name is too long.", hint=f"Give one of up to {NAME_CHARS} characters.")
        with self.database.write() as session:
            row = _row(session, shot, number)
            row.name = title
            session.add(row)
        return revision(row)


def freeze(
    session: Session,
    shot: db.Shot,
    author: str,
    patch: Json | None = None,
    label: str = "",
    after: int | None = None,
) -> db.Revision:
    """Return the revision that a draft is, on which it stands from now; a new one where the shot never stood so.

    A `patch` is a layer of its own over the draft, which stays as it is. What comes of it branches off the draft's
    revision, or off the one that is named by `after`. Raises ShotError when no shot comes of it.
    """
    above = [one for one in layers(session, shot) if one.patch]
    drafted = [{"name": one.name, "patch": one.patch} for one in (*above, Layer("shot", own_of(above, shot.document)))]
    own = _frozen(session, shot, author, shot.document, drafted, shot.base)
    shot.base = own.number
    session.add(shot)
    if not patch:
        return own
    document = plain(read_data(merge(shot.document, patch), f"{shot.name}, {label}"))
    return _frozen(session, shot, author, document, [*drafted, {"name": label, "patch": patch}], after or own.number)


def _frozen(
    session: Session, shot: db.Shot, author: str, document: Json, layers: list[Json], parent: int | None
) -> db.Revision:
    found = standing(session, shot.id, document)
    if found is None:
        found = db.Revision(
            id=new_id(),
            shot_id=shot.id,
            number=_last(session, shot.id) + 1,
            made=time.time(),
            author=author,
            layers=layers,
            document=document,
            parent=parent,
            digest=digest(document),
        )
        session.add(found)
        session.flush()
    return found


def standing(session: Session, shot: str, document: Json) -> db.Revision | None:
    """Return the revision at which a shot stood exactly so; None where it never did."""
    query = select(db.Revision).where(db.Revision.shot_id == shot, db.Revision.digest == digest(document))
    return session.exec(query.order_by(col(db.Revision.number).desc()).limit(1)).first()


def digest(document: Json) -> str:
    """Return what is the same for documents that say the same, and for no others."""
    return hashlib.sha256(json.dumps(document, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def plain(shot: Shot) -> Json:
    """Return a shot as it is kept."""
    return shot.model_dump(mode="json", exclude_defaults=True)


def since(shots: Sequence[Shot]) -> dict[str, int]:
    """Return since which of these shots, one after the other, each field that the last one says is as it is now."""
    found: dict[str, int] = {}
    before: dict[str, Any] = {}
    for at, shot in enumerate(shots):
        said = leaves(shot)
        found = {path: found[path] if path in before and before[path] == value else at for path, value in said.items()}
        before = said
    return found


def _row(session: Session, shot: str, number: int) -> db.Revision:
    query = select(db.Revision).where(db.Revision.shot_id == shot, db.Revision.number == number)
    row = session.exec(query).first()
    if row is None:
        known = session.exec(select(db.Revision.number).where(db.Revision.shot_id == shot)).all()
        raise UnknownNameError("revision of this shot", str(number), map(str, known))
    return row


def _last(session: Session, shot: str) -> int:
    return session.exec(select(func.max(db.Revision.number)).where(db.Revision.shot_id == shot)).one() or 0
