"""What comes from another library: what a file or a link would bring, told before, and then kept, all of it or nothing.

A thing is known by its id where it was made and by all that it says, so that the same thing twice is not doubled, and
what differs is kept beside what is here. Nothing that is here is changed.
"""

import hashlib
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Literal

from sqlmodel import Session, SQLModel, col, func, select

from app import db
from app.errors import BadInputError, ConflictError
from app.files.parcels import written
from app.library.history import digest, standing
from app.library.library import Library, draft
from app.library.presets import checked
from app.library.sharing import Bundle, Going, pictures_of
from app.patch import Json, merge
from app.resolve.parts import PARTS
from app.resolve.presets import KINDS, taken
from app.schema import read_data
from app.schema.documents import Preset, Scene
from app.schema.shared import SharedPreset, SharedScene, SharedShot, SharedTake, plain
from app.schema.upgrades import CURRENT
from app.vocab import vocabulary

State = Literal["new", "here", "copy"]
"""Not here yet; here already, and the same; here, but not the same: kept beside it."""

_NEW: State = "new"
_HERE: State = "here"
_COPY: State = "copy"

BESIDE = ", imported"
NAME_CHARS = 120
USUAL_TARGET = "uni-1"


@dataclass(frozen=True)
class Arrival:
    """One thing that comes: its id here, what it is called, how it fares, and a word on it."""

    kind: Literal["shot", "preset", "take", "scene"]
    id: str
    slate: str
    name: str
    state: State
    note: str = ""


@dataclass
class Arrivals:
    """What a bundle brings to a library, in its order."""

    film: str
    film_name: str
    film_is_new: bool = False
    found: list[Arrival] = field(default_factory=list)
    new_pictures: int = 0
    known_pictures: int = 0
    new_bytes: int = 0
    missing: list[str] = field(default_factory=list)

    @property
    def changes(self) -> bool:
        """Whether anything would be kept that is not here yet."""
        return self.film_is_new or any(one.state != "here" for one in self.found)

    def of(self, kind: str, *states: str) -> list[Arrival]:
        """Return the things of a kind, all or those that fare so."""
        return [one for one in self.found if one.kind == kind and (not states or one.state in states)]


def look(library: Library, bundle: Bundle, film: str) -> Arrivals:
    """Tell what a bundle would bring; nothing is kept. A shot goes into `film`; a film is its own.

    Raises BadInputError for what no library can keep, and UnknownNameError for a film that there is not.
    """
    with library.database.read() as session:
        return _Arriving(library, session, bundle, film).arrivals


def take_in(library: Library, bundle: Bundle, film: str) -> Arrivals:
    """Keep what `look` tells, in one transaction. Raises as it does, and StorageError; then nothing is kept."""
    told = look(library, bundle, film)
    for content in bundle.pictures.values():
        library.pictures.put(content)
    with library.database.write() as session:
        arriving = _Arriving(library, session, bundle, film)
        for rows in arriving.rows.values():
            session.add_all(rows)
            session.flush()
    counted = ("new_pictures", "known_pictures", "new_bytes")
    return replace(arriving.arrivals, **{name: getattr(told, name) for name in counted})


