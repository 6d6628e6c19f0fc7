from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import years
from app.resolve import Resolved
from app.schema.compiled import Finding
from app.vocab import Term

STRIPS = ("look.process.three_strip_technicolor", "look.process.two_colour_technicolor")
DARK = ("lighting.style.low_key", "lighting.style.noir", "lighting.style.chiaroscuro")
DIM_LX = 100


class ThreeStripOutOfItsTime(Rule):
    """A Technicolor camera process outside its years, or in little light.

    ## What
    Three-strip or two-colour Technicolor is the process, and the year or the era lies outside those in which it was
    run; or the scene is lit low.

    ## Why
    The three-strip camera ran from 1932 to 1955 and split its light three ways: sets were lit as bright as day. In
    other years, and in the dark, what is meant is a grade that looks like it.

    ## Example
    ```toml
    [intent]
    year = 1972

    [look]
    process = ["look.process.three_strip_technicolor"]
    ```

    ```toml
    [look]
    process = ["look.process.three_strip_technicolor"]

    [lighting]
    style = "lighting.style.low_key"
    ```

    ## Instead
    ```toml
    [intent]
    year = 1939

    [look]
    process = ["look.process.three_strip_technicolor"]
    ```
    """

    id = "three_strip_out_of_its_time"
    number = "FLM09"
    basis = "source: histories of the Technicolor process"
    needs = ("look.process",)
    about = STRIPS

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Hold the process against the years, then against the light."""
        when = years(resolved)
        for process in resolved.terms("look.process"):
            if process.id in STRIPS:
                if when and _outside(process, when[0], when[1]):
                    first, last = process.numbers["from_year"], process.numbers["to_year"]
                    yield self.found(
                        f"{process.label} was shot from {first:.0f} to {last:.0f}: for other years ask for a grade "
                        "that looks like it, hard and high in key.",
                        "look.process",
                        when[2],
                    )
                if dark := _dark(resolved):
                    yield self.found(
                        f"{process.label} splits its light between strips and needs a set as bright as day: not this "
                        "dark one.",
                        "look.process",
                        dark,
                    )


def _outside(process: Term, first: float, last: float) -> bool:
    begun, ended = process.numbers.get("from_year"), process.numbers.get("to_year")
    return begun is not None and ended is not None and (last < begun or first > ended)


def _dark(resolved: Resolved) -> str:
    """Return the path that says that the scene is dark, or empty."""
    if path := resolved.where(*DARK):
        return path
    time = resolved.term("place.time")
    dim = time and time.numbers.get("light_max_lx", DIM_LX) < DIM_LX
    return "place.time" if dim and resolved.value("place.setting") == "place.setting.exterior" else ""
