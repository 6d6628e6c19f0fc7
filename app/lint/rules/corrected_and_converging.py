from collections.abc import Iterator

from app.lint.base import Rule
from app.resolve import Resolved
from app.schema.compiled import Finding


class CorrectedAndConverging(Rule):
    """Verticals are to be corrected and to converge.

    ## What
    The composition asks for corrected verticals and for converging ones.

    ## Why
    Walls lean together because the camera is tilted. A shift lens is there to remove exactly that: the camera stays
    level, and the walls stand upright.

    ## Example
    ```toml
    [framing]
    devices = ["framing.device.corrected_verticals", "framing.device.converging_verticals"]
    ```

    ## Instead
    ```toml
    [camera]
    pitch_deg = 30

    [framing]
    devices = ["framing.device.converging_verticals"]
    ```
    """

    id = "corrected_and_converging"
    number = "LENS13"
    basis = "physics"
    about = ("framing.device.corrected_verticals",)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for the one beside the other."""
        if leaning := resolved.where("framing.device.converging_verticals"):
            upright = resolved.where("framing.device.corrected_verticals")
            yield self.found(
                "Corrected verticals stand upright, converging ones lean together: choose one.",
                *dict.fromkeys((upright, leaning)),
            )
