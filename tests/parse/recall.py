"""How much of a shot comes back from the prompt that was written of it: recall and precision, field by field.

Ids of maps may differ between a shot and its reading, so the entries of a map are compared in their order.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from app.importers import read_prompt
from app.match.kinds import FACETS
from app.pipeline import compile_shot
from app.resolve.known import ordered
from app.schema import Compiled, Shot
from app.schema.facets import pattern, picked_at
from app.schema.paths import leaves
from app.vocab import Target, Vocabulary

MAPS = ("subjects", "lights", "beats", "references")

WAYS = {"bounces": "bounced", "cuts": "cut"}
"""A lamp's modifiers are told in three groups, each in its own order."""

Said = dict[str, tuple[str, ...]]
"""The terms at each path below an entry."""


class Terms(NamedTuple):
    """The terms of a shot: those that belong to the whole, and those of each entry of a map, in order."""

    whole: Said
    entries: dict[str, list[Said]]


class Trip(NamedTuple):
    """A shot's terms that its prompt carries, those read from the prompt, and the paths at which it says anything.

    In `said` a path with words of one's own holds no term.
    """

    want: Terms
    got: Terms
    said: Terms
    sent: frozenset[str]
    """Terms that stand in the text in the place of a number that the target does not read."""


class Row(NamedTuple):
    """One vocabulary field: how often it was said, how often it came back, and how often it was read and not said."""

    field: str
    said: int
    back: int
    more: int

    @property
    def recall(self) -> float:
        """The share of what was said that came back."""
        return self.back / self.said if self.said else 1.0

    @property
    def precision(self) -> float:
        """The share of what was read that had been said."""
        return self.back / (self.back + self.more) if self.back + self.more else 1.0


def recall(shots: Iterable[Shot], target: Target, vocabulary: Vocabulary) -> list[Row]:
    """Compile every shot for a target, read each prompt back as anybody's text, and count by vocabulary field."""
    said, back, more = Counter[str](), Counter[str](), Counter[str]()
    for shot in shots:
        want, got, *_ = round_trip(shot, target, vocabulary)
        for one, other in pairs(want, got):
            wanted, found = set(_items(one)), set(_items(other))
            said.update(path for path, _ in wanted)
            back.update(path for path, _ in wanted & found)
            more.update(path for path, _ in found - wanted)
    return [Row(name, said[name], back[name], more[name]) for name in sorted(said | more)]


def total(rows: Iterable[Row]) -> Row:
    """Add rows up."""
    found = list(rows)
    return Row("all", sum(one.said for one in found), sum(one.back for one in found), sum(one.more for one in found))


def round_trip(shot: Shot, target: Target, vocabulary: Vocabulary, *, known: bool = False) -> Trip:
    """Return what a shot says, what its prompt for a target carries of it, and what is read from that prompt.

    With `known` the reader is told for which target the prompt was written.
    """
    compiled = compile_shot(shot, target, vocabulary)
    parsed = read_prompt(compiled.text or "-", "The text", vocabulary, target if known else None)[0]
    timed, sent = bool(target.timing.beat), {loss.sent for loss in compiled.losses}
    written = {path for segment in (*compiled.segments, *compiled.negative) for path in segment.paths}
    return Trip(
        _timed(terms_of(shot, vocabulary, written - _unheard(shot, compiled)), timed=timed),
        _timed(terms_of(parsed.shot, vocabulary), timed=timed),
        _timed(terms_of(shot, vocabulary, words=True), timed=timed),
        frozenset(term.id for term in vocabulary.terms.values() if term.phrase in sent),
    )


def _timed(terms: Terms, *, timed: bool) -> Terms:
    """Return the beats as one where no time code parts them: what happens then only stands in order.

    One beat holds one manner of speaking for each person, so that the same one twice is one.
    """
    if timed or not terms.entries["beats"]:
        return terms
    whole: Said = {}
    for beat in terms.entries["beats"]:
        for path, found in beat.items():
            before = whole.get(path, ())
            whole[path] = before if path.startswith("delivery.") and before == found else (*before, *found)
    return Terms(terms.whole, {**terms.entries, "beats": [whole]})


