from collections.abc import Iterator

from app.lint.base import Rule
from app.match import mentions
from app.resolve import Resolved
from app.schema.compiled import Finding

TEXTS = ("place.where", "place.foreground", "place.midground", "place.background")


class SunAgainstTheClock(Rule):
    """The time of day and the sun disagree.

    ## What
    The sun stands where it cannot stand at the time that is said, the place's own words name another time, or a lamp
    is the sun while it is down.

    ## Why
    Golden hour is a sun between 4 degrees below and 6 above the horizon; at blue hour it is down, and nothing casts a
    hard shadow. Told two times of day, a model draws whichever it has seen more often.

    ## Example
    ```toml
    [place]
    time = "place.time.golden_hour"
    sun_elevation_deg = 60
    ```

    ## Instead
    ```toml
    [place]
    time = "place.time.golden_hour"
    sun_elevation_deg = 4
    ```
    """

    id = "sun_against_the_clock"
    severity = "error"
    needs = ("place.time",)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Hold the sun, the words and the lamps against the time."""
        time = resolved.term("place.time")
        if time is None or "sun_max_deg" not in time.numbers:
            return
        low, high = time.numbers["sun_min_deg"], time.numbers["sun_max_deg"]
        sun = resolved.number("place.sun_elevation_deg")
        if sun is not None and not low - 0.5 <= sun <= high + 0.5:
            yield self.found(
                f"{time.label} has the sun between {low:g}° and {high:g}°; the shot says {sun:g}°.",
                "place.sun_elevation_deg",
                "place.time",
                fix={"place": {"sun_elevation_deg": (low + high) / 2}},
            )
        for path in TEXTS:
            yield from self._words(resolved, path, time.id, low, high)
        for name, _ in resolved.lights:
            if high <= -1 and resolved.value(f"lights.{name}.source") == "light.source.sun":
                yield self.found(f"The sun is down {time.phrase}, and the {name} is the sun.", f"lights.{name}.source")

    def _words(self, resolved: Resolved, path: str, time: str, low: float, high: float) -> Iterator[Finding]:
        for other in mentions(resolved.vocabulary, resolved.value(path) or "", "place.time"):
            far = other.numbers.get("sun_min_deg", low) > high or other.numbers.get("sun_max_deg", high) < low
            if other.id != time and far:
                yield self.found(
                    f"The words say {other.label.lower()}; the time of day says otherwise.", path, "place.time"
                )
