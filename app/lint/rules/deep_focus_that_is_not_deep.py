from collections.abc import Iterator
from math import inf

from app.lint.base import Rule
from app.lint.glass import SEEN_BLUR, SHARP_BLUR, background_blur, focus_m, sized_as_a_person, stop_for, swung
from app.physics import optics
from app.resolve import Resolved
from app.schema.compiled import Finding

DEEP = "camera.focus.deep"
SPLIT = ("camera.focus.split_diopter", "camera.filter.split_diopter")
ROOM_M = 1
"""With an unknown background: less than this behind the subject is no depth at all."""

SMALLEST_T = 22


class DeepFocusThatIsNotDeep(Rule):
    """Deep focus is asked for, and lens, stop and distance hold only a slice.

    ## What
    The depth of field that follows from lens, stop and distance ends before the background, which is visibly soft; or,
    where nobody says how far the background is, it ends within a metre of the subject. A tilted lens lays its plane of
    focus askew, and is left out.

    ## Why
    A long lens close by and wide open holds centimetres: 85 mm at T1.3 from 2 m, on Super 35, 3.5 cm. Near and far are
    sharp together on short lenses, at T8 to T11, with the light that this takes; or in two exposures, or through a
    split diopter.

    ## Example
    ```toml
    [camera]
    size = "camera.size.cu"
    format = "camera.format.super_35_3perf"
    focal_mm = 85
    t_stop = 1.3
    focus = { technique = "camera.focus.deep" }
    ```

    ```toml
    [camera]
    size = "camera.size.ms"
    format = "camera.format.super_35_3perf"
    focal_mm = 50
    t_stop = 2.8

    [place]
    background_m = 6
    midground = "a long table, everything in focus"
    ```

    ## Instead
    ```toml
    [camera]
    size = "camera.size.ms"
    format = "camera.format.super_35_3perf"
    focal_mm = 18
    t_stop = 11
    focus = { technique = "camera.focus.deep" }
    ```
    """

    id = "deep_focus_that_is_not_deep"
    number = "DOF01"
    severity = "error"
    basis = "physics"
    needs = ("camera.focal_mm", "camera.t_stop", "camera.format")
    about = (DEEP,)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare the far limit with the background."""
        near, far = resolved.number("camera.depth_near_m"), resolved.number("camera.depth_far_m")
        focus, blur = focus_m(resolved), background_blur(resolved)
        if near is None or far is None or not focus or blur is None or resolved.where(*SPLIT):
            return
        if swung(resolved) or not sized_as_a_person(resolved):
            return
        behind = resolved.number("place.background_m")
        plane = inf if behind is None else (resolved.number("camera.distance_m") or focus) + behind
        soft = blur >= SEEN_BLUR and far < focus + ROOM_M if behind is None else far < plane and blur >= 2 * SHARP_BLUR
        if soft:
            yield self.found(
                f"A {resolved.number('camera.focal_mm'):g} mm at T{resolved.number('camera.t_stop'):g} is sharp from "
                f"{near:.2f} to {far:.2f} m{_needs(resolved, plane)}.",
                "camera.t_stop",
                resolved.where(DEEP),
                "camera.focal_mm",
            )


def _needs(resolved: Resolved, plane_m: float) -> str:
    """Return what would hold the background, where a stop can."""
    n = stop_for(resolved, plane_m)
    stop = n / optics.f_number(1) if n else inf
    what = "the horizon" if plane_m == inf else f"a background at {plane_m:.3g} m"
    if stop > SMALLEST_T:
        return f", and no stop holds {what} as well: take a shorter lens, or a split diopter"
    return f"; to hold {what} as well takes T{stop:.2g}"
