"""The colour of light as a white-balanced camera records it, in ACEScg (AP1 primaries, D60 white, linear).

The balance is applied to the lamps before rendering, so that even candle light stays inside the gamut.
"""

import mitsuba as mi
import numpy as np
from numpy.typing import NDArray

from app.physics.colour import xyz
from app.previz.scene import Colour

mi.set_variant("scalar_rgb")
mi.set_log_level(mi.LogLevel.Error)  # Mitsuba warns on stdout, where the worker speaks JSON

Matrix = NDArray[np.float64]

LUMINANCE = np.array([0.2722287168, 0.6740817658, 0.0536895174])
"""The Y row of ACEScg to XYZ (AMPAS S-2014-004)."""

_ACESCG_TO_XYZ = np.array(
    [
        [0.6624541811, 0.1340042065, 0.1561876870],
        LUMINANCE,
        [-0.0055746495, 0.0040607335, 1.0103391003],
    ]
)
_REC709_TO_XYZ = np.array(  # IEC 61966-2-1, D65
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
_BRADFORD = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
_D60 = np.array([0.95265, 1, 1.00883])
_D65 = np.array([0.95047, 1, 1.08883])
_BRIGHTEST_CHANNEL = 3.5
"""A deep blue gel at the luminance of white would need 13 times the blue; lamps do not have it."""


def kelvin_colour(kelvin: float, balance: float) -> Matrix:
    """A black body seen by a camera balanced to `balance` kelvin, at luminance 1; equal values are white."""
    adapted = _adaptation(_black_body(balance), _D60) @ _black_body(kelvin)
    return _at_luminance_one(np.linalg.inv(_ACESCG_TO_XYZ) @ adapted)


def gel_colour(tint: Colour) -> Matrix:
    """A hue given in linear Rec. 709, at luminance 1 as far as its strongest channel allows."""
    colour = _at_luminance_one(surface_colour(tint))
    return np.asarray(colour * min(1.0, _BRIGHTEST_CHANNEL / float(colour.max())))


def surface_colour(reflectance: Colour) -> Matrix:
    """A reflectance in linear Rec. 709, in ACEScg."""
    adapted = np.linalg.inv(_ACESCG_TO_XYZ) @ _adaptation(_D65, _D60) @ _REC709_TO_XYZ
    return np.asarray(np.clip(adapted @ np.asarray(reflectance, float), 0.0, 0.98))


def _at_luminance_one(colour: Matrix) -> Matrix:
    colour = np.maximum(colour, 0)
    return colour / max(float(LUMINANCE @ colour), 1e-6)


def _black_body(kelvin: float) -> Matrix:
    """XYZ of Planck's law seen by the CIE 1931 observer, Y = 1."""
    return np.array(xyz(kelvin))


def _adaptation(source: Matrix, destination: Matrix) -> Matrix:
    """The Bradford transform from one white to another, both in XYZ."""
    gain = (_BRADFORD @ destination) / (_BRADFORD @ source)
    return np.asarray(np.linalg.inv(_BRADFORD) @ np.diag(gain) @ _BRADFORD)
