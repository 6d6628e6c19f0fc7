from collections.abc import Iterator

from app.lint.base import Rule
from app.resolve import Resolved
from app.schema.compiled import Finding


class FilmStockOnDigital(Rule):
    """The stock is film and the camera is digital: the stock is an emulation.

    ## What
    A film stock stands beside a digital camera body or a digital format.

    ## Why
    One frame is captured once. A stock beside a sensor means its colour and grain, put on afterwards: a common and
    good way to work, and worth knowing when the report goes out.

    ## Example
    ```toml
    [camera]
    body = "camera.body.alexa_35"

    [look]
    stock = "look.stock.vision3_500t"
    ```

    ## Instead
    ```toml
    [camera]
    body = "camera.body.arricam"

    [look]
    stock = "look.stock.vision3_500t"
    ```
    """

    id = "film_stock_on_digital"
    number = "FLM11"
    severity = "info"
    basis = "definition"
    needs = ("look.stock", "camera")

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for a sensor behind the stock."""
        stock = resolved.term("look.stock")
        if stock is None or "film" not in stock.traits:
            return
        for path in ("camera.body", "camera.format"):
            taken = resolved.term(path)
            if taken and "digital" in taken.traits and "film" not in taken.traits:
                yield self.found(
                    f"A sensor records this ({taken.label}), so {stock.label} is understood as an emulation.",
                    "look.stock",
                    path,
                )
                return
