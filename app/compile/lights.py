"""Clauses for the lights. What they do together is told by `reading`."""

from collections.abc import Iterator

from app.compile.brief import Clause, Fact
from app.compile.wording import (
    OVERHEAD_DEG,
    Below,
    Rows,
    azimuth_words,
    brightness,
    colour_name,
    elevation_words,
    figure,
    in_stops,
    joined,
    kelvin_words,
    level,
    listed,
    picked,
    plain,
    pointed,
    told,
    words_of,
)
from app.physics import light as physics
from app.resolve import Resolved

PLACES = ("azimuth_deg", "elevation_deg", "direction", "side", "frame", "face_of")
"""The fields that say where a lamp stands."""


def _modifiers(resolved: Resolved, _name: str, path: str) -> list[Fact]:
    """Tell what a light goes through, what it is bounced off, and what cuts it."""
    ways: dict[str, list[str]] = {}
    for pick in resolved.value(path):
        term = resolved.vocabulary.terms.get(pick) if isinstance(pick, str) else None
        way = next((one for trait, one in WAYS.items() if term and trait in term.traits), "modifiers")
        if words := words_of(resolved, pick)[0]:
            ways.setdefault(way, []).append(words)
    return [Fact(way, joined(words), (path,)) for way, words in ways.items()]


WAYS = {"bounces": "bounced", "cuts": "cut"}
"""By the trait of a modifier: light is bounced off it, or cut with it; through all others it goes."""

LAMP = Below(
    ("source", "source", picked),
    ("fixture", "fixture", picked),
    ("pattern", "pattern", picked),
    ("shadow", "shadow", picked),
    ("modifiers", "modifiers", _modifiers),
    ("gels", "gels", listed),
    ("aimed_at", "aimed_at", pointed),
    ("motivated_by", "motivated_by", pointed),
    ("effects", "effects", listed),
    ("distance", "distance_m", figure("{} m away", unit="m")),
)

WHOLE: Rows = (
    ("style", "lighting.style", picked),
    ("setup", "lighting.setup", picked),
    ("contrast", "lighting.contrast", picked),
    ("broad", "lighting.broad", picked),
    ("effects", "lighting.effects", listed),
)


def lamp(resolved: Resolved, name: str) -> Iterator[Clause]:
    """The clause of one lamp."""
    at = f"lights.{name}"
    facts = [
        *(picked(resolved, "role", f"{at}.role") or [Fact("role", name.replace("_", " "), ())]),
        *told(resolved, LAMP.at(at)),
        *_where(resolved, at),
        *_softness(resolved, at),
        *_colour(resolved, at),
        *_level(resolved, at),
        *_visible(resolved, at),
    ]
    if len(facts) > 1 or facts[0].paths:
        yield Clause("light", facts, priority=1, about=name)


def lighting(resolved: Resolved) -> Iterator[Clause]:
    """What belongs to the whole lighting."""
    facts = [*told(resolved, WHOLE), *_ratio(resolved)]
    for name, words in (("background", "the background"), ("ambient", "the ambient light")):
        stops = resolved.number(f"lighting.{name}_stops")
        if stops is not None:
            dim = brightness(stops)
            exact = f"{words} {level(stops)}"
            facts.append(Fact(name, f"{words} {dim}" if dim else "", (f"lighting.{name}_stops",), exact, "stops"))
    yield Clause("lighting", facts, priority=2)


def _ratio(resolved: Resolved) -> list[Fact]:
    stops = resolved.number("lighting.ratio_stops") if "lighting.ratio_stops" in resolved.said else None
    if stops is None:
        return []
    words = f"the key {in_stops(stops)} {'over' if stops >= 0 else 'under'} the fill"
    return [Fact("ratio", words, ("lighting.ratio_stops",), f"{plain(2 ** abs(stops), 1)}:1", "ratio")]


