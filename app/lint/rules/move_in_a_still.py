from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import motions, named, still
from app.resolve import Resolved
from app.schema.compiled import Finding


class MoveInAStill(Rule):
    """The shot is a still, and its camera moves.

    ## What
    The medium is a film still, a photograph, a storyboard frame or a painting, and a beat has a camera move.

    ## Why
    A still has no time in which to move. The move is kept for the day the frame becomes a video take, and is left out
    of the picture until then; a smear can be asked for as motion blur.

    ## Example
    ```toml
    [intent]
    medium = "intent.medium.photograph"

    [beats.one.moves.push]
    path = "camera.move.dolly_in"
    ```

    ## Instead
    ```toml
    [intent]
    medium = "intent.medium.photograph"

    [look]
    motion = "look.motion.blurred"
    ```
    """

    id = "move_in_a_still"
    number = "MOV12"
    severity = "info"
    basis = "definition"
    needs = ("intent.medium", "beats.*.moves")

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Name the moves of a still."""
        if not still(resolved):
            return
        medium = resolved.term("intent.medium")
        for motion in motions(resolved):
            if medium and "static" not in motion.term.traits:
                yield self.found(
                    f"{named(medium).capitalize()} has no time for {named(motion.term)}: the move waits for a "
                    "video take.",
                    f"{motion.path}.path",
                    "intent.medium",
                )
