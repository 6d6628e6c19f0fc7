from collections.abc import Iterator

from app.lint.base import Rule
from app.resolve import Resolved
from app.schema.compiled import Finding

LEANS_DEG = 5
ON_ITS_SIDE_DEG = 85
LEANING = (
    "camera.roll.dutch",
    "camera.roll.extreme_dutch",
    "camera.roll.slight",
)
UPRIGHT = ("framing.balance.symmetrical", "camera.roll.level")


class DutchAndSymmetrical(Rule):
    """The frame leans, and is to be symmetrical or level.

    ## What
    The camera is rolled by five degrees or more, and a symmetrical composition or a level horizon is asked for.

    ## Why
    Symmetry mirrors left and right about an upright line in the middle of the frame. Roll tilts that line, and columns
    and horizon no longer answer each other.

    ## Example
    ```toml
    [camera]
    roll_deg = 15

    [framing]
    balance = "framing.balance.symmetrical"
    ```

    ```toml
    [intent]
    says = "A Dutch angle down the corridor."

    [framing]
    balance = "framing.balance.symmetrical"
    ```

    ## Instead
    ```toml
    [camera]
    roll_deg = 0

    [framing]
    balance = "framing.balance.symmetrical"
    ```
    """

    id = "dutch_and_symmetrical"
    number = "ANG04"
    basis = "definition"
    about = UPRIGHT

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for roll by its number, else by its name."""
        roll = resolved.number("camera.roll_deg")
        if roll is not None:
            if not LEANS_DEG <= abs(roll) < ON_ITS_SIDE_DEG:
                return
            leans, how = next(iter(resolved.because("camera.roll_deg")), "camera.roll_deg"), f"rolled {abs(roll):g}°"
        elif leans := resolved.where(*LEANING):
            how = "at a Dutch angle"
        else:
            return
        upright = resolved.where(*UPRIGHT)
        if upright != leans:
            yield self.found(
                f"The camera is {how}, and a symmetrical or level frame stands upright: keep one of the two.",
                upright,
                leans,
            )
