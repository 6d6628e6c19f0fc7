"""Reads a lamp as Printlight's own shot list tells it: `3/4 front camera right, azimuth 45°, 3200 K, at exposure`."""

import re
from collections.abc import Callable

from app.match.numbers import quantities

Numbers = dict[str, str | float]


def _number(text: str) -> float:
    return float(text.replace("−", "-"))


def _level(found: re.Match[str]) -> Numbers:
    stops = [one.value for one in quantities(found[1]) if one.unit == "stops"]
    return {"stops": stops[0] * (1 if found[2] == "over" else -1)} if len(stops) == 1 else {}


PARTS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Numbers]], ...] = (
    (re.compile(r"camera (left|right)"), lambda found: {"side": found[1]}),
    (re.compile(r"(?:3/4 )?(?:front|side|back)(?: camera (?:left|right))?|place not said"), lambda _: {}),
    (re.compile(r"azimuth ([−-]?\d{1,3}(?:\.\d+)?)°"), lambda found: {"azimuth_deg": _number(found[1])}),
    (re.compile(r"(\d{1,2})° up"), lambda found: {"elevation_deg": float(found[1])}),
    (re.compile(r"(\d{1,2})° down"), lambda found: {"elevation_deg": -float(found[1])}),
    (re.compile(r"(\d{1,4}(?:\.\d+)?) m"), lambda found: {"distance_m": float(found[1])}),
    (re.compile(r"(\d{4,5}) K"), lambda found: {"cct_k": float(found[1])}),
    (re.compile(r"at exposure"), lambda _: {"stops": 0.0}),
    (re.compile(r"(.{1,40}) (over|under)"), _level),
)
"""The parts of a lamp between its commas. Where it stands in words follows from its azimuth."""


def lamp(text: str) -> Numbers | None:
    """Return the fields of a lamp; None for words of any other kind."""
    found: Numbers = {}
    for part in text.split(", "):
        read = next((tell(match) for form, tell in PARTS if (match := form.fullmatch(part))), None)
        if read is None:
            return None
        found.update(read)
    return found or None
