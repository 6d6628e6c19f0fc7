from collections.abc import Iterator

from app.lint.base import Rule
from app.resolve import Resolved
from app.schema.compiled import Finding

SHORT = "framing.lead_room.short_sided"


class ShortSideWithoutGaze(Rule):
    """The frame is short-sided, and nobody says where the subject looks.

    ## What
    Short-siding is asked for; no subject has an eyeline or a facing, and the view of the face is not said.

    ## Why
    Short-sided means that somebody looks towards the near edge of the frame. Without the look, a model puts the subject
    off centre and lets it look into the open side.

    ## Example
    ```toml
    [framing]
    lead_room = "framing.lead_room.short_sided"

    [subjects.mara]
    name = "Mara"
    ```

    ## Instead
    ```toml
    [framing]
    lead_room = "framing.lead_room.short_sided"

    [subjects.mara]
    name = "Mara"
    eyeline = { words = "out of the near edge of the frame" }
    ```
    """

    id = "short_side_without_gaze"
    number = "CMP04"
    severity = "info"
    basis = "definition"
    needs = ("subjects",)
    about = (SHORT,)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for any gaze."""
        if resolved.number("camera.view_azimuth_deg") is not None or not (short := resolved.where(SHORT)):
            return
        if all(one.eyeline is None and one.facing_deg is None for _, one in resolved.subjects):
            yield self.found(
                f"Short-sided means looking into the near edge: where does {resolved.hero} look?",
                f"subjects.{resolved.hero}.eyeline",
                short,
            )
