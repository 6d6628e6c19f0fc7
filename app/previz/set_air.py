"""Smoke and haze: what the air takes from the picture, and the beams that the lamps draw in it.

Single scattering, marched through slices of the view: each slice asks every lamp's own depth map whether it is lit, so
that a shoulder, a door frame or a barn door cuts a shadow into the air. Light that is scattered more than once is not
followed; `_AGAIN` stands for it.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import atan, degrees, pi
from typing import Any, NamedTuple

import cv2
import mitsuba as mi
import numpy as np
from numpy.typing import NDArray

from app.previz import gobo, lamps, set_sky, stage_set
from app.previz.denoise import Picture, blur
from app.previz.finish import haze
from app.previz.scene import Finish, Lamp, Scene
from app.previz.set_ground import ground
from app.previz.view import Direction, View, steady_up, triple, unit, view

_SLICES = 20
_WIDTH = 144  # of a slice, in pixels
_MAP = 96  # edge of a lamp's depth map, in pixels
_FAR_M = 30.0  # beams farther off are left out
_WIDEST_DEG = 120.0
_SPREAD_M = 8.0  # half of what a lamp's map takes in at its target
_FORWARD = 0.65  # how much haze scatters ahead (0.6 to 0.75), as Henyey and Greenstein count it (1941)
_AGAIN = 1.3
_BEAM, _BEAM_M = 7.0, 0.6
"""How a lamp that is smaller than this gathers its light in the air: a power of the cosine, as a Fresnel does."""

_LEAST_M = 0.25  # nearer to a lamp the air is not followed
_SLACK = 0.03  # of the distance, between a surface and its own shadow
_SOFT_M = 0.3  # a lamp from this size on throws four shadows


class Source(NamedTuple):
    """Something that shines into the air: `power` is illuminance at one metre, along `forward`; ACEScg."""

    at: Direction
    forward: Direction
    power: NDArray[np.float64]
    size_m: float
    reach_m: float  # to what it is aimed at
    all_round: bool
    lamp: Lamp | None = None  # where it shines through a gobo


def hazed(picture: Picture, depth: Picture, scene: Scene, view: View, surfaces: Any) -> Picture:
    """The picture seen through the air of its set; `surfaces` is the set as one shape, for the shadows."""
    per_m = scene.finish.haze_per_m
    if per_m <= 0:
        return picture
    here = ground(scene, view)
    end = here.depth_m if "wall" in here.far_m else np.inf
    within = np.minimum(depth, max(end, 1.0)).astype(np.float32)
    far = min(float(within.max()), _FAR_M)
    seen = haze(picture, within, stage_set.ambient(scene), per_m)
    return np.asarray(seen + _at_depth(_beams(scene, view, surfaces, far), within / far), np.float32)


def sources(scene: Scene, view: View) -> list[Source]:
    """The lamps, and the windows of the set."""
    found = []
    for lamp in scene.lamps:
        at, target = lamps.place(lamp), np.asarray(lamp.target, float)
        way = float(np.linalg.norm(target - at))
        power = lamps.colour(lamp, scene.camera.white_balance_k) * pi * 2**lamp.stops * way**2
        cut = lamp if lamp.gobo and not lamp.visible else None
        found.append(Source(at, unit(target - at), power, lamp.size_m, way, lamp.visible or way > _FAR_M, cut))
    day = (set_sky.horizon(scene) + set_sky.zenith(scene)) / 2
    for at, inwards, area in stage_set.openings(scene, view):
        found.append(Source(at, inwards, day * area, area**0.5, 3.0, all_round=False))
    return found


def _beams(scene: Scene, view: View, surfaces: Any, far: float) -> NDArray[np.float32]:
    """Light that reaches the lens from the air up to each slice, slices x H x W x 3."""
    height = max(2, round(_WIDTH / scene.aspect))
    across = ((np.arange(_WIDTH) + 0.5) / _WIDTH * 2 - 1) * view.tan_x
    above = (1 - (np.arange(height)[:, None] + 0.5) / height * 2) * view.tan_y
    rays = view.forward + across[..., None] * view.right + above[..., None] * view.up
    rays = rays.reshape(-1, 3).T.astype(np.float32)
    long = np.linalg.norm(rays, axis=0)
    step = far / _SLICES
    per_m = scene.finish.haze_per_m
    lit = _shadowed(scene.model_copy(update={"finish": Finish()}), surfaces)
    total = np.zeros((height, _WIDTH, 3), np.float32)
    slices = [total]
    for number in range(_SLICES):
        deep = (number + 0.5) * step
        points = _column(view.origin) + rays * np.float32(deep)
        light = sum((_lit(source, maps, points, rays / long) for source, maps in lit), np.zeros_like(rays))
        light *= _AGAIN * per_m * step * long * np.exp(-per_m * deep * long)
        total = total + light.T.reshape(total.shape)
        slices.append(blur(total, 0.8))
    return np.stack(slices)


Points = NDArray[np.floating[Any]]
"""Places or directions as columns, 3 x N."""


def _column(vector: NDArray[Any]) -> Points:
    return np.asarray(vector, np.float32)[:, None]


def _lit(source: Source, maps: Sequence["Map"], points: Points, rays: Points) -> Points:
    """Light scattered towards the lens at points in the air, in ACEScg."""
    way = points - _column(source.at)
    distance = np.maximum(np.sqrt((way * way).sum(0)), _LEAST_M)
    along = way / distance
    narrow = _BEAM if source.size_m < _BEAM_M else 1.0
    forward = source.forward.astype(np.float32)
    aimed = np.ones_like(distance) if source.all_round else np.maximum(forward @ along, 0) ** narrow
    share = -(along * rays).sum(0)
    phase = (1 - _FORWARD**2) / (4 * pi * (1 + _FORWARD**2 - 2 * _FORWARD * share) ** 1.5)
    open_ = sum((one.open(points, source.all_round) for one in maps), np.zeros_like(distance)) / len(maps)
    through = _through(source.lamp, points) if source.lamp else 1.0
    return np.asarray(aimed * phase * open_ * through / distance**2 * _column(source.power))


def _through(lamp: Lamp, points: Points) -> NDArray[np.floating[Any]]:
    """How much of a lamp's light its gobo lets through to each point."""
    at = np.asarray(gobo.thrown_from(lamp), float)
    axes = np.array(lamps.facing(at, np.asarray(lamp.target, float)).matrix, np.float32)[:3, :3].T
    right, up, ahead = axes @ (points - _column(at))
    deep = np.maximum(ahead, 1e-6) * np.tan(np.radians(gobo.field_deg(lamp) / 2))
    pattern = gobo.mask(lamp)
    column = (1 - right / deep) / 2 * gobo.EDGE  # a lamp's own right is on the left from behind
    row = (1 - up / deep) / 2 * gobo.EDGE
    inside, picked = _picked(pattern, row, column)
    return np.where(inside, picked, 0.0)


