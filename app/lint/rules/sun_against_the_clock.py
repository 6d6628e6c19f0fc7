from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import hours
from app.patch import at
from app.resolve import Resolved
from app.schema.compiled import Finding

SUN, TIME = "place.sun_elevation_deg", "place.time"


class SunAgainstTheClock(Rule):
    """The time of day and the sun disagree.

    ## What
    The sun stands where it cannot stand at the time that is said: the one that is picked, else the first that the
    words of the place tell. Or a time is picked, and those words tell another. Words tell the hour when it stands by
    itself or after a preposition: a pier at noon, a street, night. Afternoon rain and a poster of a sunset do not.

    ## Why
    Golden hour is a sun between 4 degrees below and 6 above the horizon; at noon it stands high. Told two times of
    day, a model draws whichever it has seen more often.

    ## Example
    ```toml
    [place]
    time = "place.time.golden_hour"
    sun_elevation_deg = 60
    ```
    ```toml
    [place]
    where = "a terrace at golden hour"
    sun_elevation_deg = 60
    ```
    ```toml
    [place]
    where = "a pier at noon"
    time = "place.time.golden_hour"
    ```

    ## Instead
    ```toml
    [place]
    time = "place.time.golden_hour"
    sun_elevation_deg = 4
    ```
    """

    id = "sun_against_the_clock"
    number = "LIT18"
    severity = "error"
    basis = "source: guides to golden and blue hour"
    needs = ("place",)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Hold the sun and the words against the time."""
        times = hours(resolved)
        if not times:
            return
        time, path = times[0]
        low, high = time.numbers["sun_min_deg"], time.numbers["sun_max_deg"]
        sun = resolved.number(SUN)
        if sun is not None and SUN in resolved.said and not low - 0.5 <= sun <= high + 0.5:
            yield self.found(
                f"{time.label} has the sun between {low:g}° and {high:g}°; the shot says {sun:g}°.",
                SUN,
                path,
                fix=at(SUN, (low + high) / 2),
            )
        for other, heard in times[1:] if path == TIME else ():
            if other.numbers["sun_min_deg"] > high or other.numbers["sun_max_deg"] < low:
                yield self.found(
                    f"The words say {other.label.lower()}; the time of day is {time.label.lower()}.", heard, TIME
                )
