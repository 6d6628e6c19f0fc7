from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.lamps import SUNS
from app.lint.looking import hours, sun_deg
from app.resolve import Resolved
from app.schema.compiled import Finding

DAY_FOR_NIGHT = ("look.grade.day_for_night", "lighting.setup.day_for_night")
NIGHT_DEG = -6


class SunAtNight(Rule):
    """It is night, and a lamp is the sun.

    ## What
    The time of day or the sun's elevation says night, a lamp is direct sun, and nothing calls the shot day for night.

    ## Why
    By night the sun stands 6 degrees or more below the horizon. A sun in a night scene is either the moon, or a day
    that is printed down and balanced blue: day for night, 2 stops under on a tungsten balance.

    ## Example
    ```toml
    [place]
    time = "place.time.night"

    [lights.key]
    role = "light.role.key"
    source = "light.source.sun"
    ```

    ```toml
    [place]
    where = "an alley at night"

    [lights.key]
    source = "light.source.sun"
    ```

    ## Instead
    ```toml
    [place]
    time = "place.time.night"

    [look]
    grade = ["look.grade.day_for_night"]

    [lights.key]
    role = "light.role.key"
    source = "light.source.sun"
    ```
    """

    id = "sun_at_night"
    number = "LIT20"
    severity = "error"
    basis = "definition"
    needs = ("lights", "place")
    about = tuple(sorted(SUNS))

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for the sun among the lamps of a night."""
        sun = sun_deg(resolved)
        if sun is None or sun[1] > NIGHT_DEG or resolved.where(*DAY_FOR_NIGHT):
            return
        told = hours(resolved)
        if told and told[0][0].id == "place.time.blue_hour":
            return
        time = "place.sun_elevation_deg" if "place.sun_elevation_deg" in resolved.said else told[0][1]
        for name, lamp in resolved.lights:
            if lamp.source in SUNS:
                yield self.found(
                    f"It is night, and the {name} is the sun: make it the moon, or call the shot day for night.",
                    f"lights.{name}.source",
                    time,
                )
