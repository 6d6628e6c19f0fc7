from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import equivalent_mm
from app.resolve import Resolved
from app.schema.compiled import Finding

HELD = ("camera.support.handheld", "camera.support.easyrig")
LONG_MM = 85
DRIFT_DEG = 0.5
"""By how much a quiet hand drifts."""


class LongLensHandheld(Rule):
    """A long lens is held in the hand.

    ## What
    The camera is handheld, and the lens sees less than an 85 mm on full frame does.

    ## Why
    A hand drifts by half a degree or so, whatever the lens. The narrower the view, the larger a share of the frame
    that is: on a long lens the picture jitters, as if somebody watched from far away.

    ## Example
    ```toml
    [camera]
    support = "camera.support.handheld"
    format = "camera.format.super_35_3perf"
    focal_mm = 135
    ```

    ## Instead
    ```toml
    [camera]
    support = "camera.support.handheld"
    format = "camera.format.super_35_3perf"
    focal_mm = 35
    ```
    """

    id = "long_lens_handheld"
    number = "MOV15"
    severity = "info"
    basis = "physics"
    needs = ("camera.focal_mm",)
    about = HELD

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Weigh the hand's drift against the view."""
        long, wide = equivalent_mm(resolved), resolved.number("camera.hfov_deg")
        if long and wide and long > LONG_MM:
            yield self.found(
                f"By hand a lens that sees {wide:.0f}° drifts by {DRIFT_DEG / wide:.0%} of the frame at every breath: "
                "say that it may jitter like an observer, or stabilise it.",
                resolved.where(*HELD),
                "camera.focal_mm",
            )
