"""Named set-ups as patches: which lamps they place, what they take away, and what they must ask first."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from app.errors import UnknownNameError
from app.patch import Json, merge
from app.resolve import Resolved
from app.vocab import Term, vocabulary

LEFT_RIGHT = {"left": "right", "right": "left"}
SIGN = {"left": -1, "right": 1}

PLACE = ("azimuth_deg", "elevation_deg", "direction", "frame", "mark", "side", "pattern")
"""What says where a lamp stands: a set-up replaces all of it, so that nothing contradicts it."""

QUESTION = "Which side of camera does the {} come from?"

BOTH_KEYS = "Which side of camera does the first person's key come from?"


@dataclass(frozen=True)
class Lamp:
    """A lamp of a set-up. `side` is left or right, "asked" or the "other" one; `angles` come from the set-up's term."""

    name: str
    role: str
    side: str = ""
    angles: bool = False
    said: Json = field(default_factory=dict)


@dataclass(frozen=True)
class Rig:
    """A set-up: its lamps, the roles it has no use for (or the only ones that it keeps), and what else it says."""

    lamps: tuple[Lamp, ...] = ()
    without: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    said: Json = field(default_factory=dict)


RIGS = {
    "lighting.setup.three_point": Rig(
        (
            Lamp("key", "key", "asked", angles=True),
            Lamp("fill", "fill", "other", said={"direction": "light.direction.three_quarter_front"}),
            Lamp("back", "back", said={"direction": "light.direction.back"}),
        )
    ),
    "lighting.setup.cross": Rig(
        (Lamp("key", "key", "asked", angles=True), Lamp("key_across", "key", "other", angles=True)),
        without=frozenset({"fill", "bounce_fill"}),
    ),
    "lighting.setup.silhouette": Rig(
        without=frozenset({"key", "fill", "bounce_fill", "eye"}), said={"lighting": {"background_stops": 3}}
    ),
    "lighting.setup.single_source": Rig((Lamp("key", "key"),), only=frozenset({"key"})),
    "lighting.setup.practicals_only": Rig(only=frozenset({"practical"})),
    "lighting.setup.double_rim": Rig(
        (
            Lamp("rim_left", "rim", "left", said={"direction": "light.direction.three_quarter_back"}),
            Lamp("rim_right", "rim", "right", said={"direction": "light.direction.three_quarter_back"}),
        )
    ),
    "lighting.setup.soft_top": Rig(
        (
            Lamp(
                "key",
                "key",
                said={
                    "direction": "light.direction.top",
                    "quality": "light.quality.very_soft",
                    "fixture": "light.fixture.space_light",
                },
            ),
        )
    ),
    "lighting.setup.window_key": Rig(
        (Lamp("key", "key", "asked", said={"source": "light.source.window_light", "frame": "set"}),)
    ),
    "lighting.setup.moonlit_setup": Rig(
        (
            Lamp(
                "moon",
                "back",
                said={
                    "direction": "light.direction.back",
                    "source": "light.source.moonlight",
                    "hue": "light.hue.moon_blue",
                    "quality": "light.quality.hard",
                },
            ),
        )
    ),
}
"""What each named set-up does to the lamps. One that is not here says nothing of single lamps."""

FROM_BELOW = {"light.pattern.clamshell": Lamp("fill", "fill", said={"direction": "light.direction.under"})}
"""Patterns that need a second lamp."""

FACETS = (("Set-ups", "lighting.setup"), ("Patterns on the face", "light.pattern"))


@dataclass(frozen=True)
class Rigged:
    """What a set-up would do: the patch, or the question without whose answer there is none."""

    term: Term
    question: str = ""
    patch: Json | None = None


def offered() -> list[tuple[str, tuple[Term, ...]]]:
    """Return the set-ups that can be taken, in groups."""
    known = vocabulary()
    return [(label, tuple(known.facets[facet].terms)) for label, facet in FACETS]


def set_up(resolved: Resolved, name: str, side: str = "") -> Rigged:
    """Return what a named set-up does to a shot. Raises UnknownNameError for a name that is none."""
    names = {term.id: term for _, terms in offered() for term in terms}
    if name not in names:
        raise UnknownNameError("set-up", name[:80], names)
    term = names[name]
    if term.facet == "light.pattern":
        return _pattern(resolved, term, side)
    rig = RIGS.get(term.id, Rig())
    if not side and any(lamp.side in {"asked", "other"} for lamp in rig.lamps):
        question = BOTH_KEYS if term.id == "lighting.setup.cross" else QUESTION.format("key")
        return Rigged(term, question)
    lights = _lamps(resolved, rig.lamps, term, side)
    lights |= {one: None for one, light in resolved.lights if one not in lights and _leaves(rig, str(light.role))}
    patch: Json = merge({"lighting": {"setup": term.id}}, rig.said)
    return Rigged(term, patch={**patch, "lights": lights} if lights else patch)


def _pattern(resolved: Resolved, term: Term, side: str) -> Rigged:
    sided = term.numbers.get("azimuth_abs_deg") not in {0, 180}
    if sided and not side:
        return Rigged(term, QUESTION.format("key"))
    key = Lamp("key", "key", "asked" if sided else "", said={"pattern": term.id})
    lamps = (key, FROM_BELOW[term.id]) if term.id in FROM_BELOW else (key,)
    return Rigged(term, patch={"lights": _lamps(resolved, lamps, term, side)})


def _leaves(rig: Rig, role: str) -> bool:
    """Tell whether a lamp in a role has no place in a set-up."""
    short = role.rpartition(".")[2]
    return short in rig.without or bool(rig.only and short not in rig.only)


def _lamps(resolved: Resolved, lamps: Sequence[Lamp], term: Term, side: str) -> Json:
    """Return the patch of a set-up's lamps: those that are there in their roles are placed anew, others are added."""
    lights: Json = {}
    slot = next_slot(resolved)
    for lamp in lamps:
        role = f"light.role.{lamp.role}"
        there = [one for one, light in resolved.lights if str(light.role) == role and one not in lights]
        placed = _placed(lamp, term, side)
        if there:
            said = {key for key in PLACE if any(path.startswith(f"lights.{there[0]}.{key}") for path in resolved.said)}
            lights[there[0]] = {**(dict.fromkeys(sorted(said)) if placed else {}), "role": role, **placed}
        else:
            lights[free(resolved, lamp.name)] = {**({"slot": slot} if slot else {}), "role": role, **placed}
            slot += 1
    return lights


def _placed(lamp: Lamp, term: Term, side: str) -> Json:
    """Return where a lamp of a set-up stands, and what else is said of it."""
    stands = {"asked": side, "other": LEFT_RIGHT.get(side, "")}.get(lamp.side, lamp.side)
    if lamp.angles:
        azimuth = SIGN.get(stands, 1) * term.numbers["azimuth_abs_deg"]
        return {**lamp.said, "azimuth_deg": azimuth, "elevation_deg": term.numbers["elevation_deg"]}
    return {**lamp.said, "side": stands} if stands else lamp.said


def free(resolved: Resolved, wanted: str) -> str:
    """Return an id that no lamp has: `key`, else `key_2`."""
    names: Any = resolved.shot.lights
    return next(
        name
        for number in range(1, len(names) + 2)
        if (name := wanted if number == 1 else f"{wanted}_{number}") not in names
    )


def next_slot(resolved: Resolved) -> int:
    """Return the slot behind the last lamp."""
    return max((light.slot for _, light in resolved.lights), default=-1) + 1
