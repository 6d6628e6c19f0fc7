"""Rain and snow before the lens: drops as streaks as long as the shutter is open, flakes that drift, lit by the lamps.

Where a drop falls follows from its number alone, so that a frame drawn again is the same frame. Densities count what an
eye makes out, not every drop of a shower; they and the levels are proposals, judged by eye.
"""

from itertools import pairwise
from math import cos, radians, sin
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from app.previz import lamps, set_sky
from app.previz.denoise import Picture
from app.previz.light_colour import kelvin_colour
from app.previz.piece import Piece
from app.previz.scene import Scene
from app.previz.set_hour import KINDS, Kind
from app.previz.view import View

Points = NDArray[np.float64]

MOST = 2000
_NEAR_M, _DEEP_M = 0.9, 14.0
_ASK_M3 = 0.6  # of a frustum in which this many drops are looked for, times the density
_RAIN_M, _SNOW_M = 0.0019, 0.008  # widths
_FORWARD = 6.0  # how much brighter a drop is against its lamp than with it
_RAIN_LEVEL, _SNOW_LEVEL = 0.9, 0.8
_RAIN_COVER, _SNOW_COVER = 0.4, 0.85
_USUAL_S = 1 / 48
_OF_THE_SET = 0.08  # what windows and street lamps give, of the set's own level
_SOFT_PX = (1.5, 4.0, 10.0, 24.0)  # drops of about the same blur are blurred together
_DETAIL = 2  # the layer is drawn so many times as fine


class Drops(NamedTuple):
    """Where each drop is when the shutter opens and closes, N x 3 in the set, its width in metres, and its radiance."""

    start: Points
    end: Points
    width_m: NDArray[np.float64]
    light: Points
    cover: float


def drops(scene: Scene, view: View) -> Drops | None:
    """Return what falls through the frame; None where nothing does."""
    kind = KINDS.get(scene.room.falls)
    if kind is None:
        return None
    random = np.random.default_rng(17)
    volume = 4 * view.tan_x * view.tan_y * _DEEP_M**3 / 3
    count = int(min(MOST, max(60.0, volume * kind.density / _ASK_M3)))
    deep = np.maximum(_NEAR_M, _DEEP_M * random.uniform(0, 1, count) ** (1 / 2.2))
    across, above = random.uniform(-1.15, 1.15, (2, count))
    places = view.origin + deep[:, None] * (
        view.forward + (across * view.tan_x)[:, None] * view.right + (above * view.tan_y)[:, None] * view.up
    )
    lean = radians(kind.lean_deg)
    way = np.array([sin(lean), -cos(lean), 0.3 * sin(lean)]) * kind.speed * scene.camera.shutter_s
    strayed = random.normal(0, 0.25 if kind.snow else 0.04, (count, 3)) * np.linalg.norm(way)
    width = (_SNOW_M if kind.snow else _RAIN_M) * random.uniform(0.55, 1.3, count)
    light = _lit(scene, view, places, kind) * random.uniform(0.6, 1.4, count)[:, None]
    there = places[:, 1] > 0
    swept = scene.camera.shutter_s / _USUAL_S
    cover = _SNOW_COVER if kind.snow else float(np.clip(_RAIN_COVER / max(swept, 0.2) ** 0.5, 0.12, 0.9))
    return Drops(places[there], (places + way + strayed)[there], width[there], light[there], cover)


def fallen(picture: Picture, depth: Picture, scene: Scene, view: View) -> Picture:
    """The picture with what falls before it; `depth` hides what is behind something."""
    found = drops(scene, view)
    if found is None:
        return picture
    height, width = depth.shape
    start, end = _seen(found.start, view, width, height), _seen(found.end, view, width, height)
    away = start[:, 2]
    column = np.clip(start[:, 0], 0, width - 1).astype(int)
    row = np.clip(start[:, 1], 0, height - 1).astype(int)
    free = (away > 0.1) & (away < depth[row, column])
    pixel = 2 * view.tan_x / width
    thick, soft = found.width_m / (away * pixel), _blur_px(scene, away, width)
    out = picture.astype(np.float32)
    edges = (0.0, *_SOFT_PX, np.inf)
    for low, high in pairwise(edges):
        chosen = np.flatnonzero(free & (soft >= low) & (soft < high))
        if len(chosen):
            light = found.light[chosen]
            level = light.mean(axis=1)
            shares = np.minimum(1, thick[chosen] * _DETAIL) * level / max(float(level.max()), 1e-9)
            layer = _layer((height, width), (start[chosen], end[chosen]), thick[chosen], shares)
            layer = cv2.GaussianBlur(layer, (0, 0), max(0.4, float(soft[chosen].mean()) / 2.5))[..., None] * found.cover
            out = out * (1 - layer) + layer * light[np.argmax(level)].astype(np.float32)
    return np.asarray(out, np.float32)


