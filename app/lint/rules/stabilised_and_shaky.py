from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import heard, named
from app.resolve import Resolved
from app.schema.compiled import Finding

SMOOTH = frozenset({"fixed", "stabilised"})


class StabilisedAndShaky(Rule):
    """The support takes the shake out, and the frame shakes.

    ## What
    The camera is on a tripod, dolly, Steadicam, gimbal or the like, and the frame is said to be very unsteady.

    ## Why
    These exist so that nothing jolts. A violent shake reads as a hand, or as damage done afterwards; say which.

    ## Example
    ```toml
    [camera]
    support = "camera.support.gimbal"
    steadiness = "camera.steadiness.very_unsteady"
    ```

    ## Instead
    ```toml
    [camera]
    support = "camera.support.handheld"
    steadiness = "camera.steadiness.very_unsteady"
    ```
    """

    id = "stabilised_and_shaky"
    number = "MOV08"
    basis = "craft"
    needs = ("camera.support", "camera.steadiness")
    about = ("camera.steadiness.very_unsteady",)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Hold the support against the frame."""
        support = heard(resolved, "camera.support")
        if support and not SMOOTH.isdisjoint(support.traits):
            yield self.found(
                f"{named(support).capitalize()} takes the shake out of the frame, and this frame shakes violently: "
                "hold the camera by hand, or keep it smooth.",
                "camera.steadiness",
                "camera.support",
            )
