"""What several rules look at: small questions about a resolved shot, each asked in one place."""

import re
from functools import lru_cache
from math import radians, tan
from typing import NamedTuple

from app.resolve import Resolved
from app.resolve.known import ordered
from app.schema.facets import facet_of
from app.schema.shot import Light, Move
from app.vocab import Term

FULL_FRAME_W_MM = 36.0
"""The width to which "equivalent" focal lengths refer."""

PLAYBACK_FPS = 24.0
"""At what rate a shot plays when nobody says so: the cinema's."""


BEFORE = (
    r"(?:^|[,;:.(–—]|\b(?:at|by|during|around|near|it is|it's|early|late|just)"
    r"|\bin(?: the| an?)?(?: early| late| deep)?)\s*"
)
AFTER = r"(?=\s*(?:$|[,;:.)–—]|\b(?:in|on|at|by|with|under|over|behind|above|beneath|outside|inside)\b))"
"""Between these a name tells the hour; in "wet from the afternoon rain" and "boats home since noon" it does not."""


class Motion(NamedTuple):
    """One movement of the camera: the beat it belongs to, its path in the shot, itself, and the term it names."""

    beat: str
    path: str
    move: Move
    term: Term


def still(resolved: Resolved) -> bool:
    """Tell whether the shot itself says that it is a still."""
    medium = resolved.term("intent.medium")
    return medium is not None and "still" in medium.traits


def heard(resolved: Resolved, path: str) -> Term | None:
    """Return the term picked at a path, or the first of its own facet that the words there name."""
    term = resolved.term(path)
    if term or type(resolved.value(path)) is not dict:
        return term
    facet = facet_of(path)
    named = (resolved.vocabulary.terms[one] for one, paths in resolved.spoken.items() if path in paths)
    return next((term for term in named if term.facet == facet), None)


def motions(resolved: Resolved) -> list[Motion]:
    """Return the moves that name a known term, beat by beat; those of one beat happen at the same time."""
    found: list[Motion] = []
    for beat, said in ordered(resolved.shot.beats):
        for name, move in ordered(said.moves):
            path = f"beats.{beat}.moves.{name}"
            if term := heard(resolved, f"{path}.path"):
                found.append(Motion(beat, path, move, term))
    return found


def together(resolved: Resolved) -> list[list[Motion]]:
    """Return the moves of each beat that has more than one."""
    beats: dict[str, list[Motion]] = {}
    for motion in motions(resolved):
        beats.setdefault(motion.beat, []).append(motion)
    return [found for found in beats.values() if len(found) > 1]


def seconds(resolved: Resolved, beat: str) -> float | None:
    """Return how long a beat lasts; the only beat of a shot lasts as long as the shot."""
    said = resolved.shot.beats[beat]
    end = said.end_s
    if end is None and len(resolved.shot.beats) == 1:
        end = resolved.shot.duration_s
    length = None if end is None else end - (said.start_s or 0)
    return length if length and length > 0 else None


def equivalent_mm(resolved: Resolved) -> float | None:
    """Return the focal length that sees as wide on full frame: 18 / tan(hfov / 2); None while the view is unknown."""
    wide = resolved.number("camera.hfov_deg")
    return FULL_FRAME_W_MM / 2 / tan(radians(wide) / 2) if wide and wide < 180 else None


def slowed(resolved: Resolved) -> float | None:
    """Return how many times slower than life the shot plays: capture over playback; None while no rate is known."""
    rate = resolved.number("camera.fps")
    return rate / (resolved.number("camera.playback_fps") or PLAYBACK_FPS) if rate else None


def chosen(resolved: Resolved, *terms: str) -> str:
    """Return the first path at which a term is picked, or named in the words of a field for terms; not in prose."""
    for term in terms:
        if paths := resolved.picked.get(term):
            return paths[0]
        for path in resolved.spoken.get(term, ()):
            if facet_of(path):
                return path
    return ""


def sun_deg(resolved: Resolved) -> tuple[float, float] | None:
    """Return the lowest and the highest that the sun may stand, by its elevation, else by the hour told."""
    said = resolved.number("place.sun_elevation_deg")
    if said is not None:
        return said, said
    for time, _ in hours(resolved):
        return time.numbers["sun_min_deg"], time.numbers["sun_max_deg"]
    return None


def hours(resolved: Resolved) -> list[tuple[Term, str]]:
    """Return the times of day with a sun that the shot tells, the picked one first, each with its path.

    The words of the place tell the hour when it stands by itself or after a preposition; elsewhere they mention it.
    """
    picked = resolved.term("place.time")
    found = [(picked, "place.time")] if picked else []
    for name, paths in resolved.spoken.items():
        if name.startswith("place.time."):
            term = resolved.vocabulary.terms[name]
            found += [(term, path) for path in paths if tells(resolved, term, path)]
    return [(term, path) for term, path in found if "sun_min_deg" in term.numbers]


def tells(resolved: Resolved, term: Term, path: str) -> bool:
    """Tell whether words give a time as the hour of the shot, and do not only mention it."""
    if path != "place.where":
        return path == "place.time"
    return bool(_hour((term.label, *term.aliases)).search(str(resolved.value(path))))


@lru_cache(maxsize=128)
def _hour(names: tuple[str, ...]) -> re.Pattern[str]:
    any_of = "|".join(re.escape(one) for one in sorted(names, key=len, reverse=True))
    return re.compile(f"{BEFORE}(?:{any_of}){AFTER}", re.IGNORECASE)


def without_colour(resolved: Resolved) -> str:
    """Return the path of the stock or the palette that leaves no colour; empty while there is colour."""
    for path in ("look.stock", "look.palette"):
        term = resolved.term(path)
        if term and (term.numbers.get("monochrome") or "black_and_white" in term.traits):
            return path
    return ""


def years(resolved: Resolved) -> tuple[float, float, str] | None:
    """Return the first and the last year that the shot may be in, and the path that says so; None when nobody says."""
    year = resolved.number("intent.year")
    if year is not None:
        return year, year, "intent.year"
    era = heard(resolved, "intent.era")
    if era is None or "year_max_y" not in era.numbers:
        return None
    return era.numbers["year_min_y"], era.numbers["year_max_y"], "intent.era"


def filters_mired(resolved: Resolved) -> float:
    """Return by how much the filters on the lens shift colour, in mired; positive is warm."""
    return sum(term.numbers.get("mired", 0) for term in resolved.terms("camera.filters"))


def left_out(resolved: Resolved, path: str, pick: str) -> list[object]:
    """Return a list of picks without one of them, as a patch takes it."""
    return [one for one in resolved.value(path) or () if one != pick]


def extinction_per_m(term: Term) -> float:
    """Return what an air takes from contrast per metre, at its thinnest; 0 when the term gives no number."""
    return term.numbers.get("sigma_min_per_m", term.numbers.get("extinction_per_m", 0.0))


def named(term: Term) -> str:
    """Return a term's label as it stands in a sentence: "a close-up", "an extreme close-up"."""
    label = term.label.lower()
    return f"{'an' if label[0] in 'aeiou' else 'a'} {label}"


def in_picture(lamp: Light) -> bool:
    """Tell whether a lamp is itself seen: it is said to be, or is a practical."""
    return bool(lamp.visible) or lamp.role == "light.role.practical"
