"""What air, glass, film and print do to the frame: scene-linear ACEScg in, display-referred sRGB out."""

from functools import cache
from typing import Any

import cv2
import numpy as np
import PyOpenColorIO as ocio  # noqa: N813 - the package's own documentation calls it so
from numpy.typing import NDArray

from app.previz.denoise import Picture, blur
from app.previz.light_colour import LUMINANCE
from app.previz.scene import Colour, Finish

_GREY = 0.18
_PANCHROMATIC = np.array([0.30, 0.55, 0.15], np.float32)
_STREAK_LONG, _STREAK_HIGH = (0.03, 0.1, 0.25), 0.0012  # deviations, as shares of the width
_GRAIN_WIDTH = 960  # the picture width that grain_px is given for


def finish(picture: Picture, style: Finish, tan_x: float, seed: int) -> NDArray[np.uint8]:
    """A finished frame of 8-bit sRGB; `tan_x` is the tangent of half the horizontal angle of view."""
    picture = vignette(picture * np.float32(2**style.exposure_stops), tan_x, style.vignette)
    picture = halate(picture, style.halation)
    picture = streak(picture, style.streak)
    picture = diffuse(picture, style.diffusion)
    picture = grade(picture, style)
    picture = add_grain(picture, style, seed)
    shown = display(picture)
    if style.black_and_white:
        shown = np.repeat(shown[..., 1:2], 3, axis=-1)
    return (np.clip(shown, 0, 1) * 255 + 0.5).astype(np.uint8)


def haze(picture: Picture, depth: Picture, air: NDArray[np.float64], per_m: float) -> Picture:
    """Beer-Lambert extinction over `depth` metres towards the colour of the lit air."""
    if per_m <= 0:
        return picture
    clear = np.exp(-per_m * depth)[..., None]
    return np.asarray(picture * clear + air.astype(np.float32) * (1 - clear), np.float32)


def vignette(picture: Picture, tan_x: float, amount: float) -> Picture:
    """The cos^4 law of illumination off the axis, to the power `amount`."""
    height, width = picture.shape[:2]
    x = ((np.arange(width) + 0.5) / width * 2 - 1) * tan_x
    y = ((np.arange(height) + 0.5) / height * 2 - 1)[:, None] * tan_x * height / width
    falloff = (1 + x**2 + y**2) ** (-2 * amount)
    return np.asarray(picture * falloff[..., None], np.float32)


def halate(picture: Picture, amount: float) -> Picture:
    """Light that comes back from the film base: a red-orange glow around what is far over white."""
    if amount <= 0:
        return picture
    width = picture.shape[1]
    over = _over_white(picture)
    glow = 0.7 * blur(over, 0.005 * width) + 0.3 * blur(over, 0.016 * width)
    return np.asarray(picture + amount * glow * np.array([1, 0.32, 0.1], np.float32), np.float32)


def streak(picture: Picture, level: Colour) -> Picture:
    """A flare across the whole frame through what is far over white, as anamorphic glass and streak filters draw it."""
    if not any(level):
        return picture
    width = picture.shape[1]
    over = (_over_white(picture) @ LUMINANCE).astype(np.float32)
    thin = max(0.6, _STREAK_HIGH * width)
    lines = [cv2.GaussianBlur(over, (0, 0), sigmaX=share * width, sigmaY=thin) for share in _STREAK_LONG]
    flare = np.asarray(sum(lines[1:], lines[0]), np.float32) / len(lines)
    return np.asarray(picture + flare[..., None] * np.asarray(level, np.float32), np.float32)


def _over_white(picture: Picture) -> Picture:
    """The light of a picture that lies over white, in its own hue."""
    luminance = np.maximum(picture @ LUMINANCE, 1e-6)
    return np.asarray(picture * (np.clip(luminance - 1, 0, 12) / luminance)[..., None], np.float32)


def diffuse(picture: Picture, amount: float) -> Picture:
    """A mist filter: a share of all light is scattered wide."""
    if amount <= 0:
        return picture
    width = picture.shape[1]
    mist = 0.6 * blur(picture, 0.012 * width) + 0.4 * blur(picture, 0.045 * width)
    return np.asarray(picture * (1 - amount) + mist * amount, np.float32)


def grade(picture: Picture, style: Finish) -> Picture:
    """Black and white or saturation, then contrast as a power about mid grey."""
    picture = np.maximum(picture, 0)
    if style.black_and_white:
        picture = np.repeat((picture @ _PANCHROMATIC)[..., None], 3, axis=-1)
    else:
        grey = (picture @ LUMINANCE)[..., None]
        picture = np.maximum(grey + style.saturation * (picture - grey), 0)
    return np.asarray(_GREY * (picture / _GREY) ** style.contrast, np.float32)


def add_grain(picture: Picture, style: Finish, seed: int) -> Picture:
    """Noise in film density: a deviation in log2 exposure at mid grey, weaker in the lights."""
    if style.grain <= 0:
        return picture
    sigma = 0.5 * style.grain_px * picture.shape[1] / _GRAIN_WIDTH
    random = np.random.default_rng(seed)
    shared = _grain_field(random, picture.shape[:2], sigma)
    own = 0.0 if style.black_and_white else 0.35
    noise = np.stack([shared if own == 0 else _mixed(shared, random, sigma, own) for _ in range(3)], -1)
    stops = np.log2(np.maximum(picture @ LUMINANCE, 1e-4) / _GREY)
    strength = style.grain * np.clip(1 - 0.12 * stops, 0.4, 1.6) * min(1.0, sigma / 0.4)
    return np.asarray(picture * np.exp2(noise * strength[..., None]), np.float32)


def display(picture: Picture) -> Picture:
    """ACES 2.0 for an SDR monitor, from OpenColorIO's built-in configuration; 0 to 1, sRGB."""
    shown = np.ascontiguousarray(picture, np.float32).copy()
    _processor().applyRGB(shown)
    return shown


@cache
def _processor() -> Any:
    transform = ocio.DisplayViewTransform(
        src="ACEScg", display="sRGB - Display", view="ACES 2.0 - SDR 100 nits (Rec.709)"
    )
    config = ocio.Config.CreateFromFile("ocio://default")
    return config.getProcessor(transform).getDefaultCPUProcessor()


def _grain_field(random: np.random.Generator, shape: tuple[int, ...], sigma: float) -> Picture:
    """Noise of deviation 1 whose clumps are `sigma` pixels wide."""
    noise = random.standard_normal(shape, np.float32)
    if sigma > 0.3:
        noise = blur(noise, sigma)
    return np.asarray(noise / max(float(noise.std()), 1e-6), np.float32)


def _mixed(shared: Picture, random: np.random.Generator, sigma: float, own: float) -> Picture:
    mixed = (1 - own) * shared + own * _grain_field(random, shared.shape, sigma)
    return np.asarray(mixed / np.hypot(1 - own, own), np.float32)
