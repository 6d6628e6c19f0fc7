"""What a lamp shines through: a blind, a window's bars, leaves; each a mask of its field, 0 dark to 1 open."""

from functools import lru_cache
from math import atan, degrees

import cv2
import numpy as np
from numpy.typing import NDArray

from app.previz.scene import Gobo, Lamp, Vector

Mask = NDArray[np.floating]

EDGE = 256
"""Points along the edge of a mask."""

_FIELD_M, _FAR_FIELD_M = 1.3, 4.0
"""Half the width of the field where a lamp, or the sun, is aimed: head, shoulders and wall; or a clearing."""

_FAR_M, _NEARER_M = 25.0, 14.0  # from here on a lamp is the sun; it shines from nearer by, on its own line
_FINE = 3  # times as fine a pattern for the sun's wider field
_WIDEST_DEG = 70.0
_EDGE, _BLUR = 0.004, 0.03  # of half the field, between light and shadow; and more of it a metre of the lamp's size
_RIM = 0.12  # of the field, in which its pool ends
_SLATS, _OPEN = 19, 0.5  # slats across half the field: three or four bars on a face; the open part of each
_PANES, _BAR, _CROSS, _WIDE, _HIGH = 3, 0.06, 0.2, 0.5, 0.66
_LEAVES = 330


def thrown_from(lamp: Lamp) -> Vector:
    """Return where a pattern is thrown from: the lamp's place, or a nearer one on the sun's line."""
    way = [a - b for a, b in zip(lamp.at, lamp.target, strict=True)]
    share = _NEARER_M / _far_m(lamp) if _is_far(lamp) else 1.0
    x, y, z = (b + part * share for b, part in zip(lamp.target, way, strict=True))
    return x, y, z


def field_deg(lamp: Lamp) -> float:
    """Return the angle of the field that a pattern fills."""
    half, far = (_FAR_FIELD_M, _NEARER_M) if _is_far(lamp) else (_FIELD_M, _far_m(lamp))
    return min(_WIDEST_DEG, 2 * degrees(atan(half / max(far, 0.1))))


def mask(lamp: Lamp) -> Mask:
    """Return a lamp's pattern, EDGE x EDGE, its top row first: 1 where the light goes through, 0 outside its pool."""
    soft = _EDGE + (0.0 if _is_far(lamp) else _BLUR * lamp.size_m)
    return _mask(lamp.gobo, round(soft, 3), _FINE if _is_far(lamp) else 1)


@lru_cache(maxsize=32)
def _mask(kind: Gobo, soft: float, fine: int) -> Mask:
    across = ((np.arange(EDGE * 2) + 0.5) / EDGE - 1).astype(np.float32)
    x, y = np.meshgrid(across, -across)
    drawn = _leaves(fine) if kind == "leaves" else {"blinds": _blinds, "window": _window}[kind](x * fine, y * fine)
    blurred = cv2.GaussianBlur(drawn.astype(np.float32), (0, 0), soft * EDGE / fine)
    pool = blurred * np.clip((1 - np.hypot(x, y)) / _RIM, 0, 1)
    small = cv2.resize(pool, (EDGE, EDGE), interpolation=cv2.INTER_AREA)
    return np.asarray(small / small.max(), np.float32)


def _blinds(_x: Mask, y: Mask) -> NDArray[np.bool_]:
    return np.asarray((y * _SLATS) % 1 < _OPEN)


def _window(x: Mask, y: Mask) -> NDArray[np.bool_]:
    bars = (np.abs((x / _WIDE + 1) / 2 * _PANES % 1 - 0.5) > 0.5 - _BAR) | (np.abs(y + _CROSS) < _BAR / 2)
    return np.asarray((np.abs(x) < _WIDE) & (np.abs(y) < _HIGH) & ~bars)


def _leaves(fine: int) -> NDArray[np.bool_]:
    random = np.random.default_rng(3)
    open_ = np.ones((EDGE * 2, EDGE * 2), np.uint8)
    for _ in range(_LEAVES * fine**2):
        at = tuple(int(one) for one in random.uniform(0, EDGE * 2, 2))
        long = random.uniform(0.04, 0.1) * EDGE / fine
        cv2.ellipse(open_, at, (max(1, round(long)), max(1, round(long * 0.4))), random.uniform(0, 180), 0, 360, 0, -1)
    return np.asarray(open_ > 0)


def _far_m(lamp: Lamp) -> float:
    return float(np.linalg.norm(np.subtract(lamp.at, lamp.target)))


def _is_far(lamp: Lamp) -> bool:
    return _far_m(lamp) > _FAR_M
