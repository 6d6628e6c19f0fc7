"""One scene in, one finished frame out: path traced by Mitsuba's `scalar_rgb`, then filtered and finished.

The same scene, size, samples and seed give the same bytes.
"""

from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from os import PathLike
from typing import IO, Any, NamedTuple

import mitsuba as mi
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.previz import figure, lamps, piece, set_air, set_fall, stage_set
from app.previz.denoise import Calm, Guides, Picture, denoise, smoothed
from app.previz.finish import finish, haze
from app.previz.iris import Opening, openings
from app.previz.lamps import Shapes
from app.previz.piece import Piece
from app.previz.scene import Figure, Scene
from app.previz.view import View, rows, triple, view

Report = Callable[[float], None]

_BOUNCES = 4
_GUIDE_SAMPLES = 4


class Beauty(NamedTuple):
    """One rendering: light H x W x 3, and how much of each pixel the set covers, H x W."""

    light: Picture
    cover: Picture


class Worlds(NamedTuple):
    """The lit set; all its surfaces as one; and, when the camera may see lamps, those with only the lamps."""

    lit: Any
    plain: Any
    glowing: Any | None


class Negative(NamedTuple):
    """What is gathered of a frame: two renderings that share only the scene, the guides, and the lamps in shot."""

    halves: tuple[Beauty, Beauty]
    guides: Guides
    sources: Picture | None


