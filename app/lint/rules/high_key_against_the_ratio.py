from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import chosen
from app.patch import at
from app.physics import light
from app.resolve import Resolved
from app.schema.compiled import Finding

OPEN = ("lighting.style.high_key", "lighting.style.flat")
DEEP_STOPS = 3


class HighKeyAgainstTheRatio(Rule):
    """The lighting is high key or flat, and the fill lies three stops or more under the key.

    ## What
    High-key or flat lighting is picked, and the ratio, said or following from the levels of key and fill, is 3 stops
    or more.

    ## Why
    High key lives between 0 and 1 stop: 1:1 to 2:1, key to fill. At 3 stops, 8:1, the shadow side falls into the
    dark, which is a dramatic picture whatever it is called.

    ## Example
    ```toml
    [lighting]
    style = "lighting.style.high_key"
    ratio_stops = 4
    ```

    ## Instead
    ```toml
    [lighting]
    style = "lighting.style.high_key"
    ratio_stops = 0.5
    ```
    """

    id = "high_key_against_the_ratio"
    number = "LIT02"
    severity = "error"
    basis = "definition; key styles in stops"
    about = OPEN

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare the style with the ratio."""
        stops = resolved.number("lighting.ratio_stops")
        if stops is None or stops < DEEP_STOPS or not (path := chosen(resolved, *OPEN)):
            return
        term = resolved.term("lighting.style")
        said = "lighting.ratio_stops" in resolved.said
        yield self.found(
            f"{term.label if term else 'High key'} lives between 0 and 1 stop; the fill lies {stops:g} stops under "
            f"the key ({light.ratio(stops)[0]:.0f}:1).",
            path,
            *resolved.because("lighting.ratio_stops"),
            fix=at("lighting.ratio_stops", 1) if said else None,
        )
