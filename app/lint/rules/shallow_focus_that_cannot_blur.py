from collections.abc import Iterator
from math import inf

from app.lint.base import Rule
from app.lint.glass import SHALLOW, SHARP_BLUR, background_blur, swung
from app.resolve import Resolved
from app.schema.compiled import Finding

FACE_M = 0.3
"""A thinner slice goes soft within a face, even against a wall."""


class ShallowFocusThatCannotBlur(Rule):
    """Shallow focus is asked for, and the lens keeps the background sharp.

    ## What
    The blur of the background, at its own distance or at infinity, is less than a thousandth of the frame's width,
    and the lens is not tilted: tilt-shift blurs by its own plane.

    ## Why
    A 24 mm at T8 on somebody 3 m away is sharp from 1.5 m to the horizon. Blur grows with the square of the focal
    length, with a wider stop, with a nearer subject and a farther background.

    ## Example
    ```toml
    [camera]
    format = "camera.format.super_35_3perf"
    focal_mm = 24
    t_stop = 11
    distance_m = 4
    focus = { technique = "camera.focus.shallow" }
    ```

    ```toml
    [camera]
    format = "camera.format.super_35_3perf"
    size = "camera.size.mcu"
    focal_mm = 24
    t_stop = 8

    [place]
    background_m = 0.2
    where = "against a tiled wall, shallow depth of field"
    ```

    ## Instead
    ```toml
    [camera]
    format = "camera.format.super_35_3perf"
    focal_mm = 85
    t_stop = 2
    distance_m = 4
    focus = { technique = "camera.focus.shallow" }
    ```
    """

    id = "shallow_focus_that_cannot_blur"
    number = "DOF02"
    severity = "error"
    basis = "physics"
    needs = ("camera.focal_mm", "camera.t_stop", "camera.format")
    about = SHALLOW

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Weigh the blur of the background."""
        if swung(resolved):
            return
        blur = background_blur(resolved)
        if blur is None or blur >= SHARP_BLUR:
            return
        near, far = resolved.number("camera.depth_near_m") or 0, resolved.number("camera.depth_far_m") or inf
        if far - near > FACE_M:
            at = "the horizon" if resolved.number("place.background_m") is None else "the background"
            focal, stop = resolved.number("camera.focal_mm"), resolved.number("camera.t_stop")
            yield self.found(
                f"A {focal:g} mm at T{stop:g} blurs {at} by only {blur:.2%} of the frame's width, which is sharp: "
                "open up, go longer or closer, or move the background away.",
                "camera.t_stop",
                resolved.where(*SHALLOW),
                "camera.focal_mm",
            )
