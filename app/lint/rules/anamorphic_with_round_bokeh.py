from collections.abc import Iterator

from app.lint.base import Rule
from app.patch import at
from app.resolve import Resolved
from app.schema.compiled import Finding

ROUND = "look.bokeh.round"
SQUEEZED = 1.2


class AnamorphicWithRoundBokeh(Rule):
    """Anamorphic lenses are asked for, and round bokeh.

    ## What
    The squeeze is more than 1.2, on glass that squeezes in front of the iris, and the bokeh is called round.

    ## Why
    A front anamorphic looks through a pupil that is an upright ellipse. Out of focus a lamp is an oval, 1.3 to 2 times
    as tall as it is wide. Round discs come from spherical glass, or from a rear anamorphic.

    ## Example
    ```toml
    [camera]
    lens_family = "camera.lens.atlas_orion"

    [look]
    bokeh = "look.bokeh.round"
    ```

    ```toml
    [camera]
    squeeze = 2

    [look]
    bokeh = "look.bokeh.round"
    ```

    ## Instead
    ```toml
    [camera]
    lens_family = "camera.lens.atlas_orion"

    [look]
    bokeh = "look.bokeh.oval"
    ```
    """

    id = "anamorphic_with_round_bokeh"
    number = "ANA01"
    severity = "error"
    basis = "source: No Film School and ShareGrid on anamorphic lenses"
    about = (ROUND,)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look at the squeeze, and where it sits."""
        squeeze, lens = resolved.number("camera.squeeze"), resolved.term("camera.lens_family")
        if not squeeze or squeeze <= SQUEEZED or (lens and "rear_anamorphic" in lens.traits):
            return
        path = resolved.where(ROUND)
        yield self.found(
            f"A {squeeze:g}x squeeze draws ovals, not circles: ask for oval bokeh, or for spherical lenses.",
            path,
            resolved.because("camera.squeeze")[0],
            fix=at(path, "look.bokeh.oval") if resolved.value(path) == ROUND else None,
        )
