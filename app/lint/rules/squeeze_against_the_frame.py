from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.glass import full_gate
from app.resolve import Resolved
from app.schema.compiled import Finding

SLACK = 0.15
NARROW = 1.66
SQUEEZED = 1.05


class SqueezeAgainstTheFrame(Rule):
    """Squeeze, gate and delivery ratio do not fit together.

    ## What
    The squeeze times the gate's width over its height is more than 15 % away from the delivery ratio.

    ## Why
    Two times on a 3:2 gate unfolds to 3:1, 1.5 times on 16:9 to 2.67: what is wider than the delivery is cut off at
    the sides, what is narrower at top and bottom. A 6:5 or a 4:3 gate is made for the two-times squeeze.

    ## Example
    ```toml
    [camera]
    format = "camera.format.full_frame"
    squeeze = 2

    [framing]
    aspect = 2.39
    ```

    ## Instead
    ```toml
    [camera]
    format = "camera.format.scope_2x"
    squeeze = 2

    [framing]
    aspect = 2.39
    ```
    """

    id = "squeeze_against_the_frame"
    number = "ANA05"
    basis = "derived"
    needs = ("camera.format", "framing")

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Unfold the gate."""
        squeeze = resolved.number("camera.squeeze")
        if not squeeze or squeeze <= SQUEEZED:
            return
        aspect, gate = resolved.number("framing.aspect"), full_gate(resolved)
        if not aspect or aspect < NARROW or not gate:
            return
        unfolds = squeeze * gate[0] / gate[1]
        if abs(unfolds - aspect) / aspect > SLACK:
            lost = 1 - min(aspect, unfolds) / max(aspect, unfolds)
            where = "at the sides" if unfolds > aspect else "at top and bottom"
            yield self.found(
                f"This gate unfolds to {unfolds:.2f}:1; delivering {aspect:.2f}:1 cuts {lost:.0%} off {where}. Take "
                "a gate or a squeeze that fits, or frame for the cut.",
                "camera.format",
                resolved.because("framing.aspect")[0],
                resolved.because("camera.squeeze")[0],
            )
