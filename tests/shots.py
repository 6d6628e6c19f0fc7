"""Any valid shot, as a Hypothesis strategy that is read off the schema: a new field is drawn without an edit here."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from hypothesis import settings
from hypothesis import strategies as st
from pydantic import BaseModel

from app.schema import Shot
from app.schema.facets import extra, facet_of, limits
from app.schema.fields import Address, Asset, Hex, Id, TermId, Text, Words
from app.vocab import vocabulary

Json = dict[str, Any]

SLOT_MAX = 999


def examples(count: int) -> settings:
    """Return this profile with another number of examples."""
    return settings(max_examples=count)


class Leaf(NamedTuple):
    """A field that holds a value, by its path with `*` for an id, and what may stand there."""

    path: str
    values: st.SearchStrategy[Any]


class Entries(NamedTuple):
    """A map of models: its path, and the keys without which an entry is no entry."""

    path: str
    required: tuple[Leaf, ...]


IDS = ("key", "fill", "rim", "mara", "jonas", "a", "x" * 40)

AWKWARD = (
    "a keeper in the rain.",
    "...",
    "  two  blanks\tand a\nnew line  ",
    "灯台守が窓辺に立つ",
    "שומר המגדלור",
    "حارس المنارة",
    "👩🏽‍🚀 on the stairs",
    "[a] (b:1.2) {c} <lora:d:1>",
    "she said \"no\" and 'yes'",
    "IMAGE1",
    "(x:1.2)",
    "a, b; c: d",
    "back\\slash \\(escaped\\)",
    "no people",
    "éclair",
    "ßharp",
)

UNKNOWN = ("camera.size.nobody_made_this", "not an id at all", "light.role.", "IMAGE1")

texts = st.one_of(
    st.sampled_from(AWKWARD),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20).filter(lambda one: one.strip()),
    st.builds(lambda word, count: (word * count)[:2000], st.sampled_from(("lamp ", "灯")), st.integers(100, 2000)),
)
words = texts.map(lambda one: {"words": one})
ids = st.sampled_from(IDS)
hexes = st.sampled_from(("#000000", "#1c2B3d", "#FFFFFF", "#a0522d"))
hashes = st.integers(0, 2**256 - 1).map(lambda one: f"{one:064x}")
assets = hashes | st.sampled_from(("previz:frame", "previz:depth", "take:01a2b3"))
terms = {facet.id: st.sampled_from([term.id for term in facet.terms]) for facet in vocabulary().facets.values()}

BY_TYPE: tuple[tuple[Any, st.SearchStrategy[Any]], ...] = (
    (Words, words),
    (Text, texts),
    (Id, ids),
    (Hex, hexes),
    (Asset, assets),
    (Address, st.sampled_from(("https://example.org/lamp.png", "http://example.org/a--b/(1).jpg?w=2#fog"))),
    (bool, st.booleans()),
    (int, st.integers(0, SLOT_MAX)),
)


def term_ids(path: str) -> st.SearchStrategy[str]:
    """Return known terms of the facet that a path takes, and now and then one that nobody defined."""
    known = terms.get(facet_of(path))
    unknown = st.sampled_from(UNKNOWN)
    return unknown if known is None else st.one_of(known, known, known, unknown)


def numbers(path: str) -> st.SearchStrategy[float]:
    """Return the whole range of a number: its ends, round steps and anything between."""
    low, high = limits(path) or (0, SLOT_MAX)
    step = float(extra(path).get("step", 1))
    steps = st.integers(0, int((high - low) / step)).map(lambda count: min(low + count * step, high))
    return st.one_of(st.sampled_from((low, high, max(low, 0.0))), steps, st.floats(low, high))


def values_of(kind: Any, path: str) -> st.SearchStrategy[Any]:
    """Return what a field of type `kind` at `path` may hold."""
    if kind == TermId:
        return term_ids(path)
    for known, values in BY_TYPE:
        if kind == known:
            return values
    if get_origin(kind) is Literal:
        return st.sampled_from(get_args(kind))
    if get_origin(kind) is tuple:
        return st.lists(values_of(get_args(kind)[0], path), max_size=4)
    if get_origin(kind) is Annotated and get_args(kind)[0] is float:
        return numbers(path)
    options = get_args(kind)[:1] if get_origin(kind) is Annotated else _options(kind)
    if options:
        return st.one_of(*(values_of(one, path) for one in options))
    raise TypeError(f"{path} is a {kind}: tests/shots.py cannot draw that yet.")


def walk(model: type[BaseModel], at: str) -> Iterator[Leaf | Entries]:
    """Yield every field below `model` that holds a value, and every map of models."""
    hints = get_type_hints(model, include_extras=True)
    for name in model.model_fields:
        kind, path = hints[name], f"{at}{name}"
        if path in {"kind", "marks"}:
            continue
        inner = next((one for one in _options(kind) or (kind,) if one is not Words and _is_model(one)), None)
        if inner:
            yield from walk(inner, f"{path}.")
        elif get_origin(kind) is dict and _is_model(item := get_args(kind)[1]) and item is not Words:
            yield Entries(f"{path}.*", tuple(_required(item, f"{path}.*.")))
            yield from walk(item, f"{path}.*.")
        elif get_origin(kind) is dict:
            yield Leaf(f"{path}.*", values_of(get_args(kind)[1], f"{path}.*"))
        else:
            yield Leaf(path, values_of(kind, path))


def _required(model: type[BaseModel], at: str) -> Iterator[Leaf]:
    hints = get_type_hints(model, include_extras=True)
    for name, field in model.model_fields.items():
        if field.is_required():
            yield Leaf(f"{at}{name}", values_of(hints[name], f"{at}{name}"))


def _options(kind: Any) -> tuple[Any, ...]:
    """Take a union apart; a plain type has no options."""
    if get_origin(kind) is Union or type(kind).__name__ == "UnionType":
        return tuple(one for one in get_args(kind) if one is not type(None))
    return ()


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


FIELDS = tuple(walk(Shot, ""))
LEAVES = {one.path: one for one in FIELDS if isinstance(one, Leaf)}
MAPS = {one.path: one for one in FIELDS if isinstance(one, Entries)}
DEPARTMENTS = {
    name: [leaf for path, leaf in LEAVES.items() if path.partition(".")[0] == name]
    for name in Shot.model_fields
    if any(path.partition(".")[0] == name for path in LEAVES)
}


@st.composite
def documents(draw: st.DrawFn) -> Json:
    """Any shot as plain data: leaves of a few departments, some references or a stack of them, some marks.

    A shot draws its ids from a pool of its own, small enough that values meet in one light or subject.
    """
    data: Json = {}
    said = []
    pool = st.sampled_from(draw(st.lists(ids, min_size=1, max_size=3)))
    departments = draw(st.lists(st.sampled_from(sorted(DEPARTMENTS)), min_size=1, max_size=5, unique=True))
    leaves = st.sampled_from([leaf for name in departments for leaf in DEPARTMENTS[name]])
    for leaf in draw(st.lists(leaves, min_size=draw(st.sampled_from((0, 4, 16))), max_size=30)):
        path = _named(draw, leaf.path, pool)
        _set(draw, data, path, leaf)
        said.append(path)
    if draw(st.integers(0, 5)) == 0:
        data["references"] = draw(stacks)
    if draw(st.booleans()):
        paths = st.sampled_from([*said, "camera", "lights", "no.such.path", "exclude"])
        data["marks"] = draw(st.dictionaries(paths, marks, max_size=4))
    return data


def shots() -> st.SearchStrategy[Shot]:
    """Any valid shot."""
    return documents().map(Shot.model_validate)


marks = st.fixed_dictionaries(
    {},
    optional={
        "pin": st.booleans(),
        "leave": st.booleans(),
        "silence": st.dictionaries(st.sampled_from(("unknown_term", "no_such_rule")), texts, max_size=2),
    },
)

stacks = st.lists(
    st.fixed_dictionaries(
        {"slot": st.integers(0, 3), "role": term_ids("references.a.role")},
        optional={"asset": assets, "shows": texts, "of": ids, "take": LEAVES["references.*.take"].values},
    ),
    min_size=1,
    max_size=14,
).map(lambda found: {f"ref_{number}": one for number, one in enumerate(found)})
"""References on equal slots, with and without pictures, more than any target takes."""


def _named(draw: st.DrawFn, template: str, pool: st.SearchStrategy[str]) -> str:
    return ".".join(draw(pool) if key == "*" else key for key in template.split("."))


def _set(draw: st.DrawFn, data: Json, path: str, leaf: Leaf) -> None:
    """Set one path; an entry of a map that is new gets what it cannot be without."""
    keys, names = path.split("."), leaf.path.split(".")
    node = data
    for depth, key in enumerate(keys[:-1]):
        entry = MAPS.get(".".join(names[: depth + 1]))
        if entry and key not in node:
            node[key] = {leaf.path.rpartition(".")[2]: draw(leaf.values) for leaf in entry.required}
        node = node.setdefault(key, {})
    node[keys[-1]] = draw(leaf.values)
