from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import in_picture, years
from app.resolve import Resolved
from app.schema.compiled import Finding
from app.vocab import Term

GEAR = (
    "camera.body",
    "camera.format",
    "camera.lens_family",
    "camera.anamorphic",
    "camera.support",
    "look.stock",
)


FILM_FROM = 1895
LOOKING_BACK = frozenset(
    f"intent.genre.{one}"
    for one in ("period_drama", "western", "spaghetti_western", "war", "biopic", "samurai", "wuxia", "epic")
)
"""Genres that picture a time from a later one."""


class NewerThanItsYear(Rule):
    """The tool was not there in the year of the shot.

    ## What
    The shot has a year or an era, and its body, format, lens, support or stock, or a lamp out of frame, came later;
    or the stock was no longer made.

    ## Why
    CinemaScope begins in 1953, the Steadicam in 1975, lamps of LEDs about 2008. Who wants a picture as of its time
    works with what there was. A modern picture of that time is another thing: a time before film, a genre that looks
    back (a period drama, a western, a war film) and a digital camera say so, and nothing is found.

    ## Example
    ```toml
    [intent]
    year = 1958

    [camera]
    support = "camera.support.steadicam"
    ```

    ```toml
    [intent]
    year = 1970

    [lights.key]
    source = "light.source.led"
    ```

    ## Instead
    ```toml
    [intent]
    year = 1985

    [camera]
    support = "camera.support.steadicam"
    ```
    """

    id = "newer_than_its_year"
    number = "FLM19"
    profile = "set"
    basis = "history of the tools, and craft"
    needs = ("intent",)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare the year with when each tool came and went."""
        if not (when := years(resolved)):
            return
        first, last, path = when
        if _looks_back(resolved, first):
            return
        lamps = [name for name, lamp in resolved.lights if not in_picture(lamp)]
        for tool in (*GEAR, *(f"lights.{name}.{key}" for name in lamps for key in ("source", "fixture"))):
            term = resolved.term(tool)
            if term and (told := _told(term, first, last)):
                yield self.found(
                    f"{told}: take a tool of the time, or say by the genre that this looks back.",
                    tool,
                    path,
                )


def _looks_back(resolved: Resolved, first: float) -> bool:
    """Tell whether the picture is of a later time than what it shows."""
    if first < FILM_FROM or resolved.pick("intent.genre") in LOOKING_BACK:
        return True
    taken = [term for path in ("camera.body", "camera.format") if (term := resolved.term(path))]
    return any("digital" in term.traits and "film" not in term.traits for term in taken)


def _told(term: Term, first: float, last: float) -> str:
    """Say in which years a tool was not there, or nothing."""
    begun, ended = term.numbers.get("from_year"), term.numbers.get("to_year")
    if begun is not None and begun > last:
        return f"In {last:.0f} there was no {term.label} yet, it came in {begun:.0f}"
    if ended is not None and ended < first:
        return f"In {first:.0f} there was no {term.label} any more, it went in {ended:.0f}"
    return ""
