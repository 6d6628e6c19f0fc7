import re
from collections.abc import Iterator
from functools import lru_cache

from app.lint.base import Rule
from app.lint.prose import prose
from app.match import quantities
from app.resolve import Resolved
from app.schema.compiled import Finding

CUE = re.compile(
    r"(?:^|\b(?:at|to|from|around|about|roughly|angle|stop|aperture|lens|focal(?:\s+length)?|length|temperature|balance"
    r"|balanced|shutter|azimuth|elevation|tilted|pitch|ratio|rate)(?:\s+(?:of|at|to|around|about|is))?)\s*$",
    re.IGNORECASE,
)
"""What stands before a number that wants a unit."""

END = re.compile(
    r"\s*(?:$|[.,;:)!?]|(?:and|with|on|from|for|by|to|or|against|over|under|through|behind)\b)", re.IGNORECASE
)
"""What stands behind one that names nothing: no noun follows."""

RATES = frozenset({24, 25, 30, 48, 50, 60, 100, 120, 240})


class NumberWithoutAUnit(Rule):
    """A number stands in the words without its unit.

    ## What
    Free text says "lit at 5600" or "a lens of 85", and no unit follows. Years, counts and addresses are left alone.

    ## Why
    5600 is daylight, a house number or nothing. With its unit it can be read; in the field made for it, it is also
    checked and said in each target's own words.

    ## Example
    ```toml
    [lights.key]
    source = { words = "a panel balanced to 5600" }
    ```

    ## Instead
    ```toml
    [lights.key]
    source = { words = "a panel balanced to 5600 K" }
    ```
    """

    id = "number_without_a_unit"
    number = "PRM05"
    severity = "info"
    basis = "craft"

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Read every free text but those of people, whose numbers are ages."""
        for path, text in prose(resolved):
            if path.startswith(("subjects.", "beats.")):
                continue
            for words, guess in hanging(text):
                yield self.found(
                    f"No unit follows {words}: {guess}? Write it, or put the number into its own field.", path
                )


@lru_cache(maxsize=4096)
def hanging(text: str) -> tuple[tuple[str, str], ...]:
    """Return the numbers that want a unit, as they are written, each with the unit it most likely lacks."""
    return tuple(
        (text[one.start : one.end], _guess(one.value))
        for one in quantities(text)
        if not one.unit
        and "/" not in text[one.start : one.end]
        and not _is_time(one.value)
        and CUE.search(text, 0, one.start)
        and END.match(text, one.end)
    )


def _is_time(value: float) -> bool:
    """Tell whether a number may be a year, or an hour of the clock."""
    return value.is_integer() and (1400 <= value <= 2100 or 0 <= value <= 12)


def _guess(value: float) -> str:
    if 1500 <= value <= 12000:
        return "kelvin"
    if value in RATES:
        return "millimetres, degrees or frames per second"
    return "a stop" if not value.is_integer() else "millimetres or degrees"
