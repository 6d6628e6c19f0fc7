"""The parts of a shot that a look takes, and that a film or a scene says for all of its shots."""

from collections.abc import Sequence
from typing import NamedTuple

from app.errors import UnknownNameError
from app.patch import Json, merge


class Part(NamedTuple):
    """A part of a shot: the paths that it takes whole."""

    label: str
    heads: tuple[str, ...]


BODY = ("camera.body", "camera.shutter_deg", "camera.fps", "camera.ei")
LENS = ("camera.format", "camera.anamorphic", "camera.squeeze", "camera.lens_family", "camera.filters")

PARTS = {
    "look": Part("Stock, grain and grade", ("look",)),
    "glass": Part("Format, lenses and filters", LENS),
    "body": Part("Camera body, shutter and rate", BODY),
    "balance": Part("White balance", ("camera.balance", "camera.white_balance_k", "camera.tint")),
    "light": Part("Light", ("lighting", "lights")),
    "frame": Part("Frame", ("framing",)),
    "mood": Part("Intent and mood", ("intent",)),
    "place": Part("Place and hour", ("place",)),
    "sound": Part("Sound", ("sound",)),
    "exclude": Part("What stays out", ("exclude",)),
}
"""Of a look. A film and a scene also say who its people are (`layers.PARTS`)."""

STANDS = frozenset({"slot", "mark", "facing_deg", "eyeline", "screen_x", "screen_y", "pose", "expression"})
"""What a person does in one shot, which is not who they are."""


def heads_of(names: Sequence[str]) -> tuple[str, ...]:
    """Return the paths of some parts. Raises UnknownNameError."""
    for one in names:
        if one not in PARTS:
            raise UnknownNameError("part of a shot", one, PARTS)
    return tuple(head for one in names for head in PARTS[one].heads)


def who(person: Json) -> Json:
    """Return who somebody is, without what they do in one shot."""
    return {key: value for key, value in person.items() if key not in STANDS}


def stands(person: Json) -> Json:
    """Return what somebody does in one shot."""
    return {key: value for key, value in person.items() if key in STANDS}


def at(document: Json, heads: Sequence[str]) -> Json:
    """Return what a document says at these paths."""
    found: Json = {}
    for head in heads:
        first, _, rest = head.partition(".")
        value = document.get(first)
        if rest:
            value = {rest: value[rest]} if isinstance(value, dict) and rest in value else None
        if value:
            found[first] = {**found.get(first, {}), **value} if isinstance(value, dict) else value
    return found


def without(document: Json, heads: Sequence[str]) -> Json:
    """Return a document that says nothing at these paths."""
    left = dict(document)
    for head in heads:
        first, _, rest = head.partition(".")
        kept = left.pop(first, None)
        if rest and isinstance(kept, dict) and (others := {key: one for key, one in kept.items() if key != rest}):
            left[first] = others
    return left


def replaced(document: Json, heads: Sequence[str], source: Json) -> Json:
    """Return a document that says at these paths what another one says there, and nothing else."""
    found: Json = merge(without(document, heads), at(source, heads))
    return found