def _picked(grid: NDArray[Any], row: NDArray[Any], column: NDArray[Any]) -> tuple[NDArray[np.bool_], NDArray[Any]]:
    """Whether places lie on a grid, and its value there or at its nearest edge."""
    high, wide = grid.shape
    inside = (column >= 0) & (column < wide) & (row >= 0) & (row < high)
    at = np.clip(row, 0, high - 1).astype(np.intp) * wide + np.clip(column, 0, wide - 1).astype(np.intp)
    return inside, grid.ravel()[at]


def _at_depth(slices: NDArray[np.float32], share: Picture) -> Picture:
    """The slices at each pixel's own depth, given as a share of the last one's."""
    height, width = share.shape
    index = np.clip(share, 0, 1) * _SLICES
    picture = np.zeros((height, width, 3), np.float32)
    for number, one in enumerate(slices):
        weight = np.clip(1 - np.abs(index - number), 0, 1)
        if weight.any():
            picture += weight[..., None] * cv2.resize(one, (width, height), interpolation=cv2.INTER_LINEAR)
    return picture


class Map(NamedTuple):
    """What a lamp sees: the distance of the first surface, from a point and along the axes of its view."""

    at: Direction
    axes: NDArray[np.float64]  # right, up, forward as rows
    tangent: float
    distance: NDArray[np.float32]

    def open(self, points: Points, all_round: bool) -> NDArray[np.floating[Any]]:  # noqa: FBT001 - read aloud
        """How much of the lamp's light reaches each point, 0 or 1; what the map does not cover is lit `all_round`."""
        away = self.axes.astype(np.float32) @ (points - _column(self.at))
        x, y, z = away
        wide = np.maximum(z, 1e-6) * np.float32(self.tangent)
        inside, seen = _picked(self.distance, (1 - y / wide) / 2 * _MAP, (x / wide + 1) / 2 * _MAP)
        lit = (away * away).sum(0) < (seen * (1 + _SLACK)) ** 2
        return np.where(inside & (z > 0), lit, np.float32(all_round))


@lru_cache(maxsize=1)
def _shadowed(scene: Scene, surfaces: Any) -> list[tuple[Source, list[Map]]]:
    """What shines into the air, with its depth maps; kept, because each frame of a still asks for the same."""
    return [_maps(source, surfaces) for source in sources(scene, view(scene.camera, scene.aspect))]


def _maps(source: Source, surfaces: Any) -> tuple[Source, list[Map]]:
    """The depth maps of a lamp: from its middle, or from four points of a large one."""
    up = steady_up(source.forward)
    right = unit(np.cross(source.forward, up))
    axes = np.array([right, np.cross(right, source.forward), source.forward])
    part = source.size_m / 4 if source.size_m >= _SOFT_M and source.reach_m < _FAR_M else 0.0
    offsets = [(x, y) for x in (-part, part) for y in (-part, part)] if part else [(0.0, 0.0)]
    half = min(_WIDEST_DEG / 2, degrees(atan(_SPREAD_M / source.reach_m)))
    return source, [_map(source.at + axes[0] * x + axes[1] * y, axes, half, surfaces) for x, y in offsets]


def _map(at: Direction, axes: NDArray[np.float64], half_deg: float, surfaces: Any) -> Map:
    film = {"type": "hdrfilm", "width": _MAP, "height": _MAP, "rfilter": {"type": "box"}, "pixel_format": "rgb"}
    look = mi.ScalarTransform4f().look_at(origin=triple(at), target=triple(at + axes[2]), up=triple(axes[1]))
    sensor = {"type": "perspective", "fov": 2 * half_deg, "near_clip": 0.03, "far_clip": 1000.0, "to_world": look}
    sampler = {"type": "independent", "sample_count": 1}
    loaded = mi.load_dict(sensor | {"film": film, "sampler": sampler}, parallel=False)
    depth = mi.load_dict({"type": "aov", "aovs": "far:depth"}, parallel=False)
    pixels = np.array(mi.render(surfaces, sensor=loaded, integrator=depth, spp=1, seed=mi.UInt32(1)), np.float32)
    return Map(at, axes, float(np.tan(np.radians(half_deg))), pixels[..., -1])
