from collections.abc import Iterator

from app.lint.base import Rule
from app.patch import at, merge
from app.resolve import Resolved
from app.schema.compiled import Finding

RATIO = "lighting.ratio_stops"


class FillOverTheKey(Rule):
    """The fill is brighter than the key.

    ## What
    The ratio of key to fill is below zero: as a number, or by the levels of the two lamps.

    ## Why
    The brighter of the two models the face, and so is the key. A ratio is counted from the key down to the fill, and
    starts at 0 stops, 1:1.

    ## Example
    ```toml
    [lights.key]
    role = "light.role.key"
    stops = -1

    [lights.fill]
    slot = 1
    role = "light.role.fill"
    stops = 0
    ```
    ```toml
    [lighting]
    ratio_stops = -2
    ```

    ## Instead
    ```toml
    [lights.key]
    role = "light.role.key"
    stops = 0

    [lights.fill]
    slot = 1
    role = "light.role.fill"
    stops = -1
    ```
    """

    id = "fill_over_the_key"
    number = "LIT03"
    severity = "error"
    basis = "definition"

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look at the sign of the ratio; lamps that are the wrong way round are offered each other's role."""
        known = resolved.values.get(RATIO)
        if known is None or known.value >= 0:
            return
        stops = -known.value
        if RATIO in resolved.said:
            message = (
                f"A ratio of {known.value:g} stops has the fill above the key. Key over fill starts at 0 stops, 1:1."
            )
            yield self.found(message, RATIO, fix=at(RATIO, stops))
            return
        key, fill = (path.split(".")[1] for path in known.because)
        yield self.found(
            f"The {fill} is {stops:g} stops brighter than the {key}: the brighter of the two is the key.",
            *known.because,
            fix=merge(at(f"lights.{key}.role", "light.role.fill"), at(f"lights.{fill}.role", "light.role.key")),
        )
