from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.glass import SEEN_BLUR, SHALLOW, SHARP_BLUR, background_blur
from app.resolve import Resolved
from app.schema.compiled import Finding

SMALL = frozenset({"gauge_8", "gauge_16"})
SMALL_W_MM = 13
SLOW_T = 2
SHORT_MM = 25


class CreamySmallGauge(Rule):
    """A creamy background is asked for on a small gauge.

    ## What
    The format is 8 or 16 mm, the focus is shallow, and the lens blurs the background by less than half a percent of
    the frame's width; or, where the distance is unknown, it is shorter than 25 mm and slower than T2.

    ## Why
    A small gate takes a half or a quarter of the focal length for the same view, and blur falls with it. Small-gauge
    pictures look deep, and a melting background gives them away.

    ## Example
    ```toml
    [camera]
    format = "camera.format.super_16"
    size = "camera.size.ms"
    focal_mm = 16
    t_stop = 2.8
    focus = { technique = "camera.focus.shallow" }
    ```

    ```toml
    [camera]
    format = "camera.format.super_8"
    focal_mm = 13
    t_stop = 4

    [place]
    background = "reeds with a blurred background beyond"
    ```

    ## Instead
    ```toml
    [camera]
    format = "camera.format.super_16"
    size = "camera.size.mcu"
    focal_mm = 50
    t_stop = 2
    focus = { technique = "camera.focus.shallow" }
    ```
    """

    id = "creamy_small_gauge"
    number = "DOF03"
    basis = "derived"
    needs = ("camera.format",)
    about = SHALLOW

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Weigh the blur on a small gate."""
        gauge = resolved.term("camera.format")
        if gauge is None or (gauge.traits.isdisjoint(SMALL) and gauge.numbers.get("gate_w_mm", 36) > SMALL_W_MM):
            return
        blur = background_blur(resolved)
        if _sharp(resolved) if blur is None else SHARP_BLUR <= blur < SEEN_BLUR:
            how = "hardly" if blur is None else f"by {blur:.1%} of the frame's width"
            yield self.found(
                f"With this lens {gauge.label} blurs the background {how}, which is soft but not creamy: use a faster "
                "and longer lens, or a larger gauge.",
                resolved.where(*SHALLOW),
                "camera.format",
            )


def _sharp(resolved: Resolved) -> bool:
    focal, stop = resolved.number("camera.focal_mm"), resolved.number("camera.t_stop")
    return bool(focal and stop and focal < SHORT_MM and stop > SLOW_T)
