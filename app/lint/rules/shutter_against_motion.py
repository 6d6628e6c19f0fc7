from collections.abc import Iterator

from app.lint.base import Rule
from app.physics.exposure import exposure_time_s
from app.resolve import Resolved
from app.schema.compiled import Finding

SMOOTH = ("look.motion.blurred", "look.motion.smear")
CRISP = ("look.motion.staccato", "look.motion.frozen")
NARROW_DEG, WIDE_DEG = 90, 270
LONG_S, SHORT_S = 1 / 24, 1 / 250
"""From the one on, things that move smear whatever the angle; up to the other, a hand or a drop stands still."""


class ShutterAgainstMotion(Rule):
    """The shutter draws motion otherwise than it should feel.

    ## What
    The shutter angle is 90 degrees or less, and motion is to blur or smear; or it is 270 or more, and motion is to be
    staccato or frozen. What counts is the time: at 1000 fps an open shutter freezes, at 2 fps a narrow one smears.

    ## Why
    A narrow shutter cuts motion into crisp steps; a wide one lets each frame run into the next. 180 degrees is what
    eyes take for natural.

    ## Example
    ```toml
    [camera]
    shutter_deg = 45

    [look]
    motion = "look.motion.blurred"
    ```

    ## Instead
    ```toml
    [camera]
    shutter_deg = 270

    [look]
    motion = "look.motion.blurred"
    ```
    """

    id = "shutter_against_motion"
    number = "TIM02"
    basis = "source: shutter tables, and craft"
    needs = ("camera",)
    about = (*SMOOTH, *CRISP)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare the angle with the feel."""
        angle = resolved.number("camera.shutter_deg")
        if angle is None:
            return
        lasts = exposure_time_s(angle, resolved.number("camera.fps") or 24)
        if angle <= NARROW_DEG and lasts < LONG_S and (path := resolved.where(*SMOOTH)):
            told = "cuts motion into crisp steps, and it is to blur: open it to 270° or more"
        elif angle >= WIDE_DEG and lasts > SHORT_S and (path := resolved.where(*CRISP)):
            told = "lets motion smear, and it is to be crisp: close it to 90° or less"
        else:
            return
        shutter = next(iter(resolved.because("camera.shutter_deg")), "camera.shutter_deg")
        yield self.found(f"A shutter of {angle:g}° {told}.", shutter, path)
