"""The light plan of a shot, drawn to scale from above and from the side.

A drawing is in units, y down. What stands too far off is drawn at the rim, with a mark across its beam.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import atan, atan2, ceil, cos, degrees, hypot, inf, radians, sin, tan
from typing import Any

from app.compile.wording import plain
from app.patch import Json
from app.physics import light
from app.previz.scene import Figure, Scene, Vector
from app.previz.set_ground import Frame as WallFrame
from app.previz.set_ground import windows
from app.previz.set_plan import Window
from app.resolve import Resolved
from app.views import lamps, symbols
from app.views.floor import Floor, Frame, Lamp, along, fit, floor, off, reverse
from app.views.labels import Labels
from app.views.lamps import Row
from app.views.shapes import Box, Disc, Line, Point, Shape, Words, bounds

Grip = dict[str, Any]
"""What moving a symbol needs: its kind, the paths that it writes, the pivot, and what is there now."""

RIM = 0.44
"""How far from the middle the rim is drawn, as a share of the sheet: what stands there is drawn whole."""

ABOVE, SIDE = (360, 340), (260, 210)
"""The sheets of the shot page, in units: about pixels where both stand beside each other."""

SHORT = 18
"""Letters of a name on the drawing; the lamp list has the whole."""

FIELD_DEG = 150

WALLS_M = 20.0
"""How far a wall is drawn that ends nowhere."""


@dataclass(frozen=True)
class Thing:
    """A symbol that can be taken hold of. `grip` is what moving it needs: paths, pivot and what is there now."""

    key: str
    label: str
    spoken: str
    now: float
    low: float
    high: float
    shapes: tuple[Shape, ...]
    grip: Grip
    assumed: bool = False

    @property
    def is_stood(self) -> bool:
        """Whether it stands on the floor; the knob that turns somebody is there for the hand alone."""
        return not self.key.endswith(".turn")

    @property
    def middle(self) -> Point:
        """The middle of the symbol."""
        box = bounds(self.shapes)
        return Point((box.left + box.right) / 2, (box.top + box.bottom) / 2)

    @property
    def touch(self) -> float:
        """How far from its middle a finger takes hold of it."""
        box = bounds(self.shapes)
        return max(14.0 if self.is_stood else 9.0, min(20.0, (box.bottom - box.top) / 2))


@dataclass
class Drawing:
    """One view: what lies on the floor, what can be moved, and the labels that found room."""

    id: str
    label: str
    width: float
    height: float
    metre: float
    origin: Point
    """Where x = 0 and z = 0 (from the side: the floor under the middle) lie on the sheet."""
    ground: list[Shape] = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)
    labels: list[Shape] = field(default_factory=list)


@dataclass(frozen=True)
class Plan:
    """All that stands under the tab of the light plan: both views, the lamp list, and what is told beside them."""

    above: Drawing
    side: Drawing
    frame: Frame
    rows: Sequence[Row]
    unplaced: Sequence[Row]
    ratio: str
    sharp: str
    wild: bool
    reverse: Json


def plan(resolved: Resolved, scene: Scene, frame: Sequence[float] | None = None) -> Plan:
    """Return the light plan of a shot; in a given frame, so that nothing moves but what somebody drags."""
    shown = floor(resolved, scene)
    framed = Frame(*frame) if frame else fit(shown)
    ratio = lamps.ratio(resolved)
    return Plan(
        above=from_above(shown, framed, *ABOVE),
        side=from_the_side(shown, framed, *SIDE),
        frame=framed,
        rows=shown.rows,
        unplaced=shown.unplaced,
        ratio=ratio.words if ratio else "",
        sharp=lamps.sharp(resolved),
        wild=len(shown.ground.standing) < len(shown.ground.far_m),
        reverse=reverse(shown),
    )


def from_above(shown: Floor, frame: Frame, width: float, height: float, metre: float = 0) -> Drawing:
    """Return the plan: the set's z axis points down, so that the default camera stands below."""
    metre = metre or min(width, height) * RIM / frame.reach_m
    origin = Point(width / 2 - frame.x_m * metre, height / 2 - frame.z_m * metre)
    drawing = Drawing("plan", "Plan, from above", width, height, metre, origin)
    Above(shown, frame, drawing).draw()
    return drawing


