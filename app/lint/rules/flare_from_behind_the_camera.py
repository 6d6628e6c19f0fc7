from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.glass import FLARES, glints, reaches_lens
from app.resolve import Resolved
from app.schema.compiled import Finding


class FlareFromBehindTheCamera(Rule):
    """A flare is asked for, and every lamp is behind the camera or the lens does not flare.

    ## What
    The picture is to have streaks or a veil of stray light, and all its lamps stand on the camera's side; or the lens
    family is known for next to no flare.

    ## Why
    Light must hit the front of the lens. A lamp beside the camera lights the subject and leaves the glass dark, and a
    modern, well-coated lens keeps its shadows clean even against a window.

    ## Example
    ```toml
    [look]
    artefacts = ["look.artefact.veiling_flare"]

    [lights.key]
    role = "light.role.key"
    azimuth_deg = 20
    ```

    ```toml
    [camera]
    lens_family = "camera.lens.zeiss_master_prime"

    [look]
    artefacts = ["look.artefact.veiling_flare"]

    [lights.window]
    role = "light.role.back"
    azimuth_deg = 170
    ```

    ## Instead
    ```toml
    [camera]
    lens_family = "camera.lens.canon_k35"

    [look]
    artefacts = ["look.artefact.veiling_flare"]

    [lights.window]
    role = "light.role.back"
    azimuth_deg = 170
    ```
    """

    id = "flare_from_behind_the_camera"
    number = "ANA07"
    basis = "physics"
    about = FLARES

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look at the lens, then at where every lamp stands."""
        flare, lens = resolved.where(*FLARES), resolved.term("camera.lens_family")
        if lens and "low_flare" in lens.traits:
            yield self.found(
                f"The {lens.label} hardly flares: take older or uncoated glass, or drop the flare.",
                flare,
                "camera.lens_family",
            )
        elif resolved.lights and not _lit(resolved):
            names = " and ".join(name for name, _ in resolved.lights)
            yield self.found(
                f"No light shines into the lens ({names} on the camera's side): put one before it, or drop the flare.",
                flare,
                f"lights.{resolved.lights[0][0]}.azimuth_deg",
            )


def _lit(resolved: Resolved) -> bool:
    """Tell whether any lamp can shine into the lens, or something bright is named."""
    return any(reaches_lens(resolved, *one) is not False for one in resolved.lights) or glints(resolved)
