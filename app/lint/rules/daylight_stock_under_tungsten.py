from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import filters_mired
from app.patch import at
from app.physics import colour
from app.resolve import Resolved
from app.schema.compiled import Finding

TUNGSTEN_TO_K = 3600
ENOUGH_MIRED = -80
DAYLIGHT_K = 5500
WARM = frozenset({"look.grade.warm_vintage", "look.grade.warm", "look.grade.golden_amber"})


class DaylightStockUnderTungsten(Rule):
    """Daylight film looks at tungsten lamps without a filter.

    ## What
    The stock is balanced for daylight, the key is a warm lamp, and neither an 80A filter nor a warm grade is there. A
    low sun is not meant: its warmth is why one shoots then.

    ## Why
    Against a stock for 5500 K, a tungsten lamp is some 130 mired too warm: the room turns orange. An 80A puts that
    right and costs two stops, which daylight stocks indoors can seldom spare.

    ## Example
    ```toml
    [look]
    stock = "look.stock.vision3_250d"

    [lights.key]
    role = "light.role.key"
    source = "light.source.tungsten"
    ```

    ## Instead
    ```toml
    [look]
    stock = "look.stock.vision3_500t"

    [lights.key]
    role = "light.role.key"
    source = "light.source.tungsten"
    ```
    """

    id = "daylight_stock_under_tungsten"
    number = "FLM04"
    severity = "info"
    basis = "source: tables of conversion filters"
    needs = ("look.stock", "lights")

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare the key with the stock's balance, unless somebody has balanced it."""
        stock, key = resolved.term("look.stock"), f"lights.{resolved.key}"
        if not resolved.key or stock is None or "daylight" not in stock.traits:
            return
        seen = resolved.number(f"{key}.seen_k")
        if not seen or seen > TUNGSTEN_TO_K or "camera.white_balance_k" in resolved.said:
            return
        source = resolved.term(f"{key}.source")
        natural = source is not None and "daylight" in source.traits
        if natural or filters_mired(resolved) <= ENOUGH_MIRED or not WARM.isdisjoint(resolved.picked):
            return
        filters = [*(resolved.value("camera.filters") or ()), "camera.filter.f_80a"]
        yield self.found(
            f"{stock.label} is balanced for daylight: a key of {seen:.0f} K is {colour.shift(seen, DAYLIGHT_K):.0f} "
            "mired too warm on it. Put an 80A on the lens, which takes two stops, or say that it stays warm.",
            "look.stock",
            f"{key}.role",
            fix=at("camera.filters", filters),
        )
