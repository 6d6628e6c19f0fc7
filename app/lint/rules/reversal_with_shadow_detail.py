from collections.abc import Iterator

from app.lint.base import Rule
from app.resolve import Resolved
from app.schema.compiled import Finding

OPEN = ("look.grade.lifted_blacks", "look.grade.hdr_natural", "look.contrast.low")
TOLD = ("shadow detail", "detail in the shadow", "open shadows", "see into the shadow")
MOST_STOPS = 3


class ReversalWithShadowDetail(Rule):
    """Reversal film is asked for detail in shadows that it does not hold.

    ## What
    The stock is reversal, the key is more than three stops over the fill, and lifted blacks, low contrast or shadow
    detail are wanted.

    ## Why
    Slide film has about half of the range of a negative. Three stops under, its shadows close; lifting them afterwards
    lifts only the grain.

    ## Example
    ```toml
    [look]
    stock = "look.stock.ektachrome_100d"
    grade = ["look.grade.lifted_blacks"]

    [lighting]
    ratio_stops = 4
    ```

    ## Instead
    ```toml
    [look]
    stock = "look.stock.vision3_250d"
    grade = ["look.grade.lifted_blacks"]

    [lighting]
    ratio_stops = 4
    ```
    """

    id = "reversal_with_shadow_detail"
    number = "FLM10"
    basis = "craft"
    needs = ("look.stock",)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for a deep ratio on reversal, and a wish to see into it."""
        stock = resolved.term("look.stock")
        if stock is None or "reversal" not in stock.traits:
            return
        ratio, wish = resolved.number("lighting.ratio_stops"), _wish(resolved)
        if ratio and ratio > MOST_STOPS and wish:
            yield self.found(
                f"With the key {ratio:g} stops over the fill, {stock.label} goes black in the shadows: bring the ratio "
                f"under {MOST_STOPS}, or shoot negative.",
                "look.stock",
                wish,
            )


def _wish(resolved: Resolved) -> str:
    """Return the path that asks for open shadows, or empty."""
    says = str(resolved.value("intent.says") or "").lower()
    return resolved.where(*OPEN) or ("intent.says" if any(words in says for words in TOLD) else "")
