from collections.abc import Iterator

from app.lint.base import Rule
from app.physics import optics
from app.resolve import Resolved
from app.schema.compiled import Finding

WIDTHS = (("Super 35", 24.89), ("full frame", 36.0), ("IMAX", 70.41))


class FocalWithoutFormat(Rule):
    """A focal length is said, and no format.

    ## What
    The shot has a focal length, and neither a format nor an angle of view.

    ## Why
    A focal length alone is no view: 50 mm sees 28 degrees on Super 35, 40 on full frame and 70 on IMAX. Without the
    format nobody can tell how far away the camera stands or what is sharp.

    ## Example
    ```toml
    [camera]
    focal_mm = 50
    ```

    ## Instead
    ```toml
    [camera]
    focal_mm = 50
    format = "camera.format.super_35_3perf"
    ```

    ```toml
    [camera]
    field = "camera.field.normal"
    ```
    """

    id = "focal_without_format"
    number = "LENS11"
    severity = "info"
    basis = "derived"
    needs = ("camera.focal_mm",)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Say what the focal length would see."""
        camera = resolved.shot.camera
        if camera is None or camera.format is not None or camera.field is not None or not camera.focal_mm:
            return
        if any(one.startswith("camera.format.") for one in resolved.spoken):
            return
        views = [f"{optics.field_of_view_deg(w, camera.focal_mm):.0f}° on {name}" for name, w in WIDTHS]
        told = f"{', '.join(views[:-1])} and {views[-1]}"
        yield self.found(f"Which format? At {camera.focal_mm:g} mm one sees {told}.", "camera.format")
