from collections.abc import Iterator
from math import hypot

from app.lint.base import Rule
from app.lint.glass import used_gate
from app.resolve import Resolved
from app.schema.compiled import Finding

SLACK = 1.1
"""Makers quote circles with some reserve, and a faint corner is no black one."""


class LensSmallerThanTheFormat(Rule):
    """The lens does not cover the format.

    ## What
    The image circle of the lens family is smaller than the diagonal of the part of the gate that is used.

    ## Why
    A lens for Super 35 throws a circle of some 31 mm. On a large-format gate of 45 mm, or a 65 mm one of 57 to 60,
    the corners are black.

    ## Example
    ```toml
    [camera]
    lens_family = "camera.lens.cooke_s4i"
    format = "camera.format.alexa_65"
    ```

    ## Instead
    ```toml
    [camera]
    lens_family = "camera.lens.cooke_s4i"
    format = "camera.format.super_35_3perf"
    ```
    """

    id = "lens_smaller_than_the_format"
    number = "LENS07"
    severity = "error"
    profile = "set"
    basis = "geometry; circles as the makers give them, or craft"
    needs = ("camera.lens_family", "camera.format")

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare the circle with the diagonal of the gate that is used."""
        family = resolved.term("camera.lens_family")
        circle = family.numbers.get("image_circle_mm") if family else None
        if not family or not circle or not (gate := used_gate(resolved)):
            return
        diagonal = hypot(*gate)
        if circle * SLACK < diagonal:
            yield self.found(
                f"The {family.label} draws a circle of {circle:.0f} mm; this frame is {diagonal:.0f} mm from corner "
                "to corner, and those stay black. Take a family for the larger format, or crop the gate.",
                "camera.lens_family",
                "camera.format",
            )
