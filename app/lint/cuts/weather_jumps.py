from collections.abc import Iterator

from app.lint.cut import Cut, CutRule
from app.lint.scenery import differ, named, words
from app.schema.compiled import Finding

AIR = frozenset(
    f"place.weather.{one}" for one in ("breeze", "wind", "still_air", "humid_heat", "dry_heat", "hard_frost")
)
"""What goes with any sky."""


class WeatherJumps(CutRule):
    """The weather is another one than in the shot before.

    ## What
    Two shots of one hour name two skies: rain and a clear sky, snow and a thunderstorm. Wind, heat and frost go with
    any of them, and are only compared with each other.

    ## Why
    Weather takes its time to change, and two shots are a moment apart. Rain that stops at a cut also takes the wet
    ground, the grey light and the umbrellas with it.

    ## Example
    ```toml
    [before.place]
    weather = "place.weather.rain"

    [after.place]
    weather = "place.weather.clear"
    ```

    ## Instead
    ```toml
    [before.place]
    weather = "place.weather.rain"

    [after.place]
    weather = "place.weather.wind"
    ```
    """

    id = "weather_jumps"
    number = "CUT12"
    basis = "craft"
    holds = "time"

    def check(self, cut: Cut) -> Iterator[Finding]:
        """Compare two skies, or two winds."""
        was, now = (named(one, "place.weather") for one in (cut.before, cut.after))
        if was and now and (was.id in AIR) != (now.id in AIR):
            return
        if differ(cut.before, cut.after, "place.weather"):
            told = [words(one, "place.weather").lower() for one in (cut.before, cut.after)]
            yield self.found(
                f"The weather was {told[0]} in the shot before and is {told[1]} now.",
                "place.weather",
                fix=cut.as_before("place.weather"),
            )
