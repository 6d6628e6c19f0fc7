from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.lamps import FROM_BEHIND
from app.lint.looking import without_colour
from app.resolve import Resolved
from app.schema.compiled import Finding

BALANCE = "camera.white_balance_k"
DAYLIGHT_K = 5000
TUNGSTEN_K = 3500
OF_ITSELF = frozenset({"daylight", "fire"})
"""Traits of sources whose colour nobody gels: the sun, a flame."""


class TungstenRimOnDaylight(Rule):
    """A tungsten rim stands in a picture balanced to daylight: it will be orange.

    ## What
    A rim, back, hair light or kicker reaches the subject at 3500 K or less, with nothing more said of its colour, and
    the camera is balanced to 5000 K or more. The sun and a flame are let be: everybody knows their colour.

    ## Why
    3200 K lies 134 mired on the warm side of 5600 K, and renders plainly orange. That is a fine look when it is
    meant: give the lamp an amber hue and it is said. If it is to be white, gel it with full CTB.

    ## Example
    ```toml
    [camera]
    white_balance_k = 5600

    [lights.rim]
    role = "light.role.rim"
    azimuth_deg = 160
    source = "light.source.tungsten"
    ```

    ## Instead
    ```toml
    [camera]
    white_balance_k = 5600

    [lights.rim]
    role = "light.role.rim"
    azimuth_deg = 160
    source = "light.source.tungsten"
    gels = ["light.gel.ctb_full"]
    ```
    """

    id = "tungsten_rim_on_daylight"
    number = "COL01"
    severity = "info"
    basis = "derived: mired"
    needs = ("lights",)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look at every lamp that stands behind."""
        balance = resolved.number(BALANCE)
        if balance is None or balance < DAYLIGHT_K or without_colour(resolved):
            return
        for name, lamp in resolved.lights:
            if lamp.role not in FROM_BEHIND or lamp.hue is not None or lamp.hex is not None:
                continue
            source = resolved.term(f"lights.{name}.source")
            if source and not OF_ITSELF.isdisjoint(source.traits):
                continue
            seen = resolved.number(f"lights.{name}.seen_k")
            if seen is not None and seen <= TUNGSTEN_K:
                shift = resolved.number(f"lights.{name}.shift_mired") or 0
                yield self.found(
                    f"On a {balance:.0f} K balance the {name} at {seen:.0f} K lies {shift:+.0f} mired and renders "
                    "orange: say so by its hue, or gel it with full CTB to match.",
                    f"lights.{name}.hue",
                    *resolved.because(f"lights.{name}.seen_k"),
                    *resolved.because(BALANCE),
                )
