"""The print as a table for a graphics card: what `finish.display` makes of light, sampled on a cube.

The axes of the cube are red, green and blue of ACEScg in stops about mid grey, from DARKEST to BRIGHTEST. The file
is gzip of one byte for the number of points along an edge, two signed bytes for the ends in stops, one of padding, and
then sRGB in 4 bytes a point, red running fastest.
"""

import gzip

import numpy as np

from app.previz.finish import display

POINTS = 41
DARKEST, BRIGHTEST = -10, 8
_GREY = 0.18


def cube_file() -> bytes:
    """Return the table, compressed."""
    levels = _GREY * np.exp2(np.linspace(DARKEST, BRIGHTEST, POINTS)).astype(np.float32)
    blue, green, red = np.meshgrid(levels, levels, levels, indexing="ij")
    light = np.stack([red, green, blue], -1).reshape(POINTS, -1, 3)
    shown = np.clip(display(np.ascontiguousarray(light)), 0, 1).reshape(-1, 3)
    pixels = np.pad((shown * 255 + 0.5).astype(np.uint8), ((0, 0), (0, 1)), constant_values=255)
    return gzip.compress(bytes([POINTS, DARKEST % 256, BRIGHTEST, 0]) + pixels.tobytes(), compresslevel=6, mtime=0)