def from_the_side(shown: Floor, frame: Frame, width: float, height: float, metre: float = 0) -> Drawing:
    """Return the side elevation, seen from camera right: the camera stands on the left."""
    metre = metre or min(width / (frame.front_m + frame.back_m), (height - 22) / frame.top_m)
    spare = (width - metre * (frame.front_m + frame.back_m)) / 2
    origin = Point(spare + frame.front_m * metre, height - 20)
    drawing = Drawing("side", "Side elevation, from camera right", width, height, metre, origin)
    Side(shown, frame, drawing).draw()
    return drawing


class View(ABC):
    """What both views share."""

    def __init__(self, shown: Floor, frame: Frame, drawing: Drawing) -> None:
        self.shown, self.frame, self.sheet = shown, frame, drawing
        self.labels = Labels(Box(2, 2, drawing.width - 2, drawing.height - 2))
        self.waiting: list[tuple[list[str], tuple[Shape, ...]]] = []

    @abstractmethod
    def spot(self, at: Vector) -> tuple[Point, bool]:
        """Return where something is drawn, and whether that is the rim."""

    @abstractmethod
    def person(self, name: str, one: Figure) -> Iterator[Thing]:
        """Yield somebody, and the handle that turns them where there is one."""

    @abstractmethod
    def grip(self, lamp: Lamp) -> Grip:
        """Return what a lamp's drag changes."""

    @abstractmethod
    def ground(self) -> Iterator[Shape]:
        """Yield what lies under everything."""

    def draw(self) -> None:
        """Draw the floor, then who stands on it, then labels where there is room."""
        self.sheet.ground += self.ground()
        self.labels.taken.append(bounds(self.bar()))
        self.camera()
        for name, one in self.shown.figures:
            self.sheet.things += self.person(name, one)
        for lamp in self.shown.lamps:
            self.lamp(lamp)
        middle, _ = self.spot(self.shown.hero.at)
        for lines, shapes in self.waiting:
            self.labels.put(lines, bounds(shapes), middle)
        self.sheet.labels += [*self.labels.shapes, *self.bar()]

    def add(self, thing: Thing, lines: list[str]) -> None:
        self.sheet.things.append(thing)
        self.wait(thing.shapes, lines)

    def wait(self, shapes: tuple[Shape, ...], lines: list[str]) -> None:
        """Let a symbol wait for its label: all symbols are kept clear of labels first."""
        self.labels.keep_clear(shapes)
        self.waiting.append((lines, shapes))

    def lamp(self, lamp: Lamp) -> None:
        row = lamp.row
        at, far = self.spot(lamp.at)
        far = far or lamp.endless
        aim, _ = self.spot(lamp.aim)
        apart = hypot(at.x - aim.x, at.y - aim.y)
        wide = 2 * apart * tan(radians(lamp.wide_deg) / 2)
        shapes = symbols.lamp(row.kind, at, aim, wide, row.tone)
        if lamp.cut:
            shapes += symbols.cut(at, aim)
        if far:
            shapes += symbols.broken(at, aim)
        if row.kind != "card":
            self.sheet.ground.append(_beam(at, aim, max(3.0, min(wide, symbols.MOST)), row.tone))
        guess = "" if lamp.placed else "drawn where such a lamp usually stands"
        level = row.level if row.level == "at exposure" else ""
        told = ", ".join(part for part in (row.place, guess, lamps.reading(row), level) if part)
        azimuth = self.shown.resolved.number(f"lights.{row.name}.camera_azimuth_deg") or 0
        now = self.now(lamp, azimuth)
        self.add(
            Thing(
                key=f"lights.{row.name}",
                label=f"{row.title}, {symbols.SPOKEN[row.kind]}",
                spoken=told,
                now=now,
                low=-180,
                high=180,
                shapes=shapes,
                grip=self.grip(lamp),
                assumed=not lamp.placed,
            ),
            self.lines(lamp),
        )

    def now(self, _lamp: Lamp, azimuth: float) -> float:
        return round(azimuth, 1)

    def lines(self, lamp: Lamp) -> list[str]:
        told = lamps.reading(lamp.row)
        return [f"{lamp.row.number} {short(lamp.row.title)}", *([told] if told else [])]

    def camera(self) -> None:
        camera = self.shown.scene.camera
        at, far = self.spot(camera.at)
        aim, _ = self.spot(camera.target)
        shapes = symbols.camera(at, aim)
        if far:
            shapes += symbols.broken(at, aim)
        apart = off(camera.at, camera.target[0], camera.target[2])
        spoken = f"{plain(apart, 1)} m from the subject, {plain(camera.at[1], 2)} m high"
        grip, now, low, high = self.camera_grip()
        thing = Thing("camera", "Camera", spoken, now, low, high, shapes, grip)
        self.add(thing, ["Camera", *([f"{plain(apart, 1)} m"] if far else [])])

    @abstractmethod
    def camera_grip(self) -> tuple[Grip, float, float, float]:
        """Return what the camera's drag changes, where it stands now, and the ends of its way."""

    def bar(self) -> list[Shape]:
        """Return the scale: so many metres as a line."""
        long = next((one for one in (5, 2, 1, 0.5, 10, 50, 100) if 36 <= one * self.sheet.metre <= 110), 1)
        x, y = 10.0, self.sheet.height - 8
        end = x + min(long * self.sheet.metre, self.sheet.width - 60)
        ticks = (Line((Point(x, y - 3), Point(x, y), Point(end, y), Point(end, y - 3)), "scale"),)
        return [*ticks, Words(Point(end + 5, y + 1), f"{long:g} m", size=10)]


