"""Numbers with their units in free text: "T2.8", "5,600 K", "24–70 mm", "5 ft 10 in", "half a stop".

One grammar for all that reads free text. Lengths in the set become metres; focal lengths stay millimetres.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from math import isfinite
from typing import NamedTuple


class Quantity(NamedTuple):
    """A number in free text, its unit, and where it stands.

    Units: "mm", "m", "T", "f", "K", "fps", "deg", "stops", "EI", "s", "mired", "%", "x" (squeeze), "Hz", "W", "lux",
    "ratio" (16:9 is 1.778) and "hex" (#FFB46B as a whole number); "" where none is written. A range is two quantities.
    """

    value: float
    unit: str
    start: int
    end: int


UNITS: dict[str, tuple[str, float]] = {
    name: (unit, factor)
    for names, unit, factor in (
        ("mm|millimetre|millimetres|millimeter|millimeters", "mm", 1),
        ("m|metre|metres|meter|meters", "m", 1),
        ("cm|centimetre|centimetres|centimeter|centimeters", "m", 0.01),
        ("km|kilometre|kilometres|kilometer|kilometers", "m", 1000),
        ("ft|foot|feet|'|\u2032", "m", 0.3048),
        ('in|inch|inches|"|\u2033', "m", 0.0254),
        ("yd|yds|yard|yards", "m", 0.9144),
        ("k|°k|° k|kelvin|kelvins|degrees kelvin|deg k|deg kelvin", "K", 1),
        ("fps|p|frames per second|frames a second|frames/s", "fps", 1),
        ("°|deg|degs|degree|degrees", "deg", 1),
        ("stop|stops", "stops", 1),
        ("ei|iso|asa", "EI", 1),
        ("s|sec|secs|second|seconds", "s", 1),
        ("min|mins|minute|minutes", "s", 60),
        ("mired|mireds", "mired", 1),
        ("%|per cent|percent|pct", "%", 1),
        ("x|×", "x", 1),
        ("hz|hertz", "Hz", 1),
        ("w|watt|watts", "W", 1),
        ("kw|kilowatt|kilowatts", "W", 1000),
        ("lux|lx", "lux", 1),
        ("°c|° c|°f|° f|degrees celsius|degrees fahrenheit|am|pm|a.m.|p.m.|o'clock", "", 0),
    )
    for name in names.split("|")
}
"""What a unit is called, its short form, and what to multiply by. A factor of 0: a clock or the weather, no measure."""

COUNTS = "one two three four five six seven eight nine ten eleven twelve"
SPELT = {name: float(at) for at, name in enumerate(COUNTS.split(), 1)} | {
    "a": 1.0,
    "half": 0.5,
    "half a": 0.5,
    "a half": 0.5,
    "a quarter": 0.25,
    "a quarter of a": 0.25,
    "a third of a": 1 / 3,
    "two thirds of a": 2 / 3,
}
SIGNS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 0.125}
RATES = frozenset({12, 16, 18, 23.976, 23.98, 24, 25, 29.97, 30, 48, 50, 59.94, 60, 100, 120})
UPRIGHT = frozenset({"9:16", "16:10"})
"""Ratios that would otherwise read as a time of day."""

NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:[.,]\d+)?|\.\d+)"
VALUE = rf"(?:\d+\s\d/\d+|\d+/\d+|\d*[½¼¾⅓⅔⅛]|{NUMBER})"
FREE = r"(?<![\w#/])(?<!\w[-.,'’:])"
SIGNED = r"(?:(?<![\w)])[-−+])?"
NAMED = "|".join(re.escape(name) + r"(?!\w)" * name[-1].isalpha() for name in sorted(UNITS, key=len, reverse=True))
WORDS = "|".join(re.escape(name) for name in sorted(SPELT, key=len, reverse=True))
BEGINS = rf"(?<!\w)(?=[-−+.½¼¾⅓⅔⅛\d]|[tfƒ][-/\ .\dsn]|ei|iso|asa|(?:{WORDS})[\s-])"
"""How all but a colour begin. Most letters of a text do not, and so no line of the grammar is tried there."""

LONG = r"(?:stops?|degrees?|met(?:re|er)s?|feet|inch(?:es)?|seconds?)\b"

GRAMMAR = re.compile(
    rf"""
      (?P<hex>\#[0-9a-f]{{6}}\b)
    | {BEGINS}(?:
      {FREE}(?P<feet>\d+)\s?(?:['\u2032]|(?:ft|feet|foot)\b)[\s-]?
      (?P<inches>{NUMBER})\s?(?:["\u2033]|in(?:ch|ches)?\b|(?<=\d)(?!\w))
    | {FREE}(?P<wide>{NUMBER})\s?:\s?(?P<high>{NUMBER})(?![\w:])
    | {FREE}(?P<grid>\d+\s?[x×]\s?\d+)(?!\w)
    | (?<![\w-])(?P<before>[tf][-\ ]?(?:stop|number)(?:\ of)?\ ?|[tfƒ][/\ ]?|(?:ei|iso|asa)[:\ ]{{0,2}})
      (?P<set>{NUMBER})(?:\s?[-–—]\s?[tf]?/?(?P<to>{NUMBER}))?(?![\w])
    | {FREE}(?P<low>{SIGNED}{VALUE})(?:\s?(?:[-–—]|\b(?:to|and|or)\b)\s?(?P<top>{SIGNED}{VALUE}))?
      (?P<gap>[\s-]?)(?P<unit>{NAMED})
    | {FREE}(?P<from>{SIGNED}{VALUE})[-–—](?P<until>{VALUE})(?!\w|[-'’]\w)
    | {FREE}(?P<bare>{SIGNED}{VALUE})(?!\w|[-'’:]\w|/\d)
    | \b(?P<spelt>{WORDS})(?P<half>\sand\sa\shalf)?[\s-](?P<long>{LONG})
      )
    """,
    re.IGNORECASE | re.VERBOSE,
)

INCHES_FOLLOW = re.compile(r"\s*(?:$|[.,;:)]|(?:wide|tall|long|high|deep|thick|across|monitor|screen|lens)\b)")
A_STOP = re.compile(r"\s(?:up|down|over|under|above|below|brighter|darker|more|less|lower|higher|hotter)\b")


@lru_cache(maxsize=256)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Return the numbers of a text in its order; clocks, decades, resolutions ("4K") and grid sizes are left out."""
    found = (one for match in GRAMMAR.finditer(text) for one in READ[_form(match)](match))
    return tuple(one for one in found if isfinite(one.value))


def _form(found: re.Match[str]) -> str:
    """Return which line of the grammar matched: the first group of it that holds anything."""
    return next(name for name in READ if found[name] is not None)


def _hex(found: re.Match[str]) -> Iterator[Quantity]:
    yield Quantity(float(int(found["hex"][1:], 16)), "hex", *found.span())


def _feet(found: re.Match[str]) -> Iterator[Quantity]:
    inches = float(found["feet"]) * 12 + _value(found["inches"])
    yield Quantity(round(inches * 0.0254, 4), "m", *found.span())


def _ratio(found: re.Match[str]) -> Iterator[Quantity]:
    wide, high = found["wide"], found["high"]
    digits = len(high) == 2 and len(wide) <= 2 and wide.isdigit() and high.isdigit()
    clock = digits and int(wide) < 24 and int(high) < 60
    if _value(high) and (not clock or f"{wide}:{high}" in UPRIGHT):
        yield Quantity(_value(wide) / _value(high), "ratio", *found.span())


def _nothing(_: re.Match[str]) -> Iterator[Quantity]:
    yield from ()


def _setting(found: re.Match[str]) -> Iterator[Quantity]:
    """Read what stands behind its unit: T2.8, f/4, ISO 800."""
    first = found["before"][0].casefold()
    unit = "EI" if first in "eia" else "T" if first == "t" else "f"
    for group in ("set", "to"):
        if found[group] is not None and (unit == "EI" or 0.5 <= _value(found[group]) <= 128):
            start = found.start() if group == "set" else found.start(group)
            yield Quantity(_value(found[group]), unit, start, found.end(group))


def _measure(found: re.Match[str]) -> Iterator[Quantity]:
    """Read a number, or a range, before its unit."""
    name = found["unit"].casefold()
    unit, factor = UNITS[name]
    if not factor:
        return
    last = _value(found["top"] or found["low"])
    if name in DOUBTFUL and not DOUBTFUL[name](found, last):
        if name not in BARE:
            return
        unit, factor = "", 1
    end = found.end() if unit else found.end("top" if found["top"] else "low")
    if found["top"] is None:
        yield Quantity(_value(found["low"]) * factor, unit, found.start("low"), end)
        return
    yield Quantity(_value(found["low"]) * factor, unit, found.start("low"), found.end("low"))
    yield Quantity(last * factor, unit, found.start("top"), end)


def _bare(found: re.Match[str]) -> Iterator[Quantity]:
    for group in ("from", "until", "bare"):
        if found[group] is not None:
            yield Quantity(_value(found[group]), "", *found.span(group))


def _spelt(found: re.Match[str]) -> Iterator[Quantity]:
    """Read "half a stop" and "two metres"; "a stop" may be a bus stop, and a foot belongs to somebody."""
    said, long = found["spelt"].casefold(), found["long"].casefold()
    unit, factor = UNITS[long]
    if said == "a" and not (long == "stop" and A_STOP.match(found.string, found.end())):
        return
    if SPELT[said] <= 1 and unit != "stops":
        return
    yield Quantity((SPELT[said] + (0.5 if found["half"] else 0)) * factor, unit, *found.span())


READ: dict[str, Callable[[re.Match[str]], Iterator[Quantity]]] = {
    "hex": _hex,
    "feet": _feet,
    "wide": _ratio,
    "grid": _nothing,
    "before": _setting,
    "unit": _measure,
    "from": _bare,
    "bare": _bare,
    "spelt": _spelt,
}


def _value(text: str) -> float:
    """Read "5,600", "2,8", "1/2", "1 1/2", "1½" and "−45"."""
    sign = -1.0 if text[0] in "-−" else 1.0
    text = text.lstrip("-−+")
    whole, *rest = text.split(maxsplit=1)
    if rest:
        return sign * (_value(whole) + _value(rest[0]))
    if text[-1] in SIGNS:
        return sign * ((float(text[:-1]) if text[:-1] else 0) + SIGNS[text[-1]])
    if "/" in text:
        over, _, under = text.partition("/")
        return sign * float(over) / (float(under) or 1)
    thousands = re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", text)
    return sign * float(text.replace(",", "" if thousands else "."))


def _is_length(found: re.Match[str], _: float) -> bool:
    """Tell inches from "two in front": glued, or at the end of the phrase."""
    return not found["gap"] or bool(INCHES_FOLLOW.match(found.string, found.end()))


def _is_open(found: re.Match[str], _: float) -> bool:
    """Tell an inch mark from the end of a quotation."""
    return found.string.count('"', 0, found.end() - 1) % 2 == 0


def _is_seconds(found: re.Match[str], value: float) -> bool:
    """Tell "5s" from the 1950s and the 80s."""
    return bool(found["gap"]) or value % 10 != 0


DOUBTFUL: dict[str, Callable[[re.Match[str], float], bool]] = {
    "in": _is_length,
    '"': _is_open,
    "s": _is_seconds,
    "k": lambda _, value: value >= 1000,
    "p": lambda _, value: value in RATES,
}
"""Names of units that are something else as often: whether this one is meant."""

BARE = frozenset({"in", '"'})
"""Those of them that leave the number as it is: "2 in front", the end of a quotation."""
