from collections.abc import Iterator

from app.lint.cut import Cut, CutRule
from app.lint.scenery import differ, words
from app.schema.compiled import Finding


class StockChanges(CutRule):
    """The stock is another one than in the shot before.

    ## What
    Two shots of one scene name two stocks, or sensors.

    ## Why
    Grain, contrast and the colour of shadows come with the stock. Camera departments match two of them in the same
    scene when they have to, and see to it that nobody notices; a model does as the words say.

    ## Example
    ```toml
    [before.look]
    stock = "look.stock.vision3_500t"

    [after.look]
    stock = "look.stock.double_x"
    ```

    ## Instead
    ```toml
    [before.look]
    stock = "look.stock.vision3_500t"

    [after.look]
    stock = "look.stock.vision3_500t"
    ```
    """

    id = "stock_changes"
    number = "CUT21"
    basis = "craft"
    holds = "always"

    def check(self, cut: Cut) -> Iterator[Finding]:
        """Compare two stocks."""
        if differ(cut.before, cut.after, "look.stock"):
            was, now = (words(one, "look.stock") for one in (cut.before, cut.after))
            yield self.found(
                f"The shot before is on {was} and this one on {now}: grain and colour change at the cut.",
                "look.stock",
                fix=cut.as_before("look.stock"),
            )
