"""A prompt as one JSON object, for models that were taught captions with keys."""

from collections.abc import Iterator
from json.encoder import encode_basestring as _quoted
from typing import Any, ClassVar

from app.compile import Clause, Fact
from app.dialects import template
from app.dialects._draft import Draft
from app.dialects._readback import Readback, Sentence, parts
from app.dialects.base import Block, Dialect
from app.dialects.prose import Prose
from app.errors import BadInputError
from app.parse.forms import Given, Leaf, letters
from app.parse.parsed import Parsed
from app.schema import Segment
from app.vocab import Target, Vocabulary

Node = dict[str, Any] | list[Any]
"""An object, an array, or the segments of one string."""

COLOURS = "look.colours"
REST = "details"
"""The key under which stands what no key of the order names."""


class Json(Prose):
    """The order's labels are keys: `camera.lens` nests, `subjects[]` is an array with an element a clause, and
    `elements[type=obj]` gives each element a key of its own.

    A pattern called `subject.position` makes `position` a key of the elements of the slot `subject`; facts that no such
    pattern has a place for go to the first. The slot `colours` holds the palette, a colour an element.
    """

    id = "json"
    form = "json"
    runs_on = frozenset()
    sentence_case = False
    clause_end = "; "

    order: ClassVar[tuple[Block, ...]] = (
        ("scene", "frame", "place", "instead"),
        ("subjects[].description", "subject"),
        ("lettering[]", "lettering"),
        ("style", "look"),
        ("color_palette[]", "colours"),
        ("lighting", "lighting", "light", "reading"),
        ("mood", "intent"),
        ("composition", "framing", "relation", "extraction"),
        ("camera.angle", "angle"),
        ("camera.lens", "lens", "exposure"),
        ("camera.depth_of_field", "depth"),
        ("references[]", "reference"),
    )

    def text(self, clauses: list[Clause], draft: Draft) -> list[Segment]:
        """Write the clauses as one object, keys in order; nothing at all for an empty shot."""
        if not clauses:
            return []
        by_slot: dict[str, list[Clause]] = {}
        for clause in self._palette_apart(clauses, draft):
            by_slot.setdefault(clause.slot, []).append(clause)
        root: dict[str, Any] = {}
        for label, slots in self.blocks(draft.layout, by_slot):
            self._place(root, label or REST, slots, by_slot, draft)
        return _written(root) if root else []

    def read(self, text: str, target: Target, vocabulary: Vocabulary) -> Parsed | None:
        """Read a prompt back key by key; None for what is no JSON, or has a key that the target lacks."""
        if not text.lstrip().startswith("{"):
            return None
        try:
            given = Given(text)
            found = given.leaves
        except BadInputError:
            return None
        layout = self.layout(target)
        homes = _homes(layout.blocks, layout.patterns, layout.named)
        sorts = {leaf.path[:-1]: leaf.value for leaf in found if _is_sort(leaf, layout.blocks)}
        told: list[tuple[tuple[str, ...], Leaf]] = []
        for leaf in found:
            home = homes.get((sorts.get(leaf.path[:-1], ""), _plain(leaf.path)))
            if home and isinstance(leaf.value, str):
                told.append((home, leaf))
            elif leaf.path[:-1] not in sorts:
                return None
        back = Readback(text, target, layout.patterns, vocabulary, self.clause_end)
        for home, leaf in told:
            self._take(back, home, leaf, *letters(text[leaf.start : leaf.end], leaf.start))
        return back.parsed("json")

    def _take(self, back: Readback, home: tuple[str, ...], leaf: Leaf, said: str, places: list[int]) -> None:
        """Read one value: an element is one clause, any other value several."""
        whole = Sentence(said, places, 0, len(said))
        if home == ("colours",):
            back.colour(whole)
        elif home[0].partition(".")[0] in ELEMENTS and any(isinstance(key, int) for key in leaf.path):
            back.element(home[0], leaf.path[: _depth(leaf.path)], whole)
        else:
            back.read(home, list(parts(said, places, self.clause_end)))

    def _place(
        self, root: dict[str, Any], label: str, slots: tuple[str, ...], by_slot: dict[str, list[Clause]], draft: Draft
    ) -> None:
        """Put the clauses of some slots at a label."""
        *parents, last = label.split(".")
        if "[" in label:
            elements = [one for slot in slots for one in self._elements(slot, label, by_slot, draft)]
            if elements:
                array = next(at for at, key in enumerate([*parents, last]) if "[" in key)
                keys = [*parents, last]
                node = _descend(root, keys[:array])
                node.setdefault(keys[array].partition("[")[0], []).extend(elements)
            return
        written = [one for _, one in self._slots(slots, by_slot, draft)]
        if written:
            said = _joined(written, self.clause_end)
            node = _descend(root, parents)
            node[last] = [*node[last], Segment(self.clause_end), *said] if last in node else said

    def _elements(self, slot: str, label: str, by_slot: dict[str, list[Clause]], draft: Draft) -> Iterator[Any]:
        """Yield an element for each clause: an object where it has keys, else a string."""
        always, key = _always(label), label.partition("]")[2].removeprefix(".")
        keys = _keys(slot, draft.layout.patterns)
        for clause in by_slot.get(slot, ()):
            if slot == "colours":
                yield from ([self.say(fact, draft)] for fact in clause.facts)
            elif keys:
                yield {**always, **_by_key(clause, keys, self, draft)}
            elif written := self.clause(clause, draft):
                yield {**always, key: written} if key or always else written

    def _palette_apart(self, clauses: list[Clause], draft: Draft) -> Iterator[Clause]:
        """Take the colours out of the look where the order has a place for them."""
        order = draft.target.order or self.order
        apart = any("colours" in slots for _, *slots in order)
        for clause in clauses:
            found = [fact for fact in clause.facts if apart and clause.slot == "look" and fact.name == "colours"]
            rest = [fact for fact in clause.facts if fact not in found]
            if rest:
                yield clause if not found else Clause(clause.slot, rest, clause.priority, pinned=clause.pinned)
            if found:
                yield Clause("colours", _each_colour(draft), clause.priority)


