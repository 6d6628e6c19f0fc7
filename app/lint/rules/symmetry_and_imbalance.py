from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import chosen
from app.resolve import Resolved
from app.schema.compiled import Finding

SYMMETRICAL = "framing.balance.symmetrical"
UNEVEN = (
    "framing.balance.left_heavy",
    "framing.balance.right_heavy",
    "framing.balance.unbalanced_frame",
    "framing.lead_room.short_sided",
)


class SymmetryAndImbalance(Rule):
    """The frame is symmetrical and leans to one side.

    ## What
    A symmetrical composition is also said to be left-heavy, right-heavy or short-sided.

    ## Why
    Symmetry answers each side with the other. Weight or a look that crowds one edge is what it must not have; in a
    benchmark made from films no answer has both.

    ## Example
    ```toml
    [framing]
    balance = "framing.balance.symmetrical"
    lead_room = "framing.lead_room.short_sided"
    ```

    ```toml
    [framing]
    balance = "framing.balance.left_heavy"

    [intent]
    says = "A symmetrical composition of the hall."
    ```

    ## Instead
    ```toml
    [framing]
    balance = "framing.balance.symmetrical"
    placement = "framing.placement.centred"
    ```
    """

    id = "symmetry_and_imbalance"
    number = "CMP02"
    severity = "error"
    basis = "counts of a benchmark: none has both"
    needs = ("framing",)
    about = (SYMMETRICAL,)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for both; one of them must have been picked."""
        symmetrical, uneven = resolved.where(SYMMETRICAL), resolved.where(*UNEVEN)
        if symmetrical and uneven and chosen(resolved, SYMMETRICAL, *UNEVEN):
            yield self.found(
                "A symmetrical frame answers left with right, and this one also leans to a side: choose.",
                *dict.fromkeys((symmetrical, uneven)),
            )
