"""Stops, and the two ways in which a ratio of key and fill is quoted. A stop is a factor of two in light."""

from math import exp2, log2

from app.physics.limits import positive


def stops_of(times: float) -> float:
    """Return a factor of light in stops: log2; 2 is one stop, 0.5 is minus one."""
    positive("A factor of light", times)
    return log2(times)


def times_of(stops: float) -> float:
    """Return stops as a factor of light: 2^n."""
    return exp2(stops)


def ratio(stops: float) -> tuple[float, float]:
    """Return both ways a ratio of `stops` is quoted: key to fill, and key plus fill to fill."""
    return 2**stops, 2**stops + 1


def stops_of_ratio(times: float, *, both: bool = False) -> float:
    """Return the stops of a ratio quoted as `times` to 1: key to fill, or (with `both`) key plus fill to fill.

    4:1 is 2 stops of key to fill, and 1.6 of key plus fill to fill. Raises ValueError at 1 and below with `both`: key
    plus fill is always more than fill.
    """
    if both and times <= 1:
        raise ValueError(f"Key plus fill is more than fill: a ratio of {times:g} to 1 cannot be.")
    return stops_of(times - 1 if both else times)


def ratio_of_levels(key_stops: float, fill_stops: float) -> tuple[float, float]:
    """Return both ways to quote the ratio of two levels, each in stops against the same reference."""
    return ratio(key_stops - fill_stops)


def sum_stops(*levels_stops: float) -> float:
    """Return what sources read together where all of them reach: log2 of the sum of 2^n. Two alike add a stop."""
    if not levels_stops:
        raise ValueError("There is no level to sum.")
    top = max(levels_stops)
    return top + log2(sum(exp2(level - top) for level in levels_stops))
