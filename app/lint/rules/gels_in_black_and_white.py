from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import without_colour
from app.resolve import Resolved
from app.schema.compiled import Finding


class GelsInBlackAndWhite(Rule):
    """The picture is black and white, and lamps carry gels.

    ## What
    The stock or the palette has no colour, while a lamp has a gel.

    ## Why
    Without colour a gel is a filter on tone: it darkens what has another colour and costs light. That is worth doing
    on purpose, and is better said as lighter or darker.

    ## Example
    ```toml
    [look]
    palette = "look.palette.black_and_white"

    [lights.key]
    gels = ["light.gel.ctb_full"]
    ```

    ## Instead
    ```toml
    [look]
    palette = "look.palette.black_and_white"

    [lights.key]
    stops = -1
    ```
    """

    id = "gels_in_black_and_white"
    number = "FLM02"
    severity = "info"
    basis = "craft"
    needs = ("look", "lights.*.gels")

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Name the lamps whose gels turn into greys."""
        if not (without := without_colour(resolved)):
            return
        for name, lamp in resolved.lights:
            if lamp.gels:
                yield self.found(
                    f"In black and white the {name}'s gel changes tone and level, not colour: say how much lighter or "
                    "darker it makes things.",
                    f"lights.{name}.gels",
                    without,
                )
