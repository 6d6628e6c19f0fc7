"""The iris as the renderer's round lens can draw it: one opening, or a row of small ones for an anamorphic lens.

An anamorphic lens has its marked focal length upright and that divided by the squeeze across, so its iris as seen from
the set is as much narrower than high. Small discs one above the other make up that oval; each looks at the same point
of the plane of focus, so that what is sharp stays sharp.
"""

from typing import NamedTuple

import numpy as np

from app.previz.scene import Camera
from app.previz.view import Direction, View, unit

_ROUND = 1.01
_MOST = 6


class Opening(NamedTuple):
    """A round part of the iris: where it is, which way it looks, its radius in metres, and its share of samples."""

    origin: Direction
    forward: Direction
    radius: float
    samples: int


def openings(camera: Camera, view: View, samples: int) -> list[Opening]:
    """The parts of the iris, with `samples` between them; one for a spherical lens."""
    radius = camera.focal_mm / 1000 / (2 * camera.f_number)
    count = min(samples, _MOST) if camera.squeeze > _ROUND else 1
    small = radius / camera.squeeze
    sharp = view.origin + view.forward * max(camera.focus_m, 0.05)
    parts = []
    for number in range(count):
        origin = view.origin + view.up * (radius - small) * ((2 * number + 1) / count - 1)
        share = samples * (number + 1) // count - samples * number // count
        parts.append(Opening(origin, np.asarray(unit(sharp - origin)), small, share))
    return parts
