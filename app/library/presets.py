"""What is kept to be used again: looks, people, places, props, light set-ups, lens packages, prompts, whole shots."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session, col, or_, select

from app import db
from app.db import Database
from app.db.tables import new_id
from app.errors import BadInputError, ConflictError, UnknownNameError
from app.resolve.presets import KINDS, taken
from app.schema import Shot
from app.schema.documents import Preset

NAME_CHARS = 120
NOTE_CHARS = 2000
TEXT_CHARS = 20_000
"""No prompt is longer."""

SAID = frozenset({"name", "note", "released", "rights"})
"""What is said of a preset, and can be said anew."""


class Presets:
    """The presets of all films, and those that belong to none; `author` is put on what is kept."""

    def __init__(self, database: Database, author: str) -> None:
        self.database = database
        self.author = author

    def all(self, project: str | None = None) -> list[Preset]:
        """Return the presets that a film can use, its own and everybody's; without a film all there are. By name."""
        query = select(db.Preset).order_by(col(db.Preset.kind), col(db.Preset.name), col(db.Preset.id))
        if project is not None:
            query = query.where(or_(col(db.Preset.project_id).is_(None), db.Preset.project_id == project))
        with self.database.read() as session:
            return [_preset(row) for row in session.exec(query).all()]

    def get(self, name: str) -> Preset:
        """Return a preset by its id, or by its name where one alone has it. Raises UnknownNameError."""
        with self.database.read() as session:
            row = session.get(db.Preset, name)
            rows = [row] if row else session.exec(select(db.Preset).where(db.Preset.name == name)).all()
            if len(rows) != 1:
                names = [one.id for one in rows] or session.exec(select(db.Preset.name)).all()
                raise UnknownNameError("preset", name, names)
            return _preset(rows[0])

    def keep(self, preset: Preset, *, replace: bool = False) -> Preset:
        """Keep a preset; with `replace` in the place of the one of its kind and name that the same films can use.

        Raises ConflictError where there is one already, and BadInputError for one that says nothing.
        """
        row = checked(preset)
        with self.database.write() as session:
            same = _same(session, row)
            if same and not replace:
                raise ConflictError(
                    f"There is a {KINDS[row.kind].label.lower()} called {row.name}.",
                    hint="Give this one another name, or say that it takes its place.",
                )
            if same:
                row.id = same.id
                row.note, row.released, row.rights = row.note or same.note, same.released, same.rights
            row.author, row.changed = self.author, time.time()
            kept = session.merge(row)
            session.flush()
            return _preset(kept)

    def say(self, preset: str, **said: Any) -> Preset:
        """Say the name, the note, the release or the rights of a preset anew. Raises as `keep` does."""
        with self.database.write() as session:
            row = session.get(db.Preset, preset)
            if row is None:
                raise UnknownNameError("preset", preset, ())
            again = checked(_preset(row).model_copy(update={key: said[key] for key in SAID & said.keys()}))
            same = _same(session, again)
            if same and same.id != preset:
                raise ConflictError(f"There is another one called {again.name}.", hint="Give it another name.")
            again.author, again.changed = self.author, time.time()
            return _preset(session.merge(again))

    def remove(self, name: str) -> None:
        """Take a preset out. What was made with it stays as it is."""
        with self.database.write() as session:
            row = session.get(db.Preset, name)
            if row is None:
                raise UnknownNameError("preset", name, ())
            session.delete(row)


def of_shot(shot: Shot, kind: str, name: str, of: str = "", parts: Sequence[str] = ("look",)) -> Preset:
    """Return the preset that a part of a shot makes. Raises as `taken` does."""
    now = datetime.now(UTC)
    return Preset(id=new_id(), kind=kind, name=name, patch=taken(shot, kind, of, parts), changed=now)


def of_prompt(text: str, target: str, name: str) -> Preset:
    """Return the preset of a prompt that was written for a target."""
    return Preset(id=new_id(), kind="prompt", name=name, text=text, target=target, changed=datetime.now(UTC))


def checked(preset: Preset) -> db.Preset:
    """Return the row of a preset that can be kept. Raises BadInputError for one that says nothing, or too much."""
    name, note = " ".join(preset.name.split()), preset.note.strip()
    if preset.kind not in KINDS:
        raise UnknownNameError("kind of preset", preset.kind, KINDS)
    label = KINDS[preset.kind].label.lower()
    if not name or len(name) > NAME_CHARS:
        raise BadInputError(f"A {label} needs a name.", hint=f"Give it one of up to {NAME_CHARS} characters.")
    for words, most in ((note, NOTE_CHARS), (preset.rights, NOTE_CHARS), (preset.text, TEXT_CHARS)):
        if len(words) > most:
            raise BadInputError(f"That is {len(words):,} characters long.", hint=f"Up to {most:,} can be kept.")
    if not (preset.text.strip() if preset.kind == "prompt" else preset.patch):
        raise BadInputError(f"There is nothing in this {label}.", hint="Keep one that says something.")
    return db.Preset(**{**preset.model_dump(exclude={"changed"}), "name": name, "note": note}, changed=0)


def _same(session: Session, row: db.Preset) -> db.Preset | None:
    """Return the preset of that kind and name for that film, or for all of them."""
    query = select(db.Preset).where(db.Preset.kind == row.kind, db.Preset.name == row.name)
    whose = col(db.Preset.project_id).is_(None) if row.project_id is None else db.Preset.project_id == row.project_id
    return session.exec(query.where(whose).limit(1)).first()


def _preset(row: db.Preset) -> Preset:
    values = {key: getattr(row, key) for key in Preset.model_fields if key != "changed"}
    return Preset(**values, changed=datetime.fromtimestamp(row.changed, UTC))
