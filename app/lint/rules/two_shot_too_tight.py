from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.glass import full_gate
from app.lint.looking import named
from app.resolve import Resolved
from app.schema.compiled import Finding

TIGHT = frozenset({"camera.size.ecu", "camera.size.bcu", "camera.size.cu"})
HEADS_M = 0.65
"""Two heads are some 0.45 m wide when they touch; this much leaves air between and beside them."""

USUAL = 16 / 9


class TwoShotTooTight(Rule):
    """Two heads are put into a close-up that has no room for them.

    ## What
    The count is two, and the width of the frame at the subject, its height times the delivery ratio, is less than
    two heads with a little air need.

    ## Why
    Two heads that touch take about 0.45 m. A close-up at 1.78:1 is 0.59 m wide: they fit only cheek to cheek, or one
    behind the other. In scope the same close-up is 0.79 m wide and holds both.

    ## Example
    ```toml
    [camera]
    size = "camera.size.cu"

    [framing]
    count = "framing.count.two"
    aspect = "16:9"
    ```

    ## Instead
    ```toml
    [camera]
    size = "camera.size.mcu"

    [framing]
    count = "framing.count.two"
    aspect = "16:9"
    ```
    """

    id = "two_shot_too_tight"
    number = "LENS17"
    basis = "derived"
    needs = ("camera.size",)
    about = ("framing.count.two",)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Measure the frame across."""
        size = resolved.term("camera.size")
        if size is None or size.id not in TIGHT:
            return
        gate = full_gate(resolved)
        squeeze = resolved.number("camera.squeeze") or 1
        aspect = resolved.number("framing.aspect") or (gate[0] * squeeze / gate[1] if gate else USUAL)
        wide = size.numbers["frame_height_m"] * aspect
        if wide < HEADS_M:
            yield self.found(
                f"At {aspect:.2f}:1 {named(size)} is {wide:.2g} m wide; two heads need 0.45 m when they "
                "touch. Go wider, or let one overlap the other.",
                "camera.size",
                resolved.where("framing.count.two"),
            )