class Above(View):
    """The plan, from above."""

    def spot(self, at: Vector) -> tuple[Point, bool]:
        x, z = at[0] - self.frame.x_m, at[2] - self.frame.z_m
        far = hypot(x, z)
        over = far > self.frame.reach_m
        if over:
            x, z = (one * self.frame.reach_m / far for one in (x, z))
        metre = self.sheet.metre
        return Point(self.sheet.width / 2 + x * metre, self.sheet.height / 2 + z * metre), over

    def true(self, at: Vector) -> Point:
        """Return a place to scale, be it off the sheet."""
        return Point(self.sheet.origin.x + at[0] * self.sheet.metre, self.sheet.origin.y + at[2] * self.sheet.metre)

    def ground(self) -> Iterator[Shape]:
        yield from self.grid()
        yield from self.walls()
        camera = self.shown.scene.camera
        half = min(FIELD_DEG / 2, degrees(atan(camera.gate_w_mm / (2 * camera.focal_mm))))
        at = self.true(camera.at)
        reach = self.frame.reach_m * self.sheet.metre
        depth = hypot(at.x - self.sheet.width / 2, at.y - self.sheet.height / 2) + reach
        yield Line(wedge(at, self.shown.camera_deg, half, (0, depth)), "view", closed=True)
        yield from self.sharp(at, half, depth)

    def grid(self) -> Iterator[Shape]:
        step = 1 if self.frame.reach_m <= 12 else ceil(self.frame.reach_m / 10)
        wide, high = self.sheet.width, self.sheet.height
        across, down = self.sheet.origin.x % (step * self.sheet.metre), self.sheet.origin.y % (step * self.sheet.metre)
        for number in range(int(wide / (step * self.sheet.metre)) + 1):
            x = across + number * step * self.sheet.metre
            yield Line((Point(x, 0), Point(x, high)), "grid")
        for number in range(int(high / (step * self.sheet.metre)) + 1):
            y = down + number * step * self.sheet.metre
            yield Line((Point(0, y), Point(wide, y)), "grid")

    def walls(self) -> Iterator[Shape]:
        """Yield the walls of the set with their windows; one that is out for this camera is dashed."""
        here = self.shown.ground
        for wall in here.far_m:
            frame = here.frame(wall)
            low, high = (max(-WALLS_M, min(WALLS_M, end)) for end in here.span(wall))
            ends = [self.true(tuple(frame.at(along, 0, 0))) for along in (low, high)]
            yield Line(tuple(ends), "wall" if wall in here.standing else "wild")
        for window in windows(self.shown.scene):
            if window.on in here.far_m:
                yield from self.window(window, here.frame(window.on))

    def window(self, window: Window, frame: WallFrame) -> Iterator[Shape]:
        """Yield an opening: two lines side by side, closed at both ends."""
        (middle, _), (half, _) = window.at, window.half
        corners = ((middle - half, -0.06), (middle + half, -0.06), (middle + half, 0.06), (middle - half, 0.06))
        points = [self.true(tuple(frame.at(along, 0, out))) for along, out in corners]
        yield Line(tuple(points), "window", closed=True)

    def sharp(self, at: Point, half: float, depth: float) -> Iterator[Shape]:
        """Yield what lies between the near and far limits of sharpness."""
        near = self.shown.resolved.number("camera.depth_near_m")
        far = self.shown.resolved.number("camera.depth_far_m")
        if near is None or far is None:
            return
        ends = near * self.sheet.metre, depth if far == inf else min(depth, far * self.sheet.metre)
        if ends[0] < ends[1]:
            ends = ends[0], max(ends[1], ends[0] + 2)
            yield Line(wedge(at, self.shown.camera_deg, half, ends), "sharp", closed=True)

    def person(self, name: str, one: Figure) -> Iterator[Thing]:
        at, _ = self.spot(one.at)
        turn = radians(one.facing_deg)
        ahead = Point(at.x + sin(turn), at.y + cos(turn))
        upright = one.kind == "person"
        radius = max(6.0, min(14.0, (0.12 if upright else one.height_m / 2) * self.sheet.metre))
        shapes = (symbols.person if upright else symbols.thing)(at, ahead, radius)
        called = str(self.shown.resolved.value(f"subjects.{name}.name") or name.replace("_", " "))
        path = f"subjects.{name}"
        x, z = one.at[0], one.at[2]
        where = f"{_metres(x)} to the right, {_metres(-z)} to the back"
        grip: Grip = {"kind": "free", "x": f"{path}.mark.x_m", "z": f"{path}.mark.z_m", "now": [x, z]}
        yield Thing(path, f"{called}, place in the set", where, round(x, 2), -500, 500, shapes, grip)
        knob = at.towards(ahead, radius * 1.5 + 11)
        turned: Grip = {
            "kind": "turn",
            "x": x,
            "z": z,
            "base": 0,
            "azimuth": f"{path}.facing_deg",
            "now": [one.facing_deg],
        }
        facing = light.wrapped(one.facing_deg)
        ring: tuple[Shape, ...] = (Line((at.towards(ahead, radius * 1.5), knob), "arm"), Disc(knob, 4, "knob"))
        told = plain(facing, 0) + "° in the set"
        yield Thing(f"{path}.turn", f"{called} faces", told, round(facing, 1), -180, 180, ring, turned)
        self.labels.keep_clear(ring)
        self.wait(shapes, [short(called)])

    def grip(self, lamp: Lamp) -> Grip:
        resolved, at = self.shown.resolved, f"lights.{lamp.row.name}"
        if f"{at}.mark.x_m" in resolved.said and f"{at}.mark.z_m" in resolved.said:
            return {
                "kind": "free",
                "x": f"{at}.mark.x_m",
                "z": f"{at}.mark.z_m",
                "now": [lamp.at[0], lamp.at[2]],
            }
        rise = resolved.number(f"{at}.elevation_deg")
        away = [a - b for a, b in zip(lamp.at, lamp.aim, strict=True)]
        far = resolved.number(f"{at}.distance_m") or hypot(*away)
        set_deg = degrees(atan2(away[0], away[2]))
        own, frame = resolved.number(f"{at}.azimuth_deg"), resolved.value(f"{at}.frame")
        return {
            "kind": "polar",
            "x": lamp.aim[0],
            "z": lamp.aim[2],
            "base": self.base(lamp, frame),
            "flat": 0 if lamp.endless or self.spot(lamp.at)[1] else cos(radians(rise or 0)),
            "azimuth": f"{at}.azimuth_deg",
            "distance": "" if lamp.endless else f"{at}.distance_m",
            "now": [light.wrapped(set_deg - self.base(lamp, frame)) if own is None else own, far],
        }

    def base(self, lamp: Lamp, frame: Any) -> float:
        """Return where a lamp's own azimuth begins, in set axes."""
        resolved, at = self.shown.resolved, f"lights.{lamp.row.name}"
        if frame == "set":
            return 0.0
        if frame == "face":
            owner = resolved.value(f"{at}.face_of") or resolved.value(f"{at}.aimed_at")
            return dict(self.shown.figures).get(str(owner), self.shown.hero).facing_deg
        return self.shown.camera_deg

    def camera_grip(self) -> tuple[Grip, float, float, float]:
        resolved, camera = self.shown.resolved, self.shown.scene.camera
        x, _, z = camera.target
        apart = off(camera.at, x, z)
        if "camera.mark.x_m" in resolved.said and "camera.mark.z_m" in resolved.said:
            fixed: Grip = {
                "kind": "free",
                "x": "camera.mark.x_m",
                "z": "camera.mark.z_m",
                "now": [camera.at[0], camera.at[2]],
            }
            return fixed, round(camera.at[0], 2), -500, 500
        facing = resolved.number(f"subjects.{resolved.hero}.facing_deg") or 0.0
        now = light.wrapped(self.shown.camera_deg - facing)
        over = self.spot(camera.at)[1]
        grip: Grip = {
            "kind": "polar",
            "x": x,
            "z": z,
            "base": facing,
            "flat": 0 if over else 1,
            "azimuth": "camera.view_azimuth_deg",
            "distance": "camera.distance_m",
            "now": [now, resolved.number("camera.distance_m") or apart],
        }
        return grip, round(now, 1), -180, 180


