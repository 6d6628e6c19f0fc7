from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import chosen, slowed
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
FAST = ("time.pacing.fast_motion", "time.pacing.time_lapse", "time.pacing.hyperlapse")
REAL = ("time.pacing.real_time",)
RAMPS = ("time.pacing.ramp_up", "time.pacing.ramp_down")
CLEARLY = 1.5


class TwoPlaybackSpeeds(Rule):
    """Time runs at two speeds at once.

    ## What
    Two of slow motion, real time and fast motion (time-lapse among it) are asked for, by name or by the frame rates,
    and no ramp goes from one to the other.

    ## Why
    A shot plays at one speed. Where it changes that is a speed ramp, and a model has to be told so. Reverse is another
    matter: it says which way time runs, and can be slow.

    ## Example
    ```toml
    pacing = "time.pacing.time_lapse"

    [camera]
    fps = 120
    playback_fps = 24
    ```

    ```toml
    pacing = "time.pacing.real_time"

    [camera]
    rate = "camera.rate.slow_motion"
    playback_fps = 24
    ```

    ## Instead
    ```toml
    pacing = "time.pacing.ramp_down"

    [camera]
    fps = 120
    playback_fps = 24
    ```
    """

    id = "two_playback_speeds"
    number = "TIM07"
    severity = "error"
    basis = "source: CameraBench's speeds exclude each other"
    needs = ("pacing",)
    about = (*FAST, *REAL, *SLOW)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Collect the speeds that are asked for, and expect one."""
        if chosen(resolved, *RAMPS):
            return
        speeds = {name: path for name, terms in SPEEDS.items() if (path := chosen(resolved, *terms))}
        factor = slowed(resolved) if "camera.playback_fps" in resolved.said else None
        if factor and not 1 / CLEARLY < factor < CLEARLY:
            rate = next(iter(resolved.because("camera.fps")), "camera.fps")
            speeds.setdefault("slow motion" if factor > 1 else "fast motion", rate)
        if len(speeds) > 1:
            one, other, *_ = speeds
            yield self.found(
                f"Time cannot run in {one} and {other} at once: choose, or ramp from one to the other.",
                *dict.fromkeys((speeds[one], speeds[other])),
            )


SPEEDS = {"slow motion": SLOW, "fast motion": FAST, "real time": REAL}
