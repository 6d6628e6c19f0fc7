from collections.abc import Iterator

from app.lint.base import Rule
from app.physics import exposure
from app.resolve import Resolved
from app.schema.compiled import Finding

SLOW_EI = 100
WIDEST_T = 1.3
"""As wide as cine lenses open, for a shot that names no stop."""

UNDER_STOPS = -1
"""Less than a stop under is printed up without anybody noticing."""

SKY = frozenset({"daylight", "night"})
LAMP = frozenset({"film_lamp", "mains"})


class SlowStockInTheDark(Rule):
    """The film is too slow for the light there is.

    ## What
    The stock has an exposure index of 100 or less, and the time of day outside, or a candle at its distance, gives
    more than a stop less light than the film and the T-stop need.

    ## Why
    At 24 frames a mid grey on EI 50 at T2 takes 960 lux. Blue hour gives 40 at best and a street at night 50: the
    negative stays thin. A stock of 500 needs a tenth of the light.

    ## Example
    ```toml
    [camera]
    t_stop = 2

    [look]
    stock = "look.stock.vision3_50d"

    [place]
    setting = "place.setting.exterior"
    time = "place.time.blue_hour"
    ```

    ```toml
    [camera]
    t_stop = 2

    [look]
    stock = "look.stock.ektachrome_100d"

    [lights.key]
    role = "light.role.key"
    source = "light.source.candle"
    distance_m = 0.5
    ```

    ## Instead
    ```toml
    [camera]
    t_stop = 2

    [look]
    stock = "look.stock.vision3_50d"

    [place]
    setting = "place.setting.exterior"
    time = "place.time.midday"
    ```
    """

    id = "slow_stock_in_the_dark"
    number = "FLM05"
    basis = "derived: C T² / (t S)"
    needs = ("look.stock",)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare the light there is with the light that the film needs."""
        speed = resolved.number("camera.ei")
        if not speed or speed > SLOW_EI or not (there := _light(resolved)):
            return
        lux, path = there
        stop, shutter = resolved.number("camera.t_stop") or WIDEST_T, resolved.number("camera.shutter_deg") or 180
        rate = resolved.number("camera.fps") or 24
        under = exposure.placement_stops(lux, stop, speed, shutter, rate)
        if under < UNDER_STOPS:
            yield self.found(
                f"EI {speed:g} at T{stop:g} needs {exposure.incident_lux(stop, speed, shutter, rate):.0f} lux, and "
                f"there are {lux:.3g} at most, {-under:.0f} stops less: take a faster stock, or light it.",
                "look.stock",
                path,
            )


def _light(resolved: Resolved) -> tuple[float, str] | None:
    """Return the most light that the key, or the sky outside, gives in lux, and the path that says so."""
    path = f"lights.{resolved.key}.source"
    source, distance = resolved.term(path), resolved.number(f"lights.{resolved.key}.distance_m")
    if source and "candela_cd" in source.numbers:
        return (exposure.point_lux(source.numbers["candela_cd"], distance), path) if distance else None
    natural = source is not None and not SKY.isdisjoint(source.traits) and LAMP.isdisjoint(source.traits)
    if (resolved.key and not natural) or resolved.value("place.setting") != "place.setting.exterior":
        return None
    time = resolved.term("place.time")
    lux = time.numbers.get("light_max_lx") if time else None
    return (lux, "place.time") if lux else None
