"""Clauses for the camera: angle, lens, exposure, focus, filters, support."""

from collections.abc import Iterator
from math import isinf

from app.compile.brief import Clause, Fact
from app.compile.wording import facing_words, listed, picked, plain, pointed
from app.resolve import Resolved


def angle(resolved: Resolved) -> Iterator[Clause]:
    """Height, pitch and roll."""
    facts = [
        *picked(resolved, "angle", "camera.angle"),
        *picked(resolved, "level", "camera.height"),
        *_height(resolved),
        *_pitch(resolved),
        *picked(resolved, "horizon", "camera.roll"),
        *_roll(resolved),
        *picked(resolved, "seen", "camera.view"),
    ]
    turned = resolved.number("camera.view_azimuth_deg")
    if turned is not None:
        words = facing_words(-turned).replace("facing the camera", "square to the face")
        exact = f"{plain(abs(turned))}° round the face"
        facts.append(Fact("view", f"the face {words}", ("camera.view_azimuth_deg",), exact, "deg"))
    facts += pointed(resolved, "aimed_at", "camera.aimed_at")
    if "camera.distance_m" in resolved.said:
        metres = plain(resolved.number("camera.distance_m") or 0)
        facts.append(Fact("distance", f"camera {metres} m from the subject", ("camera.distance_m",)))
    yield Clause("angle", facts, priority=2)


def lens(resolved: Resolved) -> Iterator[Clause]:
    """Focal length, glass, squeeze and format."""
    facts = []
    if focal := resolved.number("camera.focal_mm"):
        facts.append(Fact("focal", f"{plain(focal)} mm lens", ("camera.focal_mm",)))
    facts += picked(resolved, "field", "camera.field")
    facts += picked(resolved, "family", "camera.lens_family")
    facts += picked(resolved, "squeeze", "camera.anamorphic")
    squeeze = resolved.number("camera.squeeze")
    if squeeze and "camera.squeeze" in resolved.said:
        words = "spherical" if squeeze == 1 else f"{plain(squeeze, 2)}× anamorphic"
        facts.append(Fact("squeeze", words, ("camera.squeeze",)))
    facts += picked(resolved, "format", "camera.format")
    facts += picked(resolved, "body", "camera.body")
    facts += listed(resolved, "filters", "camera.filters")
    yield Clause("lens", facts, priority=3)


def exposure(resolved: Resolved) -> Iterator[Clause]:
    """T-stop, focus, shutter, index and balance."""
    facts = []
    if stop := resolved.number("camera.t_stop"):
        facts.append(Fact("stop", f"T{plain(stop)}", ("camera.t_stop",)))
    facts += pointed(resolved, "focus", "camera.focus.on")
    facts += picked(resolved, "technique", "camera.focus.technique")
    for name in ("shutter", "balance", "rate"):
        facts += picked(resolved, name, f"camera.{name}")
    for name, path, words in (
        ("focus_at", "camera.focus.distance_m", "focused at {} m"),
        ("shutter", "camera.shutter_deg", "{}° shutter"),
        ("ei", "camera.ei", "exposed at EI {}"),
        ("balance", "camera.white_balance_k", "balanced for {} K"),
        ("fps", "camera.fps", "{} frames a second"),
        ("playback", "camera.playback_fps", "played at {} frames a second"),
    ):
        value = resolved.number(path)
        if value is not None and path in resolved.said:
            facts.append(Fact(name, words.format(plain(value, 3)), (path,)))
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
        facts.append(Fact("depth", words, because, deep, "m", derived=True))
    yield Clause("depth", facts, priority=6, derived=True)


def support(resolved: Resolved) -> Iterator[Clause]:
    """What carries the camera, and how steady it is."""
    facts = [
        *picked(resolved, "support", "camera.support"),
        *picked(resolved, "steadiness", "camera.steadiness"),
    ]
    yield Clause("support", facts, priority=6)


def _height(resolved: Resolved) -> list[Fact]:
    height = resolved.number("camera.height_m")
    if height is None or "camera.height_m" not in resolved.said:
        return []
    return [Fact("height", f"camera {plain(height, 2)} m high", ("camera.height_m",))]


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
