from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import Motion, motions, seconds
from app.physics.motion import pan_limit_deg_per_s
from app.resolve import Resolved
from app.schema.compiled import Finding

WHIP_DEG_PER_S = 300
"""From here on a pan is a whip pan: nobody is meant to read it."""


class PanFasterThanItReads(Rule):
    """The pan is too fast to read and too slow to be a whip.

    ## What
    A pan or tilt turns so many degrees in its time that a thing crosses the frame in less than seven seconds, follows
    nobody, and is not a whip pan.

    ## Why
    At 24 frames and 180 degrees of shutter, edges that cross the frame faster than that jump from frame to frame: they
    judder. An eye that follows a moving subject does not notice; an eye that looks at the street does.

    ## Example
    ```toml
    duration_s = 4

    [camera]
    format = "camera.format.super_35_3perf"
    focal_mm = 35

    [beats.one.moves.look]
    path = "camera.move.pan_right"
    amount_deg = 90
    ```

    ## Instead
    ```toml
    duration_s = 18

    [camera]
    format = "camera.format.super_35_3perf"
    focal_mm = 35

    [beats.one.moves.look]
    path = "camera.move.pan_right"
    amount_deg = 90
    ```
    """

    id = "pan_faster_than_it_reads"
    number = "MOV09"
    basis = "source: the seven-second rule for pans"
    needs = ("beats.*.moves.*.amount_deg", "camera.focal_mm")

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare every pan whose speed is known with the fastest that reads."""
        wide = resolved.number("camera.hfov_deg")
        if not wide:
            return
        fastest = pan_limit_deg_per_s(wide)
        every = motions(resolved)
        followed = {one.beat for one in every if "tracks" in one.term.traits}
        for motion in every:
            if motion.beat in followed or not _pans(motion):
                continue
            time = seconds(resolved, motion.beat)
            speed = abs(motion.move.amount_deg or 0) / time if time else 0
            if fastest * 1.1 < speed < WHIP_DEG_PER_S:
                yield self.found(
                    f"This {motion.term.label.lower()} turns {speed:.0f}° a second, and at {wide:.0f}° of view things "
                    f"judder above {fastest:.1f}°: slow it down, follow somebody, or whip it.",
                    f"{motion.path}.amount_deg",
                    f"{motion.path}.path",
                )


def _pans(motion: Motion) -> bool:
    """Tell whether a move turns about the camera's own axes, and is meant to be read."""
    term = motion.term
    return "rotates" in term.traits and "roll" not in term.numbers and "pan_min_deg_per_s" not in term.numbers
