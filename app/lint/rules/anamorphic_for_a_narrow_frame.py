from collections.abc import Iterator

from app.lint.base import Rule
from app.resolve import Resolved
from app.schema.compiled import Finding

NARROW = 1.66
TWICE = 1.8


class AnamorphicForANarrowFrame(Rule):
    """A two-times anamorphic is cropped to a narrow frame.

    ## What
    The squeeze is about two, and the delivery ratio is narrower than 1.66.

    ## Why
    The squeeze is there for width. Cropped to 1.37 little more than half of the picture is left, and with the sides
    goes most of what makes the glass worth its price. An upright frame is another question.

    ## Example
    ```toml
    [camera]
    squeeze = 2

    [framing]
    aspect = 1.37
    ```

    ## Instead
    ```toml
    [camera]
    squeeze = 2

    [framing]
    aspect = 2.39
    ```
    """

    id = "anamorphic_for_a_narrow_frame"
    number = "ANA04"
    basis = "derived"
    needs = ("framing", "camera")

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare the delivery ratio with the squeeze."""
        aspect = resolved.number("framing.aspect")
        if not aspect or not 1 <= aspect < NARROW:
            return
        squeeze = resolved.number("camera.squeeze")
        if squeeze and squeeze >= TWICE:
            yield self.found(
                f"A {squeeze:g}x squeeze is there for width, and {aspect:.2f}:1 throws its sides away: go "
                "spherical, or deliver 2.39:1.",
                resolved.because("framing.aspect")[0],
                resolved.because("camera.squeeze")[0],
            )
