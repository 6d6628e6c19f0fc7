"""What a shot that says one term looks like, and what every target makes of it: compiled, not guessed."""

import json
from dataclasses import dataclass
from typing import Any, Literal

from app.pipeline import compile_all
from app.schema import Compiled, Shot, read_data
from app.schema.facets import extra, field_of, takes_several
from app.vocab import Target, Term, vocabulary
from app.web.vocabulary import number_path, paths_of

How = Literal["says", "own", "negative", "instead", "parameter", "roughly", "silent"]

IDS = {"subjects": "hero", "lights": "key", "references": "picture", "beats": "beat", "moves": "move"}
"""What an example calls things; a map of people's own calls them `hero`."""

PICTURE = "0" * 64
"""Stands for a reference's picture, without which no reference is sent."""


@dataclass(frozen=True)
class Told:
    """What some targets do with a term: how, in which words, or why not."""

    how: How
    words: str
    reason: str
    targets: tuple[Target, ...]


def path_for(term: Term) -> str:
    """Return the path that an example says a term at; empty when a shot has no place for it."""
    facet = vocabulary().facets[term.facet]
    path = next(iter(paths_of(facet.id)), "")
    if not path and nominal(term) is not None and field_of(number_path(facet)):
        path = number_path(facet)
    keys = path.split(".")
    return ".".join(IDS.get(keys[at - 1], "hero") if key == "*" else key for at, key in enumerate(keys))


def nominal(term: Term) -> float | None:
    """Return the number that a term stands for: the one that it names, else the middle of its range."""
    facet = vocabulary().facets[term.facet]
    name = facet.by or facet.names.rpartition(".")[2]
    if name in term.numbers:
        return term.numbers[name]
    if facet.names in term.sets:
        return term.sets[facet.names]
    band = facet.band(term)
    if band is None:
        return None
    low, high = band
    middle = (low * high) ** 0.5 if low > 0 else (low + high) / 2
    rounded = float(f"{middle:.2g}")
    return int(rounded) if rounded.is_integer() else rounded


def example(term: Term) -> dict[str, Any]:
    """Return the smallest shot that says a term, as plain data; empty when a shot has no place for it."""
    path = path_for(term)
    if not path:
        return {}
    *keys, last = path.split(".")
    shot: dict[str, Any] = {}
    at = shot
    for key in keys:
        at = at.setdefault(key, {})
    if paths_of(term.facet):
        at.update(_companions(term, path))
        at[last] = [term.id] if takes_several(path) else term.id
    else:
        at[last] = nominal(term)
    return shot


def _companions(term: Term, path: str) -> dict[str, str]:
    """Return what must be said beside a term: the kind of subject that has the field, the role of a reference."""
    if term.facet == "reference.aspect":
        return {"role": "reference.role.character"}
    kind = f"subject.kind.{extra(path).get('kinds', '').partition(' ')[0]}"
    return {"kind": kind} if kind in vocabulary().terms else {}


def toml(shot: dict[str, Any]) -> str:
    """Write an example as TOML."""
    return "\n".join(_lines(shot, ""))


def _lines(node: dict[str, Any], at: str) -> list[str]:
    values = {key: value for key, value in node.items() if not isinstance(value, dict)}
    head = [f"[{at}]"] if at and values else []
    lines = head + [f"{key} = {json.dumps(value)}" for key, value in values.items()]
    for key, value in node.items():
        if isinstance(value, dict):
            lines += _lines(value, f"{at}.{key}" if at else key)
    return lines


def told(term: Term) -> list[Told]:
    """Return what each target does with a term; targets that do the same stand together."""
    said = example(term)
    if not said:
        return []
    shot = _shot(said)
    path = path_for(term)
    found: dict[tuple[How, str, str], list[Target]] = {}
    targets = tuple(vocabulary().targets.values())
    for target, compiled in zip(targets, compile_all(shot, targets, vocabulary()), strict=True):
        found.setdefault(_outcome(compiled, target, term, path), []).append(target)
    return [Told(how, words, reason, tuple(targets)) for (how, words, reason), targets in found.items()]


def _shot(said: dict[str, Any]) -> Shot:
    """Read an example; a reference gets a picture, so that it is sent."""
    if picture := said.get("references", {}).get("picture"):
        said = {"references": {"picture": {**picture, "asset": PICTURE}}}
    return read_data(said)


def _outcome(compiled: Compiled, target: Target, term: Term, path: str) -> tuple[How, str, str]:
    words, phrase = _carried(compiled.segments, path), term.phrase
    lost = next((loss for loss in compiled.losses if path in loss.paths), None)
    if negative := _carried(compiled.negative, path):
        return "negative", negative, ""
    if words and lost:
        return "roughly", words, lost.reason
    if words:
        if term.facet == "exclude":
            return "instead", _plain(words, term.instead), ""
        return ("own" if term.id in target.says else "says"), _plain(words, phrase), ""
    for name, param in compiled.params.items():
        if path in param.paths:
            return "parameter", f"{name} = {param.value}", ""
    return "silent", "", lost.reason if lost else f"{target.label} has no words for this."


def _carried(segments: Any, path: str) -> str:
    return "".join(segment.text for segment in segments if path in segment.paths)


def _plain(words: str, phrase: str) -> str:
    """Take off the capital that a sentence begins with."""
    return phrase if words.casefold() == phrase.casefold() else words
