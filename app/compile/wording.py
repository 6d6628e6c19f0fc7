"""Neutral words for picks, numbers and angles."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from app.compile.brief import Fact
from app.match.kinds import FACETS
from app.resolve import Resolved
from app.vocab import Vocabulary

Teller = Callable[[Resolved, str, str], list[Fact]]
"""Tells the fact of a name that stands at a path."""

Rows = tuple[tuple[str, str, Teller], ...]

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight")

NAMED_COLOURS = {
    "black": (10, 10, 12), "charcoal": (50, 50, 54), "grey": (128, 128, 128), "silver": (192, 192, 196),
    "white": (245, 245, 242), "red": (200, 30, 35), "crimson": (140, 15, 40), "orange": (235, 130, 30),
    "amber": (225, 165, 60), "yellow": (240, 220, 60), "olive": (110, 110, 45), "green": (45, 140, 60),
    "dark green": (20, 70, 45), "teal": (25, 125, 125), "cyan": (80, 205, 220), "sky blue": (120, 175, 230),
    "blue": (40, 75, 190), "navy": (22, 32, 75), "violet": (110, 60, 170), "magenta": (205, 50, 160),
    "pink": (240, 165, 185), "brown": (100, 62, 35), "tan": (195, 160, 120), "cream": (245, 232, 205),
}  # fmt: skip
"""sRGB, 8 bit."""


OVERHEAD_DEG = 70
"""From here up an azimuth says nothing."""


def words_of(resolved: Resolved, pick: Any) -> tuple[str, str]:
    """Return a pick's neutral words and its term id; empty words for an id that the vocabulary lacks."""
    if isinstance(pick, dict):
        return flat(pick["words"]), ""
    term = resolved.vocabulary.terms.get(pick)
    return (term.phrase, term.id) if term else ("", "")


def picked(resolved: Resolved, name: str, path: str) -> list[Fact]:
    """Return the fact of one pick, or none when nothing known was picked there."""
    known = resolved.values.get(path)
    if known is None:
        return []
    words, term = words_of(resolved, known.value)
    return [Fact(name, words, (path,), term=term)] if words else []


def listed(resolved: Resolved, name: str, path: str) -> list[Fact]:
    """Return one fact for a list of picks, joined as a sentence joins them."""
    known = resolved.values.get(path)
    if known is None:
        return []
    found = [words for pick in known.value if (words := words_of(resolved, pick)[0])]
    return [Fact(name, joined(found), (path,))] if found else []


def free(resolved: Resolved, name: str, path: str) -> list[Fact]:
    """Return the fact of free words."""
    value = resolved.value(path)
    return [Fact(name, unstopped(str(value)), (path,))] if value else []


def pointed(resolved: Resolved, name: str, path: str) -> list[Fact]:
    """Return the fact of a path that names a subject or light by id, or says words."""
    value = resolved.value(path)
    if value is None:
        return []
    return [Fact(name, flat(value["words"]) if isinstance(value, dict) else handle(resolved, value), (path,))]


def figure(words: str, digits: int = 2, unit: str = "", facet: str = "") -> Teller:
    """Return a teller of a number: `words` with the number in its place, where somebody said it.

    With a `unit` the number stands where a target reads that unit; the others are told the term of `facet` that names
    it, or nothing.
    """

    def tell(resolved: Resolved, name: str, path: str) -> list[Fact]:
        number = resolved.number(path)
        if number is None or path not in resolved.said:
            return []
        exact = words.format(plain(number, digits))
        if not unit:
            return [Fact(name, exact, (path,))]
        return [Fact(name, naming(resolved.vocabulary, facet, number) if facet else "", (path,), exact, unit)]

    return tell


@lru_cache(maxsize=4096)
def naming(vocabulary: Vocabulary, facet: str, number: float) -> str:
    """Return the phrase of the term that names a number, or nothing."""
    found = vocabulary.facets[facet]
    term = found.named(abs(number) if "_abs_" in found.by else number)
    return term.phrase if term else ""


class Below:
    """A table of the fields of one lamp or one subject, which stand below its id."""

    def __init__(self, *rows: tuple[str, str, Teller]) -> None:
        self._rows = rows
        self._at = lru_cache(maxsize=512)(self._placed)  # one cache a table: hashing its rows would cost more than it

    def at(self, place: str) -> Rows:
        """Return the table with its paths below `place`."""
        return self._at(place)

    def _placed(self, place: str) -> Rows:
        return tuple((name, f"{place}.{path}", tell) for name, path, tell in self._rows)


def told(resolved: Resolved, rows: Rows) -> list[Fact]:
    """Return the facts of a table: each row says what a fact is called, where it stands and how it is told."""
    values, facts = resolved.values, []
    for name, path, tell in rows:
        if path in values:
            facts += tell(resolved, name, path)
    return facts


def handle(resolved: Resolved, name: str) -> str:
    """Return what to call a subject or a light in another clause: a name, or its description with `the`."""
    if name not in resolved.shot.subjects:
        known = resolved.value(f"lights.{name}.role") if name in resolved.shot.lights else None
        role = words_of(resolved, known)[0] if known else ""
        return f"the {role}" if role else name.replace("_", " ")
    if called := resolved.value(f"subjects.{name}.name"):
        return flat(str(called))
    told = AGED.sub("", flat(str(resolved.value(f"subjects.{name}.description") or _what(resolved, name))))
    described = told.split(",")[0].rstrip(". ") or name.replace("_", " ")
    first, _, rest = described.partition(" ")
    return f"the {rest}" if first.lower() in {"a", "an", "the"} and rest else described