class Side(View):
    """The elevation, from camera right."""

    def true(self, at: Vector) -> Point:
        """Return a place to scale, be it off the sheet."""
        deep = along(at, self.shown) * self.sheet.metre
        return Point(self.sheet.origin.x - deep, self.sheet.origin.y - at[1] * self.sheet.metre)

    def spot(self, at: Vector) -> tuple[Point, bool]:
        deep, up = along(at, self.shown), at[1]
        held = max(-self.frame.back_m + 0.2, min(self.frame.front_m - 0.2, deep))
        tall = max(-0.2, min(self.frame.top_m - 0.1, up))
        point = Point(self.sheet.origin.x - held * self.sheet.metre, self.sheet.origin.y - tall * self.sheet.metre)
        return point, held != deep or tall != up

    def ground(self) -> Iterator[Shape]:
        sheet, camera = self.sheet, self.shown.scene.camera
        yield Line((Point(0, sheet.origin.y), Point(sheet.width, sheet.origin.y)), "floor")
        for up in range(1, min(12, int(self.frame.top_m)) + 1):
            y = sheet.origin.y - up * sheet.metre
            yield Line((Point(0, y), Point(sheet.width, y)), "grid")
        at, aim = self.true(camera.at), self.true(camera.target)
        half = min(FIELD_DEG / 2, degrees(atan(camera.gate_h_mm / (2 * camera.focal_mm))))
        tilt = degrees(atan2(aim.x - at.x, aim.y - at.y)) if aim != at else 90.0
        yield Line(
            wedge(at, light.wrapped(tilt + 180), half, (0, hypot(aim.x - at.x, aim.y - at.y) + sheet.width)),
            "view",
            closed=True,
        )

    def person(self, name: str, one: Figure) -> Iterator[Thing]:
        foot, _ = self.spot(one.at)
        crown, _ = self.spot((one.at[0], one.at[1] + one.height_m, one.at[2]))
        tall = max(8.0, foot.y - crown.y)
        called = str(self.shown.resolved.value(f"subjects.{name}.name") or name.replace("_", " "))
        shapes = tuple(_standing(foot, tall) if one.kind == "person" else _block(foot, tall))
        self.sheet.ground += shapes
        self.wait(shapes, [short(called)])
        return iter(())

    def grip(self, lamp: Lamp) -> Grip:
        resolved, at = self.shown.resolved, f"lights.{lamp.row.name}"
        if {f"{at}.mark.x_m", f"{at}.mark.y_m"} & resolved.said:
            return {"kind": "lift", "y": f"{at}.mark.y_m", "now": [lamp.at[1]]}
        away = [a - b for a, b in zip(lamp.at, lamp.aim, strict=True)]
        known = resolved.number(f"{at}.elevation_deg")
        rise = degrees(atan2(away[1], hypot(away[0], away[2]))) if known is None else known
        return {
            "kind": "rise",
            "elevation": f"{at}.elevation_deg",
            "distance": "" if lamp.endless else f"{at}.distance_m",
            "now": [rise, resolved.number(f"{at}.distance_m") or hypot(*away)],
        }

    def now(self, lamp: Lamp, _azimuth: float) -> float:
        grip = self.grip(lamp)
        return float(round(grip["now"][0], 1))

    def lines(self, lamp: Lamp) -> list[str]:
        return [f"{lamp.row.number} {short(lamp.row.title)}"]

    def camera_grip(self) -> tuple[Grip, float, float, float]:
        height = self.shown.scene.camera.at[1]
        return {"kind": "lift", "y": "camera.height_m", "now": [height]}, round(height, 2), -50, 500


