from collections.abc import Iterator

from app.lint.cut import Cut, CutRule
from app.lint.scenery import other_hour, words
from app.schema.compiled import Finding


class TimeOfDayJumps(CutRule):
    """The time of day is another one than in the shot before.

    ## What
    Two shots of one scene, joined by a straight cut, name times of day at which the sun cannot stand in one place:
    noon and dusk, or morning and afternoon. Names for the same light, such as golden hour and sunset, go together.

    ## Why
    Within a scene time runs as it does for the people in it. A jump at a straight cut is read as a mistake, or the
    second shot as another scene. Say the same hour, let the scene end, or let a dissolve tell that time has passed.

    ## Example
    ```toml
    [before.place]
    time = "place.time.golden_hour"

    [after.place]
    time = "place.time.midday"
    ```

    ## Instead
    ```toml
    [before.place]
    time = "place.time.golden_hour"

    [after.place]
    time = "place.time.sunset"
    ```
    """

    id = "time_of_day_jumps"
    number = "CUT10"
    basis = "definition: where the sun stands at each time"
    holds = "cut"

    def check(self, cut: Cut) -> Iterator[Finding]:
        """Compare two times of day."""
        if other_hour(cut.before, cut.after):
            was, now = (words(one, "place.time").lower() for one in (cut.before, cut.after))
            yield self.found(
                f"It was {was} in the shot before and is {now} now, at a straight cut within a scene.",
                "place.time",
                fix=cut.as_before("place.time"),
            )
