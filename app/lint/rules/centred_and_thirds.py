from collections.abc import Iterator

from app.lint.base import Rule
from app.resolve import Resolved
from app.schema.compiled import Finding

CENTRED = "framing.placement.centred"
THIRDS = (
    "framing.placement.left_third",
    "framing.placement.right_third",
    "framing.placement.golden_left",
    "framing.placement.golden_right",
    "framing.device.rule_of_thirds",
    "framing.device.golden_section",
)


class CentredAndThirds(Rule):
    """The subject is centred and on a third.

    ## What
    The placement names the centre, and also a third or a golden section.

    ## Why
    One subject hangs on one line of the frame. With two people say where each stands, and leave the placement open.

    ## Example
    ```toml
    [framing]
    placement = { words = "dead centre, on the left third line" }
    ```

    ```toml
    [framing]
    placement = "framing.placement.centred"
    devices = ["framing.device.rule_of_thirds"]
    ```

    ## Instead
    ```toml
    [framing]
    placement = "framing.placement.left_third"
    ```
    """

    id = "centred_and_thirds"
    number = "CMP03"
    basis = "definition"
    needs = ("framing",)
    about = (CENTRED,)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for both anchors."""
        centred, third = resolved.where(CENTRED), resolved.where(*THIRDS)
        if centred and third:
            yield self.found(
                "The centre is not on a third: choose where the subject hangs.", *dict.fromkeys((centred, third))
            )
