"""An edge-avoiding wavelet filter for path-traced noise: no network, no weights.

Dammertz et al., "Edge-Avoiding A-Trous Wavelet Transform for fast Global Illumination Filtering" (HPG 2010),
with the variance-guided luminance test of Schied et al., "Spatiotemporal Variance-Guided Filtering" (2017).
The variance is measured: it comes from two renderings that share nothing but the scene.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from app.previz.light_colour import LUMINANCE

Picture = NDArray[np.floating[Any]]
"""Held in float32."""
_ROUNDS = 5
_TOLERANCE = 2.6  # standard deviations of noise that still count as the same light
_NORMAL, _ALBEDO, _DEPTH = 0.30, 0.10, 0.03  # differences that count as another surface
_BLACK = 0.02  # in lights that are far under this, three stops under mid grey, noise is not seen
_KERNEL = (3 / 8, 1 / 4, 1 / 16)  # the cubic spline's weights at 0, 1 and 2 steps


class Guides(NamedTuple):
    """The surfaces, free of light; `depth` in metres, `circle` the lens blur in pixels; `cover` their share."""

    albedo: Picture
    normal: Picture
    depth: Picture
    circle: Picture
    cover: Picture = np.ones(())


class Calm(NamedTuple):
    """A filtered picture, H x W x 3, and how noisy it is in each place, H x W.

    The noise is a share of the light, as the filter reckons it: as if filtered neighbours had nothing in common.
    What is left is several times that. It tells calm places from noisy ones; it is no measure of error.
    """

    light: Picture
    noise: Picture


def denoise(one: Picture, other: Picture, guides: Guides, report: Callable[[float], None] = lambda _: None) -> Calm:
    """The mean of two noisy renderings with their noise filtered out, scene-linear.

    `report` is called after each round with the share done.
    """
    seen = _settled(guides)
    albedo = np.maximum(seen.albedo, 0.02)
    one, other = _without_fireflies(one / albedo, other / albedo)
    light: Picture = (one + other) / 2
    gap = (one - other) @ LUMINANCE.astype(np.float32)
    variance = blur(gap**2 / 4, 2.0)
    for round_ in range(_ROUNDS):
        light, variance = _filtered(light, variance, seen, 1 << round_)
        report((round_ + 1) / _ROUNDS)
    light = np.maximum(light * albedo, 0)
    deviation = np.sqrt(np.maximum(variance, 0)) * (albedo @ LUMINANCE)
    return Calm(light, np.asarray(deviation / (light @ LUMINANCE + _BLACK), np.float32))


def blur(picture: Picture, sigma: float) -> Picture:
    """Gaussian blur with `sigma` in pixels."""
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), np.float32)


def _settled(guides: Guides) -> Guides:
    """The guides, smoothed where the lens blurs them: there they are as noisy as the picture."""
    stack = np.concatenate([guides.albedo, guides.normal, guides.depth[..., None]], -1)
    settled = smoothed(stack, guides.circle)
    return Guides(settled[..., :3], settled[..., 3:6], settled[..., 6], guides.circle, guides.cover)


def smoothed(channels: Picture, circle: Picture) -> Picture:
    """H x W x N, each channel blurred as far as the lens blurs it; a picture's cover is smoothed as its albedo is."""
    blurred = [blur(np.ascontiguousarray(channels[..., index]), 0.6) for index in range(channels.shape[-1])]
    for sigma in (1.5, 3.0, 6.0):
        share = blur(np.clip(circle / (2 * sigma) - 0.5, 0, 1).astype(np.float32), sigma)
        blurred = [channel + share * (blur(channel, sigma) - channel) for channel in blurred]
    return np.stack(blurred, -1)


def _without_fireflies(one: Picture, other: Picture) -> tuple[Picture, Picture]:
    """Both renderings, held down where one of them alone has a pixel that outshines its neighbours."""
    bright = [(light @ LUMINANCE).astype(np.float32) for light in (one, other)]
    calm = cv2.medianBlur(((bright[0] + bright[1]) / 2).astype(np.float32), 3)
    around = np.asarray(cv2.dilate(calm, np.ones((3, 3), np.uint8)), np.float32)
    limit = np.maximum(1.3 * around + 0.02, 1.5 * np.minimum(bright[0], bright[1]))
    first, second = (np.minimum(1, limit / np.maximum(level, 1e-6))[..., None] for level in bright)
    return one * first, other * second


def _filtered(light: Picture, variance: Picture, guides: Guides, step: int) -> tuple[Picture, Picture]:
    """One round: every pixel becomes the weighted mean of 25 pixels `step` apart.

    A pair of pixels weighs the same seen from either, so that 12 weights serve 24 neighbours.
    """
    luminance = (light @ LUMINANCE).astype(np.float32)
    noise = blur(variance, 1.0)
    features = _features(guides, step)
    total = light * _KERNEL[0] ** 2
    weights = np.full_like(luminance, _KERNEL[0] ** 2)
    spread = variance * _KERNEL[0] ** 4
    for down, across in _half_of_neighbours():
        here, there = _overlap(luminance.shape, down * step, across * step)
        if luminance[here].size == 0:
            continue
        offset = np.square(luminance[there] - luminance[here]) / (noise[there] + noise[here] + 1e-8)
        apart = np.sqrt(offset) / _TOLERANCE
        gap = features[there] - features[here]
        apart += np.einsum("ijk,ijk->ij", gap, gap)
        weight = np.exp(-apart) * (_KERNEL[abs(down)] * _KERNEL[abs(across)])
        square = weight * weight
        for at, source in ((here, there), (there, here)):
            total[at] += light[source] * weight[..., None]
            weights[at] += weight
            spread[at] += variance[source] * square
    return total / weights[..., None], spread / weights**2


def _features(guides: Guides, step: int) -> Picture:
    """Seven numbers a pixel, scaled so that a distance of 1 between two pixels means another surface.

    Depth counts as a ratio, more loosely over long steps: surfaces recede.
    """
    depth = np.log(np.maximum(guides.depth, 0.05)) / (_DEPTH * min(step, 4))
    parts = [guides.normal / _NORMAL, guides.albedo / _ALBEDO, depth[..., None]]
    return np.concatenate(parts, -1).astype(np.float32)


def _half_of_neighbours() -> list[tuple[int, int]]:
    around = [(down, across) for down in range(-2, 3) for across in range(-2, 3)]
    return around[len(around) // 2 + 1 :]


def _overlap(shape: tuple[int, ...], down: int, across: int) -> tuple[tuple[slice, slice], tuple[slice, slice]]:
    """The pixels that have a neighbour at the offset, and those neighbours; `down` is never negative."""
    height, width = shape[:2]
    left, right = max(0, -across), max(0, across)
    here = (slice(0, max(0, height - down)), slice(left, max(left, width - right)))
    there = (slice(down, max(down, height)), slice(left + across, max(left, width - right) + across))
    return here, there