def _what(resolved: Resolved, name: str) -> str:
    """Return what a subject is by the field that says it the closest, or nothing."""
    terms = (resolved.term(f"subjects.{name}.{field}") for field in FACETS)
    return next((term.phrase for term in terms if term), "")


def joined_hair(resolved: Resolved, at: str) -> list[Fact]:
    """Return cut and colour of the hair, as one fact where both are hair: with short black hair."""
    cut, colour = picked(resolved, "trait", f"{at}.hair"), picked(resolved, "trait", f"{at}.hair_colour")
    if cut and colour and cut[0].term and colour[0].words.endswith(" hair"):
        way, tone, paths = cut[0].words, colour[0].words, (*cut[0].paths, *colour[0].paths)
        if way.endswith(" hair"):
            return [Fact("trait", f"with {way.removesuffix(' hair')} {tone}", paths)]
        if way.startswith("hair "):
            return [Fact("trait", f"with {tone}{way.removeprefix('hair')}", paths)]
    found = (*cut, *colour)
    return [one._replace(words=f"with {one.words}") if one.term and "hair" in one.words else one for one in found]


AGED = re.compile(r" in (?:his|her|their) [a-z-]+ties\b")
"""What a second mention leaves out: a watchmaker in her sixties is then the watchmaker."""


def flat(text: str) -> str:
    """Fold white space: a prompt is one line a clause."""
    return " ".join(text.split())


def unstopped(text: str) -> str:
    """Fold white space and take a full stop off the end; an ellipsis stays."""
    folded = flat(text)
    return folded if folded.endswith("..") else folded.removesuffix(".") or folded


def joined(words: Iterable[str]) -> str:
    """Join as a sentence does: a, b and c."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def plain(number: float, digits: int = 2) -> str:
    """Write a number without a tail of zeros."""
    text = f"{number:.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def in_stops(stops: float) -> str:
    """Write a difference in stops: half a stop, one stop, 2.5 stops."""
    size = abs(stops)
    if size == 0.5:
        return "half a stop"
    if size % 1 == 0 and size < len(NUMBERS):
        return f"{NUMBERS[int(size)]} stop" + ("" if size == 1 else "s")
    return f"{plain(size, 2)} stops"


def level(stops: float) -> str:
    """Write a level against the camera's exposure, as a meter reads it."""
    if stops == 0:
        return "at exposure"
    return f"{in_stops(stops)} {'over' if stops > 0 else 'under'}"


def brightness(stops: float) -> str:
    """Say a level without a number; nothing for what lies at the exposure, which nobody would name."""
    bands = ((-3, "very dim"), (-1, "dim"), (1, ""), (2.5, "bright"))
    return next((words for limit, words in bands if stops <= limit if stops < limit or limit < 0), "very bright")


def colour_name(value: str) -> str:
    """Return the nearest plain name of a hex colour."""
    rgb = [int(value[i : i + 2], 16) for i in (1, 3, 5)]
    return min(
        NAMED_COLOURS,
        key=lambda name: sum((a - b) ** 2 for a, b in zip(rgb, NAMED_COLOURS[name], strict=True)),
    )


def azimuth_words(azimuth: float) -> str:
    """Say where a source stands, seen from the camera."""
    across, side = abs(azimuth), "left" if azimuth < 0 else "right"
    if across <= 10:
        return "from the camera"
    if across <= 30:
        return f"from just {side} of the camera"
    if across <= 65:
        return f"from camera {side}, three-quarter front"
    if across <= 110:
        return f"from camera {side}, side-on"
    if across <= 160:
        return f"from behind on camera {side}"
    return "from directly behind"


def elevation_words(elevation: float) -> str:
    """Say how high a source stands, seen from the face."""
    if elevation >= OVERHEAD_DEG:
        return "from overhead"
    if elevation >= 20:
        return "from above"
    return "at eye level" if elevation > -10 else "from below"


def facing_words(degrees: float) -> str:
    """Say where somebody faces, seen from the camera; positive is camera right."""
    across, side = abs(degrees), "left" if degrees < 0 else "right"
    if across <= 15:
        return "facing the camera"
    if across <= 70:
        return f"turned three-quarters to camera {side}"
    if across <= 110:
        return f"in profile to camera {side}"
    return f"turned away towards camera {side}" if across <= 160 else "with the back to the camera"


def kelvin_family(kelvin: float) -> str:
    """Name a colour temperature by its usual source; no claim of how it reads."""
    bands = ((2000, "candlelight"), (2600, "amber"), (3600, "tungsten"), (4800, "pale white"), (6200, "daylight"))
    named = next((name for limit, name in bands if kelvin < limit), "")
    return named or ("overcast daylight" if kelvin < 7500 else "blue skylight")


def kelvin_words(kelvin: float, reads: str | None) -> str:
    """Name a colour temperature as it reads on the balance; without one, by its source alone."""
    if reads is None:
        return kelvin_family(kelvin)
    return "neutral white" if reads == "neutral" else f"{reads} {kelvin_family(kelvin)}"
