"""What a film and a scene say for all of their shots, and each shot for itself. Absent inherits, null clears, the
nearest wins.

A shot is kept flattened, so that whoever reads it needs nothing else. What it says itself is what tells it from the
layers above it (`own`): a value that is the same as theirs is inherited, and follows when they change.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from app.patch import Json, diff, merge
from app.resolve import parts
from app.resolve.parts import Part, stands, who
from app.resolve.presets import relit
from app.schema.paths import walk

PARTS = {
    "people": Part("Who its people are", ("subjects",)),
    **{name: parts.PARTS[name] for name in ("light", "look", "glass", "body", "balance", "place", "frame")},
    **{name: parts.PARTS[name] for name in ("mood", "sound", "exclude")},
}
"""What a film or a scene can say, by name."""


class Layer(NamedTuple):
    """A patch and the name of where it comes from."""

    name: str
    patch: Json


def flat(layers: Sequence[Layer]) -> Json:
    """Return what layers say together."""
    document: Json = {}
    for layer in layers:
        document = merge(document, layer.patch)
    return document


def own(above: Sequence[Layer], document: Json) -> Json:
    """Return what a document says itself: the patch that makes it of the layers above."""
    patch: Json = diff(flat(above), document)
    return patch


def origins(above: Sequence[Layer], document: Json) -> dict[str, str]:
    """Return the layer of every inherited path: the nearest that says it, where the document says the same."""
    nearest: dict[str, str] = {}
    for layer in above:
        nearest |= dict.fromkeys(walk(layer.patch), layer.name)
    said = walk(document)
    return {path: nearest[path] for path, value in walk(flat(above)).items() if _same(said.get(path), value)}


def departures(above: Sequence[Layer], document: Json, part: str) -> bool:
    """Tell whether a document says something else than the layers above, of a part that they speak of."""
    base = flat(above)
    return bool(said(base, part)) and said(taken_up(document, part, base), part) != said(document, part)


def said(document: Json, part: str) -> Json:
    """Return what a document says of a part, as a layer says it."""
    if part != "people":
        return parts.at(document, PARTS[part].heads)
    people = {name: told for name, one in document.get("subjects", {}).items() if (told := who(one))}
    return {"subjects": people} if people else {}


def lifted(above: Sequence[Layer], layer: Layer, document: Json, names: Sequence[str]) -> Json:
    """Return the patch of a layer that says these parts as a document does, given the layers above it.

    Somebody whom the document does not show stays in the layer as they are.
    """
    base = flat(above)
    after = merge(base, layer.patch)
    for part in names:
        if part == "people":
            people = {**after.get("subjects", {}), **said(document, part).get("subjects", {})}
            after = {**after, "subjects": people} if people else after
        else:
            after = parts.replaced(after, PARTS[part].heads, document)
    patch: Json = diff(base, after)
    return patch


def dropped(above: Sequence[Layer], layer: Layer, names: Sequence[str]) -> Json:
    """Return the patch of a layer that says nothing of these parts any more."""
    base = flat(above)
    after = merge(base, layer.patch)
    for part in names:
        after = parts.replaced(after, PARTS[part].heads, base)
    patch: Json = diff(base, after)
    return patch


def taken_up(document: Json, part: str, base: Json) -> Json:
    """Return a document that says a part as the layers above do: lamps aimed at who is there, and of people those."""
    if part == "light":
        return relit(document, base)
    if part != "people":
        return parts.replaced(document, PARTS[part].heads, base)
    known = base.get("subjects", {})
    here = document.get("subjects", {})
    people = {name: {**who(known[name]), **stands(one)} if name in known else one for name, one in here.items()}
    return {**document, "subjects": people} if people else document


def inherits(document: Json, part: str, base: Json) -> bool:
    """Tell whether a document has anything of a part from the layers above."""
    told = walk(document)
    return any(_same(told.get(path), value) for path, value in walk(said(base, part)).items())


def followed(document: Json, part: str, before: Json, after: Json) -> Json:
    """Return a document whose layers above said `before` and now say `after` of a part.

    What it says itself stays; where it has nothing of the part from them, it takes up the whole.
    """
    if not inherits(document, part, before):
        return taken_up(document, part, after)
    base = parts.replaced(before, PARTS[part].heads, after)
    new: Json = merge(base, diff(before, document))
    here = document.get("subjects", {})
    people = {name: one for name, one in new.get("subjects", {}).items() if name in here}
    return {**new, "subjects": people} if people else {key: one for key, one in new.items() if key != "subjects"}


def common(documents: Sequence[Json]) -> Json:
    """Return what documents agree on, of the parts that a film can say. Lamps and people are the same whole, or not."""
    agreed: Json = {}
    if not documents:
        return agreed
    for part in PARTS:
        each = [said(one, part) for one in documents]
        whole = part in {"people", "light"}
        agreed = merge(agreed, (each[0] if all(one == each[0] for one in each) else {}) if whole else _agreed(each))
    return agreed


def _agreed(nodes: Sequence[Any]) -> Json:
    found: Json = {}
    for key, value in nodes[0].items():
        others = [one.get(key) for one in nodes[1:]]
        if all(one == value for one in others):
            found[key] = value
        elif isinstance(value, dict) and "words" not in value and all(isinstance(one, dict) for one in others):
            deeper = _agreed([value, *others])
            if deeper:
                found[key] = deeper
    return found


def _same(one: Any, other: Any) -> bool:
    return one is not None and one == other and isinstance(one, bool) == isinstance(other, bool)
