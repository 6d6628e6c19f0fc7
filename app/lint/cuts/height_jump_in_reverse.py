from collections.abc import Iterator

from app.lint.axis import face_to_face
from app.lint.cut import Cut, CutRule
from app.lint.people import eyes_m
from app.schema.compiled import Finding

SLACK_M = 0.2


class HeightJumpInReverse(CutRule):
    """Shot and reverse are taken from two heights.

    ## What
    Two people who look at each other, eye to eye, are covered one after the other at the same size, and the camera
    stands more than 0.2 m higher or lower in the second shot than in the first. Nothing is said where one of them
    stands and the other sits, or is taller by as much.

    ## Why
    Who is seen from above is smaller than who is seen from below. Between two people at one height the audience takes
    that for a meaning: match the heights, unless it is one.

    ## Example
    ```toml
    [before.camera]
    size = "camera.size.mcu"
    height_m = 1.6

    [before.subjects.mara]
    name = "Mara"
    eyeline = { words = "Jonas, off right" }

    [after.camera]
    size = "camera.size.mcu"
    height_m = 1.2

    [after.subjects.jonas]
    name = "Jonas"
    eyeline = { words = "Mara, off left" }
    ```

    ## Instead
    ```toml
    [before.camera]
    size = "camera.size.mcu"
    height_m = 1.6

    [before.subjects.mara]
    name = "Mara"
    eyeline = { words = "Jonas, off right" }

    [after.camera]
    size = "camera.size.mcu"
    height_m = 1.5

    [after.subjects.jonas]
    name = "Jonas"
    eyeline = { words = "Mara, off left" }
    ```
    """

    id = "height_jump_in_reverse"
    number = "CUT15"
    severity = "info"
    basis = "craft: matched reverses"
    holds = "place"

    def check(self, cut: Cut) -> Iterator[Finding]:
        """Compare two camera heights of a shot and its reverse."""
        heights = cut.numbers("camera.height_m")
        if heights is None or cut.closer != 0:
            return
        was, now = heights
        if abs(now - was) <= SLACK_M or not face_to_face(cut):
            return
        if abs(eyes_m(cut.before, cut.before.hero) - eyes_m(cut.after, cut.after.hero)) > SLACK_M:
            return
        yield self.found(
            f"The camera stood at {was:g} m in the shot before and stands at {now:g} m in its reverse: one of "
            "the two is looked down on.",
            "camera.height_m" if "camera.height_m" in cut.after.said else "camera.height",
            fix=cut.as_before("camera.height", "camera.height_m"),
        )
