from collections.abc import Iterator

from app.lint.base import Rule
from app.patch import at
from app.physics import light
from app.resolve import Resolved
from app.schema.compiled import Finding


class SideAgainstAzimuth(Rule):
    """A light is said to stand on one side of camera, and its azimuth puts it on the other.

    ## What
    The side and the azimuth of a light disagree.

    ## Why
    Both are sent, and a model believes whichever it understands better. Left and right are camera's, as negative and
    positive azimuths are.

    ## Example
    ```toml
    [lights.key]
    side = "left"
    azimuth_deg = 60
    ```

    ## Instead
    ```toml
    [lights.key]
    side = "left"
    azimuth_deg = -60
    ```
    """

    id = "side_against_azimuth"
    severity = "error"
    needs = ("lights",)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look at every light that has both."""
        for name, lamp in resolved.lights:
            place = f"lights.{name}"
            seen = resolved.number(f"{place}.camera_azimuth_deg")
            if lamp.side is None or seen is None:
                continue
            stands = light.side(seen)
            if stands and stands != lamp.side:
                yield self.found(
                    f"The {name} is said to stand camera {lamp.side}; at {seen:g}° it stands camera {stands}.",
                    f"{place}.side",
                    f"{place}.azimuth_deg",
                    fix=at(f"{place}.side", stands),
                )