class _Arriving:
    """Works out, in one session, how each thing fares and which rows come; they are not added here."""

    def __init__(self, library: Library, session: Session, bundle: Bundle, film: str) -> None:
        self.library = library
        self.session = session
        self.bundle = bundle
        self.rows: dict[str, list[SQLModel]] = {
            kind: [] for kind in ("film", "picture", "scene", "shot", "preset", "revision", "take", "job", "review")
        }
        self.arrivals = self._film(film)
        self.ids: dict[str, str] = {}
        self.going: dict[str | None, Going] = {}
        self.revisions: dict[tuple[str, str], db.Revision] = {}
        self.numbers: dict[tuple[str, str], int] = {}
        for scene in bundle.shared.scenes:
            self._scene(scene)
        for shot in bundle.shared.shots:
            self._shot(shot)
        for preset in bundle.shared.presets:
            self._kept(preset)
        for take in bundle.shared.takes:
            self._take(take)
        self._pictures()

    def _film(self, chosen: str) -> Arrivals:
        """Find the film that all goes into: of a shared film the one here that was made in the same moment."""
        shared = self.bundle.shared.film
        if shared is None:
            found = self.library.project(chosen)
            return Arrivals(found.id, found.name)
        for name in (shared.id, f"{shared.id[:60]}-{_hash(shared.id, shared.made)[:12]}"):
            row = self.session.get(db.Project, name)
            if row and row.made == shared.made:
                return Arrivals(row.id, row.name)
            if row is None:
                row = db.Project(**{**shared.model_dump(mode="json", exclude={"checks"}), "id": name})
                read_data(shared.patch, "What the film says for all of its shots")
                row.checks = shared.checks.model_dump(mode="json", exclude_defaults=True)
                if self.session.exec(select(db.Project.id).where(db.Project.name == row.name).limit(1)).first():
                    row.name = _beside(row.name)
                self.rows["film"].append(row)
                return Arrivals(name, row.name, film_is_new=True)
        raise ConflictError(f"There is another film called {shared.id}.", hint="Nothing was written.")

    def _scene(self, came: SharedScene) -> None:
        """A scene comes where none of its number says anything here; yours stays as it is."""
        film = self.bundle.shared.film
        below = film.patch if film else {}
        read_data(merge(below, came.patch), f"Scene {came.id}")
        here = self.session.get(db.Scene, (self.arrivals.film, came.id))
        told = Scene(project_id=self.arrivals.film, number=came.id, **came.model_dump(exclude={"id"}))
        differs = here is not None and (here.name, here.note, here.patch) != (came.name, came.note, came.patch)
        note = "What yours says stays." if differs else ""
        self.arrivals.found.append(Arrival("scene", came.id, came.id, told.title, _HERE if here else _NEW, note))
        if here is None:
            self.rows["scene"].append(db.Scene(**told.model_dump(), changed=time.time()))

    def _shot(self, came: SharedShot) -> None:
        read = read_data(came.shot, f"The shot {came.name}")
        document = read.model_dump(mode="json", exclude_defaults=True)
        note = ""
        if came.target not in vocabulary().targets:
            note = f"Written for {came.target or 'no model'}, which is not known here; now for {USUAL_TARGET}."
            came = came.model_copy(update={"target": USUAL_TARGET})
        came = came.model_copy(update={"shot": {"kind": CURRENT, **document}})
        film = self.arrivals.film
        here, copy = self.session.get(db.Shot, came.id), _hash(film, _said(came))
        is_same = here and here.project_id == film and _said(self._of(film).shot(draft(here))) == _said(came)
        name = came.name
        if is_same:
            state, row_id = _HERE, came.id
        elif self.session.get(db.Shot, copy):
            state, row_id = _HERE, copy
        elif here is None:
            state, row_id = _NEW, came.id
        elif here.project_id == film:
            state, row_id, name = _COPY, copy, _beside(came.name)
        else:
            state, row_id = _NEW, copy
        self.ids[came.id] = row_id
        self.arrivals.found.append(Arrival("shot", row_id, came.slate, name, state, note))
        self._miss(came.name, document)
        if state == _HERE:
            return
        self.rows["shot"].append(
            db.Shot(
                id=row_id,
                project_id=film,
                slate=came.slate,
                scene=came.scene,
                name=name,
                note=came.note,
                place=self._next(film, "place"),
                target=came.target,
                document=document,
                author=came.author or self.library.author,
                changed=time.time(),
            )
        )

    def _kept(self, came: SharedPreset) -> None:
        film = self.arrivals.film if came.own and self.bundle.shared.film else None
        row = checked(fitting(came, film))
        label = KINDS[row.kind].label
        said, copy = _preset_said(row), _hash(film, row.kind, row.name, _preset_said(row))
        here = self.session.get(db.Preset, came.id)
        named = self._preset_named(row.kind, row.name, film)
        same = [one for one in (here, named) if one and one.project_id == film and self._going(one) == said]
        if same or self.session.get(db.Preset, copy) is not None:
            self.arrivals.found.append(Arrival("preset", same[0].id if same else copy, label, row.name, _HERE))
            return
        row.id = came.id if here is None else copy
        state: State = _NEW
        if named or (here and here.project_id == film):
            state, row.id = _COPY, copy
            while self._preset_named(row.kind, row.name, film):
                row.name = _beside(row.name)
        row.changed = time.time()
        self.rows["preset"].append(row)
        self.arrivals.found.append(Arrival("preset", row.id, label, row.name, state))
        self._miss(row.name, row.patch)

    def _going(self, row: db.Preset) -> Json:
        """Return what a preset of this library says when it leaves."""
        return {**_preset_said(row), "patch": self._of(row.project_id).with_pictures(row.patch)}

    def _of(self, film: str | None) -> Going:
        """Return what tells the things of a film here as they would leave."""
        if film not in self.going:
            self.going[film] = Going(self.library, self.library.project(film) if film else None, packs=False)
        return self.going[film]

    def _preset_named(self, kind: str, name: str, film: str | None) -> db.Preset | None:
        """Return the preset of that kind and name for that film, or for all: one that is here, or one that comes."""
        for one in self.rows["preset"]:
            if isinstance(one, db.Preset) and (one.kind, one.name, one.project_id) == (kind, name, film):
                return one
        whose = col(db.Preset.project_id).is_(None) if film is None else col(db.Preset.project_id) == film
        query = select(db.Preset).where(db.Preset.kind == kind, db.Preset.name == name, whose)
        return self.session.exec(query.limit(1)).first()

    def _take(self, came: SharedTake) -> None:
        shot, stored = self.ids[came.shot], self.bundle.stored.get(came.picture)
        if stored is None:
            raise BadInputError(f"The picture of the take {came.id} is not in the file.", hint="Nothing was written.")
        here, copy = self.session.get(db.Take, came.id), _hash(shot, came.id)
        name = f"Take of {next(one.name for one in self.arrivals.found if one.id == shot)}"
        if (here and here.shot_id == shot) or self.session.get(db.Take, copy):
            self.arrivals.found.append(Arrival("take", came.id, "", name, _HERE))
            return
        row_id = copy if here else came.id
        self.arrivals.found.append(Arrival("take", row_id, "", name, _NEW))
        told = came.model_dump(
            include={"target", "backend", "wording", "prompt", "negative", "params", "made", "author"}
        )
        references = [
            {key: value for key, value in one.model_dump().items() if value not in ("", None)}
            for one in came.references
        ]
        revision = self._revision(shot, came)
        self.rows["take"].append(
            db.Take(
                **told,
                id=row_id,
                shot_id=shot,
                revision_id=revision.id,
                number=self._next(shot, "take"),
                references=references,
            )
        )
        now = time.time()
        self.rows["job"].append(
            db.Job(
                take_id=row_id,
                backend=came.backend,
                state="done",
                progress=1.0,
                changed=now,
                picture=came.picture,
                media_type=stored.media_type,
                width=stored.width,
                height=stored.height,
                used=came.sent,
                rewritten=came.rewritten,
                history=[{"at": datetime.now(UTC).isoformat(), "state": "done", "note": "Imported."}],
            )
        )
        review = db.Review(
            take_id=row_id, circled=came.circled, stars=came.stars, note=came.note, author=came.author, changed=now
        )
        self.rows["review"].append(review)

    def _revision(self, shot: str, came: SharedTake) -> db.Revision:
        """Return the revision that a take was made of: one that is here, or one that comes with it."""
        read = read_data(came.document, f"The shot of the take {came.id}")
        document = read.model_dump(mode="json", exclude_defaults=True)
        key = (shot, _hash(document))
        if key not in self.revisions:
            found = standing(self.session, shot, document)
            if found is None:
                number = self._next(shot, "revision")
                found = db.Revision(
                    id=_hash("revision", *key),
                    shot_id=shot,
                    number=number,
                    made=came.made,
                    author=came.author,
                    layers=[{"name": "shot", "patch": document}],
                    document=document,
                    parent=number - 1 or None,
                    digest=digest(document),
                )
                self.rows["revision"].append(found)
            self.revisions[key] = found
        return self.revisions[key]

    def _next(self, of: str, what: Literal["place", "take", "revision"]) -> int:
        """Return the next free place in a film, or number of a shot."""
        key = (of, what)
        if key not in self.numbers:
            self.session.get(db.Shot, of, with_for_update=True)
            query = {
                "place": select(func.max(db.Shot.place)).where(db.Shot.project_id == of),
                "take": select(func.max(db.Take.number)).where(db.Take.shot_id == of),
                "revision": select(func.max(db.Revision.number)).where(db.Revision.shot_id == of),
            }[what]
            highest: int | None = self.session.exec(query).one()
            self.numbers[key] = (-1 if what == "place" else 0) if highest is None else highest
        self.numbers[key] += 1
        return self.numbers[key]

    def _pictures(self) -> None:
        """Count what comes, and tell a library which of it are reference pictures."""
        shared, found = self.bundle.shared, self.arrivals
        made = {one.picture for one in shared.takes}
        for sha256, stored in self.bundle.stored.items():
            if self.library.pictures.has(sha256):
                found.known_pictures += 1
            else:
                found.new_pictures += 1
                found.new_bytes += stored.size
            if stored.still and sha256 not in made and self.session.get(db.Asset, sha256) is None:
                told = {key: getattr(stored, key) for key in ("sha256", "media_type", "width", "height", "size")}
                row = db.Asset(**told, made=time.time(), author=self.library.author)
                self.rows["picture"].append(row)

    def _miss(self, whose: str, document: Json) -> None:
        """Note the pictures that are neither here nor in the file."""
        for name, asset in pictures_of(document):
            if asset not in self.bundle.pictures and not self.library.pictures.has(asset):
                self.arrivals.missing.append(f"{whose}: {name}")