def pairs(want: Terms, got: Terms) -> Iterator[tuple[Said, Said]]:
    """Yield what was said and what came back, entry by entry; entries of which nothing is to come back are skipped."""
    yield want.whole, got.whole
    for name in MAPS:
        one, other = ([entry for entry in terms.entries[name] if entry] for terms in (want, got))
        for at in range(max(len(one), len(other))):
            yield (one[at] if at < len(one) else {}), (other[at] if at < len(other) else {})


def terms_of(shot: Shot, vocabulary: Vocabulary, paths: set[str] | None = None, *, words: bool = False) -> Terms:
    """Return the terms of a shot, at some of its paths or at all; with `words`, also where words of one's own stand."""
    order = {group: [name for name, _ in ordered(getattr(shot, group))] for group in MAPS}
    called = {name: _called(shot, name, vocabulary) for name in order["subjects"]}
    places = {name: one for name, one in called.items() if list(called.values()).count(one) == 1}
    found = Terms({}, {group: [{} for _ in getattr(shot, group)] for group in MAPS})
    for path, value in sorted(leaves(shot).items(), key=lambda one: _slot_of(shot, one[0])):
        terms = tuple(
            one for one in (value if isinstance(value, tuple | list) else [value]) if _is_term(one, vocabulary)
        )
        if pattern(path) not in picked_at() or not (terms or words) or (paths is not None and path not in paths):
            continue
        group, _, rest = path.partition(".")
        name, _, rest = rest.partition(".")
        if group in MAPS:
            _add(found.entries[group][order[group].index(name)], _placed(rest, places), terms, vocabulary)
        else:
            _add(found.whole, path, terms, vocabulary)
    return found


def _slot_of(shot: Shot, path: str) -> int:
    """Return the slot of the move that a path belongs to."""
    keys = path.split(".")
    return shot.beats[keys[1]].moves[keys[3]].slot if keys[0] == "beats" and keys[2] == "moves" else 0


def _add(node: Said, path: str, terms: tuple[str, ...], vocabulary: Vocabulary) -> None:
    """Add terms at a path: moves in their order, modifiers by what they do."""
    if path.startswith("moves."):
        key = f"moves.{path.rpartition('.')[2]}"
        node[key] = (*node.get(key, ()), *terms)
    elif path == "modifiers":
        for term in terms:
            way = next((way for trait, way in WAYS.items() if trait in vocabulary.terms[term].traits), path)
            node[way] = (*node.get(way, ()), term)
    elif path.endswith("?"):
        node[path] = tuple(sorted((*node.get(path, ()), *terms)))
    else:
        node[path] = terms


def _is_term(value: Any, vocabulary: Vocabulary) -> bool:
    return isinstance(value, str) and value in vocabulary.terms


def _unheard(shot: Shot, compiled: Compiled) -> set[str]:
    """Return the paths that are lost, or left to the model."""
    return {path for loss in compiled.losses for path in loss.paths} | {
        path for path, mark in shot.marks.items() if mark.leave
    }


def _placed(rest: str, called: dict[str, str]) -> str:
    """Return a path below a beat with what the subject is called of whom it tells, for the subject's id."""
    kind, _, name = rest.partition(".")
    return f"{kind}.{called.get(name, '?')}" if kind in {"action", "delivery"} else rest


def _called(shot: Shot, name: str, vocabulary: Vocabulary) -> str:
    """Return what a subject is called in other clauses; of one without a name no text can say what it does."""
    one = shot.subjects[name]
    what = [vocabulary.terms[value].phrase for key in FACETS if _is_term(value := getattr(one, key), vocabulary)]
    return [*what, str(one.name or one.description or "?").partition(",")[0].casefold()][0]


def _items(said: Said) -> Iterator[tuple[str, str]]:
    for path, terms in said.items():
        kind, _, name = path.partition(".")
        for one in terms:
            yield (f"{kind}.*" if kind in {"action", "delivery"} and name else path), one
