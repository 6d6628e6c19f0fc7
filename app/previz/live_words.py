"""What the live view says for those who do not see it: the picture in a sentence, and what is in focus."""

from math import cos, inf, radians, sin
from typing import NamedTuple

import numpy as np

from app.physics import colour, direction
from app.physics.depth import circle_of_confusion_mm, depth_of_field_m
from app.previz.scene import Camera, Figure, Lamp, Scene
from app.previz.stage import EYES
from app.previz.view import view
from app.resolve import Resolved

BEHIND_DEG, BESIDE_DEG = 120, 60
LEFT, RIGHT = 0.42, 0.58
OUT_OF_FRAME = 0.1
EYES_OUT = 0.043
"""How far the eyes stand before the body's axis, as a share of the height."""


class Depth(NamedTuple):
    """Something that stands in front of the lens, and how far along its axis."""

    name: str
    at_m: float


class Focus(NamedTuple):
    """The limits of what is sharp, in metres, where each subject stands, and the same in words.

    Without a far limit everything behind the near one is sharp.
    """

    near_m: float
    focus_m: float
    far_m: float | None
    subjects: tuple[Depth, ...]
    words: str


def spoken(resolved: Resolved, scene: Scene) -> str:
    """Return the picture in sentences: size, angle and lens, who stands where, and the lamps by side."""
    people = [_stands(scene, who, _called(resolved, name)) for name, who in _named(resolved, scene)]
    lamps = [_shines(scene, lamp) for lamp in scene.lamps]
    light = f"Light: {'; '.join(lamps)}." if lamps else "No lamp."
    return " ".join([_framed(resolved, scene), *people, light])


def focus(resolved: Resolved, scene: Scene) -> Focus:
    """Return what is in focus, for the camera as it is drawn."""
    near, far = _limits(scene.camera)
    seen = view(scene.camera, scene.aspect)
    depths = tuple(
        Depth(_called(resolved, name), round(float((np.asarray(_eyes(who)) - seen.origin) @ seen.forward), 3))
        for name, who in _named(resolved, scene)
    )
    return Focus(near, scene.camera.focus_m, None if far == inf else far, depths, _in_focus(near, far, depths))


def _limits(camera: Camera) -> tuple[float, float]:
    confusion = circle_of_confusion_mm(camera.gate_w_mm, camera.gate_h_mm)
    nearest = camera.focal_mm / 1000 * 1.02
    return depth_of_field_m(camera.focal_mm, camera.f_number, confusion, max(camera.focus_m, nearest))


def _in_focus(near: float, far: float, depths: tuple[Depth, ...]) -> str:
    sharp = [one.name for one in depths if near <= one.at_m <= far]
    soft = [one.name for one in depths if one.at_m > 0 and one.name not in sharp]
    if far == inf:
        told = f"Sharp from {_metres(near)} to the horizon."
    else:
        told = f"Sharp from {_metres(near)} to {_metres(far)}: {_metres(far - near)} deep."
    if sharp and soft:
        told += f" {_joined(sharp)} {'is' if len(sharp) == 1 else 'are'} sharp, {_joined(soft)} soft."
    elif soft:
        told += f" {_joined(soft)} {'is' if len(soft) == 1 else 'are'} soft."
    return told


def _metres(value: float) -> str:
    """Write a distance as a focus puller says it: millimetres, centimetres or metres."""
    if value < 0.02:
        return f"{value * 1000:.0f} mm"
    return f"{value * 100:.0f} cm" if value < 1 else f"{value:.2f} m" if value < 10 else f"{value:.0f} m"


def _framed(resolved: Resolved, scene: Scene) -> str:
    names = [resolved.name(path) for path in ("camera.size", "camera.angle", "camera.height")]
    said = ", ".join([names[0].label if names[0] else "Medium shot", *(one.label.lower() for one in names[1:] if one)])
    lens = f"{scene.camera.focal_mm:g} mm at T{resolved.number('camera.t_stop') or 4:g}"
    roll = scene.camera.roll_deg
    leaning = f", leaning {abs(roll):g}° {'clockwise' if roll > 0 else 'counter-clockwise'}" if roll else ""
    return f"{said}, {lens}, {scene.aspect:.2f}:1{leaning}."


def _stands(scene: Scene, who: Figure, name: str) -> str:
    seen = view(scene.camera, scene.aspect)
    offset = np.asarray(_eyes(who)) - seen.origin
    depth = float(offset @ seen.forward)
    across = 0.5 + float(offset @ seen.right) / (2 * seen.tan_x * max(depth, 1e-6))
    if depth <= 0 or not -OUT_OF_FRAME < across < 1 + OUT_OF_FRAME:
        return f"{name} stands out of frame."
    place = "on the left" if across < LEFT else "on the right" if across > RIGHT else "in the middle"
    if who.kind != "person":
        return f"{name} stands {place}."
    back = seen.origin - np.asarray(who.at)
    turned = direction.wrapped(who.facing_deg - float(np.degrees(np.arctan2(back[0], back[2]))))
    return f"{name} stands {place}, {_faces(turned)}."


def _faces(turned: float) -> str:
    if abs(turned) > 150:
        return "with the back to the camera"
    side = direction.side(turned)
    return f"turned to camera {side}" if abs(turned) > 20 and side else "facing the camera"


def _shines(scene: Scene, lamp: Lamp) -> str:
    offset = np.asarray(lamp.at) - np.asarray(lamp.target)
    seen = view(scene.camera, scene.aspect)
    camera_deg = float(np.degrees(np.arctan2(-seen.forward[0], -seen.forward[2])))
    turned = direction.wrapped(float(np.degrees(np.arctan2(offset[0], offset[2]))) - camera_deg)
    depth = (
        "from behind" if abs(turned) > BEHIND_DEG else "from the side" if abs(turned) > BESIDE_DEG else "from in front"
    )
    side = direction.side(turned)
    name = lamp.name.replace("_", " ")
    reads = "coloured" if lamp.tint else colour.reads(colour.shift(lamp.kelvin, scene.camera.white_balance_k))
    return f"{name} {depth}{f', camera {side}' if side else ''}, {reads}, {_level(lamp.stops)}"


def _level(stops: float) -> str:
    if abs(stops) < 0.05:
        return "at the exposure"
    return f"{abs(stops):g} {'stop' if abs(stops) == 1 else 'stops'} {'over' if stops > 0 else 'under'}"


def _named(resolved: Resolved, scene: Scene) -> list[tuple[str, Figure]]:
    return list(zip([name for name, _ in resolved.subjects], scene.figures, strict=True))


def _called(resolved: Resolved, name: str) -> str:
    return str(resolved.value(f"subjects.{name}.name") or name.replace("_", " ").capitalize())


def _eyes(who: Figure) -> tuple[float, float, float]:
    """Return where a person's eyes are; the middle of a thing."""
    x, y, z = who.at
    if who.kind != "person":
        return x, y + who.height_m / 2, z
    turn, out = radians(who.facing_deg), EYES_OUT * who.height_m
    return x + out * sin(turn), y + EYES * who.height_m, z + out * cos(turn)


def _joined(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
