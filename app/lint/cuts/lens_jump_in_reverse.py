from collections.abc import Iterator

from app.lint.axis import face_to_face
from app.lint.cut import Cut, CutRule
from app.schema.compiled import Finding

THIRD = 4 / 3


class LensJumpInReverse(CutRule):
    """Shot and reverse are taken on two lenses.

    ## What
    Two people who look at each other are covered one after the other at the same size, and the focal length of the
    second shot is more than a third longer or shorter than that of the first.

    ## Why
    At one size another lens means another distance: the one face is flat before a near background, the other round
    before a far one. Matched reverses let the two be equals. Unmatched they take sides, which may be what is wanted.

    ## Example
    ```toml
    [before.camera]
    size = "camera.size.mcu"
    focal_mm = 75

    [before.subjects.mara]
    name = "Mara"
    eyeline = { words = "Jonas, off right" }

    [after.camera]
    size = "camera.size.mcu"
    focal_mm = 40

    [after.subjects.jonas]
    name = "Jonas"
    eyeline = { words = "Mara, off left" }
    ```

    ## Instead
    ```toml
    [before.camera]
    size = "camera.size.mcu"
    focal_mm = 75

    [before.subjects.mara]
    name = "Mara"
    eyeline = { words = "Jonas, off right" }

    [after.camera]
    size = "camera.size.mcu"
    focal_mm = 65

    [after.subjects.jonas]
    name = "Jonas"
    eyeline = { words = "Mara, off left" }
    ```
    """

    id = "lens_jump_in_reverse"
    number = "CUT14"
    severity = "info"
    basis = "craft: matched reverses"
    holds = "place"

    def check(self, cut: Cut) -> Iterator[Finding]:
        """Compare two focal lengths of a shot and its reverse."""
        lenses = cut.numbers("camera.focal_mm")
        if lenses is None or cut.closer != 0:
            return
        was, now = lenses
        if max(was, now) / min(was, now) > THIRD and face_to_face(cut):
            yield self.found(
                f"The shot before is taken on {was:g} mm and its reverse on {now:g} mm, at the same size: matched "
                "lenses let the two be equals.",
                "camera.focal_mm",
                fix=cut.as_before("camera.focal_mm"),
            )