def short(name: str) -> str:
    """Return a name as it stands on the drawing."""
    return name if len(name) <= SHORT else name[: SHORT - 1].rstrip() + "…"


def _beam(at: Point, aim: Point, wide: float, tone: str) -> Line:
    """Return the light of a source so wide, as the subject sees it: narrow there, as wide as the source here."""
    ahead = at.towards(aim, 1)
    across = Point(-(ahead.y - at.y) * wide / 2, (ahead.x - at.x) * wide / 2)
    points = (Point(at.x + across.x, at.y + across.y), Point(at.x - across.x, at.y - across.y), aim)
    return Line(points, "beam", closed=True, tone=tone)


def wedge(at: Point, from_deg: float, half: float, ends: tuple[float, float]) -> tuple[Point, ...]:
    """Return the part of a field of view between two distances; `from_deg` is where the camera stands."""
    near, far = ends
    left, right = (radians(from_deg + 180 + turn) for turn in (-half, half))
    stretch = 1 / max(0.2, cos(radians(half)))
    corners = [(left, far), (right, far), (right, near), (left, near)] if near else [(left, far), (right, far)]
    points = tuple(Point(at.x + sin(a) * d * stretch, at.y + cos(a) * d * stretch) for a, d in corners)
    return points if near else (at, *points)


def _standing(foot: Point, tall: float) -> Iterator[Shape]:
    head = tall * 0.07
    yield Disc(Point(foot.x, foot.y - tall + head), head, "head")
    yield Line(
        tuple(
            Point(foot.x + across * tall, foot.y - up * tall)
            for across, up in ((-0.05, 0), (0.05, 0), (0.08, 0.55), (0.06, 0.84), (-0.06, 0.84), (-0.08, 0.55))
        ),
        "shoulders",
        closed=True,
    )


def _block(foot: Point, tall: float) -> Iterator[Shape]:
    half = tall / 2
    corners = ((-half, 0.0), (half, 0.0), (half, tall), (-half, tall))
    yield Line(tuple(Point(foot.x + x, foot.y - y) for x, y in corners), "head", closed=True)


def _metres(value: float) -> str:
    return f"{plain(value, 1)} m"
