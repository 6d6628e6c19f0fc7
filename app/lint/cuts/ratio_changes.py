from collections.abc import Iterator

from app.lint.cut import Cut, CutRule
from app.schema.compiled import Finding

SLACK = 0.01


class RatioChanges(CutRule):
    """The shape of the frame changes at the cut.

    ## What
    The aspect ratio differs from that of the shot before.

    ## Why
    A film has one frame. Where it changes its shape on purpose, it does so between two worlds or two times, and seldom
    between two shots of one scene; a ratio that was left at its default is the usual reason.

    ## Example
    ```toml
    [before.framing]
    aspect = 2.39

    [after.framing]
    aspect = 1.85
    ```

    ## Instead
    ```toml
    [before.framing]
    aspect = 2.39

    [after.framing]
    aspect = 2.39
    ```
    """

    id = "ratio_changes"
    number = "CUT20"
    basis = "craft"
    holds = "always"

    def check(self, cut: Cut) -> Iterator[Finding]:
        """Compare two ratios."""
        ratios = cut.numbers("framing.aspect")
        if ratios and abs(ratios[1] - ratios[0]) > SLACK:
            yield self.found(
                f"The frame was {ratios[0]:.3g}:1 in the shot before and is {ratios[1]:.3g}:1 now.",
                "framing.aspect" if "framing.aspect" in cut.after.said else "framing.shape",
                fix=cut.as_before("framing.shape", "framing.aspect"),
            )
