from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import chosen
from app.resolve import Resolved
from app.schema.compiled import Finding

SILHOUETTE = ("lighting.setup.silhouette", "light.effect.silhouette")
LOW = ("lighting.contrast.flat", "lighting.contrast.low", "look.contrast.low", "lighting.style.flat")


class SilhouetteInLowContrast(Rule):
    """A silhouette is asked for in low contrast, and nothing hangs in the air.

    ## What
    A silhouette stands beside low contrast or flat lighting, without fog, mist or smoke.

    ## Why
    A silhouette is the widest step there is between a subject and its background. Only air can soften it: in fog a
    black shape turns grey and stays a shape.

    ## Example
    ```toml
    [lighting]
    setup = "lighting.setup.silhouette"

    [look]
    contrast = "look.contrast.low"
    ```

    ## Instead
    ```toml
    [lighting]
    setup = "lighting.setup.silhouette"

    [look]
    contrast = "look.contrast.low"

    [place]
    atmosphere = ["place.atmosphere.fog"]
    ```
    """

    id = "silhouette_in_low_contrast"
    number = "LIT06"
    basis = "definition; counts of a benchmark: never together"
    about = SILHOUETTE

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for low contrast beside the silhouette, then for air that explains it."""
        low = chosen(resolved, *LOW)
        shape = chosen(resolved, *SILHOUETTE) if low else ""
        if not shape or "place.atmosphere" in resolved.said:
            return
        if not any(term.startswith("place.atmosphere.") for term in resolved.spoken):
            yield self.found(
                "A silhouette is the highest contrast there is between subject and background; in low contrast it "
                "needs fog or smoke before it.",
                low,
                shape,
            )