ELEMENTS = frozenset({"subject", "lettering", "reference"})
"""Slots whose clauses are elements of an array."""

LAST = ("pace", "beat", "exclude", "extraction", "support", "depth", "relation", "angle", "lens", "exposure", "framing")
"""Slots that may stand under `REST`, where a target's order does not name them."""


Home = tuple[str, tuple[str, ...]]
"""What sort an element is, where its kind has sorts, and the keys that lead to a value."""


def _homes(
    blocks: tuple[tuple[str, tuple[str, ...]], ...], patterns: dict[str, str], named: frozenset[str]
) -> dict[Home, tuple[str, ...]]:
    """Return the slots of each key; those of an element with keys of its own are called after them."""
    homes: dict[Home, tuple[str, ...]] = {("", (REST,)): tuple(one for one in LAST if one not in named)}
    for label, slots in blocks:
        path, (sort, own) = tuple(label.partition("[")[0].split(".")), _sort(label)
        keys = _keys(slots[0], patterns) if "[" in label else {}
        if keys:
            homes |= {(sort, (*path, key)): (f"{slots[0]}.{key}",) for key in keys}
        else:
            home = (sort, (*path, own) if own else path)
            homes[home] = (*homes.get(home, ()), *slots)
    return homes


def _sort(label: str) -> tuple[str, str]:
    """Read the sort of a label's elements and the key of their words: `elements[type=obj].desc`."""
    inside, _, after = label.partition("[")[2].partition("]")
    return inside.partition("=")[2], after.removeprefix(".")


def _is_sort(leaf: Leaf, blocks: tuple[tuple[str, tuple[str, ...]], ...]) -> bool:
    """Tell whether a value only says of which sort an element is."""
    path = _plain(leaf.path)
    return any((*label.partition("[")[0].split("."), *_always(label)) == path for label, _ in blocks if "=" in label)


def _plain(path: tuple[Any, ...]) -> tuple[str, ...]:
    return tuple(key for key in path if isinstance(key, str))


def _depth(path: tuple[Any, ...]) -> int:
    """Return how many keys lead to an element of an array, with its number."""
    return next(at for at, key in enumerate(path, start=1) if isinstance(key, int))


def _each_colour(draft: Draft) -> list[Fact]:
    codes = draft.resolved.value(COLOURS) or ()
    return [Fact("colour", one.upper() if isinstance(one, str) else one["words"], (COLOURS,)) for one in codes]


def _always(label: str) -> dict[str, Any]:
    """Read the key that every element has: `elements[type=obj]`."""
    name, _, value = label.partition("[")[2].partition("]")[0].partition("=")
    return {name: [Segment(value)]} if name else {}


def _keys(slot: str, patterns: dict[str, str]) -> dict[str, str]:
    """Return the patterns of the keys that a slot's elements have."""
    return {name.partition(".")[2]: one for name, one in patterns.items() if name.startswith(f"{slot}.")}


def _by_key(clause: Clause, keys: dict[str, str], dialect: Dialect, draft: Draft) -> dict[str, list[Segment]]:
    """Part a clause's facts among keys, each by the pattern that names it; the first takes what none names."""
    parts: dict[str, list[Fact]] = {key: [] for key in keys}
    first = next(iter(keys))
    for fact in clause.facts:
        home = next((key for key, one in keys.items() if fact.name in template.parse(one).names), first)
        parts[home].append(fact)
    return {
        key: written
        for key, facts in parts.items()
        if (written := template.write(keys[key], Clause(clause.slot, facts), dialect.say, draft))
    }


def _descend(root: dict[str, Any], keys: list[str]) -> dict[str, Any]:
    for key in keys:
        root = root.setdefault(key, {})
    return root


def _joined(written: list[list[Segment]], between: str) -> list[Segment]:
    said: list[Segment] = []
    for one in written:
        said += [Segment(between), *one] if said else one
    return said


def _written(node: Any) -> list[Segment]:
    """Write a node: an object, an array, or a string made of segments."""
    if isinstance(node, dict):
        parts = [(f"{_quoted(key)}: ", value) for key, value in node.items()]
        return _enclosed("{}", parts)
    if node and isinstance(node[0], Segment):
        quote = Segment('"')
        return [quote, *[_inside(one) for one in node], quote]
    return _enclosed("[]", [("", value) for value in node])


def _inside(one: Segment) -> Segment:
    """Return a segment as it stands inside quotation marks: most stand there as they are."""
    quoted = _quoted(one.text)[1:-1]
    return one if quoted == one.text else Segment(quoted, one.paths, one.derived)


def _enclosed(ends: str, parts: list[tuple[str, Any]]) -> list[Segment]:
    """Write what stands between two brackets, each part behind its key."""
    found = [Segment(ends[0])]
    for number, (key, value) in enumerate(parts):
        found += [Segment(f"{', ' if number else ''}{key}"), *_written(value)]
    return [*found, Segment(ends[1])]
