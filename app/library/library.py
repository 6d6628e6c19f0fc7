"""The one door to what is kept. Synchronous: endpoints call it from threads."""

import re
import time
from collections.abc import Sequence

from sqlmodel import Session, col, func, select, update

from app import db
from app.db import Database
from app.db.tables import new_id
from app.errors import BadInputError, ConflictError, UnknownNameError
from app.files import Pictures, Stored
from app.files.credentials import Seal
from app.library import history, takes
from app.library.batches import Batches
from app.library.layers import layers
from app.library.paces import Paces
from app.library.presets import Presets, of_shot
from app.library.queue import Queue
from app.library.reviews import Reviews
from app.library.samples import KEPT, shipped_pictures, shipped_shots
from app.library.scenes import Scenes
from app.library.search import Search
from app.library.search_index import Index
from app.library.searches import Searches
from app.library.tags import Collections, Tags
from app.patch import Json, merge
from app.resolve.layers import flat
from app.schema import Shot, read_data
from app.schema.checks import Checks
from app.schema.documents import Draft, Project, Revision, Take
from app.schema.fields import CONTROL
from app.schema.slates import check_template, scene_of

SAMPLE_PROJECT = "the-lamp-room"
COMMAND_LINE = "command-line"

SLUG = re.compile(r"[^a-z0-9]+")
NAME_CHARS = 120


