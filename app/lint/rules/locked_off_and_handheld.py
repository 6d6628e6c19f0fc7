from collections.abc import Iterator

from app.lint.base import Rule
from app.resolve import Resolved
from app.schema.compiled import Finding

LOCKED = ("camera.move.static", "camera.steadiness.still")
HELD = (
    "camera.support.handheld",
    "camera.support.easyrig",
    "camera.steadiness.unsteady",
    "camera.steadiness.very_unsteady",
)


class LockedOffAndHandheld(Rule):
    """The camera is locked off and held in the hand.

    ## What
    A static shot or a perfectly still frame is asked for, and the camera is handheld or the frame shakes.

    ## Why
    Locked off means that nothing moves which does not move by itself. A hand breathes: even when it holds its frame,
    the edges drift. The two are different pictures, and a model that is told both picks one.

    ## Example
    ```toml
    [camera]
    support = "camera.support.handheld"

    [beats.one.moves.none]
    path = "camera.move.static"
    ```

    ```toml
    [camera]
    support = { words = "handheld, close to the operator's chest" }
    steadiness = "camera.steadiness.still"
    ```

    ## Instead
    ```toml
    [camera]
    support = "camera.support.handheld"
    steadiness = "camera.steadiness.unsteady"
    ```

    ```toml
    [camera]
    support = "camera.support.tripod"

    [beats.one.moves.none]
    path = "camera.move.static"
    ```
    """

    id = "locked_off_and_handheld"
    number = "MOV01"
    severity = "error"
    basis = "source: CameraBench keeps fixed apart from fixed with shake"
    about = LOCKED

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for a hand under a camera that must not move."""
        if not (hand := resolved.where(*HELD)):
            return
        locked = resolved.where(*LOCKED)
        if locked != hand:
            yield self.found(
                "A locked-off frame does not move at all, and a hand always does: lock it off, or let a hand hold its "
                "frame.",
                locked,
                hand,
            )
