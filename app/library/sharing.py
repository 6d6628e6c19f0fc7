"""What is given away: a film, a shot or a preset as one file, a shot or a preset as a link. No key is in either."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app import db
from app.errors import BadInputError
from app.files import Stored, inspect
from app.files.links import fragment_of, read_fragment
from app.files.parcels import SHARED, SUFFIX, document_of, packed, unpacked, written
from app.library.copies import SUFFIXES
from app.library.library import SLUG, Library
from app.parse.clips import carrier
from app.patch import Json
from app.schema.documents import Draft, Preset, Project, Scene, Take
from app.schema.fields import CONTROL
from app.schema.shared import (
    Shared,
    SharedFilm,
    SharedPreset,
    SharedReference,
    SharedScene,
    SharedShot,
    SharedTake,
    plain,
    read_shared,
)
from app.schema.upgrades import CURRENT

MAX_PIXELS = 4_000_000_000
"""Of all pictures of a file together: each is decoded before it is believed."""

TAKE = "take:"
DRAWN = "previz:"


@dataclass
class Bundle:
    """What is shared, its pictures by their hash, and the names of those that cannot go along."""

    shared: Shared
    pictures: dict[str, bytes] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    stored: dict[str, Stored] = field(default_factory=dict)
    """What each picture of a file that was read is."""


def film(library: Library, name: str, *, takes: bool = False) -> Bundle:
    """Return a film as it is given away, each shot frozen as it stands; with `takes` those that are circled or starred.

    Of a film whose prompts stay home no take and no prompt goes along, and its reference pictures tell nothing.
    """
    project, drafts = library.project(name), library.shots(name)
    with library.database.read() as session:
        made = session.get_one(db.Project, project.id).made
    told = project.model_dump(include={"id", "name", "note", "author", "checks", "local", "prompts_stay", "patch"})
    presets = [one for one in library.presets.all(project.id) if one.project_id == project.id]
    if project.prompts_stay:
        presets = [one for one in presets if one.kind != "prompt"]
    going = Going(library, project)
    shots = tuple(going.shot(draft) for draft in drafts)
    scenes = tuple(going.scene(one) for one in library.scenes.of(project.id) if one.name or one.note or one.patch)
    kept = tuple(going.preset(one) for one in presets)
    chosen = tuple(going.takes(drafts)) if takes else ()
    whole = SharedFilm.model_validate({**told, "made": made})
    return going.bundle(Shared(film=whole, scenes=scenes, shots=shots, presets=kept, takes=chosen), drafts)


def shot(library: Library, name: str, *, takes: bool = False) -> Bundle:
    """Return a shot as it is given away, as `film` does."""
    draft = library.shot(name)
    going = Going(library, library.project(draft.project_id))
    return going.bundle(Shared(shots=(going.shot(draft),), takes=tuple(going.takes([draft])) if takes else ()), [draft])


def preset(library: Library, name: str) -> Bundle:
    """Return a preset as it is given away. Raises BadInputError for a prompt of a film whose prompts stay home."""
    found = library.presets.get(name)
    project = library.project(found.project_id) if found.project_id else None
    if found.kind == "prompt" and project and project.prompts_stay:
        raise BadInputError(f"The prompts of {project.name} stay home.", hint="Let them leave on the film's own page.")
    going = Going(library, project)
    return going.bundle(Shared(presets=(going.preset(found),)), [])


def any_of(library: Library, name: str, *, takes: bool = False) -> Bundle:
    """Return the film, shot or preset of that id (a preset also by its name). Raises UnknownNameError."""
    if name in {one.id for one in library.projects()}:
        return film(library, name, takes=takes)
    with library.database.read() as session:
        is_shot = session.get(db.Shot, name) is not None
    return shot(library, name, takes=takes) if is_shot else preset(library, name)


def as_file(bundle: Bundle) -> bytes:
    """Return the file of a bundle. The same content is the same bytes."""
    shared = bundle.shared
    parts = {SHARED: written(plain(shared))}
    for sha256, content in bundle.pictures.items():
        parts[f"pictures/{sha256}.{SUFFIXES[inspect(content).media_type]}"] = content
    return packed({"made_by": "Printlight", "holds": shared.holds, "title": shared.title}, parts)


def file_name(bundle: Bundle) -> str:
    """Return how the file of a bundle is called."""
    slates = [one.slate for one in bundle.shared.shots] if bundle.shared.holds == "shot" else []
    told = SLUG.sub("-", " ".join([*slates, bundle.shared.title]).casefold()).strip("-")[:60]
    return f"{told or bundle.shared.holds}{SUFFIX}"


def read_file(raw: bytes, name: str) -> Bundle:
    """Read a file of a stranger: checked whole before anything is kept. Raises BadInputError."""
    _, parts = unpacked(raw, name)
    shared = read_shared(document_of(parts.pop(SHARED), f"{name}: {SHARED}"), name)
    pictures, stored, pixels = {}, {}, 0
    for part, content in parts.items():
        found = inspect(content)
        pixels += found.width * found.height
        if pixels > MAX_PIXELS:
            raise BadInputError(
                f"The pictures of {name} have more than {MAX_PIXELS:,} pixels.", hint="Share less at once."
            )
        if part.rpartition(".")[2] != SUFFIXES[found.media_type]:
            raise BadInputError(f"{name}: {part[:40]}… is {found.media_type}.", hint="Nothing was written.")
        pictures[found.sha256], stored[found.sha256] = content, found
    return Bundle(shared, pictures, stored=stored)


def as_link(bundle: Bundle) -> str:
    """Return the link that carries a shot or a preset, from its path on. Its pictures cannot go along.

    Raises BadInputError for a film, and for what is too long.
    """
    if bundle.shared.film:
        raise BadInputError("A film is too much for a link.", hint="Save it as a file.")
    return f"/open#{fragment_of(plain(bundle.shared.model_copy(update={'takes': ()})))}"


def read_link(link: str) -> Bundle:
    """Read a link of a stranger. Raises BadInputError."""
    shared = read_shared(read_fragment(link), "The link")
    if shared.film or shared.takes:
        raise BadInputError("A link carries one shot or one preset.", hint="Ask for a file instead.")
    return Bundle(shared)


def left_behind(bundle: Bundle) -> list[str]:
    """Name the pictures of a bundle that a link leaves behind."""
    documents = [one.shot for one in bundle.shared.shots] + [one.patch for one in bundle.shared.presets]
    return [name for document in documents for name, _ in pictures_of(document)]


def pictures_of(document: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """Yield each reference that needs a picture, by what it shows or its own name, and that picture."""
    for name, one in dict(document.get("references") or {}).items():
        asset = str(one.get("asset") or "")
        if asset and not asset.startswith(DRAWN):
            yield str(one.get("shows") or name), asset


class Going:
    """What leaves a film together; `pictures` grows with it.

    Where it does not pack, things are only told as they would leave, to be compared: no picture is read that need not
    be.
    """

    def __init__(self, library: Library, project: Project | None, *, packs: bool = True) -> None:
        self.library = library
        self.packs = packs
        self.stays = project is not None and project.prompts_stay
        self.pictures: dict[str, bytes] = {}
        self.left: list[str] = []

    def bundle(self, shared: Shared, drafts: Iterable[Draft]) -> Bundle:
        """Freeze what is given away, and return it."""
        for draft in drafts:
            self.library.freeze(draft.id)
        return Bundle(shared, self.pictures, self.left)

    def shot(self, draft: Draft) -> SharedShot:
        """Return a shot as it leaves."""
        document = draft.shot.model_dump(mode="json", exclude_defaults=True)
        called = {key: CONTROL.sub("", getattr(draft, key)) for key in ("slate", "name", "note", "author")}
        going = {"kind": CURRENT, **self.with_pictures(document)}
        where = {"id": draft.id, "scene": draft.scene, "target": draft.target}
        return SharedShot.model_validate({**where, **called, "shot": going})

    def scene(self, found: Scene) -> SharedScene:
        """Return a scene as it leaves."""
        called = {key: CONTROL.sub("", getattr(found, key)) for key in ("name", "note", "author")}
        return SharedScene.model_validate({"id": found.number, "patch": found.patch, **called})

    def preset(self, found: Preset) -> SharedPreset:
        """Return a preset as it leaves."""
        told = found.model_dump(exclude={"project_id", "changed"})
        for key in ("name", "note", "text", "rights", "author"):
            told[key] = CONTROL.sub("", told[key])
        own = found.project_id is not None
        return SharedPreset.model_validate({**told, "own": own, "patch": self.with_pictures(found.patch)})

    def takes(self, drafts: Iterable[Draft]) -> Iterable[SharedTake]:
        """Yield the takes that somebody circled or starred; none where the prompts stay."""
        for draft in () if self.stays else drafts:
            for take in reversed(self.library.takes.of_shot(draft.id)):
                content = self._content(take.picture) if take.picture and (take.circled or take.stars) else None
                if content:
                    self.pictures[str(take.picture)] = content
                    yield self._take(take)

    def _take(self, take: Take) -> SharedTake:
        same = ("id", "author", "target", "backend", "wording", "params", "picture", "circled", "stars")
        told = {key: getattr(take, key) for key in same}
        for key in ("prompt", "negative", "rewritten", "note"):
            told[key] = CONTROL.sub("", getattr(take, key))
        sent = {key: value for key, value in take.sent.items() if isinstance(value, (str, int, float, bool))}
        for one in take.references:
            self._keep(str(one.get("sha256", one["asset"])))
        references = [{key: one[key] for key in SharedReference.model_fields if key in one} for one in take.references]
        document = {"kind": CURRENT, **self.with_pictures(self.library.takes.document(take.id))}
        told |= {"shot": take.shot_id, "made": take.made.timestamp(), "sent": sent, "references": references}
        return SharedTake.model_validate({**told, "document": document})

    def with_pictures(self, document: Json) -> Json:
        """Return a document with each picture named by the bytes that go along, and take those up."""
        named = dict(document.get("references") or {})
        for key, one in named.items():
            asset = str(one.get("asset") or "")
            if not asset or asset.startswith(DRAWN):
                continue
            going = self._keep(asset)
            if going:
                named[key] = {**one, "asset": going}
            else:
                self.left.append(str(one.get("shows") or key))
        return {**document, "references": named} if named else document

    def _keep(self, asset: str) -> str | None:
        """Take a picture up; return the hash that it leaves with, or None where it is not here."""
        if asset.startswith(TAKE):
            with self.library.database.read() as session:
                job = session.get(db.Job, asset.removeprefix(TAKE))
            asset = (job.picture if job else None) or ""
        if asset and not self.packs and not self.stays:
            return asset
        content = self._content(asset)
        if content is None:
            return None
        if self.stays:
            content = carrier(content).bare().joined()
            asset = hashlib.sha256(content).hexdigest()
        self.pictures[asset] = content
        return asset

    def _content(self, sha256: str) -> bytes | None:
        return self.library.pictures.verified(sha256) if len(sha256) == hashlib.sha256().digest_size * 2 else None