def silent(_: float) -> None:
    """Tell nobody."""


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
    built = worlds(scene, seen, clay=clay)
    tell(0.05)
    job = Job(scene, seen, (width, rows(scene, width)), samples, seed)
    half = job._replace(samples=max(1, samples // 2))
    halves = (
        beauty(built, half._replace(seed=seed * 2), _within(tell, 0.05, 0.35)),
        beauty(built, half._replace(seed=seed * 2 + 1), _within(tell, 0.40, 0.35)),
    )
    guides = guide(built, job._replace(samples=_GUIDE_SAMPLES), _within(tell, 0.75, 0.13))
    negative = Negative(halves, guides, sources(built, job))
    return developed(scene, seen, built, negative, calmed(negative, _within(tell, 0.88, 0.10))), seen


def calmed(negative: Negative, report: Report = silent) -> Calm:
    """The light of a negative with its noise filtered out."""
    one, other = negative.halves
    return denoise(one.light, other.light, negative.guides, report)


def developed(scene: Scene, seen: View, built: Worlds, negative: Negative, calm: Calm) -> Picture:
    """The scene-linear frame of a negative and its filtered light, with the sky, the air and the lamps in shot."""
    picture, guides, glow = calm.light, negative.guides, negative.sources
    height, width = guides.depth.shape
    beyond = 1 - smoothed(guides.cover[..., None], guides.circle)
    picture = picture + beyond * stage_set.backdrop(scene, seen, width, height)
    far, horizon = stage_set.distance_haze(scene)
    picture = haze(picture, guides.depth, horizon, far)
    picture = set_air.hazed(picture, guides.depth, scene, seen, built.plain)
    picture = set_fall.fallen(picture, guides.depth, scene, seen)
    return picture if glow is None else picture + glow


def save(picture: NDArray[np.uint8], path_or_buffer: str | PathLike[str] | IO[bytes]) -> None:
    """Write a frame as PNG."""
    Image.fromarray(picture).save(path_or_buffer, format="PNG")


class Part(NamedTuple):
    """A rectangle of a frame, in pixels."""

    left: int
    top: int
    width: int
    height: int

    def of(self, frame: Picture) -> Picture:
        """That part of a frame, H x W or H x W x channels, as a view."""
        return frame[self.top : self.top + self.height, self.left : self.left + self.width]


class Job(NamedTuple):
    """What to trace: the frame in so many bands, or some parts of it alone.

    Without `jitter`, one sample goes through the middle of its pixel.
    """

    scene: Scene
    view: View
    size: tuple[int, int]
    samples: int
    seed: int
    jitter: bool = True
    bands: int = 4
    parts: tuple[Part, ...] | None = None


def _within(report: Report, start: float, share: float) -> Report:
    """A report of a part of the work as a report of the whole."""
    return lambda done: report(start + share * done)


def worlds(scene: Scene, seen: View, *, clay: bool = False) -> Worlds:
    """The scenes to render. Surfaces are built once and shared; those of the last figures are kept."""
    people, bodies = _figures(scene.figures, clay)
    around = stage_set.pieces(scene, seen)
    around = [*(piece.clay(around) if clay else around), *lamps.fittings(scene.lamps, seen, scene.flags)]
    solid = bodies | {f"set_{name}": shape for name, shape in piece.shapes(around).items()}
    light = lamps.emitters(scene.lamps, scene.camera) | stage_set.emitters(scene, seen)
    glow = lamps.visible_sources(scene.lamps, scene.camera) | stage_set.glows(scene, seen, lamps.BRIGHTEST_SEEN)
    plain = piece.guide([*people, *around, stage_set.dome()])
    return Worlds(assembled(solid | light), assembled(plain), assembled(plain | glow) if glow else None)


@lru_cache(maxsize=2)
def _figures(figures: tuple[Figure, ...], clay: bool) -> tuple[list[Piece], Shapes]:  # noqa: FBT001 - part of the key
    people = figure.pieces(figures)
    people = piece.clay(people) if clay else people
    return people, {f"figure_{name}": shape for name, shape in piece.shapes(people).items()}


def assembled(parts: dict[str, Any]) -> Any:
    """A Mitsuba scene whose lamps keep their order.

    Mitsuba 3.9.1 shuffles the children that it builds from one dictionary, even with `parallel=False`, and the
    order of the lamps decides which of them a random number picks. Children that are built already stay put.
    """
    return _loaded({"type": "scene", **{name: _loaded(part) for name, part in parts.items()}})


def _loaded(thing: Any) -> Any:
    return mi.load_dict(thing, parallel=False) if isinstance(thing, dict) else thing


def beauty(built: Worlds, job: Job, report: Report = silent) -> Beauty:
    """The set by its own light."""
    path = {"type": "path", "max_depth": _BOUNCES, "hide_emitters": True}
    pixels = trace(built.lit, path, job, report)
    return Beauty(pixels[..., :3], np.clip(pixels[..., 3], 0, 1))


def guide(built: Worlds, job: Job, report: Report = silent) -> Guides:
    """What the surfaces are, for the filter and the air."""
    pixels = trace(built.plain, {"type": "aov", "aovs": "albedo:albedo,normal:sh_normal,depth:depth"}, job, report)
    albedo, normal, depth = pixels[..., -7:-4], pixels[..., -4:-1], pixels[..., -1]
    depth, cover = stage_set.without_dome(depth)
    return Guides(np.clip(albedo, 0, 1), normal, depth, _circle(job, depth), cover)


def sources(built: Worlds, job: Job, report: Report = silent) -> Picture | None:
    """The lamps that the camera sees, by their own light alone; None when it may see none."""
    if built.glowing is None:
        return None
    return trace(built.glowing, {"type": "path", "max_depth": 1}, job, report)[..., :3]


def _circle(job: Job, depth: Picture) -> Picture:
    """Diameter of the circle of confusion in pixels, by the thin-lens formula."""
    camera = job.scene.camera
    focal = camera.focal_mm / 1000
    distance = np.maximum(depth, 0.05)
    focus = max(camera.focus_m, focal * 1.01)
    diameter = np.abs(distance - focus) / distance * focal**2 / (camera.f_number * (focus - focal))
    return np.asarray(diameter * 1000 / camera.gate_w_mm * job.size[0], np.float32)


def trace(world: Any, integrator: dict[str, Any], job: Job, report: Report) -> Picture:
    """What an integrator sees, H x W x channels, part by part, so that progress can be told; 0 in no part."""
    loaded = _loaded(integrator)
    width, height = job.size
    frame: Picture = np.zeros((height, width, 1), np.float32)
    parts = _bands(job) if job.parts is None else job.parts
    for index, part in enumerate(parts):
        seed = (job.seed * 7919 + index * 104729) % 2**31
        shares: list[Picture] = []
        for number, opening in enumerate(openings(job.scene.camera, job.view, job.samples)):
            sensor = _loaded(_sensor(job, part, opening))
            own = mi.UInt32((seed + number * 15485863) % 2**31)
            image = mi.render(world, sensor=sensor, integrator=loaded, spp=opening.samples, seed=own)
            shares.append(np.array(image, np.float32) * np.float32(opening.samples / job.samples))
        seen = np.nan_to_num(np.asarray(sum(shares[1:], shares[0])), nan=0.0, posinf=0.0, neginf=0.0)
        if index == 0:
            frame = np.zeros((height, width, seen.shape[-1]), np.float32)
        part.of(frame)[:] = seen
        report((index + 1) / len(parts))
    return frame


def _bands(job: Job) -> tuple[Part, ...]:
    width, height = job.size
    edges = sorted({round(height * index / job.bands) for index in range(job.bands + 1)})
    return tuple(Part(0, top, width, bottom - top) for top, bottom in pairwise(edges))


def _sensor(job: Job, part: Part, opening: Opening) -> dict[str, Any]:
    camera, seen = job.scene.camera, job.view
    film = {
        "type": "hdrfilm",
        "width": job.size[0],
        "height": job.size[1],
        "crop_offset_x": part.left,
        "crop_offset_y": part.top,
        "crop_width": part.width,
        "crop_height": part.height,
        "pixel_format": "rgba",
        "component_format": "float32",
        "rfilter": {"type": "box"},
    }
    target = opening.origin + opening.forward
    look = mi.ScalarTransform4f().look_at(origin=triple(opening.origin), target=triple(target), up=triple(seen.up))
    return {
        "type": "thinlens",
        "fov": float(np.degrees(2 * np.arctan(seen.tan_x))),
        "fov_axis": "x",
        "aperture_radius": opening.radius,
        "focus_distance": max(camera.focus_m, 0.05),
        "near_clip": 0.02,
        "far_clip": 1e6,
        "to_world": look,
        "film": film,
        "sampler": {"type": "multijitter", "sample_count": opening.samples, "jitter": job.jitter},
    }
