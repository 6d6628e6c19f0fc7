"""Where the parts of a shot come from, as pages tell it: its film, its scene, or itself."""

from collections.abc import Sequence
from typing import NamedTuple

from app.compile.differences import differences, sentence
from app.library.history import plain
from app.library.scenes import Follower, Giving
from app.patch import Json, merge
from app.resolve import Layer, Resolved, resolve
from app.resolve.layers import PARTS, common, departures, flat, origins, said
from app.schema import read_data
from app.schema.documents import Draft, Scene
from app.schema.paths import walk
from app.views import controls
from app.vocab import vocabulary

MANY = 2
MOST = 5
"""As many facts of a part stand in one line."""


class Part(NamedTuple):
    """A part of a shot: what it says, the layer that speaks of it, and whether the shot says something else."""

    id: str
    label: str
    says: tuple[str, ...]
    source: str
    departs: bool


class Told(NamedTuple):
    """A part of a film or scene, and what that says of it."""

    id: str
    label: str
    says: tuple[str, ...]


class Standing(NamedTuple):
    """A shot of a scene, and the parts in which it departs from what stands above it."""

    draft: Draft
    departs: tuple[str, ...]


class Place(NamedTuple):
    """A scene, what it says, its shots, and whether these agree on more than it says."""

    scene: Scene
    says: list[Told]
    shots: list[Standing]
    agree: bool


def parts(above: Sequence[Layer], document: Json) -> list[Part]:
    """Return the parts of a shot that a film or a scene can say."""
    resolved = known(document)
    base, found = flat(above), []
    inherited = origins(above, document)
    for name, part in PARTS.items():
        says = _facts(resolved, said(document, name))
        names = {inherited[path] for path in walk(said(base, name)) if path in inherited}
        nearest = next((one.name for one in reversed(above) if said(one.patch, name)), "")
        source = next((one.name for one in reversed(above) if one.name in names), nearest)
        found.append(Part(name, part.label, says, source, departures(above, document, name)))
    return found


def told(patch: Json) -> list[Told]:
    """Return what a film or a scene says, by part."""
    resolved = known(patch)
    every = [Told(name, part.label, _facts(resolved, said(patch, name))) for name, part in PARTS.items()]
    return [one for one in every if one.says]


def standing(above: Sequence[Layer], draft: Draft) -> Standing:
    """Return in which parts a shot departs from its layers."""
    document = plain(draft.shot)
    departs = tuple(part.label for name, part in PARTS.items() if departures(above, document, name))
    return Standing(draft, departs)


def follows(one: Follower) -> str:
    """Say in one line what a shot would change if it followed."""
    return sentence(differences(known(one.before), known(one.after)))


def changes(giving: Giving) -> list[tuple[Follower, str]]:
    """Return every shot that could follow, with what that would change of it."""
    return [(one, follows(one)) for one in giving.followers]


def known(document: Json) -> Resolved:
    """Return a document resolved."""
    return resolve(read_data(document), vocabulary())


def place(scene: Scene, above: Sequence[Layer], drafts: Sequence[Draft]) -> Place:
    """Return a scene as the page of scenes shows it."""
    each = [standing(above, one) for one in drafts]
    return Place(scene, told(scene.patch), each, agree(above[:-1], scene.patch, drafts))


def agree(above: Sequence[Layer], patch: Json, drafts: Sequence[Draft]) -> bool:
    """Tell whether several shots agree on something that neither their layer nor those above it say."""
    if len(drafts) < MANY:
        return False
    base = flat([*above, Layer("", patch)])
    return bool(merge(base, common([plain(one.shot) for one in drafts])) != base)


def _facts(resolved: Resolved, of: Json) -> tuple[str, ...]:
    paths = walk(of)
    facts = dict.fromkeys(controls.brief(resolved, path) for path in resolved.values if path in paths)
    return tuple(facts)[:MOST]
