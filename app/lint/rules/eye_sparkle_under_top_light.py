from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import chosen
from app.physics import light
from app.resolve import Resolved
from app.schema.compiled import Finding

CATCHLIGHT = "light.effect.catchlight"
STEEP_DEG = 65
OFF_THE_FACE = frozenset({"light.role.background", "light.role.hair", "light.role.back", "light.role.rim"})


class EyeSparkleUnderTopLight(Rule):
    """Catchlights are asked for, and every light on the face comes from so high that the brow hides it.

    ## What
    Catchlights are picked, and each lamp that lights the face stands 65 degrees up or more, or where the eye cannot
    show it to the camera.

    ## Why
    Past 60 to 70 degrees the brow shades the eye and the sockets go dark. For a glint lower the lamp to 45 to 55
    degrees, or add an eye light by the lens.

    ## Example
    ```toml
    [lights.key]
    role = "light.role.key"
    direction = "light.direction.top"
    effects = ["light.effect.catchlight"]
    ```

    ## Instead
    ```toml
    [lights.key]
    role = "light.role.key"
    direction = "light.direction.top"

    [lights.eyes]
    slot = 1
    role = "light.role.eye"
    azimuth_deg = 0
    elevation_deg = 10
    effects = ["light.effect.catchlight"]
    ```
    """

    id = "eye_sparkle_under_top_light"
    number = "LIT31"
    basis = "geometry: the brow shades the eye"
    needs = ("lights",)
    about = (CATCHLIGHT,)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for one lamp that can be seen in the eye; a lamp without a place may be."""
        glint = chosen(resolved, CATCHLIGHT)
        steep = ""
        if not glint:
            return
        for name, lamp in resolved.lights:
            rise = resolved.number(f"lights.{name}.elevation_deg")
            azimuth = resolved.number(f"lights.{name}.camera_azimuth_deg") or 0
            if lamp.role in OFF_THE_FACE:
                continue
            if rise is None or lamp.role == "light.role.eye" or light.catch_light_hour(azimuth, rise) is not None:
                return
            if rise >= STEEP_DEG:
                steep = name
        if steep:
            yield self.found(
                f"From {resolved.number(f'lights.{steep}.elevation_deg'):.0f}° up the brow hides the {steep} from the "
                "eye: lower it to 45° to 55°, or add an eye light.",
                glint,
                *resolved.because(f"lights.{steep}.elevation_deg")[:1],
            )
