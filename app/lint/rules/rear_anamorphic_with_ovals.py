from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.glass import STREAKS
from app.resolve import Resolved
from app.schema.compiled import Finding

OVAL = "look.bokeh.oval"


class RearAnamorphicWithOvals(Rule):
    """A rear-anamorphic lens is to draw ovals or streaks.

    ## What
    The lens squeezes behind its iris, and the picture is to have oval bokeh or streak flares.

    ## Why
    The iris is seen before the squeeze, so the discs come out round again, and there is no cylinder in front to smear
    a lamp into a line. Rear anamorphics, zooms for the most part, give the wide frame without the signature.

    ## Example
    ```toml
    [camera]
    lens_family = "camera.lens.rear_anamorphic_zoom"

    [look]
    bokeh = "look.bokeh.oval"
    ```

    ## Instead
    ```toml
    [camera]
    lens_family = "camera.lens.panavision_c"

    [look]
    bokeh = "look.bokeh.oval"
    ```
    """

    id = "rear_anamorphic_with_ovals"
    number = "ANA03"
    basis = "source: No Film School on anamorphic lenses"
    needs = ("camera.lens_family",)
    about = (OVAL, STREAKS)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for the squeeze behind the iris."""
        lens = resolved.term("camera.lens_family")
        if lens is None or "rear_anamorphic" not in lens.traits:
            return
        for term, what in ((OVAL, "ovals"), (STREAKS, "streaks")):
            if path := resolved.where(term):
                yield self.found(
                    f"The {lens.label} squeezes behind the iris and draws no {what}: take front anamorphic primes, or "
                    f"drop the {what}.",
                    path,
                    "camera.lens_family",
                )