def _where(resolved: Resolved, at: str) -> list[Fact]:
    """Say where a lamp stands: in words as the camera sees it, and in the numbers that were said."""
    said = tuple([path for key in PLACES if (path := f"{at}.{key}") in resolved.said])
    azimuth, rise = resolved.number(f"{at}.camera_azimuth_deg"), resolved.number(f"{at}.elevation_deg")
    placed = f"{at}.azimuth_deg" in resolved.said or f"{at}.mark.x_m" in resolved.said
    named = f"{at}.direction" in resolved.said
    risen = None if resolved.because(f"{at}.elevation_deg") == (f"{at}.direction",) else rise  # not by its name
    words, numbers = [], []
    if risen is not None and risen >= OVERHEAD_DEG:
        words.append(elevation_words(risen))
    elif azimuth is not None and (placed or not named):
        words.append(azimuth_words(azimuth))
    if named or not words:
        told = _direction(resolved, at)  # what was said twice is told twice
        words.append(_direction(resolved, at, sided=False) if told in words else told)
    if risen is not None and risen < OVERHEAD_DEG:
        words.append(elevation_words(risen))
    if azimuth is not None and placed:
        numbers.append(f"{plain(abs(azimuth))}° off axis")
    if rise is not None and f"{at}.elevation_deg" in resolved.said:
        numbers.append(f"{plain(abs(rise))}° {'up' if rise >= 0 else 'down'}")
    told = ", ".join(dict.fromkeys(filter(None, words)))
    return [Fact("where", told, said, ", ".join(numbers), "deg", derived=not said)] if told else []


def _direction(resolved: Resolved, at: str, *, sided: bool = True) -> str:
    """Name a direction and a side that nobody has turned into degrees."""
    words = words_of(resolved, resolved.value(f"{at}.direction") or {"words": ""})[0]
    side = resolved.value(f"{at}.side") if sided else None
    return " ".join(filter(None, (words, f"on camera {side}" if side else "")))


def _softness(resolved: Resolved, at: str) -> list[Fact]:
    named = picked(resolved, "quality", f"{at}.quality")
    angle = resolved.number(f"{at}.angular_size_deg")
    paths = tuple(path for path in (f"{at}.angular_size_deg", f"{at}.size_m", f"{at}.quality") if path in resolved.said)
    if angle is None or not paths:
        return named
    measured = f"{at}.angular_size_deg" in resolved.said or f"{at}.size_m" in resolved.said
    words = named[0].words if named else physics.softness(angle)
    words = "moderately soft" if words == "medium" else words
    digits = 2 if f"{at}.angular_size_deg" in resolved.said else 1
    exact = f"{plain(angle, digits)}° wide" if measured else ""
    return [Fact("quality", words, paths, exact, "deg")]


def _colour(resolved: Resolved, at: str) -> list[Fact]:
    facts = picked(resolved, "hue", f"{at}.hue")
    code = resolved.value(f"{at}.hex")
    if code:
        facts.append(Fact("hue", colour_name(code), (f"{at}.hex",), code, "hex"))
    kelvin = resolved.number(f"{at}.seen_k")
    if kelvin is None:
        return facts
    reads, balance = resolved.value(f"{at}.reads"), resolved.number("camera.white_balance_k")
    paths = (f"{at}.cct_k", *(["camera.white_balance_k"] if balance else []))
    if f"{at}.cct_k" not in resolved.said:  # a named source says its own colour
        if reads in {None, "neutral"} or facts:
            return facts
        return [Fact("colour", str(reads), (f"{at}.source",), "", "", "", derived=True)]
    lamp = resolved.number(f"{at}.cct_k") or kelvin
    exact = f"{plain(lamp)} K" if lamp == kelvin else f"{plain(lamp)} K, {kelvin:.0f} K behind the gel"
    if balance and reads != "neutral":
        exact += f" against a {plain(balance)} K balance"
    named = f"{at}.source" in resolved.values  # "tungsten" once is enough
    words = (reads if reads and reads != "neutral" else "neutral white" if reads else "") if named else ""
    return [*facts, Fact("colour", words or kelvin_words(kelvin, reads), paths, exact, "kelvin")]


def _level(resolved: Resolved, at: str) -> list[Fact]:
    stops = resolved.number(f"{at}.stops")
    return [Fact("level", brightness(stops), (f"{at}.stops",), level(stops), "stops")] if stops is not None else []


def _visible(resolved: Resolved, at: str) -> list[Fact]:
    seen = resolved.value(f"{at}.visible")
    if seen is None:
        return []
    return [Fact("visible", "seen in the frame" if seen else "out of frame", (f"{at}.visible",))]
