from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.lamps import SKIES, SUNS
from app.lint.looking import hours
from app.resolve import Resolved
from app.schema.compiled import Finding

BLUE = "place.time.blue_hour"


class BlueHourWithDirectSun(Rule):
    """It is blue hour, and the sun shines.

    ## What
    The time is blue hour, and a lamp is the sun, or daylight casts a crisp shadow.

    ## Why
    At blue hour the sun stands 4 to 6 degrees below the horizon. What is left is a deep blue sky without direction,
    and the lamps that people have switched on.

    ## Example
    ```toml
    [place]
    time = "place.time.blue_hour"

    [lights.key]
    role = "light.role.key"
    source = "light.source.sun"
    ```

    ## Instead
    ```toml
    [place]
    time = "place.time.blue_hour"

    [lights.key]
    role = "light.role.key"
    source = "light.source.street_lamp"
    ```
    """

    id = "blue_hour_with_direct_sun"
    number = "LIT19"
    severity = "error"
    basis = "source: guides to golden and blue hour"
    needs = ("lights",)
    about = (BLUE,)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for the sun among the lamps."""
        time = next((path for term, path in hours(resolved) if term.id == BLUE), "")
        if not time:
            return
        for name, lamp in resolved.lights:
            if lamp.source in SUNS:
                message = f"At blue hour the sun is below the horizon, and the {name} is the sun."
                yield self.found(message, f"lights.{name}.source", time)
            elif lamp.source in SKIES and lamp.shadow == "light.shadow.crisp":
                message = f"At blue hour the sky is the only daylight and casts no crisp shadow; the {name} does."
                yield self.found(message, f"lights.{name}.shadow", time)
