from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import equivalent_mm, named
from app.physics import optics
from app.resolve import Resolved
from app.schema.compiled import Finding

AERIAL = "camera.height.aerial"
FROM_M = 10
LONG_MM = 200
SIZES = ("camera.size.mcu", "camera.size.cu", "camera.size.bcu", "camera.size.ecu")


class AerialCloseUp(Rule):
    """A close-up is taken from the height of a house.

    ## What
    The camera is ten metres up or more, and the frame holds no more than head and chest, without a very long lens.

    ## Why
    From ten metres up a 50 mm on Super 35 holds several metres of ground. A face fills that frame only through 200 mm
    and more; otherwise what is meant is an overhead camera just above reach.

    ## Example
    ```toml
    [camera]
    size = "camera.size.cu"
    height_m = 15
    format = "camera.format.super_35_3perf"
    focal_mm = 50
    ```

    ## Instead
    ```toml
    [camera]
    size = "camera.size.cu"
    height_m = 3
    ```
    """

    id = "aerial_close_up"
    number = "ANG06"
    basis = "derived: thin-lens geometry"
    needs = ("camera",)
    about = SIZES

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare the height, the lens and the size of the frame."""
        size, height = resolved.term("camera.size"), resolved.number("camera.height_m")
        home = resolved.number(f"subjects.{resolved.hero}.mark.y_m") or 0
        up = FROM_M if height is None and resolved.where(AERIAL) else (height or 0) - home
        long = equivalent_mm(resolved)
        if size is None or size.id not in SIZES or up < FROM_M or (long and long >= LONG_MM):
            return
        tall, focal = resolved.number("camera.gate_h_mm"), resolved.number("camera.focal_mm")
        lens = f" and {focal:g} mm holds {optics.frame_height_m(up, focal, tall):.1f} m" if tall and focal else ""
        yield self.found(
            f"From {up:g} m up {named(size)} needs a very long lens{lens}: come down to just overhead, or say "
            "the lens.",
            "camera.size",
            next(iter(resolved.because("camera.height_m")), "") or resolved.where(AERIAL) or "camera.height_m",
        )
