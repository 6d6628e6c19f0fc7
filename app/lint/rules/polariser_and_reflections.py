from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import left_out
from app.patch import at
from app.resolve import Resolved
from app.schema.compiled import Finding

REFLECTION = "framing.device.reflection"


class PolariserAndReflections(Rule):
    """A polariser is on the lens, and the picture lives from reflections.

    ## What
    The filters have a polariser, and the composition asks for a reflection.

    ## Why
    A polariser takes the shine off glass, water and wet streets: the second picture goes with it, and one to two stops
    of light besides.

    ## Example
    ```toml
    [camera]
    filters = ["camera.filter.polariser"]

    [framing]
    devices = ["framing.device.reflection"]
    ```

    ```toml
    [camera]
    filters = ["camera.filter.polariser"]

    [intent]
    says = "Neon reflections in the wet street."
    ```

    ## Instead
    ```toml
    [framing]
    devices = ["framing.device.reflection"]
    ```
    """

    id = "polariser_and_reflections"
    number = "FLM18"
    basis = "physics"
    needs = ("camera.filters",)
    about = (REFLECTION,)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for a polariser."""
        for glass in resolved.terms("camera.filters"):
            if "polariser" in glass.traits:
                yield self.found(
                    "A polariser takes reflections off glass and water, and the picture asks for one: leave it off.",
                    "camera.filters",
                    resolved.where(REFLECTION),
                    fix=at("camera.filters", left_out(resolved, "camera.filters", glass.id) or None),
                )
