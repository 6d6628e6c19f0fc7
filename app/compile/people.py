"""Clauses for the subjects: each attribute stays bound to its own subject and side."""

from collections.abc import Iterator
from itertools import pairwise

from app.compile.brief import Clause, Fact
from app.compile.wording import (
    Below,
    colour_name,
    facing_words,
    figure,
    flat,
    free,
    handle,
    joined_hair,
    picked,
    plain,
    pointed,
    told,
)
from app.physics.light import wrapped
from app.resolve import Resolved
from app.resolve.known import ordered

WHAT = Below(
    *[("what", key, picked) for key in ("species", "creature", "vehicle_model", "vehicle", "artwork", "plant", "form")]
)
"""Fields that say what a subject is, the closest first."""

TRAITS = Below(*[("trait", key, picked) for key in (
        "build", "styling", "body", "covering", "scale", "material", "condition", "stage", "surface", "state",
        "texture", "fit",
    )])  # fmt: skip
"""Fields that say what it is like, in the order in which a sentence tells them."""

MANNER = Below(
    ("wardrobe", "wardrobe", free),
    ("presented", "presentation", picked),
    ("pose", "pose", picked),
    ("expression", "expression", picked),
    ("eyeline", "eyeline", pointed),
    ("height", "height_m", figure("{} m tall")),
)


def subjects(resolved: Resolved) -> Iterator[Clause]:
    """One clause for each subject, by slot."""
    for number, (name, _) in enumerate(resolved.subjects):
        at = f"subjects.{name}"
        facts = [
            *_who(resolved, at),
            *told(resolved, TRAITS.at(at)),
            *joined_hair(resolved, at),
            *told(resolved, MANNER.at(at)),
            *_colours(resolved, at),
            *_facing(resolved, at),
            *_position(resolved, at),
            *action_of(resolved, name),
        ]
        yield Clause("subject", facts, priority=min(number, 2), about=name)


def relations(resolved: Resolved) -> Iterator[Clause]:
    """Who stands left of whom: derived from their places across the frame."""
    placed = [(name, who.screen_x) for name, who in resolved.subjects if who.screen_x is not None]
    placed.sort(key=lambda item: item[1])
    facts = []
    for (left, x_left), (right, x_right) in pairwise(placed):
        if x_right - x_left >= 0.05:
            words = f"{handle(resolved, left)} is to the left of {handle(resolved, right)}"
            paths = (f"subjects.{left}.screen_x", f"subjects.{right}.screen_x")
            facts.append(Fact("order", words, paths, derived=True))
    yield Clause("relation", facts, priority=1, derived=True)


def beats(resolved: Resolved) -> Iterator[Clause]:
    """What happens, beat by beat; the action of the first is told with its subject."""
    for number, (name, beat) in enumerate(ordered(resolved.shot.beats)):
        at = f"beats.{name}"
        facts: list[Fact] = []
        if number:
            for who in beat.action:
                told = picked(resolved, "action", f"{at}.action.{who}")
                facts += [fact._replace(words=f"{handle(resolved, who)} {fact.words}") for fact in told]
        facts += picked(resolved, "interaction", f"{at}.interaction")
        for move in beat.moves:
            facts += picked(resolved, "move", f"{at}.moves.{move}.path")
            facts += picked(resolved, "speed", f"{at}.moves.{move}.speed")
        for who in beat.says:
            words = f'{handle(resolved, who)} says "{flat(beat.says[who])}"'
            facts.append(Fact("line", words, (f"{at}.says.{who}",)))
        for who in beat.delivery:
            facts += picked(resolved, "delivery", f"{at}.delivery.{who}")
        facts += free(resolved, "language", f"{at}.language")
        facts += free(resolved, "sound", f"{at}.sound")
        yield Clause("beat", facts, priority=5, about=name)


def _who(resolved: Resolved, at: str) -> list[Fact]:
    """Tell who or what it is: name, description, sort; the kind alone where nothing closer was said."""
    kind, age = picked(resolved, "kind", f"{at}.kind"), picked(resolved, "age", f"{at}.age")
    facts = [*free(resolved, "name", f"{at}.name"), *free(resolved, "description", f"{at}.description")]
    facts += told(resolved, WHAT.at(at))
    if not kind or not kind[0].term:
        return [*facts, *kind, *age]
    if facts and facts[-1].name != "name":  # which says what it is
        facts[-1] = facts[-1]._replace(paths=(*facts[-1].paths, f"{at}.kind"))
        return [*facts, *age]
    if age and age[0].term:  # a person in their thirties; a child
        words = f"{kind[0].words} {age[0].words}" if age[0].words.startswith("in ") else age[0].words
        return [*facts, Fact("kind", words, (f"{at}.kind", f"{at}.age"))]
    return [*facts, *kind, *age]


def _position(resolved: Resolved, at: str) -> list[Fact]:
    across, down = resolved.number(f"{at}.screen_x"), resolved.number(f"{at}.screen_y")
    words, numbers, paths = [], [], []
    if across is not None:
        bands = ((0.15, "at the far left"), (0.42, "on the left"), (0.58, "in the centre"), (0.85, "on the right"))
        words.append(next((name for limit, name in bands if across < limit), "at the far right") + " of the frame")
        numbers.append(f"{plain(across * 100)} % across")
        paths.append(f"{at}.screen_x")
    if down is not None:
        words.append("high in it" if down < 0.35 else "low in it" if down > 0.65 else "at mid height")
        numbers.append(f"{plain(down * 100)} % down")
        paths.append(f"{at}.screen_y")
    return [Fact("position", ", ".join(words), tuple(paths), ", ".join(numbers), "share")] if words else []


def _facing(resolved: Resolved, at: str) -> list[Fact]:
    facing = resolved.number(f"{at}.facing_deg")
    if facing is None:
        return []
    seen = wrapped(facing - (resolved.number("camera.set_azimuth_deg") or 0))
    return [Fact("facing", facing_words(seen), (f"{at}.facing_deg",), f"{plain(abs(seen))}° off the lens", "deg")]


def action_of(resolved: Resolved, name: str) -> list[Fact]:
    for beat, _ in ordered(resolved.shot.beats):
        path = f"beats.{beat}.action.{name}"
        return [fact._replace(name="action") for fact in picked(resolved, "action", path)]
    return []


def _colours(resolved: Resolved, at: str) -> list[Fact]:
    facts = []
    for part, value in resolved.shot.subjects[at.partition(".")[2]].colours.items():
        path, said = f"{at}.colours.{part}", part.replace("_", " ")
        if isinstance(value, str):
            facts.append(Fact("colour", f"{colour_name(value)} {said}", (path,), value, "hex"))
        else:
            facts.append(Fact("colour", f"{flat(value.words)} {said}", (path,)))
    return facts