class Library:
    """What is kept, in one database and one folder of pictures. `author` is put on whatever is saved.

    Where there is a `seal`, the copies that leave are signed with it.
    """

    def __init__(self, database: Database, pictures: Pictures, author: str, seal: Seal | None = None) -> None:
        self.database = database
        self.pictures = pictures
        self.author = author
        self.seal = seal
        self.takes = takes.Takes(database, author)
        self.history = history.History(database)
        self.scenes = Scenes(database, author)
        self.reviews = Reviews(database, author)
        self.queue = Queue(database)
        self.paces = Paces(database)
        self.batches = Batches(database, author)
        self.presets = Presets(database, author)
        self.tags = Tags(database, author)
        self.collections = Collections(database, author)
        self.searches = Searches(database, author)
        self.index = Index(database)
        self.search = Search(database, self.index)

    def open(self) -> None:
        """Bring the tables up to date, and put the sample film in where there is no project at all."""
        self.database.migrate()
        self.index.fill()
        with self.database.write() as session:
            if session.exec(select(db.Project).limit(1)).first():
                return
            session.add(_project(SAMPLE_PROJECT, "The Lamp Room", self.author))
            session.flush()
            for sample, shot in shipped_shots():
                row = _row(SAMPLE_PROJECT, sample.id.replace("_", "-"), sample.slate, sample.name, shot, self.author)
                row.note, row.place, row.target = sample.note, sample.place, sample.target
                session.add(row)
        for name, content in shipped_pictures():
            self.add_picture(content, name)
        shots = {sample.id: shot for sample, shot in shipped_shots()}
        for of, kind, whose, name in KEPT:
            kept = of_shot(shots[of], kind, name, whose).model_copy(update={"project_id": SAMPLE_PROJECT})
            self.presets.keep(kept, replace=True)

    def projects(self) -> list[Project]:
        """Return all projects, the oldest first."""
        with self.database.read() as session:
            rows = session.exec(select(db.Project).order_by(col(db.Project.made))).all()
        return [_film(row) for row in rows]

    def project(self, name: str) -> Project:
        """Return a project, or raise with the nearest id."""
        found = {project.id: project for project in self.projects()}
        if name not in found:
            raise UnknownNameError("project", name, found)
        return found[name]

    def add_project(self, name: str) -> Project:
        """Add a film; its id is made of its name."""
        title = " ".join(name.split())
        if not title or len(title) > NAME_CHARS:
            raise BadInputError("A film needs a name.", hint=f"Give it one of up to {NAME_CHARS} characters.")
        with self.database.write() as session:
            slug = SLUG.sub("-", title.casefold()).strip("-")[:60] or "film"
            if session.get(db.Project, slug):
                slug = f"{slug}-{new_id()[-6:]}"
            session.add(_project(slug, title, self.author))
        return self.project(slug)

    def set_checks(self, project: str, checks: Checks) -> None:
        """Keep how a film wants to be checked. Raises with the nearest id for an unknown film."""
        self.project(project)
        with self.database.write() as session:
            row = session.get_one(db.Project, project)
            row.checks = checks.model_dump(mode="json", exclude_defaults=True)
            session.add(row)

    def set_local(self, project: str, *, local: bool) -> None:
        """Keep whether a film stays on this machine. Raises with the nearest id for an unknown film."""
        self._set(project, "local", on=local)

    def set_prompts_stay(self, project: str, *, stay: bool) -> None:
        """Keep whether a film's prompts stay home when a copy leaves. Raises as `set_local` does."""
        self._set(project, "prompts_stay", on=stay)

    def set_file_names(self, project: str, template: str) -> None:
        """Keep how the files of a film's takes are called. Raises as `slates.check_template` and `set_local` do."""
        self._set(project, "file_names", on=check_template(template))

    def _set(self, project: str, name: str, *, on: bool | str) -> None:
        self.project(project)
        with self.database.write() as session:
            row = session.get_one(db.Project, project)
            setattr(row, name, on)
            session.add(row)

    def shots(self, project: str) -> list[Draft]:
        """Return the shots of a project in their order."""
        with self.database.read() as session:
            query = select(db.Shot).where(db.Shot.project_id == project)
            rows = session.exec(query.order_by(col(db.Shot.place), col(db.Shot.id))).all()
        return [draft(row) for row in rows]

    def shot(self, name: str) -> Draft:
        """Return a shot being edited, or raise."""
        with self.database.read() as session:
            row = session.get(db.Shot, name)
        if row is None:
            raise UnknownNameError("shot", name, ())
        return draft(row)

    def before(self, name: str) -> Draft | None:
        """Return the shot that a shot is cut to from: the one before in its film, if both stand in one scene."""
        with self.database.read() as session:
            row = session.get(db.Shot, name)
            if row is None or not row.scene:
                return None
            place, own = col(db.Shot.place), col(db.Shot.id)
            earlier = (place < row.place) | ((place == row.place) & (own < row.id))
            query = select(db.Shot).where(db.Shot.project_id == row.project_id, earlier)
            found = session.exec(query.order_by(place.desc(), own.desc()).limit(1)).first()
        return draft(found) if found and found.scene == row.scene else None

    def add_shot(self, project: str, slate: str, name: str, shot: Shot, target: str = "uni-1") -> Draft:
        """Add a shot at the end of a project, which is made where it is missing (for the command line).

        What it does not say, it says as its film and the scene of its slate do.
        """
        slate, name = (" ".join(words.split()) for words in (slate, name))
        if not name or len(name) > NAME_CHARS or len(slate) > NAME_CHARS:
            raise BadInputError("A shot needs a name.", hint=f"Give it one of up to {NAME_CHARS} characters.")
        with self.database.write() as session:
            if session.get(db.Project, project) is None:
                title = "From the command line" if project == COMMAND_LINE else project
                session.add(_project(project, title, self.author))
                session.flush()
            row = _under(session, _row(project, new_id(), slate, name, shot, self.author))
            row.place, row.target = _count(session, project), target
            session.add(row)
        return draft(row)

    def add_like(self, name: str, title: str, shot: Shot, target: str) -> Draft:
        """Add a shot that was made of another one at the end of its film: in the same scene, and just as it stands."""
        like = self.shot(name)
        with self.database.write() as session:
            row = _row(like.project_id, new_id(), like.slate, title[:NAME_CHARS], shot, self.author)
            row.place, row.target, row.scene = _count(session, like.project_id), target, like.scene
            session.add(row)
        return draft(row)

    def add_shots(
        self,
        project: str,
        shots: Sequence[tuple[str, str, Shot]],
        target: str = "uni-1",
        notes: Sequence[str] = (),
    ) -> list[Draft]:
        """Add shots with their slates and names at the end of a film, all of them or none. They inherit as one does.

        `notes` are theirs, one each, or none at all.
        """
        with self.database.write() as session:
            rows = self._rows(project, shots, target, _count(session, project))
            for row, note in zip(rows, notes, strict=bool(notes)):
                row.note = note
            session.add_all([_under(session, row) for row in rows])
        return [draft(row) for row in rows]

    def take_back(self, project: str, names: Sequence[str]) -> None:
        """Take shots out of a film that came into it together, all of them or none: nobody has touched them since.

        Raises UnknownNameError for a shot of another film, and ConflictError where one was edited, shot, named, tagged,
        starred or put into a collection.
        """
        with self.database.write() as session:
            query = select(db.Shot).where(db.Shot.project_id == project).order_by(col(db.Shot.place), col(db.Shot.id))
            every = list(session.exec(query.with_for_update()).all())
            known = {row.id: row for row in every}
            for name in names:
                if name not in known:
                    raise UnknownNameError("shot of this film", name, known)
            gone = [known[name] for name in dict.fromkeys(names)]
            if touched := [row for row in gone if row.version > 1 or _is_used(session, row.id)]:
                called = ", ".join(f"{row.slate} {row.name}".strip() for row in touched[:5])
                raise ConflictError(f"Work was done on {called} since.", hint="All of the shots stay where they are.")
            for row in gone:
                session.delete(row)
            for place, row in enumerate(row for row in every if row not in gone):
                row.place = place

    def add_shots_after(self, name: str, shots: Sequence[tuple[str, str, Shot]]) -> list[Draft]:
        """Add shots with their slates and names right behind one: in its scene, written for its model."""
        with self.database.write() as session:
            found = session.get(db.Shot, name, with_for_update=True)
            if found is None:
                raise UnknownNameError("shot", name, ())
            place = col(db.Shot.place)
            behind = (col(db.Shot.project_id) == found.project_id) & (place > found.place)
            session.execute(update(db.Shot).where(behind).values(place=place + len(shots)))
            rows = self._rows(found.project_id, shots, found.target, found.place + 1)
            for row in rows:
                row.scene = found.scene
            session.add_all(rows)
        return [draft(row) for row in rows]

    def _rows(self, project: str, shots: Sequence[tuple[str, str, Shot]], target: str, first: int) -> list[db.Shot]:
        rows = []
        for place, (slate, name, shot) in enumerate(shots, start=first):
            row = _row(project, new_id(), slate[:NAME_CHARS], name[:NAME_CHARS], shot, self.author)
            row.place, row.target = place, target
            rows.append(row)
        return rows

    def move_shot(self, name: str, before: str | None) -> None:
        """Put a shot before another one of its film, or at the end. Raises UnknownNameError for one of another film."""
        with self.database.write() as session:
            moved = session.get(db.Shot, name, with_for_update=True)
            if moved is None:
                raise UnknownNameError("shot", name, ())
            query = select(db.Shot).where(db.Shot.project_id == moved.project_id, db.Shot.id != name)
            others = list(session.exec(query.order_by(col(db.Shot.place), col(db.Shot.id)).with_for_update()).all())
            names = [one.id for one in others]
            if before is not None and before not in (*names, name):
                raise UnknownNameError("shot of this film", before, names)
            if before == name:
                return
            others.insert(len(names) if before is None else names.index(before), moved)
            for place, row in enumerate(others):
                row.place = place
            session.add_all(others)

    def save(self, name: str, version: int, shot: Shot, target: str) -> Draft:
        """Save a draft over the version that was edited; what stands there already is saved, whoever saved it.

        Raises ConflictError when somebody saved something else meanwhile.
        """
        document = history.plain(shot)
        with self.database.write() as session:
            row = session.get(db.Shot, name)
            if row is None:
                raise UnknownNameError("shot", name, ())
            changed = document != row.document or target != row.target
            if changed and row.version != version:
                raise ConflictError(
                    "This shot was saved from another window.",
                    hint="Nothing was overwritten, and your edit is kept here. Reload to see that version and choose.",
                )
            if changed:
                row.document, row.target = document, target
                row.version += 1
                row.author, row.changed = self.author, time.time()
                stood = history.standing(session, name, document)
                row.base = stood.number if stood else row.base
                session.add(row)
        return draft(row)

    def freeze(self, name: str, patch: Json | None = None, label: str = "", after: int | None = None) -> Revision:
        """Return the revision that the draft is; a new one where the shot never stood so.

        A `patch` is a layer of its own over the draft, which stays as it is; `after` is the revision that this one goes
        on from, if not the draft's. Raises ShotError when no shot comes of it.
        """
        with self.database.write() as session:
            row = session.get(db.Shot, name, with_for_update=True)
            if row is None:
                raise UnknownNameError("shot", name, ())
            frozen = history.freeze(session, row, self.author, patch, label, after)
        return takes.revision(frozen)

    def restore(self, name: str, number: int) -> Draft:
        """Make the draft what it was at a revision. What it is now is frozen first, so that both are kept.

        Raises UnknownNameError where there is no such revision, and ConflictError when somebody saves meanwhile.
        """
        wanted = self.history.get(name, number)
        now = self.shot(name)
        self.freeze(name)
        return self.save(name, now.version, wanted.shot, now.target)

    def add_picture(self, content: bytes, name: str = "") -> Stored:
        """Keep a reference picture. Raises UploadError, and keeps nothing, when it cannot be taken."""
        stored = self.pictures.put(content, still=True)
        with self.database.write() as session:
            if session.get(db.Asset, stored.sha256) is None:
                session.add(
                    db.Asset(
                        sha256=stored.sha256,
                        name=CONTROL.sub("", name)[:200],
                        media_type=stored.media_type,
                        width=stored.width,
                        height=stored.height,
                        size=stored.size,
                        made=time.time(),
                        author=self.author,
                    )
                )
        return stored

    def media_type(self, sha256: str) -> str | None:
        """Return what kind of picture a hash is, as far as anybody here knows it."""
        with self.database.read() as session:
            asset = session.get(db.Asset, sha256)
            if asset:
                return asset.media_type
            job = session.exec(select(db.Job).where(db.Job.picture == sha256).limit(1)).first()
        return job.media_type if job else None

    def was_given(self, sha256: str) -> bool:
        """Tell a picture that somebody brought from one that a take here made."""
        with self.database.read() as session:
            made = session.exec(select(db.Job.take_id).where(db.Job.picture == sha256).limit(1)).first()
            return made is None and session.get(db.Asset, sha256) is not None

    def shown_takes(self, project: str) -> dict[str, Take]:
        """Return the take that stands for each shot of a project, by shot: the newest circled, else the newest."""
        with self.database.read() as session:
            query = takes.rows().join(db.Shot, col(db.Shot.id) == col(db.Take.shot_id))
            done = query.where(db.Shot.project_id == project, db.Job.state == "done")
            first = func.coalesce(col(db.Review.circled), False)
            found = [takes.take_of(*row) for row in session.exec(done.order_by(first, col(db.Take.id))).all()]
        return {take.shot_id: take for take in found}


