from collections.abc import Iterator

from app.lint.base import Rule
from app.resolve import Resolved
from app.schema.compiled import Finding

GRAINLESS = ("look.grain.none", "exclude.grain")
FAST_EI = 500


class FastStockWithoutGrain(Rule):
    """Fast or pushed film is to show no grain.

    ## What
    The stock is rated 500 or more, or is pushed, and the picture is to be grainless.

    ## Why
    Speed comes from larger crystals, and pushing develops them further: grain is what fast film looks like. Without
    it, what is left of the stock is a colour.

    ## Example
    ```toml
    [look]
    stock = "look.stock.vision3_500t"
    grain = "look.grain.none"
    ```

    ```toml
    exclude = ["exclude.grain"]

    [look]
    process = ["look.process.push_1"]
    ```

    ## Instead
    ```toml
    [look]
    stock = "look.stock.vision3_50d"
    grain = "look.grain.none"
    ```
    """

    id = "fast_stock_without_grain"
    number = "FLM06"
    basis = "craft"
    needs = ("look",)
    about = GRAINLESS

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for a fast stock, then for a push."""
        clean = resolved.where(*GRAINLESS)
        stock = resolved.term("look.stock")
        speed = stock.sets.get("camera.ei", 0) if stock else 0
        if stock and speed >= FAST_EI:
            yield self.found(
                f"{stock.label} is rated {speed:g} and shows grain: take a slower stock, or let the grain be fine.",
                clean,
                "look.stock",
            )
        for pushed in resolved.terms("look.process"):
            if pushed.numbers.get("stops", 0) > 0:
                yield self.found(
                    f"Film that is {pushed.phrase} shows its grain: leave it unpushed, or let the grain be seen.",
                    clean,
                    "look.process",
                )
