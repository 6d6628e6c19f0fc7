from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import chosen
from app.resolve import Resolved
from app.schema.compiled import Finding

LEFT, RIGHT = "framing.balance.left_heavy", "framing.balance.right_heavy"


class LeftAndRightHeavy(Rule):
    """The frame is heavy on both sides.

    ## What
    The composition is said to be left-heavy and right-heavy.

    ## Why
    Weight on one side is weight missing on the other. Weight on both is a balanced frame, and there is a word for it.
    In a benchmark made from films no answer has both.

    ## Example
    ```toml
    [framing]
    balance = "framing.balance.left_heavy"

    [intent]
    says = "A right-heavy composition."
    ```

    ## Instead
    ```toml
    [framing]
    balance = "framing.balance.balanced"
    ```
    """

    id = "left_and_right_heavy"
    number = "CMP01"
    severity = "error"
    basis = "counts of a benchmark: none has both"
    needs = ("framing.balance",)
    about = (LEFT, RIGHT)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for both; one of them must have been picked."""
        left, right = resolved.where(LEFT), resolved.where(RIGHT)
        if left and right and chosen(resolved, LEFT, RIGHT):
            yield self.found(
                "A frame that is heavy on the left is light on the right: keep one, or call it balanced.",
                *sorted({left, right}),
            )
