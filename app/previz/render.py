"""One scene in, one finished frame out: path traced by Mitsuba's `scalar_rgb`, then filtered and finished.

The same scene, size, samples and seed give the same bytes.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise
from os import PathLike
from typing import IO, Any, NamedTuple

import mitsuba as mi
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.previz import figure, lamps, piece, set_air, stage_set
from app.previz.denoise import Guides, Picture, denoise, smoothed
from app.previz.finish import finish, haze
from app.previz.iris import Opening, openings
from app.previz.scene import Scene
from app.previz.view import View, rows, triple, view

Report = Callable[[float], None]

_BANDS = 4
_BOUNCES = 4
_GUIDE_SAMPLES = 4


class Beauty(NamedTuple):
    """One rendering: light H x W x 3, and how much of each pixel the set covers, H x W."""

    light: Picture
    cover: Picture


class Worlds(NamedTuple):
    """The lit set; all its surfaces as one; and, when the camera may see lamps, the set with only those."""

    lit: Any
    plain: Any
    glowing: Any | None


def render(
    scene: Scene, width: int = 960, samples: int = 16, seed: int = 0, report: Report | None = None
) -> NDArray[np.uint8]:
    """A frame of H x W x 3, display-referred sRGB in 8 bits.

    `samples` are paths a pixel, at least 2. `report` is called at least 8 times with the share done, 0 to 1.
    """
    tell = report or silent
    linear, seen = expose(scene, width, samples, seed, tell)
    frame = finish(linear, scene.finish, seen.tan_x, seed)
    tell(1.0)
    return frame


def expose(
    scene: Scene, width: int, samples: int, seed: int, report: Report | None = None, *, clay: bool = False
) -> tuple[Picture, View]:
    """The frame in scene-linear ACEScg before finishing, haze included, and the view it was taken with.

    With `clay`, every surface of figures and set is one matte grey; lamps and what shades them stay as they are.
    """
    tell = report or silent
    seen = view(scene.camera, scene.aspect)
    size = (width, rows(scene, width))
    worlds = _worlds(scene, seen, clay=clay)
    tell(0.05)
    halves = []
    for half in range(2):
        job = Job(scene, seen, size, max(1, samples // 2), seed * 2 + half)
        halves.append(_beauty(worlds.lit, job, _within(tell, 0.05 + 0.35 * half, 0.35)))
    guides = _guides(worlds.plain, Job(scene, seen, size, _GUIDE_SAMPLES, seed), _within(tell, 0.75, 0.13))
    picture = denoise(halves[0].light, halves[1].light, guides)
    tell(0.95)
    beyond = 1 - smoothed(guides.cover[..., None], guides.circle)
    picture = picture + beyond * stage_set.backdrop(scene, seen, *size)
    far, horizon = stage_set.distance_haze(scene)
    picture = haze(picture, guides.depth, horizon, far)
    picture = set_air.hazed(picture, guides.depth, scene, seen, worlds.plain)
    if worlds.glowing is not None:
        picture = picture + _sources(worlds.glowing, Job(scene, seen, size, samples, seed))
    return picture, seen


def save(picture: NDArray[np.uint8], path_or_buffer: str | PathLike[str] | IO[bytes]) -> None:
    """Write a frame as PNG."""
    Image.fromarray(picture).save(path_or_buffer, format="PNG")


class Job(NamedTuple):
    """What to trace; without `jitter`, and with one sample, each ray goes through the middle of its pixel."""

    scene: Scene
    view: View
    size: tuple[int, int]
    samples: int
    seed: int
    jitter: bool = True


def silent(_: float) -> None:
    """Tell nobody."""


def _within(report: Report, start: float, share: float) -> Report:
    """A report of a part of the work as a report of the whole."""
    return lambda done: report(start + share * done)


def _worlds(scene: Scene, seen: View, *, clay: bool = False) -> Worlds:
    """The scenes to render; the surfaces are built once and shared."""
    surfaces = figure.pieces(scene.figures) + stage_set.pieces(scene, seen)
    pieces = [*(piece.clay(surfaces) if clay else surfaces), *lamps.fittings(scene.lamps, seen, scene.flags)]
    solid = piece.shapes(pieces)
    light = lamps.emitters(scene.lamps, scene.camera) | stage_set.emitters(scene, seen)
    glow = lamps.visible_sources(scene.lamps, scene.camera) | stage_set.glows(scene, seen, lamps.BRIGHTEST_SEEN)
    return Worlds(
        assembled(solid | light),
        assembled(piece.guide([*pieces, stage_set.dome()])),
        assembled(solid | glow) if glow else None,
    )


def assembled(parts: dict[str, Any]) -> Any:
    """A Mitsuba scene whose lamps keep their order.

    Mitsuba 3.9.1 shuffles the children that it builds from one dictionary, even with `parallel=False`, and the
    order of the lamps decides which of them a random number picks. Children that are built already stay put.
    """
    return _loaded({"type": "scene", **{name: _loaded(part) for name, part in parts.items()}})


def _loaded(thing: Any) -> Any:
    return mi.load_dict(thing, parallel=False) if isinstance(thing, dict) else thing


def _beauty(world: Any, job: Job, report: Report) -> Beauty:
    path = {"type": "path", "max_depth": _BOUNCES, "hide_emitters": True}
    pixels = trace(world, path, job, report)
    return Beauty(pixels[..., :3], np.clip(pixels[..., 3], 0, 1))


def _guides(world: Any, job: Job, report: Report) -> Guides:
    pixels = trace(world, {"type": "aov", "aovs": "albedo:albedo,normal:sh_normal,depth:depth"}, job, report)
    albedo, normal, depth = pixels[..., -7:-4], pixels[..., -4:-1], pixels[..., -1]
    depth, cover = stage_set.without_dome(depth)
    return Guides(np.clip(albedo, 0, 1), normal, depth, _circle(job, depth), cover)


def _sources(world: Any, job: Job) -> Picture:
    """The lamps that the camera sees, by their own light alone."""
    return trace(world, {"type": "path", "max_depth": 1}, job, silent)[..., :3]


def _circle(job: Job, depth: Picture) -> Picture:
    """Diameter of the circle of confusion in pixels, by the thin-lens formula."""
    camera = job.scene.camera
    focal = camera.focal_mm / 1000
    distance = np.maximum(depth, 0.05)
    focus = max(camera.focus_m, focal * 1.01)
    diameter = np.abs(distance - focus) / distance * focal**2 / (camera.f_number * (focus - focal))
    return np.asarray(diameter * 1000 / camera.gate_w_mm * job.size[0], np.float32)


def trace(world: Any, integrator: dict[str, Any], job: Job, report: Report) -> Picture:
    """What an integrator sees, H x W x channels, band by band, so that progress can be told."""
    loaded = _loaded(integrator)
    bands: list[Picture] = []
    parts = list(_bands(job.size[1]))
    for index, (top, height) in enumerate(parts):
        seed = (job.seed * 7919 + index * 104729) % 2**31
        shares: list[Picture] = []
        for number, part in enumerate(openings(job.scene.camera, job.view, job.samples)):
            sensor = _loaded(_sensor(job, top, height, part))
            own = mi.UInt32((seed + number * 15485863) % 2**31)
            image = mi.render(world, sensor=sensor, integrator=loaded, spp=part.samples, seed=own)
            shares.append(np.array(image, np.float32) * np.float32(part.samples / job.samples))
        bands.append(np.asarray(sum(shares[1:], shares[0])))
        report((index + 1) / len(parts))
    return np.asarray(np.nan_to_num(np.concatenate(bands), nan=0.0, posinf=0.0, neginf=0.0))


def _bands(height: int) -> Iterator[tuple[int, int]]:
    """First row and number of rows of each band."""
    edges = sorted({round(height * index / _BANDS) for index in range(_BANDS + 1)})
    for top, bottom in pairwise(edges):
        yield top, bottom - top


def _sensor(job: Job, top: int, height: int, part: Opening) -> dict[str, Any]:
    camera, seen = job.scene.camera, job.view
    width = job.size[0]
    film = {
        "type": "hdrfilm",
        "width": width,
        "height": job.size[1],
        "crop_offset_x": 0,
        "crop_offset_y": top,
        "crop_width": width,
        "crop_height": height,
        "pixel_format": "rgba",
        "component_format": "float32",
        "rfilter": {"type": "box"},
    }
    target = part.origin + part.forward
    look = mi.ScalarTransform4f().look_at(origin=triple(part.origin), target=triple(target), up=triple(seen.up))
    return {
        "type": "thinlens",
        "fov": float(np.degrees(2 * np.arctan(seen.tan_x))),
        "fov_axis": "x",
        "aperture_radius": part.radius,
        "focus_distance": max(camera.focus_m, 0.05),
        "near_clip": 0.02,
        "far_clip": 1e6,
        "to_world": look,
        "film": film,
        "sampler": {"type": "multijitter", "sample_count": part.samples, "jitter": job.jitter},
    }
