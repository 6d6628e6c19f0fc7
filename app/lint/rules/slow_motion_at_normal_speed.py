from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import PLAYBACK_FPS
from app.patch import at
from app.resolve import Resolved
from app.schema.compiled import Finding

SLOW = (
    "time.pacing.slow_motion",
    "time.pacing.extreme_slow_motion",
    "camera.rate.gentle_slow_motion",
    "camera.rate.slow_motion",
    "camera.rate.heavy_slow_motion",
    "camera.rate.high_speed",
)
TIMES = 4
"""How much slower than life reads as slow motion at first sight."""


class SlowMotionAtNormalSpeed(Rule):
    """Slow motion is asked for, at a frame rate that does not slow anything.

    ## What
    The pacing or the words ask for slow motion, and the frame rate is not above the playback rate.

    ## Why
    How slow it plays is capture over playback: 96 frames a second played at 24 are four times slower than life, and 24
    played at 24 are life.

    ## Example
    ```toml
    pacing = "time.pacing.slow_motion"

    [camera]
    fps = 24
    ```

    ```toml
    [camera]
    fps = 25
    playback_fps = 25

    [intent]
    says = "The glass falls in slow motion."
    ```

    ## Instead
    ```toml
    pacing = "time.pacing.slow_motion"

    [camera]
    fps = 96
    ```
    """

    id = "slow_motion_at_normal_speed"
    number = "TIM03"
    severity = "error"
    basis = "definition"
    needs = ("camera",)
    about = SLOW

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare capture with playback."""
        rate, plays = resolved.number("camera.fps"), resolved.number("camera.playback_fps") or PLAYBACK_FPS
        if rate and rate <= plays:
            yield self.found(
                f"Shot at {rate:g} fps and played at {plays:g}, nothing is slower than life: {TIMES * plays:g} fps "
                "make clear slow motion.",
                *dict.fromkeys((*resolved.because("camera.fps"), resolved.where(*SLOW))),
                fix=at("camera.fps", TIMES * plays),
            )
