"""The whites: black bodies and daylight on the chromaticity diagram, and how far a colour lies off them.

CIE 1931 x, y; distances in CIE 1960 u, v, as lamp makers quote them. Kelvin throughout.
"""

from functools import cache, lru_cache
from math import expm1, hypot

from app.physics.limits import between, positive
from app.physics.observer import OBSERVER

Triple = tuple[float, float, float]
Pair = tuple[float, float]

SECOND_RADIATION_NM_K = 1.438776877e7
"""Planck's c2 by CODATA 2018; the illuminants of the CIE are defined on older values of it."""

DAYLIGHT_FROM_K = 4000.0
DAYLIGHT_TO_K = 25000.0

FURTHEST_DUV = 0.05
"""Beyond this a colour has no correlated temperature (CIE 15)."""

_EXACT_MIRED = 0.001
_GOLDEN = 0.6180339887498949


@lru_cache(maxsize=4096)
def planckian_xyz(kelvin: float) -> Triple:
    """Return a black body's XYZ with Y = 1: Planck's law through the observer, within 0.00003 of x and y."""
    positive("The colour temperature", kelvin, " K")
    return _planck(kelvin)


def planckian_xy(kelvin: float) -> Pair:
    """Return a black body's x and y: 0.4475, 0.4074 at 2856 K."""
    return xy_of(planckian_xyz(kelvin))


def daylight_xy(kelvin: float) -> Pair:
    """Return a phase of daylight's x and y, from 4000 to 25000 K; D65 is 6504 K, D50 is 5003 K.

    The daylight locus of the CIE (CIE 15, after Judd, MacAdam and Wyszecki 1964), a little greener than a black body.
    """
    between("The temperature of daylight", kelvin, DAYLIGHT_FROM_K, DAYLIGHT_TO_K, " K")
    inverse = 1e3 / kelvin
    if kelvin <= 7000:
        x = 0.244063 + inverse * (0.09911 + inverse * (2.9678 - 4.6070 * inverse))
    else:
        x = 0.237040 + inverse * (0.24748 + inverse * (1.9018 - 2.0064 * inverse))
    return x, -3.000 * x * x + 2.870 * x - 0.275


def daylight_xyz(kelvin: float) -> Triple:
    """Return a phase of daylight's XYZ with Y = 1, from 4000 to 25000 K."""
    return xyz_of(*daylight_xy(kelvin))


def xy_of(xyz: Triple) -> Pair:
    """Return the x and y of a colour in XYZ."""
    total = sum(xyz)
    positive("The sum of X, Y and Z", total)
    return xyz[0] / total, xyz[1] / total


def xyz_of(x: float, y: float) -> Triple:
    """Return the XYZ of a chromaticity at Y = 1."""
    positive("The chromaticity y", y)
    return x / y, 1.0, (1 - x - y) / y


def temperature(x: float, y: float) -> Pair:
    """Return the correlated colour temperature of a chromaticity in Kelvin, and its Duv: positive is green of white.

    The nearest black body in CIE 1960 u, v between 1000 and 50000 K, with the signed distance. Raises ValueError for a
    colour more than 0.05 away, which is a hue and no white.
    """
    here = _uv(xyz_of(x, y))
    coarse = min(range(len(_samples())), key=lambda place: hypot(*_apart(here, _samples()[place][1])))
    low, high = (_samples()[min(max(coarse + step, 0), len(_samples()) - 1)][0] for step in (-1, 1))
    mireds = _nearest(here, low, high)
    on_locus = _uv(_planck(1e6 / mireds))
    away = hypot(*_apart(here, on_locus))
    if away > FURTHEST_DUV:
        raise ValueError(f"A colour at x {x:g}, y {y:g} is a hue: no colour temperature comes near it.")
    return 1e6 / mireds, away if here[1] > on_locus[1] else -away


def _planck(kelvin: float) -> Triple:
    x_sum = y_sum = z_sum = 0.0
    for reach, x, y, z in _rows():
        power = 1 / expm1(reach / kelvin)
        x_sum += power * x
        y_sum += power * y
        z_sum += power * z
    return x_sum / y_sum, 1.0, z_sum / y_sum


@cache
def _rows() -> tuple[tuple[float, float, float, float], ...]:
    """Return the observer with the parts of Planck's law that do not depend on the temperature."""
    rows = []
    for nm, *seen in OBSERVER:
        x, y, z = (value * (nm / 560) ** -5 for value in seen)
        rows.append((SECOND_RADIATION_NM_K / nm, x, y, z))
    return tuple(rows)


@cache
def _samples() -> tuple[tuple[float, Pair], ...]:
    mireds = [20 + 20.0 * step for step in range(50)]
    return tuple((mired, _uv(_planck(1e6 / mired))) for mired in mireds)


def _nearest(here: Pair, low: float, high: float) -> float:
    """Return the mired between two of the black body nearest to a point, by golden section."""
    while high - low > _EXACT_MIRED:
        inner, outer = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
        near, far = (hypot(*_apart(here, _uv(_planck(1e6 / mired)))) for mired in (inner, outer))
        low, high = (low, outer) if near < far else (inner, high)
    return (low + high) / 2


def _uv(xyz: Triple) -> Pair:
    x, y, z = xyz
    total = x + 15 * y + 3 * z
    return 4 * x / total, 6 * y / total


def _apart(one: Pair, other: Pair) -> Pair:
    return one[0] - other[0], one[1] - other[1]
