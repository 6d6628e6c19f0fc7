from collections.abc import Iterator

from app.lint.cut import Cut, CutRule
from app.schema.compiled import Finding

SEEN_CC = 5


class TintJumps(CutRule):
    """The tint goes greener, or more magenta, than in the shot before.

    ## What
    The tint differs by more than 5 CC from that of the shot before, at the same hour in the same place.

    ## Why
    Green and magenta are what skin forgives least: between two shots of one face 5 CC are seen, a good deal before
    anybody would call either of them tinted.

    ## Example
    ```toml
    [before.camera]
    tint = 0

    [after.camera]
    tint = -10
    ```

    ## Instead
    ```toml
    [before.camera]
    tint = 2

    [after.camera]
    tint = 5
    ```
    """

    id = "tint_jumps"
    number = "CUT08"
    basis = "craft"
    holds = "place"

    def check(self, cut: Cut) -> Iterator[Finding]:
        """Compare two tints."""
        tints = cut.numbers("camera.tint")
        if tints and abs(tints[1] - tints[0]) > SEEN_CC:
            way = "magenta" if tints[1] > tints[0] else "green"
            yield self.found(
                f"The tint was {tints[0]:+g} CC in the shot before and is {tints[1]:+g} CC now: the picture turns "
                f"{way} at the cut.",
                "camera.tint",
                fix=cut.as_before("camera.tint"),
            )
