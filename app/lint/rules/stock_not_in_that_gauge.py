from collections.abc import Iterator

from app.lint.base import Rule
from app.resolve import Resolved
from app.schema.compiled import Finding
from app.vocab import Term

GAUGES = frozenset({"gauge_8", "gauge_16", "gauge_35", "gauge_65"})


class StockNotInThatGauge(Rule):
    """The stock is not made for the format.

    ## What
    A film format is picked, and the stock is not cut to its gauge, or is made for still cameras.

    ## Why
    A laboratory can only perforate what is coated. Portra comes in still cassettes and rolls; IMAX runs 65 mm. The
    look can be had all the same, as an emulation on another stock.

    ## Example
    ```toml
    [camera]
    format = "camera.format.super_16"

    [look]
    stock = "look.stock.portra_400"
    ```

    ## Instead
    ```toml
    [camera]
    format = "camera.format.super_16"

    [look]
    stock = "look.stock.vision3_250d"
    ```
    """

    id = "stock_not_in_that_gauge"
    number = "FLM12"
    severity = "error"
    basis = "craft"
    profile = "set"
    needs = ("look.stock", "camera.format")

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare the gauges, then cine with still."""
        stock, taken = resolved.term("look.stock"), resolved.term("camera.format")
        if stock is None or taken is None or "film" not in stock.traits or "film" not in taken.traits:
            return
        if _only_still(stock) and "still" not in taken.traits:
            yield self._found(f"{stock.label} is made for still cameras, and {taken.label} runs cine film")
        elif (cut := GAUGES & stock.traits) and (gate := GAUGES & taken.traits) and not cut & gate:
            yield self._found(f"{stock.label} is not cut to the gauge of {taken.label}")

    def _found(self, what: str) -> Finding:
        return self.found(f"{what}: take another stock, or call it an emulation.", "look.stock", "camera.format")


def _only_still(stock: Term) -> bool:
    return "still" in stock.traits and "cinema" not in stock.traits
