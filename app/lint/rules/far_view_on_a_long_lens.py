from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import equivalent_mm
from app.resolve import Resolved
from app.schema.compiled import Finding

FAR = frozenset({"camera.size.ews", "camera.size.est"})
LONG_MM = 100


class FarViewOnALongLens(Rule):
    """An extreme wide shot is taken on a long lens.

    ## What
    The size is an extreme wide shot or a vista, and the lens is longer than 100 mm on full frame would be.

    ## Why
    It can be done, from very far: a 135 mm on Super 35 stands more than 100 m away. The picture is then one of
    flattened layers, and the place must have that much room and clear air.

    ## Example
    ```toml
    [camera]
    size = "camera.size.ews"
    format = "camera.format.super_35_3perf"
    focal_mm = 135
    ```

    ## Instead
    ```toml
    [camera]
    size = "camera.size.ews"
    format = "camera.format.super_35_3perf"
    focal_mm = 24
    ```
    """

    id = "far_view_on_a_long_lens"
    number = "LENS06"
    severity = "info"
    basis = "derived"
    needs = ("camera.size", "camera.focal_mm", "camera.format")

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Solve the distance."""
        if resolved.pick("camera.size") not in FAR:
            return
        sees, far = equivalent_mm(resolved), resolved.number("camera.distance_m")
        if sees and sees > LONG_MM and far and "camera.size" in resolved.because("camera.distance_m"):
            focal = resolved.number("camera.focal_mm")
            yield self.found(
                f"For this size a {focal:g} mm stands {far:.0f} m away, and the layers lie flat on each other. Has the "
                "place that much room?",
                "camera.focal_mm",
                "camera.size",
            )
