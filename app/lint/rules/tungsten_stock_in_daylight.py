from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import filters_mired
from app.patch import at
from app.physics import colour
from app.resolve import Resolved
from app.schema.compiled import Finding

DAYLIGHT_FROM_K = 4500
ENOUGH_MIRED = 80
TUNGSTEN_K = 3200
COOL = frozenset({"look.grade.cold_nordic", "look.grade.cool", "look.grade.day_for_night"})


class TungstenStockInDaylight(Rule):
    """Tungsten film looks at daylight without a filter.

    ## What
    The stock is balanced for tungsten, the key is daylight, and neither an 85 filter nor a cool grade is there.

    ## Why
    Against a stock for 3200 K, daylight is some 130 mired too blue. An 85 on the lens puts that right and costs two
    thirds of a stop; left off, it is the cold look of many films, and worth saying.

    ## Example
    ```toml
    [look]
    stock = "look.stock.vision3_500t"

    [lights.key]
    role = "light.role.key"
    cct_k = 5600
    ```

    ## Instead
    ```toml
    [camera]
    filters = ["camera.filter.f_85"]

    [look]
    stock = "look.stock.vision3_500t"

    [lights.key]
    role = "light.role.key"
    cct_k = 5600
    ```
    """

    id = "tungsten_stock_in_daylight"
    number = "FLM03"
    severity = "info"
    basis = "source: Kodak's data sheet for 5219"
    needs = ("look.stock", "lights")

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare the key with the stock's balance, unless somebody has balanced it."""
        stock = resolved.term("look.stock")
        if not resolved.key or stock is None or "tungsten" not in stock.traits:
            return
        seen = resolved.number(f"lights.{resolved.key}.seen_k")
        if not seen or seen < DAYLIGHT_FROM_K or "camera.white_balance_k" in resolved.said:
            return
        if filters_mired(resolved) >= ENOUGH_MIRED or not COOL.isdisjoint(resolved.picked):
            return
        filters = [*(resolved.value("camera.filters") or ()), "camera.filter.f_85"]
        yield self.found(
            f"{stock.label} is balanced for tungsten: a key of {seen:.0f} K is "
            f"{abs(colour.shift(seen, TUNGSTEN_K)):.0f} mired too blue on it. Put an 85 on the lens, or say that it "
            "stays cool.",
            "look.stock",
            f"lights.{resolved.key}.role",
            fix=at("camera.filters", filters),
        )
