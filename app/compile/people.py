"""Clauses for the subjects: each attribute stays bound to its own subject and side."""

import re
from collections.abc import Iterator
from itertools import pairwise

from app.compile.brief import Clause, Fact
from app.compile.wording import (
    Below,
    azimuth_words,
    colour_name,
    elevation_words,
    facing_words,
    figure,
    flat,
    free,
    handle,
    joined_hair,
    kelvin_family,
    level,
    picked,
    plain,
    pointed,
    told,
)
from app.match.kinds import FACETS, KIND, told_kind
from app.physics.light import wrapped
from app.resolve import Resolved
from app.resolve.known import ordered

WHAT = Below(
    *[("what", key, picked) for key in ("species", "creature", "vehicle_model", "vehicle", "artwork", "plant", "form")]
)
"""Fields that say what a subject is, the closest first."""

TRAITS = Below(*[("trait", key, picked) for key in (
        "scale", "build", "styling", "body", "covering", "material", "condition", "stage", "surface", "state",
        "texture", "fit",
    )])  # fmt: skip
"""Fields that say what it is like, in the order in which a sentence tells them."""

ADJECTIVE = re.compile(r"[\w-]+(?: and [\w-]+)?")
"""A trait that can stand before its noun: one word, or two that are joined."""

ARTICLES = ("a ", "an ")

MANNER = Below(
    ("wardrobe", "wardrobe", free),
    ("presented", "presentation", picked),
    ("pose", "pose", picked),
    ("expression", "expression", picked),
    ("eyeline", "eyeline", pointed),
    ("height", "height_m", figure("{} m tall", unit="m")),
)


def subject(resolved: Resolved, name: str) -> Iterator[Clause]:
    """The clause of one subject; the hero's is the last to go, and those behind the second are alike."""
    at = f"subjects.{name}"
    facts = [
        *_described(_who(resolved, at), told(resolved, TRAITS.at(at))),
        *joined_hair(resolved, at),
        *told(resolved, MANNER.at(at)),
        *_colours(resolved, at),
        *_facing(resolved, at),
        *_position(resolved, at),
        *action_of(resolved, name),
    ]
    place = next(number for number, (one, _) in enumerate(resolved.subjects) if one == name)
    yield Clause("subject", facts, priority=min(place, 2), about=name)


def _described(who: list[Fact], traits: list[Fact]) -> list[Fact]:
    """Put short traits before the noun that says what it is: a large, fur-covered wolf."""
    noun = next((fact for fact in who if fact.name == "what" and fact.term and fact.words.startswith(ARTICLES)), None)
    before = [fact for fact in traits if fact.term and ADJECTIVE.fullmatch(fact.words)] if noun else []
    if noun is None or not before:
        return [*who, *traits]
    first = before[0].words
    article = "an" if first[0] in "aeiou" else "a"
    told = [fact._replace(name="adjective") for fact in before]
    told[0] = told[0]._replace(words=f"{article} {first}")
    bare = noun._replace(words=noun.words.partition(" ")[2])
    return [
        *(bare if fact is noun else fact for fact in who),
        *told,
        *(fact for fact in traits if fact not in before),
    ]


def relations(resolved: Resolved) -> Iterator[Clause]:
    """Who stands left of whom: derived from their places across the frame."""
    across = [(name, resolved.number(f"subjects.{name}.screen_x")) for name, _ in resolved.subjects]
    placed = sorted([(name, x) for name, x in across if x is not None], key=lambda item: item[1])
    facts = []
    for (left, x_left), (right, x_right) in pairwise(placed):
        if x_right - x_left >= 0.05:
            words = f"{handle(resolved, left)} is to the left of {handle(resolved, right)}"
            paths = (f"subjects.{left}.screen_x", f"subjects.{right}.screen_x")
            facts.append(Fact("order", words, paths, derived=True))
    yield Clause("relation", facts, priority=1, derived=True)


def beats(resolved: Resolved) -> Iterator[Clause]:
    """What happens, beat by beat: who does what, each move of the camera, each line, what is heard."""
    for name, beat in ordered(resolved.shot.beats):
        at = f"beats.{name}"
        facts = [fact for who in beat.action for fact in _act(resolved, f"{at}.action.{who}", who)]
        facts += picked(resolved, "interaction", f"{at}.interaction")
        facts += told(resolved, FOCUS.at(at))
        for lamp in beat.lights:
            facts += _becomes(resolved, f"{at}.lights.{lamp}", handle(resolved, lamp))
        yield Clause("beat", facts, priority=2, about=name)
        for move, _ in ordered(beat.moves):
            yield Clause("move", told(resolved, MOVE.at(f"{at}.moves.{move}")), priority=2, about=name)
        for who in dict.fromkeys((*beat.says, *beat.delivery)):
            yield Clause("line", _line(resolved, at, who), priority=3, about=name)
        yield Clause("heard", free(resolved, "sound", f"{at}.sound"), priority=5, about=name)


