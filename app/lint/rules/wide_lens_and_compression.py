from collections.abc import Iterator

from app.lint.base import Rule
from app.resolve import Resolved
from app.schema.compiled import Finding

FISHEYE = ("camera.lens.fisheye", "camera.field.fisheye")
WIDE = ("camera.field.wide", "camera.field.ultra_wide")
WIDE_DEG = 65
FAR_M = 20
"""From here on planes lie close together even on a wide lens: perspective is distance."""


class WideLensAndCompression(Rule):
    """A wide lens is asked for, and a compressed background.

    ## What
    The lens sees more than 65 degrees across, or is called wide, and the space is to be compressed.

    ## Why
    Perspective depends on the distance of the camera and on nothing else. A wide view brings the camera close, and
    from close by the background runs away and looks small. The stacked background belongs to a long lens from afar.

    ## Example
    ```toml
    [camera]
    format = "camera.format.full_frame"
    focal_mm = 24
    size = "camera.size.ms"

    [framing]
    space = "framing.space.compressed"
    ```

    ```toml
    [camera]
    field = "camera.field.ultra_wide"

    [framing]
    space = "framing.space.compressed"
    ```

    ## Instead
    ```toml
    [camera]
    format = "camera.format.full_frame"
    focal_mm = 135
    size = "camera.size.ms"

    [framing]
    space = "framing.space.compressed"
    ```
    """

    id = "wide_lens_and_compression"
    number = "LENS02"
    severity = "error"
    basis = "physics"
    about = ("framing.space.compressed",)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Judge by the angle of view where it is known, else by its name."""
        view = resolved.number("camera.hfov_deg")
        if view is None:
            lens = resolved.where(*WIDE)
            said = "A wide lens"
        else:
            lens = resolved.because("camera.hfov_deg")[0] if view > WIDE_DEG else ""
            said = f"A view of {view:.0f}°"
        if not lens or (resolved.number("camera.distance_m") or 0) >= FAR_M or resolved.where(*FISHEYE):
            return
        yield self.found(
            f"{said} brings the camera close, and from close by the background falls away; a compressed one needs some "
            "25° or less, from afar.",
            resolved.where("framing.space.compressed"),
            lens,
        )
