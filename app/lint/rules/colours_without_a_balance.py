from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import without_colour
from app.physics import colour
from app.resolve import Resolved
from app.schema.compiled import Finding

APART_MIRED = 50
BALANCED = frozenset({"tungsten", "daylight"})
"""Traits of stocks: a film is balanced by its emulsion."""


class ColoursWithoutABalance(Rule):
    """Two lamps differ in colour temperature, and no white balance says which of them is white.

    ## What
    The warmest and the coolest lamp lie more than 50 mired apart, and neither a balance nor a stock gives the camera's.

    ## Why
    Warm and cool are relative to the balance. At 5600 K a tungsten lamp is orange beside a white window; at 3200 K the
    lamp is white and the window blue. Those are two pictures.

    ## Example
    ```toml
    [lights.key]
    role = "light.role.key"
    cct_k = 3200

    [lights.window]
    slot = 1
    role = "light.role.back"
    cct_k = 5600
    ```

    ## Instead
    ```toml
    [camera]
    white_balance_k = 4300

    [lights.key]
    role = "light.role.key"
    cct_k = 3200

    [lights.window]
    slot = 1
    role = "light.role.back"
    cct_k = 5600
    ```
    """

    id = "colours_without_a_balance"
    number = "COL03"
    basis = "craft"
    needs = ("lights",)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare the warmest lamp with the coolest."""
        lamps = resolved.lights
        if len(lamps) == 1 or "camera.white_balance_k" in resolved.values:
            return
        stock = resolved.term("look.stock")
        if stock and not BALANCED.isdisjoint(stock.traits):
            return
        seen = [(kelvin, name) for name, _ in lamps if (kelvin := resolved.number(f"lights.{name}.seen_k"))]
        if not seen:
            return
        (warm_k, warm), (cool_k, cool) = min(seen), max(seen)
        apart = colour.mired(warm_k) - colour.mired(cool_k)
        if apart > APART_MIRED and not without_colour(resolved):
            yield self.found(
                f"The {warm} at {warm_k:.0f} K and the {cool} at {cool_k:.0f} K are {apart:.0f} mired apart: which is "
                "white? Set the balance.",
                "camera.white_balance_k",
                *resolved.because(f"lights.{warm}.seen_k"),
                *resolved.because(f"lights.{cool}.seen_k"),
            )