MOVE = Below(
    ("move", "path", picked),
    ("speed", "speed", picked),
    ("far", "amount_m", figure("{} m", unit="m")),
    ("round", "amount_deg", figure("{}°", unit="deg")),
    ("to", "focal_to_mm", figure("{} mm", unit="mm", facet="camera.focal")),
)

FOCUS = Below(
    ("pull", "focus.on", pointed),
    ("pull_at", "focus.distance_m", figure("{} m away", 3, unit="m")),
    ("pull_how", "focus.technique", picked),
)


def _act(resolved: Resolved, path: str, who: str) -> list[Fact]:
    """Tell who does what: a picked action is a participle, words of one's own have their verb."""
    return [
        fact._replace(name="act", words=f"{handle(resolved, who)} {'is ' if fact.term else ''}{fact.words}", term="")
        for fact in picked(resolved, "act", path)
    ]


def _becomes(resolved: Resolved, at: str, lamp: str) -> list[Fact]:
    """Tell what a lamp becomes."""
    facts = []
    stops, kelvin = resolved.number(f"{at}.stops"), resolved.number(f"{at}.cct_k")
    azimuth, rise = resolved.number(f"{at}.azimuth_deg"), resolved.number(f"{at}.elevation_deg")
    if stops is not None:
        before = resolved.number(f"lights.{at.rpartition('.')[2]}.stops")
        way = "goes" if before is None or before == stops else "rises" if stops > before else "dims"
        facts.append(Fact("becomes", f"{lamp} {way} to {level(stops)}", (f"{at}.stops",)))
    if kelvin is not None:
        words = f"{lamp} turns to {kelvin_family(kelvin)}"
        facts.append(Fact("becomes", words, (f"{at}.cct_k",), f"{plain(kelvin)} K", "kelvin"))
    if azimuth is not None:
        words = f"{lamp} swings round to come {azimuth_words(azimuth)}"
        facts.append(Fact("becomes", words, (f"{at}.azimuth_deg",), f"{plain(abs(azimuth))}° off axis", "deg"))
    if rise is not None:
        words = f"{lamp} moves to come {elevation_words(rise)}"
        facts.append(Fact("becomes", words, (f"{at}.elevation_deg",), f"{plain(abs(rise))}°", "deg"))
    return facts


def _line(resolved: Resolved, at: str, who: str) -> list[Fact]:
    """Tell one line: who speaks, what is said, how, and in which language."""
    facts = [Fact("who", handle(resolved, who), ())]
    if spoken := resolved.value(f"{at}.says.{who}"):
        facts.append(Fact("line", flat(str(spoken)).replace('"', "'"), (f"{at}.says.{who}",)))
    facts += picked(resolved, "how", f"{at}.delivery.{who}")
    return [*facts, *free(resolved, "language", f"{at}.language")]


def _who(resolved: Resolved, at: str) -> list[Fact]:
    """Tell who or what it is: name, description, sort; the kind alone where nothing closer was said."""
    kind, age = picked(resolved, "kind", f"{at}.kind"), picked(resolved, "age", f"{at}.age")
    facts = [*free(resolved, "name", f"{at}.name"), *free(resolved, "description", f"{at}.description")]
    facts += told(resolved, WHAT.at(at))
    if not kind or not kind[0].term:
        return [*facts, *kind, *age]
    if facts and _is_told(resolved, facts, kind[0].term):
        facts[-1] = facts[-1]._replace(paths=(*facts[-1].paths, f"{at}.kind"))
        return [*facts, *age]
    if age and age[0].term and (age[0].words.startswith("in ") or kind[0].term == PERSON):
        words = f"{kind[0].words} {age[0].words}" if age[0].words.startswith("in ") else age[0].words
        return [*facts, Fact("kind", words, (f"{at}.kind", f"{at}.age"))]  # a person in their thirties; a child
    return [*facts, *kind, *age]


PERSON = f"{KIND}character"


def _is_told(resolved: Resolved, who: list[Fact], kind: str) -> bool:
    """Tell whether what is said already leaves no doubt of the kind: a wolf is a creature, a keeper is a person."""
    what = next((fact.term for fact in who if fact.name == "what" and fact.term), "")
    if what:
        return f"{KIND}{FACETS[what.split('.')[1]]}" == kind
    if who[-1].name == "name":
        return False
    return told_kind(resolved.vocabulary, ", ".join([fact.words for fact in who])) == kind


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
    for part in resolved.shot.subjects[at.partition(".")[2]].colours:
        path, said = f"{at}.colours.{part}", part.replace("_", " ")
        value = resolved.value(path)
        if isinstance(value, str):
            facts.append(Fact("colour", f"{colour_name(value)} {said}", (path,), value, "hex"))
        else:
            facts.append(Fact("colour", f"{flat(value['words'])} {said}", (path,)))
    return facts
