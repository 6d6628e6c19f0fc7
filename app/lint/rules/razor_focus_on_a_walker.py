from collections.abc import Iterator

from app.lint.base import Rule
from app.resolve import Resolved
from app.schema.compiled import Finding

WALKS = (
    "subject.pose.walking",
    "subject.pose.running",
    "beat.action.walking_towards",
    "beat.action.walking_away",
    "beat.action.walking",
    "beat.action.walking_slowly",
    "beat.action.walking_runway",
    "beat.action.running",
    "beat.action.dancing",
)
RAZOR = "camera.focus.ultra_shallow"
SLICE_M = 0.12


class RazorFocusOnAWalker(Rule):
    """Focus is razor-thin, and the subject moves.

    ## What
    The depth of field holds less than 12 cm, or is called ultra-shallow, and somebody walks or runs.

    ## Why
    A 50 mm at T1.3 from 1.8 m holds 8.5 cm, and a walking head covers that in a twentieth of a second. Close down to
    T2.8, or say that focus comes and goes.

    ## Example
    ```toml
    [camera]
    format = "camera.format.super_35_3perf"
    focal_mm = 50
    t_stop = 1.3
    size = "camera.size.mcu"

    [subjects.mara]
    pose = "subject.pose.walking"
    ```

    ```toml
    [camera.focus]
    technique = "camera.focus.ultra_shallow"

    [subjects.mara]
    name = "Mara"

    [beats.one.action]
    mara = "beat.action.walking_towards"
    ```

    ## Instead
    ```toml
    [camera]
    format = "camera.format.super_35_3perf"
    focal_mm = 50
    t_stop = 2.8
    size = "camera.size.mcu"

    [subjects.mara]
    pose = "subject.pose.walking"
    ```
    """

    id = "razor_focus_on_a_walker"
    number = "DOF12"
    severity = "info"
    basis = "derived"
    about = WALKS

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Measure the slice, else take its name."""
        near, far = resolved.number("camera.depth_near_m"), resolved.number("camera.depth_far_m")
        if near is not None and far is not None:
            if far - near < SLICE_M:
                yield self._found(resolved, f"Only {100 * (far - near):.2g} cm are sharp", "camera.t_stop")
        elif razor := resolved.where(RAZOR):
            yield self._found(resolved, "Only a sliver is sharp", razor)

    def _found(self, resolved: Resolved, sharp: str, path: str) -> Finding:
        return self.found(
            f"{sharp}, and the subject walks out of that at once: close down, or plan for focus that comes and goes.",
            path,
            resolved.where(*WALKS),
        )
