from collections.abc import Iterator

from app.lint.base import Rule
from app.resolve import Resolved
from app.schema.compiled import Finding

DUTCH = ("camera.roll.dutch",)


class DutchWithoutDegrees(Rule):
    """A Dutch angle is told in words, and nobody says how far the frame leans.

    ## What
    The words of the shot name a Dutch angle, and no roll is picked or said.

    ## Why
    Five to ten degrees make a room uneasy, fifteen to twenty-five are seen by everybody, forty-five turn the world
    over. A benchmark of camera work counts a frame as Dutch from fifteen.

    ## Example
    ```toml
    [intent]
    says = "A Dutch angle on the stairwell."
    ```

    ## Instead
    ```toml
    [intent]
    says = "A Dutch angle on the stairwell."

    [camera]
    roll_deg = 18
    ```
    """

    id = "dutch_without_degrees"
    number = "ANG05"
    severity = "info"
    basis = "source: CameraBench needs more than 15 degrees"
    about = DUTCH

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for a roll, said or implied by a pick."""
        if resolved.value("camera.roll_deg") is None and (path := resolved.where(*DUTCH)):
            yield self.found(
                "How far does the frame lean? 5° to 10° is uneasy, 15° to 25° plain to see, 45° extreme.",
                path,
                "camera.roll_deg",
            )
