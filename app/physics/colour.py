"""Colour of light: mired, white balance, and Kelvin to linear RGB as a balanced camera sees it.

Black bodies and daylight come from `locus`; Bradford takes them from the balance to D65.
"""

from app.physics.limits import positive
from app.physics.locus import (
    DAYLIGHT_FROM_K,
    Triple,
    daylight_xyz,
    planckian_xyz,
    temperature,
    xy_of,
)

JUST_NOTICED_MIRED = 20
"""Below this shift a source reads as neutral (a just noticeable cast is 10 to 20 mired)."""

STRONG_MIRED = 150

MIXED_MIRED = 50
"""Two sources further apart than this are seen as two colours; craft."""

BRADFORD = ((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296))
BRADFORD_INVERSE = (
    (0.9869929, -0.1470543, 0.1599627),
    (0.4323053, 0.5183603, 0.0492912),
    (-0.0085287, 0.0400428, 0.9684867),
)
XYZ_TO_REC709 = (
    (3.2404542, -1.5371385, -0.4985314),
    (-0.9692660, 1.8760108, 0.0415560),
    (0.0556434, -0.2040259, 1.0572252),
)
REC709_TO_XYZ = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
D65: Triple = (0.95047, 1.0, 1.08883)

_Matrix = tuple[Triple, Triple, Triple]


def mired(kelvin: float) -> float:
    """Return 10^6 / K; equal steps look equally large."""
    positive("The colour temperature", kelvin, " K")
    return 1e6 / kelvin


def kelvin_of(mireds: float) -> float:
    """Return the Kelvin of a mired value."""
    positive("A mired value", mireds)
    return 1e6 / mireds


def shift(kelvin: float, balance_k: float) -> float:
    """Return how a source reads on a balance, in mired: positive warm, negative cool."""
    return mired(kelvin) - mired(balance_k)


def through_gel(kelvin: float, gel_mired: float) -> float:
    """Return the colour temperature of a source behind a gel of `gel_mired`."""
    return kelvin_of(max(mired(kelvin) + gel_mired, 20))


def reads(shift_mired: float) -> str:
    """Name a shift: very warm, warm, neutral, cool or very cool."""
    if abs(shift_mired) <= JUST_NOTICED_MIRED:
        return "neutral"
    word = "warm" if shift_mired > 0 else "cool"
    return f"very {word}" if abs(shift_mired) > STRONG_MIRED else word


def two_colours(kelvin: float, other_k: float) -> bool:
    """Tell whether two sources are seen as two colours: more than 50 mired apart."""
    return abs(shift(kelvin, other_k)) > MIXED_MIRED


def xyz(kelvin: float) -> Triple:
    """Return the black body's XYZ with Y = 1."""
    return planckian_xyz(kelvin)


def linear_rgb(kelvin: float, balance_k: float) -> Triple:
    """Return a black body in linear Rec. 709 as a camera balanced to `balance_k` records it; equal = neutral.

    Luminance is near 1. A channel below 0 lies outside of Rec. 709, as the light of a match on a daylight balance does.
    """
    return balanced_rgb(planckian_xyz(kelvin), planckian_xyz(balance_k))


def daylight_rgb(kelvin: float, balance_k: float) -> Triple:
    """Return daylight of 4000 to 25000 K in linear Rec. 709 as a camera balanced to `balance_k` records it.

    A balance from 4000 K up (to 25000) is daylight itself, below it is a black body, as the presets of cameras are.
    """
    return balanced_rgb(daylight_xyz(kelvin), white_xyz(balance_k))


def white_xyz(balance_k: float) -> Triple:
    """Return what a balance of so many Kelvin takes for white: daylight from 4000 K up, a black body below."""
    return daylight_xyz(balance_k) if balance_k >= DAYLIGHT_FROM_K else planckian_xyz(balance_k)


def balanced_rgb(seen_xyz: Triple, white_xyz: Triple) -> Triple:
    """Return a colour in linear Rec. 709 under the balance for which `white_xyz` is neutral (Bradford)."""
    return _times(XYZ_TO_REC709, adapted(seen_xyz, white_xyz, D65))


def adapted(xyz: Triple, from_white: Triple, to_white: Triple) -> Triple:
    """Return a colour moved from one white to another by Bradford's transform (Lam 1985)."""
    seen, white, wanted = (_times(BRADFORD, one) for one in (xyz, from_white, to_white))
    return _times(BRADFORD_INVERSE, tuple(s * n / w for s, n, w in zip(seen, wanted, white, strict=True)))


def tint_gains(cc: float) -> Triple:
    """Return what a tint multiplies linear red, green and blue by; positive CC is magenta, negative is green.

    CC30 is a density of 0.30 in the green: 10^(-cc / 100), one stop less for magenta and one more for green.
    """
    return 1.0, 10 ** (-cc / 100), 1.0


def tinted(rgb: Triple, cc: float) -> Triple:
    """Return a linear colour through a magenta (positive) or green (negative) tint in CC."""
    red, green, blue = rgb
    return red, green * tint_gains(cc)[1], blue


def duv_of_tint(cc: float, kelvin: float = 5600) -> float:
    """Return about how far a tint in CC moves a white of `kelvin` off the black bodies, as Duv; positive is green.

    An estimate, and the most that it can be: the tint acts on the green of Rec. 709 alone, where dyes overlap. CC -30
    comes to 0.026 on tungsten and 0.035 on daylight. Raises ValueError where a cast is no white any more, from about
    CC 40 on daylight.
    """
    white = planckian_xyz(kelvin)
    cast = _times(REC709_TO_XYZ, tint_gains(cc))
    return temperature(*xy_of(adapted(cast, D65, white)))[1]


def _times(matrix: _Matrix, vector: tuple[float, ...]) -> Triple:
    x, y, z = vector
    a, b, c = (row[0] * x + row[1] * y + row[2] * z for row in matrix)
    return a, b, c
