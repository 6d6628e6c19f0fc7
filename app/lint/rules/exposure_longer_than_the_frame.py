from collections.abc import Iterator

from app.lint.base import Rule
from app.patch import at
from app.physics import exposure
from app.resolve import Resolved
from app.schema.compiled import Finding

WHOLE_TURN_DEG = 360


class ExposureLongerThanTheFrame(Rule):
    """A frame is exposed for longer than it lasts.

    ## What
    The shutter angle is more than 360 degrees.

    ## Why
    The exposure is the angle over 360 times the frame rate. At 360 degrees the shutter never closes, and the next
    frame begins. A longer smear is made of several frames blended together.

    ## Example
    ```toml
    [camera]
    fps = 24
    shutter_deg = 540
    ```

    ## Instead
    ```toml
    [camera]
    fps = 24
    shutter_deg = 360
    ```
    """

    id = "exposure_longer_than_the_frame"
    number = "TIM01"
    severity = "error"
    basis = "physics: t = angle / (360 fps)"
    needs = ("camera.shutter_deg",)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare the exposure with the frame."""
        angle, rate = resolved.number("camera.shutter_deg"), resolved.number("camera.fps") or 24
        if angle and angle > WHOLE_TURN_DEG:
            yield self.found(
                f"At {rate:g} fps {angle:g}° would expose for {exposure.exposure_time_s(angle, rate) * 1000:.0f} ms, "
                f"and a frame lasts {1000 / rate:.0f} ms: stay at 360°, or blend frames.",
                "camera.shutter_deg",
                fix=at("camera.shutter_deg", WHOLE_TURN_DEG),
            )
