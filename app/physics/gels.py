"""Gels as shifts in mired: positive warms (CTO), negative cools (CTB). Packs add up."""

from collections.abc import Iterable, Mapping
from itertools import combinations_with_replacement

from app.physics.colour import shift, through_gel

LANDED_MIRED = 10
"""Nearer than this to the wanted white nobody adds another gel."""


def pack(mireds: Iterable[float]) -> float:
    """Return the shift of several gels, one behind the other: their sum."""
    return sum(mireds)


def through_gels(kelvin: float, *mireds: float) -> float:
    """Return the colour temperature of a source behind several gels; without any it is as it was."""
    return through_gel(kelvin, pack(mireds)) if mireds else kelvin


def needed_mired(kelvin: float, wanted_k: float) -> float:
    """Return the shift that turns a source into another: 5600 to 3200 K needs +134, and back -134."""
    return shift(wanted_k, kelvin)


def nearest(
    kelvin: float, wanted_k: float, gels: Mapping[str, float], at_most: int = 1, landed_mired: float = LANDED_MIRED
) -> tuple[str, ...]:
    """Return the names of the gels (of `gels`, name to mired) that bring a source nearest to a wanted white.

    The fewest that land within `landed_mired`, else the nearest of all packs of up to `at_most`, the same gel twice
    included. Empty when the bare source is nearest.
    """
    needed = needed_mired(kelvin, wanted_k)
    best: tuple[str, ...] = ()
    for count in range(1, at_most + 1):
        if abs(needed - pack(gels[name] for name in best)) <= landed_mired:
            break
        packs = combinations_with_replacement(gels, count)
        best = min([best, *packs], key=lambda names: abs(needed - pack(gels[name] for name in names)))
    return best


def corrects(kelvin: float, wanted_k: float, gel_mired: float) -> bool:
    """Tell whether a gel moves a source towards a wanted white at all: CTB on daylight never makes it tungsten."""
    needed = needed_mired(kelvin, wanted_k)
    return abs(needed - gel_mired) < abs(needed)
