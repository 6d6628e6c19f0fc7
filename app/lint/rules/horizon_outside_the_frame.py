from collections.abc import Iterator
from math import hypot

from app.lint.base import Rule
from app.lint.looking import chosen
from app.physics import optics
from app.resolve import Resolved
from app.schema.compiled import Finding

HORIZON = (
    "framing.device.horizon_visible",
    "framing.device.horizon_thirds",
    "framing.device.horizon_low",
    "framing.device.horizon_high",
    "framing.device.horizon_split",
)
WIDEST_DEG = 100
"""What a frame may hold from top to bottom while no lens is named: more than any but a fisheye does."""

LEANS_DEG = 5


class HorizonOutsideTheFrame(Rule):
    """The horizon is asked for, and the camera is pitched past it.

    ## What
    The composition shows the horizon, and the camera looks up or down by more than half of what its lens holds from
    top to bottom.

    ## Why
    The horizon lies level with the lens, however high the camera stands. It leaves the frame when the pitch passes half
    of the vertical field of view: 11 degrees for a 35 mm on 3-perf Super 35. A bird's-eye view never has one.

    ## Example
    ```toml
    [camera]
    format = "camera.format.super_35_3perf"
    focal_mm = 35
    pitch_deg = -25

    [framing]
    devices = ["framing.device.horizon_visible"]
    ```

    ```toml
    [camera]
    angle = "camera.angle.overhead"

    [framing]
    devices = ["framing.device.horizon_thirds"]
    ```

    ## Instead
    ```toml
    [camera]
    format = "camera.format.super_35_3perf"
    focal_mm = 35
    pitch_deg = -8

    [framing]
    devices = ["framing.device.horizon_visible"]
    ```
    """

    id = "horizon_outside_the_frame"
    number = "ANG03"
    severity = "error"
    basis = "geometry"
    needs = ("camera",)
    about = HORIZON

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare the pitch with half of the field of view."""
        horizon, pitch = chosen(resolved, *HORIZON), _pitch(resolved)
        if not horizon or pitch is None:
            return
        half, focal = _half_view(resolved), resolved.number("camera.focal_mm")
        if pitch > half:
            lens = f"{half:.0f}° on this {focal:g} mm" if focal and half != WIDEST_DEG / 2 else f"about {half:.0f}°"
            yield self.found(
                f"The horizon leaves the frame beyond {lens}, and the camera is pitched {pitch:.0f}°: level it, go "
                "wider, or drop the horizon.",
                horizon,
                next(iter(resolved.because("camera.pitch_deg")), "camera.pitch_deg"),
            )


def _pitch(resolved: Resolved) -> float | None:
    """Return how far the camera is pitched either way; of a named angle, the least that it may mean."""
    known = resolved.values.get("camera.pitch_deg")
    if known is None:
        return None
    term = resolved.vocabulary.terms.get(known.source) if known.origin == "term" else None
    if term and {"pitch_min_deg", "pitch_max_deg"} <= term.numbers.keys():
        low, high = term.numbers["pitch_min_deg"], term.numbers["pitch_max_deg"]
        return 0.0 if low <= 0 <= high else min(abs(low), abs(high))
    return abs(float(known.value))


def _half_view(resolved: Resolved) -> float:
    """Return half of what the frame holds from top to bottom; from corner to corner where the camera leans."""
    focal, tall = resolved.number("camera.focal_mm"), resolved.number("camera.gate_h_mm")
    if not focal or not tall:
        return WIDEST_DEG / 2
    if abs(resolved.number("camera.roll_deg") or 0) > LEANS_DEG:
        wide = (resolved.number("camera.gate_w_mm") or tall) * (resolved.number("camera.squeeze") or 1)
        return optics.field_of_view_deg(hypot(wide, tall), focal) / 2
    return optics.field_of_view_deg(tall, focal) / 2
