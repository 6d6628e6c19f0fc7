"""What a browser needs to draw a scene live: its lamps in the numbers that the still is rendered with, and the air.

Everything is ACEScg, linear, under the camera's white balance. A radiance is that of `lamps` and `stage_set`.
"""

from base64 import b64encode
from math import atan, degrees
from typing import Any, TypedDict

import cv2
import numpy as np

from app.previz import lamps, stage_set
from app.previz.light_colour import LUMINANCE, surface_colour
from app.previz.scene import Lamp, Scene
from app.previz.view import view

Triple = list[float]

LIT_AIR = 0.25
"""The share of hazy air that aimed lamps light; a proposal, judged by eye. The still marches through it instead."""

CLEAR_DEG = 3.0
"""The beam is drawn this much wider than the lamp's doors let through: the doors themselves shade the rest."""

WIDEST_DEG = 72.0
"""Half the angle of the widest beam; a shadow drawn over more than this has no edge left."""

SPOT_M, SPOT_POINTS = 0.004, 128
"""Half the edge of a profile spot's opening, and the points along the edge of its gobo."""

BOUNCE = 0.06
"""What a lit wall gives back to every shadow, as a share of the lamps' light; judged beside the still."""


class Light(TypedDict, total=False):
    """A source: a panel, a globe or a sun. Axes reach from the middle to the edge."""

    kind: str
    at: Triple
    right: Triple
    up: Triple
    radius: float
    toward: Triple
    light: Triple  # radiance; of a sun, irradiance
    cone_deg: float
    glow: Triple
    gobo: str  # SPOT_POINTS x SPOT_POINTS levels in 8 bits, top row first, as base64


class Live(TypedDict):
    """All that is lit and all that lights."""

    lights: list[Light]
    ambient: Triple
    haze: tuple[float, Triple]
    luminance: Triple


def live(scene: Scene) -> Live:
    """Return what lights a scene, for a renderer that knows nothing of film."""
    seen = view(scene.camera, scene.aspect)
    around = {name: shape for name, shape in stage_set.emitters(scene, seen).items() if isinstance(shape, dict)}
    shown = lamps.visible_sources(scene.lamps, scene.camera)
    cones = {f"lamp_{index}": _cone_deg(lamp) for index, lamp in enumerate(scene.lamps)}
    shapes = lamps.emitters(scene.lamps, scene.camera) | around
    lights = [
        _light(shape, cones.get(name, WIDEST_DEG), shown.get(name))
        for name, shape in shapes.items()
        if isinstance(shape, dict)
    ]
    lights += [
        _round(scene, lamp) for index, lamp in enumerate(scene.lamps) if not isinstance(shapes[f"lamp_{index}"], dict)
    ]
    return Live(
        lights=[light for light in lights if light],
        ambient=_ambient(scene, around),
        haze=_haze(scene),
        luminance=_plain(LUMINANCE),
    )


def _light(shape: dict[str, Any], cone_deg: float, shown: dict[str, Any] | None) -> Light:
    """Return a Mitsuba emitter in plain numbers; nothing for one that shines from everywhere."""
    glow: Light = {"glow": _value(shown["emitter"]["radiance"])} if shown else {}
    if shape["type"] == "rectangle":
        axes = np.array(shape["to_world"].matrix, float)[:3]
        at, right, up = (_plain(axes[:, column]) for column in (3, 0, 1))
        radiance = _value(shape["emitter"]["radiance"])
        panel: Light = {"kind": "panel", "at": at, "right": right, "up": up, "light": radiance, "cone_deg": cone_deg}
        return panel | glow
    if shape["type"] == "sphere":
        radiance = _value(shape["emitter"]["radiance"])
        globe: Light = {"kind": "globe", "at": _plain(shape["center"]), "radius": shape["radius"], "light": radiance}
        return globe | glow
    if shape["type"] == "projector":
        return _spot(shape)
    if shape["type"] == "directional":
        return {"kind": "sun", "toward": _plain(shape["direction"]), "light": _value(shape["irradiance"])}
    return {}


def _round(scene: Scene, lamp: Lamp) -> Light:
    """Return a lamp of another form (a shade, a tube, a flame, a screen) as a globe that lights its target alike."""
    radius = lamp.size_m / 2
    far = np.linalg.norm(np.subtract(lamp.at, lamp.target))
    light = lamps.colour(lamp, scene.camera.white_balance_k) * 2**lamp.stops * (far / radius) ** 2
    globe: Light = {"kind": "globe", "at": _plain(lamps.place(lamp)), "radius": radius, "light": _plain(light)}
    return globe


def _spot(shape: dict[str, Any]) -> Light:
    """Return a profile spot as a panel of a few millimetres, with its gobo as 8-bit levels."""
    axes = np.array(shape["to_world"].matrix, float)[:3]
    pattern = np.array(shape["irradiance"]["bitmap"], float)
    most = pattern.reshape(-1, 3).max(axis=0)
    levels = cv2.resize(pattern.max(axis=-1), (SPOT_POINTS, SPOT_POINTS), interpolation=cv2.INTER_AREA)
    levels /= max(float(levels.max()), 1e-9)
    at, right, up = _plain(axes[:, 3]), _plain(axes[:, 0] * SPOT_M), _plain(axes[:, 1] * SPOT_M)
    return {
        "kind": "panel",
        "at": at,
        "right": right,
        "up": up,
        "light": _plain(most * np.pi / (4 * SPOT_M**2)),
        "cone_deg": float(shape["fov"]) / 2,
        "gobo": b64encode(np.round(levels * 255).astype(np.uint8).tobytes()).decode(),
    }


def _cone_deg(lamp: Lamp) -> float:
    """Return half the angle that a panel's doors leave open; the whole front of a panel without any."""
    if lamp.visible:
        return WIDEST_DEG
    reach = min(lamp.size_m * lamps.DOOR_SHARE, lamps.DOOR_M)
    return min(WIDEST_DEG, degrees(atan(1.02 * lamp.size_m / reach)) + CLEAR_DEG)


def _ambient(scene: Scene, around: dict[str, Any]) -> Triple:
    """Return the radiance that comes from everywhere: the even light, and what a room gives back of its lamps."""
    even = [np.array(_value(shape["radiance"])) for shape in around.values() if shape["type"] == "constant"]
    level = sum(even, np.zeros(3))
    if not scene.room.outdoors:
        floor = surface_colour(scene.room.floor) + surface_colour(scene.room.wall)
        lit = [lamps.colour(lamp, scene.camera.white_balance_k) * 2**lamp.stops for lamp in scene.lamps]
        level = level + BOUNCE * floor / 2 * sum(lit, np.zeros(3))
    return _plain(level)


def _haze(scene: Scene) -> tuple[float, Triple]:
    """Return the extinction a metre of all the air together, and the colour that far things fade to."""
    far, horizon = stage_set.distance_haze(scene)
    near = scene.finish.haze_per_m
    if far + near <= 0:
        return 0.0, [0.0, 0.0, 0.0]
    lit = [lamps.colour(lamp, scene.camera.white_balance_k) * 2**lamp.stops for lamp in scene.lamps]
    air = stage_set.ambient(scene) + LIT_AIR * sum(lit, np.zeros(3)) / (4 * np.pi)
    return far + near, _plain((horizon * far + air * near) / (far + near))


def _value(spectrum: dict[str, Any]) -> Triple:
    value = np.asarray(spectrum["value"], float)
    return _plain(np.broadcast_to(value, 3))


def _plain(numbers: Any) -> Triple:
    return [round(float(number), 6) for number in numbers]
