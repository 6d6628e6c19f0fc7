from collections.abc import Iterator

from app.lint.base import Rule
from app.patch import at
from app.resolve import Resolved
from app.schema.compiled import Finding

FLAMES = ("light.source.candle", "light.source.fire", "light.source.match", "light.source.oil_lamp")
WARMEST_K = 2400


class ColdCandle(Rule):
    """A flame is given the colour of a lamp.

    ## What
    A candle, a fire, an oil lamp or a match has a colour temperature above 2400 K.

    ## Why
    A flame burns at 1700 to 2200 K. From 2400 K up it is a bulb, and that is how it reads.

    ## Example
    ```toml
    [lights.candle]
    role = "light.role.key"
    source = "light.source.candle"
    cct_k = 3200
    ```

    ## Instead
    ```toml
    [lights.candle]
    role = "light.role.key"
    source = "light.source.candle"
    cct_k = 1900
    ```
    """

    id = "cold_candle"
    number = "COL09"
    basis = "source: tables of colour temperatures"
    needs = ("lights.*.cct_k",)
    about = FLAMES

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look at the colour of every flame."""
        for name, lamp in resolved.lights:
            if lamp.source in FLAMES and lamp.cct_k is not None and lamp.cct_k > WARMEST_K:
                term = resolved.term(f"lights.{name}.source")
                own = term.sets.get(".cct_k", 1900) if term else 1900
                yield self.found(
                    f"A flame burns near {own:.0f} K; at {lamp.cct_k:.0f} K the {name} is a bulb.",
                    f"lights.{name}.cct_k",
                    f"lights.{name}.source",
                    fix=at(f"lights.{name}.cct_k", own),
                )
