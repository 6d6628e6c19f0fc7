from collections.abc import Iterator

from app.lint.base import Rule
from app.patch import at
from app.physics import colour
from app.resolve import Resolved
from app.schema.compiled import Finding

CTO, THREE_QUARTERS = "light.gel.cto_full", "light.gel.cto_3_4"
BALANCE = "camera.white_balance_k"


class FullCtoOnDaylight(Rule):
    """Full CTO is to turn a 5600 K lamp into tungsten, and overshoots.

    ## What
    A lamp of 5200 to 5800 K has full CTO and no other gel, and the camera is balanced to about 3200 K.

    ## Why
    Full CTO is 159 mired, made for a sky of 6500 K. On 5600 K it lands at 2962 K, a little orange. 3/4 CTO lands at
    3305 K and a sun 85 at 3230 K.

    ## Example
    ```toml
    [camera]
    white_balance_k = 3200

    [lights.key]
    role = "light.role.key"
    source = "light.source.hmi"
    gels = ["light.gel.cto_full"]
    ```

    ## Instead
    ```toml
    [camera]
    white_balance_k = 3200

    [lights.key]
    role = "light.role.key"
    source = "light.source.hmi"
    gels = ["light.gel.cto_3_4"]
    ```
    """

    id = "full_cto_on_daylight"
    number = "COL06"
    basis = "source: published gel tables in mired"
    needs = ("lights.*.gels",)
    about = (CTO,)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for the gel on a lamp of noon's colour."""
        balance = resolved.number(BALANCE)
        if balance is None or abs(colour.shift(3200, balance)) > colour.JUST_NOTICED_MIRED:
            return
        gel = resolved.vocabulary.terms[THREE_QUARTERS]
        for name, lamp in resolved.lights:
            kelvin, seen = (resolved.number(f"lights.{name}.{key}_k") for key in ("cct", "seen"))
            if lamp.gels == (CTO,) and kelvin and seen and 5200 <= kelvin <= 5800:
                yield self.found(
                    f"Full CTO takes the {name} from {kelvin:.0f} to {seen:.0f} K, past the balance of "
                    f"{balance:.0f} K: {gel.label} lands at {colour.through_gel(kelvin, gel.numbers['mired']):.0f} K.",
                    f"lights.{name}.gels",
                    *resolved.because(BALANCE),
                    fix=at(f"lights.{name}.gels", [THREE_QUARTERS]),
                )
