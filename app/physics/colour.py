"""Colour of light: mired, white balance, and Kelvin to linear RGB as a balanced camera sees it.

Planck's law through Wyman, Sloan and Shirley's fit of the CIE 1931 observer (2013; within 28 K at 3200 K), then
Bradford from the balance to D65.
"""

from functools import cache
from math import exp, expm1

JUST_NOTICED_MIRED = 20
"""Below this shift a source reads as neutral (a just noticeable cast is 10 to 20 mired)."""

STRONG_MIRED = 150

Triple = tuple[float, float, float]

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
D65: Triple = (0.95047, 1.0, 1.08883)


def mired(kelvin: float) -> float:
    """Return 10^6 / K; equal steps look equally large."""
    return 1e6 / kelvin


def kelvin_of(mireds: float) -> float:
    """Return the Kelvin of a mired value."""
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


@cache
def xyz(kelvin: float) -> Triple:
    """Return the black body's XYZ with Y = 1."""
    sums = [0.0, 0.0, 0.0]
    for nm in range(360, 831, 5):
        power = nm**-5.0 / expm1(1.438776877e7 / (nm * kelvin))
        for axis, value in enumerate(_observer(nm)):
            sums[axis] += power * value
    return sums[0] / sums[1], 1.0, sums[2] / sums[1]


def linear_rgb(kelvin: float, balance_k: float) -> Triple:
    """Return a source in linear Rec. 709 as a camera balanced to `balance_k` records it; equal = neutral."""
    seen, white = _times(BRADFORD, xyz(kelvin)), _times(BRADFORD, xyz(balance_k))
    neutral = _times(BRADFORD, D65)
    adapted = tuple(s * n / w for s, n, w in zip(seen, neutral, white, strict=True))
    return _times(XYZ_TO_REC709, _times(BRADFORD_INVERSE, adapted))


def _observer(nm: float) -> Triple:
    x = 1.056 * _lobe(nm, 599.8, 0.0264, 0.0323) + 0.362 * _lobe(nm, 442.0, 0.0624, 0.0374)
    x -= 0.065 * _lobe(nm, 501.1, 0.0490, 0.0382)
    y = 0.821 * _lobe(nm, 568.8, 0.0213, 0.0247) + 0.286 * _lobe(nm, 530.9, 0.0613, 0.0322)
    z = 1.217 * _lobe(nm, 437.0, 0.0845, 0.0278) + 0.681 * _lobe(nm, 459.0, 0.0385, 0.0725)
    return x, y, z


def _lobe(nm: float, centre: float, below: float, above: float) -> float:
    return exp(-0.5 * ((nm - centre) * (below if nm < centre else above)) ** 2)


def _times(matrix: tuple[Triple, Triple, Triple], vector: tuple[float, ...]) -> Triple:
    a, b, c = (sum(m * v for m, v in zip(row, vector, strict=True)) for row in matrix)
    return a, b, c
