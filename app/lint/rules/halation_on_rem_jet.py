from collections.abc import Iterator

from app.lint.base import Rule
from app.resolve import Resolved
from app.schema.compiled import Finding

RED = ("look.artefact.red_halation", "look.artefact.halation")


class HalationOnRemJet(Rule):
    """Red halation is asked of a stock whose backing swallows it.

    ## What
    The stock has a rem-jet backing, and red halation is among the artefacts.

    ## Why
    The red ring is light that passes the emulsion, is thrown back by the base and strikes the red layer again. A black
    backing takes it away. CineStill is cine film from which that backing was removed, and that is why it glows.

    ## Example
    ```toml
    [look]
    stock = "look.stock.vision3_500t"
    artefacts = ["look.artefact.halation"]
    ```

    ## Instead
    ```toml
    [look]
    stock = "look.stock.cinestill_800t"
    artefacts = ["look.artefact.halation"]
    ```
    """

    id = "halation_on_rem_jet"
    number = "FLM07"
    profile = "set"
    basis = "source: CineStill on its 800T"
    needs = ("look.stock",)
    about = RED

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look at the back of the film."""
        stock = resolved.term("look.stock")
        if stock and "rem_jet" in stock.traits:
            yield self.found(
                f"{stock.label} has a rem-jet backing, which swallows red halation: CineStill 800T shows it, or a "
                "diffusion filter glows in its place.",
                resolved.where(*RED),
                "look.stock",
            )