def fitting(came: SharedPreset, film: str | None) -> Preset:
    """Return a preset that can be put on. Raises BadInputError for one that holds what its kind cannot."""
    told = came.model_dump(exclude={"own", "patch"})
    kept = Preset(**told, project_id=film, changed=datetime.now(UTC))
    if came.kind == "prompt":
        return kept
    shot = read_data(came.patch, f"The preset {came.name}")
    said = shot.model_dump(mode="json", exclude_defaults=True)
    of = next(iter(said.get("subjects", {})), "") if came.kind == "person" else ""
    patch = taken(shot, came.kind, of, tuple(PARTS))
    if {key: value for key, value in said.items() if key != "kind"} != patch:
        label = KINDS[came.kind].label.lower()
        raise BadInputError(f"{came.name} says more than a {label} can hold.", hint="Nothing was written.")
    return kept.model_copy(update={"patch": patch})


def _said(shot: SharedShot) -> Json:
    return plain(shot.model_copy(update={"author": "", "scene": ""}))


def _preset_said(row: db.Preset) -> Json:
    return row.model_dump(include={"kind", "name", "note", "patch", "text", "target", "released", "rights"})


def _beside(name: str) -> str:
    return f"{name[: NAME_CHARS - len(BESIDE)]}{BESIDE}"


def _hash(*parts: Any) -> str:
    """Return an id that the same thing always gets."""
    return hashlib.sha256(written(list(parts))).hexdigest()[:24]
