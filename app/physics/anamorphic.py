"""What a squeeze does to blur. A front anamorphic images an oval pupil; a rear one squeezes after the iris."""

from app.physics.depth import blur_disc_mm
from app.physics.limits import positive


def oval(squeeze: float, *, rear: bool = False) -> float:
    """Return how much taller than wide a blurred point is on screen: the squeeze, or 1 (round) of a rear anamorphic."""
    positive("The squeeze", squeeze)
    return 1.0 if rear else squeeze


def disc_mm(blur_mm: float, squeeze: float, *, rear: bool = False) -> tuple[float, float]:
    """Return the height and width of a blur after the desqueeze, in mm of the gate's height scale.

    `blur_mm` is the disc of the marked focal length, as of `depth.blur_disc_mm`. Across, a front anamorphic has f / k
    and a pupil of 1 / k, so that the disc is 1 / k^2 on the gate and 1 / k on screen.
    """
    return blur_mm, blur_mm / oval(squeeze, rear=rear)


def disc_share(
    lens: tuple[float, float],
    focus_m: float,
    at_m: float,
    gate_mm: tuple[float, float],
    squeeze: float,
    *,
    rear: bool = False,
) -> tuple[float, float]:
    """Return a blur as a share of the frame's height and of its width; `lens` is (f in mm, N), `gate_mm` is (w, h)."""
    height, width = disc_mm(blur_disc_mm(*lens, focus_m, at_m), squeeze, rear=rear)
    gate_w_mm, gate_h_mm = gate_mm
    positive("The width of the gate", gate_w_mm, " mm")
    positive("The height of the gate", gate_h_mm, " mm")
    return height / gate_h_mm, width / (gate_w_mm * squeeze)
