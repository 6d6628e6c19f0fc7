from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import chosen
from app.patch import at
from app.resolve import Resolved
from app.schema.compiled import Finding

SILHOUETTE = ("lighting.setup.silhouette", "light.effect.silhouette")
NOT_ON_THE_SUBJECT = frozenset({"light.role.background", "light.role.practical"})
FRONT_DEG = 75
UNDER_STOPS = 3
DARK_STOPS = -2


class SilhouetteLitFromTheFront(Rule):
    """A silhouette is asked for, and a lamp lights the subject from the front.

    ## What
    The set-up or an effect is a silhouette, and a lamp within 75 degrees of the camera is a key without a level, or
    has one less than three stops under the background. Without a background level, the limit is two stops under the
    exposure.

    ## Why
    A silhouette is a subject three or four stops under what stands behind it. Any light on the side that the camera
    sees brings the face back.

    ## Example
    ```toml
    [lighting]
    setup = "lighting.setup.silhouette"
    background_stops = 1

    [lights.key]
    role = "light.role.key"
    azimuth_deg = -30
    stops = 0
    ```

    ## Instead
    ```toml
    [lighting]
    setup = "lighting.setup.silhouette"
    background_stops = 1

    [lights.window]
    role = "light.role.back"
    azimuth_deg = 180
    stops = 1

    [lights.room]
    slot = 1
    role = "light.role.fill"
    azimuth_deg = 0
    stops = -3
    ```
    """

    id = "silhouette_lit_from_the_front"
    number = "LIT05"
    severity = "error"
    basis = "definition; the levels are craft"
    needs = ("lights",)
    about = SILHOUETTE

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look at every lamp in front of the subject."""
        if not (path := chosen(resolved, *SILHOUETTE)):
            return
        behind = resolved.number("lighting.background_stops")
        limit = DARK_STOPS if behind is None else behind - UNDER_STOPS
        for name, lamp in resolved.lights:
            azimuth = resolved.number(f"lights.{name}.camera_azimuth_deg")
            if azimuth is None or abs(azimuth) > FRONT_DEG or lamp.role in NOT_ON_THE_SUBJECT:
                continue
            if lamp.stops is None and lamp.role == "light.role.key":
                message = f"A silhouette has no light on its front; the {name} keys it from there."
                yield self.found(message, f"lights.{name}.role", path)
            elif lamp.stops is not None and lamp.stops > limit:
                yield self.found(
                    f"A silhouette lies {UNDER_STOPS} stops or more under its background; the {name} lights its front "
                    f"at {lamp.stops:+g}.",
                    f"lights.{name}.stops",
                    path,
                    fix=at(f"lights.{name}.stops", limit) if limit >= -12 else None,
                )
