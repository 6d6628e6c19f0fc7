from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import heard, motions, named
from app.resolve import Resolved
from app.schema.compiled import Finding


class TripodThatTravels(Rule):
    """The camera stands on a fixed support and travels.

    ## What
    A tripod, or another support that stays where it is, carries a camera that dollies, trucks, cranes, arcs or
    tracks.

    ## Why
    A fixed head pans, tilts and zooms, and that is all it does. For parallax the camera must leave its place: on a
    dolly, a slider, a jib, a Steadicam or a gimbal.

    ## Example
    ```toml
    [camera]
    support = "camera.support.tripod"

    [beats.one.moves.push]
    path = "camera.move.dolly_in"
    ```

    ## Instead
    ```toml
    [camera]
    support = "camera.support.dolly"

    [beats.one.moves.push]
    path = "camera.move.dolly_in"
    ```
    """

    id = "tripod_that_travels"
    number = "MOV07"
    severity = "error"
    basis = "definition"
    needs = ("camera.support", "beats.*.moves")

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Find moves that travel, when the support cannot."""
        support = heard(resolved, "camera.support")
        if support is None or "fixed" not in support.traits:
            return
        for motion in motions(resolved):
            if "travels" in motion.term.traits:
                yield self.found(
                    f"{named(support).capitalize()} stays where it stands, and {named(motion.term)} needs the "
                    "camera to travel: a dolly, a slider, a jib, a Steadicam or a gimbal.",
                    "camera.support",
                    f"{motion.path}.path",
                )
