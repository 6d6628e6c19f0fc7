"""Clauses for the camera: angle, lens, exposure, focus, filters, support."""

from collections.abc import Iterator
from math import isinf

from app.compile.brief import Clause, Fact
from app.compile.wording import Rows, facing_words, figure, listed, picked, plain, pointed, told
from app.resolve import Resolved

ANGLE: Rows = (
    ("angle", "camera.angle", picked),
    ("level", "camera.height", picked),
    ("height", "camera.height_m", figure("camera {} m high", unit="m", facet="camera.height")),
    ("horizon", "camera.roll", picked),
    ("seen", "camera.view", picked),
    ("aimed_at", "camera.aimed_at", pointed),
    ("distance", "camera.distance_m", figure("camera {} m from the subject", unit="m")),
)

LENS: Rows = (
    ("focal", "camera.focal_mm", figure("{} mm lens", unit="mm", facet="camera.focal")),
    ("field", "camera.field", picked),
    ("family", "camera.lens_family", picked),
    ("squeeze", "camera.anamorphic", picked),
    ("format", "camera.format", picked),
    ("body", "camera.body", picked),
    ("filters", "camera.filters", listed),
)

EXPOSURE: Rows = (
    ("stop", "camera.t_stop", figure("T{}", unit="stop", facet="camera.stop")),
    ("focus", "camera.focus.on", pointed),
    ("technique", "camera.focus.technique", picked),
    ("shutter", "camera.shutter", picked),
    ("balance", "camera.balance", picked),
    ("rate", "camera.rate", picked),
    ("focus_at", "camera.focus.distance_m", figure("focused at {} m", 3, unit="m")),
    ("shutter", "camera.shutter_deg", figure("{}° shutter", 3, unit="shutter", facet="camera.shutter")),
    ("ei", "camera.ei", figure("exposed at EI {}", 3, unit="ei")),
    ("balance", "camera.white_balance_k", figure("balanced for {} K", 3, unit="balance")),
    ("fps", "camera.fps", figure("{} frames a second", 3, unit="fps", facet="camera.rate")),
    ("playback", "camera.playback_fps", figure("played at {} frames a second", 3, unit="fps")),
)

SUPPORT: Rows = (("support", "camera.support", picked), ("steadiness", "camera.steadiness", picked))


def angle(resolved: Resolved) -> Iterator[Clause]:
    """Height, pitch and roll."""
    facts = [*told(resolved, ANGLE), *_pitch(resolved), *_roll(resolved)]
    turned = resolved.number("camera.view_azimuth_deg")
    if turned is not None and "camera.view_azimuth_deg" in resolved.said:
        words = facing_words(-turned).replace("facing the camera", "square to the face")
        exact = f"{plain(abs(turned))}° round the face"
        facts.append(Fact("view", f"the face {words}", ("camera.view_azimuth_deg",), exact, "deg"))
    yield Clause("angle", facts, priority=2)


def lens(resolved: Resolved) -> Iterator[Clause]:
    """Focal length, glass, squeeze and format."""
    facts = told(resolved, LENS)
    squeeze = resolved.number("camera.squeeze")
    if squeeze and "camera.squeeze" in resolved.said:
        words = "spherical" if squeeze == 1 else f"{plain(squeeze, 2)}× anamorphic"
        facts.append(Fact("squeeze", words, ("camera.squeeze",)))
    yield Clause("lens", facts, priority=3)


def exposure(resolved: Resolved) -> Iterator[Clause]:
    """T-stop, focus, shutter, index and balance."""
    facts = told(resolved, EXPOSURE)
    tint = resolved.number("camera.tint")
    if tint is not None:
        hue = "magenta" if tint > 0 else "green"
        words = f"tinted {plain(abs(tint))} CC {hue}" if tint else "no tint"
        facts.append(Fact("tint", words, ("camera.tint",)))
    yield Clause("exposure", facts, priority=4)


def depth(resolved: Resolved) -> Iterator[Clause]:
    """How much is in focus: derived."""
    blur, near, far = (resolved.number(f"camera.{key}") for key in ("background_blur", "depth_near_m", "depth_far_m"))
    facts = []
    if blur is not None and near is not None and far is not None:
        words = _depth_words(blur)
        deep = "sharp to infinity" if isinf(far) else f"{plain((far - near) * 100, 0)} cm in focus"
        because = resolved.values["camera.depth_near_m"].because
        facts.append(Fact("depth", words, because, deep, "depth", derived=True))
    yield Clause("depth", facts, priority=6, derived=True)


def support(resolved: Resolved) -> Iterator[Clause]:
    """What carries the camera, and how steady it is."""
    yield Clause("support", told(resolved, SUPPORT), priority=6)


def _pitch(resolved: Resolved) -> list[Fact]:
    pitch = resolved.number("camera.pitch_deg")
    if pitch is None or "camera.pitch_deg" not in resolved.said:
        return []
    words = "level" if abs(pitch) < 3 else f"looking {'up' if pitch > 0 else 'down'}"
    return [Fact("pitch", words, ("camera.pitch_deg",), f"{plain(abs(pitch))}°", "deg")]


def _roll(resolved: Resolved) -> list[Fact]:
    roll = resolved.number("camera.roll_deg")
    if roll is None or "camera.roll_deg" not in resolved.said:
        return []
    words = "a level horizon" if abs(roll) <= 2 else f"canted {'clockwise' if roll > 0 else 'counter-clockwise'}"
    return [Fact("roll", words, ("camera.roll_deg",), f"{plain(abs(roll))}°", "deg")]


def _depth_words(blur: float) -> str:
    """Name the blur of the far background as a share of the frame's width (bands: a proposal from the geometry)."""
    if blur < 0.001:
        return "everything is sharp, from front to back"
    if blur < 0.005:
        return "the background is a little soft"
    return "the background falls out of focus" if blur < 0.02 else "the background melts into blur"