def draft(row: db.Shot) -> Draft:
    """Return a row as the document that it holds."""
    return Draft(
        id=row.id,
        project_id=row.project_id,
        slate=row.slate,
        scene=row.scene,
        name=row.name,
        note=row.note,
        place=row.place,
        version=row.version,
        target=row.target,
        shot=read_data(row.document, f"The shot {row.id}"),
        author=row.author,
        base=row.base,
    )


def _is_used(session: Session, shot: str) -> bool:
    """Tell whether anything is kept of a shot beside itself."""
    revisions = select(db.Revision.id).where(db.Revision.shot_id == shot)
    stars = select(db.Star.shot_id).where(db.Star.shot_id == shot)
    tags = select(db.Tag.thing).where(db.Tag.kind == "shot", db.Tag.thing == shot)
    members = select(db.Member.thing).where(db.Member.kind == "shot", db.Member.thing == shot)
    return any(session.exec(one.limit(1)).first() for one in (revisions, stars, tags, members))


def _count(session: Session, project: str) -> int:
    return session.exec(select(func.count()).where(db.Shot.project_id == project)).one()


def _under(session: Session, row: db.Shot) -> db.Shot:
    """Let a new shot inherit what it does not say."""
    row.document = history.plain(read_data(merge(flat(layers(session, row)), row.document), f"The shot {row.name}"))
    return row


def _film(row: db.Project) -> Project:
    checks = Checks.model_validate(row.checks)
    return Project(
        id=row.id,
        name=row.name,
        note=row.note,
        author=row.author,
        checks=checks,
        local=row.local,
        prompts_stay=row.prompts_stay,
        file_names=row.file_names,
        patch=row.patch,
    )


def _project(name: str, title: str, author: str) -> db.Project:
    return db.Project(id=name, name=title, author=author, made=time.time())


def _row(project: str, name: str, slate: str, title: str, shot: Shot, author: str) -> db.Shot:
    return db.Shot(
        id=name,
        project_id=project,
        slate=slate,
        scene=scene_of(slate),
        name=title,
        target="uni-1",
        document=history.plain(shot),
        author=author,
        changed=time.time(),
    )
