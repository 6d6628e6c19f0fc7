from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.lamps import FROM_BEHIND, HARD_EDGE_DEG
from app.lint.looking import chosen
from app.resolve import Resolved
from app.schema.compiled import Finding

LOW = ("lighting.contrast.flat", "lighting.contrast.low")
SILHOUETTE = ("lighting.setup.silhouette", "light.effect.silhouette")
SOFT_DEG = 45
"""From this size on a source behind wraps round the subject, and no outline stands out."""
KEY = "light.role.key"


class LowContrastFromHardLight(Rule):
    """The lighting contrast is low, a lamp is hard or stands behind, and no ratio says how both can be.

    ## What
    Low or flat lighting contrast is picked beside a hard key, or beside a rim or back light, while neither a ratio nor
    the levels of key and fill are given. A silhouette has a rule of its own, and a large soft source behind, the sky in
    fog, draws no edge.

    ## Why
    A hard edge and a bright outline are contrast. They sit in a low-contrast picture only when the fill is nearly as
    strong as the key: then say so, at 0 to 1 stop.

    ## Example
    ```toml
    [lighting]
    contrast = "lighting.contrast.low"

    [lights.key]
    role = "light.role.key"
    quality = "light.quality.hard"
    ```

    ## Instead
    ```toml
    [lighting]
    contrast = "lighting.contrast.low"
    ratio_stops = 1

    [lights.key]
    role = "light.role.key"
    quality = "light.quality.hard"
    ```
    """

    id = "low_contrast_from_hard_light"
    number = "LIT06b"
    basis = "counts of a benchmark: never together"
    needs = ("lights",)
    about = LOW

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look at every lamp, unless the ratio is known."""
        low = chosen(resolved, *LOW)
        if not low or resolved.number("lighting.ratio_stops") is not None or chosen(resolved, *SILHOUETTE):
            return
        for name, lamp in resolved.lights:
            size = resolved.number(f"lights.{name}.angular_size_deg")
            if lamp.role == KEY and size is not None and size < HARD_EDGE_DEG:
                path = next(iter(resolved.because(f"lights.{name}.angular_size_deg")))
                yield self.found(f"Low contrast from a hard {name} needs a strong fill: give the ratio.", low, path)
            elif lamp.role in FROM_BEHIND and (size is None or size < SOFT_DEG):
                yield self.found(
                    f"The {name} draws a bright edge in a low-contrast picture: give the ratio of key to fill.",
                    low,
                    f"lights.{name}.role",
                )
