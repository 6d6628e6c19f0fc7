from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.lamps import FROM_BEHIND, SKIES
from app.lint.looking import chosen
from app.resolve import Resolved
from app.schema.compiled import Finding

BEHIND = "lighting.background_stops"
SEEN_STOPS = 1
SILHOUETTE = ("lighting.setup.silhouette", "light.effect.silhouette")


class RimOnAWhiteGround(Rule):
    """A rim is drawn against a background as bright as itself.

    ## What
    A rim, back, hair light or kicker reads less than a stop over the background, and the background is no darker than
    the exposure. Left out are a silhouette, which wants no edge, and the sky as the back light: it is the background.

    ## Why
    An edge parts the subject from what is behind it. Against a ground of its own level it melts into it, and only its
    flare is left.

    ## Example
    ```toml
    [lighting]
    background_stops = 2

    [lights.rim]
    role = "light.role.rim"
    azimuth_deg = 160
    stops = 1
    ```

    ## Instead
    ```toml
    [lighting]
    background_stops = -2

    [lights.rim]
    role = "light.role.rim"
    azimuth_deg = 160
    stops = 1
    ```
    """

    id = "rim_on_a_white_ground"
    number = "LIT28"
    basis = "craft"
    needs = (BEHIND, "lights.*.stops")

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare each edge with the background."""
        behind = resolved.number(BEHIND)
        if behind is None or behind < 0 or chosen(resolved, *SILHOUETTE):
            return
        for name, lamp in resolved.lights:
            if lamp.role not in FROM_BEHIND or lamp.source in SKIES:
                continue
            if lamp.stops is not None and lamp.stops - behind < SEEN_STOPS:
                yield self.found(
                    f"The {name} reads {lamp.stops:+g} against a background at {behind:+g}: the edge does not part "
                    "from it.",
                    BEHIND,
                    f"lights.{name}.stops",
                )
