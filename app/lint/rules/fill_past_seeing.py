from collections.abc import Iterator

from app.lint.base import Rule
from app.patch import at
from app.resolve import Resolved
from app.schema.compiled import Finding

RATIO = "lighting.ratio_stops"
DEEPEST_STOPS = 8


class FillPastSeeing(Rule):
    """The fill lies so far under the key that nobody sees it.

    ## What
    Key over fill is more than 8 stops.

    ## Why
    A shadow keeps a trace of detail to 5 or 6 stops under the key; at 8 it is black on any stock and any sensor. A
    fill that does nothing is better left out, and a number beyond 8 means no more than "no fill".

    ## Example
    ```toml
    [lighting]
    ratio_stops = 11
    ```

    ## Instead
    ```toml
    [lighting]
    ratio_stops = 6
    ```
    """

    id = "fill_past_seeing"
    number = "LIT03b"
    basis = "craft: black with a trace is 5 to 6 stops under the key"

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look at the size of the ratio."""
        known = resolved.values.get(RATIO)
        if known is not None and known.value > DEEPEST_STOPS:
            yield self.found(
                f"At {known.value:g} stops under the key the fill is black: past {DEEPEST_STOPS} nobody sees it.",
                *resolved.because(RATIO),
                fix=at(RATIO, DEEPEST_STOPS) if RATIO in resolved.said else None,
            )
