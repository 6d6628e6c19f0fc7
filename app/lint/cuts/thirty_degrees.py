from collections.abc import Iterator

from app.lint.axis import moved, turned
from app.lint.cut import Cut, CutRule, called
from app.lint.looking import motions
from app.resolve import Resolved
from app.schema.compiled import Finding

ENOUGH_DEG = 30
STEPS = 2


class ThirtyDegrees(CutRule):
    """The same subject is seen from nearly the same angle, at nearly the same size.

    ## What
    From one shot to the next the camera goes less than 30 degrees round the first subject, who is the same, and the
    size changes by less than two steps: close-up, medium close-up, medium shot and so on. Nothing is said where either
    angle or size is open, after a move of the camera, or where a jump cut is meant.

    ## Why
    A picture that changes a little looks as if a piece had been torn out of it: the figure jumps in the frame. A change
    that is large enough reads as another view. Go at least 30 degrees round, or two sizes in or out.

    ## Example
    ```toml
    [before.camera]
    size = "camera.size.mcu"
    view_azimuth_deg = 20

    [before.subjects.mara]
    name = "Mara"

    [after.camera]
    size = "camera.size.cu"
    view_azimuth_deg = 35

    [after.subjects.mara]
    name = "Mara"
    ```

    ## Instead
    ```toml
    [before.camera]
    size = "camera.size.ms"
    view_azimuth_deg = 20

    [before.subjects.mara]
    name = "Mara"

    [after.camera]
    size = "camera.size.cu"
    view_azimuth_deg = 35

    [after.subjects.mara]
    name = "Mara"
    ```
    """

    id = "thirty_degrees"
    number = "CUT02"
    basis = "craft: 30 degrees, or two sizes"
    holds = "place"

    def check(self, cut: Cut) -> Iterator[Finding]:
        """Measure how far the camera goes round the subject, and by how many sizes in or out."""
        if (cut.before.hero, cut.after.hero) not in cut.cast or moved(cut.before) or _zoomed(cut.before):
            return
        degrees = turned(cut.before, cut.after)
        if degrees is None or cut.closer is None or degrees >= ENOUGH_DEG or abs(cut.closer) >= STEPS:
            return
        sizes = "the size stays" if not cut.closer else "the size changes by one step"
        yield self.found(
            f"The camera goes {degrees:.0f}° round {called(cut.after, cut.after.hero)} and {sizes}: the cut jumps. Go "
            f"{ENOUGH_DEG}° or more round, or two sizes in or out.",
            "camera.size",
            *cut.after.because("camera.set_azimuth_deg"),
        )


def _zoomed(resolved: Resolved) -> bool:
    return any(motion.term.numbers.get("zoom") for motion in motions(resolved))
