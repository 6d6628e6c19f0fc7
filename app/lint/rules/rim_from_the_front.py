from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.lamps import FROM_BEHIND
from app.lint.looking import chosen
from app.resolve import Resolved
from app.schema.compiled import Finding

EDGE = "light.effect.edge"
FRONT_DEG = 90
TOP_DEG = 60


class RimFromTheFront(Rule):
    """A rim, back or hair light stands in front of the subject, or an edge is asked of lamps that all do.

    ## What
    A lamp whose role is rim, back light, kicker or hair light stands less than 90 degrees from the camera, and not
    from above; or an edge of light is picked while every lamp stands there.

    ## Why
    An edge is drawn from behind, between about 120 and 180 degrees. From the camera's side the same lamp lights the
    face.

    ## Example
    ```toml
    [lights.rim]
    role = "light.role.rim"
    azimuth_deg = 40
    ```

    ## Instead
    ```toml
    [lights.rim]
    role = "light.role.rim"
    azimuth_deg = 150
    ```
    """

    id = "rim_from_the_front"
    number = "LIT27"
    severity = "error"
    basis = "geometry"
    needs = ("lights",)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look at every lamp that has a place."""
        in_front = 0
        for name, lamp in resolved.lights:
            azimuth = resolved.number(f"lights.{name}.camera_azimuth_deg")
            if azimuth is None or abs(azimuth) >= FRONT_DEG:
                continue
            if (resolved.number(f"lights.{name}.elevation_deg") or 0) >= TOP_DEG:
                continue
            in_front += 1
            if lamp.role in FROM_BEHIND:
                yield self.found(
                    f"The {name} is to draw an edge and stands in front, at {azimuth:.0f}°: an edge comes from 120° to "
                    "180°.",
                    *resolved.because(f"lights.{name}.camera_azimuth_deg")[:1],
                    f"lights.{name}.role",
                )
        if in_front and in_front == len(resolved.lights) and (edge := chosen(resolved, EDGE)):
            yield self.found("An edge of light comes from behind, and every lamp stands in front. Add one there.", edge)
