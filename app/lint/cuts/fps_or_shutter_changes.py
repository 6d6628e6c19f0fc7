from collections.abc import Iterator

from app.lint.cut import Cut, CutRule
from app.lint.looking import PLAYBACK_FPS
from app.resolve import Resolved
from app.schema.compiled import Finding

SLACK = 0.02
SHUTTER_DEG = 30
"""Two thirds of what is between a normal shutter and one that looks nervous."""


class FpsOrShutterChanges(CutRule):
    """Time runs at another speed, or motion is sharper, than in the shot before.

    ## What
    Capture over playback differs by more than 2 per cent from the shot before, or the shutter by more than 30 degrees.

    ## Why
    Slow motion in one shot of a scene is a choice, and a strong one. So is a narrow shutter: whoever moves is blurred
    in one shot and drawn with a needle in the next. Both are worth saying aloud.

    ## Example
    ```toml
    [before.camera]
    fps = 24

    [after.camera]
    fps = 48
    ```
    ```toml
    [before.camera]
    shutter_deg = 180

    [after.camera]
    shutter_deg = 45
    ```

    ## Instead
    ```toml
    [before.camera]
    fps = 24
    shutter_deg = 180

    [after.camera]
    fps = 24
    shutter_deg = 172.8
    ```
    """

    id = "fps_or_shutter_changes"
    number = "CUT22"
    severity = "info"
    basis = "craft"
    holds = "cut"

    def check(self, cut: Cut) -> Iterator[Finding]:
        """Compare two speeds, and two shutters."""
        was, now = _slowed(cut.before), _slowed(cut.after)
        if was and now and abs(now / was - 1) > SLACK:
            yield self.found(
                f"Time runs at {1 / now:.2g} of life's speed, and at {1 / was:.2g} in the shot before.",
                "camera.fps" if "camera.fps" in cut.after.said else "camera.rate",
                fix=cut.as_before("camera.rate", "camera.fps", "camera.playback_fps"),
            )
        shutters = cut.numbers("camera.shutter_deg")
        if shutters and abs(shutters[1] - shutters[0]) > SHUTTER_DEG:
            yield self.found(
                f"The shutter was {shutters[0]:g}° in the shot before and is {shutters[1]:g}° now: motion blurs "
                "otherwise.",
                "camera.shutter_deg" if "camera.shutter_deg" in cut.after.said else "camera.shutter",
                fix=cut.as_before("camera.shutter", "camera.shutter_deg"),
            )


def _slowed(resolved: Resolved) -> float | None:
    rate = resolved.number("camera.fps")
    return rate / (resolved.number("camera.playback_fps") or PLAYBACK_FPS) if rate else None