def pieces(scene: Scene, view: View) -> list[Piece]:
    """What falls as thin cards that face the lens, in one piece, coloured by its light."""
    found = drops(scene, view)
    if found is None:
        return []
    way = found.end - found.start
    long = np.linalg.norm(way, axis=1, keepdims=True)
    half = found.width_m[:, None] / 2
    way = way / np.maximum(long, 1e-9)
    towards = view.origin - found.start
    aside = np.cross(way, towards)
    aside *= half / np.maximum(np.linalg.norm(aside, axis=1, keepdims=True), 1e-9)
    end = found.start + way * np.maximum(long, 2 * half)
    points = np.stack([found.start - aside, found.start + aside, end + aside, end - aside], 1).reshape(-1, 3)
    first = np.arange(len(way))[:, None] * 4
    faces = (first + np.array([0, 1, 2, 0, 2, 3])).reshape(-1, 3).astype(np.uint32)
    normals = np.repeat(towards / np.linalg.norm(towards, axis=1, keepdims=True), 4, axis=0)
    finish = "snow" if KINDS[scene.room.falls].snow else "rain"
    colour = np.repeat(found.light, 4, axis=0).astype(np.float32)
    return [Piece(points.astype(np.float32), normals.astype(np.float32), faces, colour, finish)]


def _lit(scene: Scene, view: View, places: Points, kind: Kind) -> Points:
    """The radiance of each drop: of the even light, and of each lamp by where it stands behind or beside it."""
    balance = scene.camera.white_balance_k
    even = kelvin_colour(scene.room.zenith_kelvin or scene.room.sky_kelvin, balance) * 2**scene.room.ambient_stops
    level = _SNOW_LEVEL if kind.snow else _RAIN_LEVEL
    place = _OF_THE_SET * 2**scene.room.background_stops + 0.25 * set_sky.horizon(scene)
    light = np.tile((even + place) * level, (len(places), 1))
    towards = view.origin - places
    towards /= np.maximum(np.linalg.norm(towards, axis=1, keepdims=True), 1e-6)
    for lamp in scene.lamps:
        way = places - np.asarray(lamp.at)
        far = np.maximum(np.linalg.norm(way, axis=1), 0.3)
        through = np.einsum("ij,ij->i", way / far[:, None], towards)
        reach = float(np.linalg.norm(np.subtract(lamp.at, lamp.target)))
        share = 0.3 + 0.7 * _FORWARD * np.maximum(through, 0) ** 3 if not kind.snow else 0.55 + 0.45 * through
        near = np.minimum((reach / far) ** 2, 4.0)
        light += (0.5 * level * 2**lamp.stops * near * share)[:, None] * lamps.colour(lamp, balance)
    return np.asarray(light)


def _seen(points: Points, view: View, width: int, height: int) -> Points:
    """Points as column, row and distance along the lens axis."""
    offset = points - view.origin
    away = offset @ view.forward
    safe = np.maximum(away, 1e-3)
    column = (offset @ view.right / safe / view.tan_x + 1) / 2 * width
    row = (1 - offset @ view.up / safe / view.tan_y) / 2 * height
    return np.stack([column, row, away], -1)


def _blur_px(scene: Scene, away: NDArray[np.float64], width: int) -> NDArray[np.float64]:
    """Diameters of the circles of confusion, by the thin-lens formula."""
    camera = scene.camera
    focal, distance = camera.focal_mm / 1000, np.maximum(away, 0.05)
    focus = max(camera.focus_m, focal * 1.01)
    circle = np.abs(distance - focus) / distance * focal**2 / (camera.f_number * (focus - focal))
    return np.asarray(circle * 1000 / camera.gate_w_mm * width)


def _layer(
    size: tuple[int, int], ends: tuple[Points, Points], thick: NDArray[np.float64], shares: NDArray[np.float64]
) -> Picture:
    """How much each pixel has of the drops, H x W; where two meet, of the brighter one."""
    fine = np.zeros((size[0] * _DETAIL, size[1] * _DETAIL), np.uint8)
    limit = 4 * max(fine.shape)
    first, last = (np.clip(np.round(one[:, :2] * _DETAIL), -limit, limit).astype(int).tolist() for one in ends)
    for number in np.argsort(shares):
        wide = max(1, round(float(thick[number]) * _DETAIL))
        cv2.line(fine, first[number], last[number], round(255 * float(shares[number])), wide, cv2.LINE_AA)
    small = cv2.resize(fine, size[::-1], interpolation=cv2.INTER_AREA)
    return small.astype(np.float32) / 255
