"""What stands where the set ends: a sky, land under it, a city's lights, or the dark of a stage."""

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from app.previz.light_colour import kelvin_colour
from app.previz.scene import Camera, Scene
from app.previz.view import View

Sky = NDArray[np.float32]

_GREY = 0.18
_LAND = 0.3  # of the horizon's level, seen through a window
_FADE = 0.02  # sine of the angle in which the horizon melts
_LAMPS = 70
_LAMP_KELVIN = (2100, 2700, 3200, 4200, 5600)
_LAMP_LEVEL = 0.9
_POINT_PX = 1.4 / 960  # width of a sharp far lamp, as a share of the picture's


class Beyond(NamedTuple):
    """What else is out there: a city's lamps, and land where no floor reaches."""

    city: bool
    land: bool


def dark(level: NDArray[np.float64], width: int, height: int) -> Sky:
    """A stage that nobody lit, H x W x 3."""
    return np.tile(level.astype(np.float32), (height, width, 1))


def horizon(scene: Scene) -> NDArray[np.float64]:
    """Radiance of the sky at the horizon, in ACEScg."""
    room = scene.room
    level = room.background_stops if room.sky_stops is None else room.sky_stops
    return kelvin_colour(room.sky_kelvin, scene.camera.white_balance_k) * _GREY * 2**level


def zenith(scene: Scene) -> NDArray[np.float64]:
    """Radiance of the sky overhead: deeper in colour, and darker."""
    room = scene.room
    own = kelvin_colour(room.zenith_kelvin or room.sky_kelvin, scene.camera.white_balance_k)
    return np.asarray(own * (float(horizon(scene).mean()) * 0.4))


def paint(scene: Scene, view: View, beyond: Beyond, width: int, height: int) -> Sky:
    """The sky of the hour, H x W x 3, from the horizon up; and what lies beyond a window under it."""
    across = (np.arange(width) + 0.5) / width * 2 - 1
    above = 1 - (np.arange(height)[:, None] + 0.5) / height * 2
    rise = view.forward[1] + across * view.tan_x * view.right[1] + above * view.tan_y * view.up[1]
    sine = rise / np.sqrt(1 + (across * view.tan_x) ** 2 + (above * view.tan_y) ** 2)
    share = np.clip(sine, 0, 1)[..., None] ** 0.6
    picture = horizon(scene) * (1 - share) + zenith(scene) * share
    if beyond.land:
        below = np.clip(0.5 - sine / (2 * _FADE), 0, 1)[..., None]
        picture = picture * (1 - below * (1 - _LAND))
    if beyond.city:
        picture = picture + _city(scene, view, width, height)
    return np.asarray(picture, np.float32)


def _city(scene: Scene, view: View, width: int, height: int) -> Sky:
    """Lamps far away about the horizon: discs where the lens blurs them, ovals behind an anamorphic one."""
    picture = np.zeros((height, width, 3), np.float32)
    random = np.random.default_rng(11)
    lens = scene.camera
    tall = max(blur_px(lens, width), _POINT_PX * width, 1.0)
    share = (_POINT_PX * width / tall) ** 0.8  # a point's light, spread
    half = (max(1, round(tall / lens.squeeze * 8)), max(1, round(tall * 8)))  # in sixteenths of a pixel
    for _ in range(_LAMPS):
        turn, lift = random.uniform(-1, 1), random.normal(0.0, 0.035) + 0.025
        kelvin = int(random.choice(_LAMP_KELVIN))
        bright = _LAMP_LEVEL * float(random.lognormal(0, 0.6)) * max(share, 0.06) * 8
        level = (lift - view.forward[1]) / max(view.tan_y * view.up[1], 1e-3)
        middle = (round((turn * 1.1 + 1) / 2 * width * 16), round((1 - level) / 2 * height * 16))
        if abs(level) < 2:
            light = kelvin_colour(kelvin, lens.white_balance_k) * bright
            _add_disc(picture, middle, half, light.astype(np.float32))
    return picture


def _add_disc(picture: Sky, middle: tuple[int, int], half: tuple[int, int], light: Sky) -> None:
    """Add an even oval to the part of the picture that it covers; its measures are in sixteenths of a pixel."""
    height, width = picture.shape[:2]
    left, right = (_within((middle[0] + side * half[0]) // 16 + 2 * side, width) for side in (-1, 1))
    top, bottom = (_within((middle[1] + side * half[1]) // 16 + 2 * side, height) for side in (-1, 1))
    disc = np.zeros((bottom - top, right - left), np.float32)
    if disc.size:
        cv2.ellipse(disc, (middle[0] - left * 16, middle[1] - top * 16), half, 0, 0, 360, 1.0, -1, cv2.LINE_AA, 4)
        picture[top:bottom, left:right] += disc[..., None] * light


def _within(place: int, end: int) -> int:
    return min(max(place, 0), end)


def blur_px(lens: Camera, width: int) -> float:
    """Diameter of the circle of confusion of a point at infinity, in pixels."""
    focal = lens.focal_mm / 1000
    focus = max(lens.focus_m, focal * 1.01)
    return focal**2 / (lens.f_number * (focus - focal)) * 1000 / lens.gate_w_mm * width
