"""The light plan of a shot: where camera, people and lamps stand, drawn to scale from above and from the side.

It draws what the previz is given, so that plan, live view and still show one set. Places are metres in set axes; a
drawing is in units, y down. What stands too far off is drawn at the rim, with a mark across its beam.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import atan, atan2, ceil, cos, degrees, hypot, inf, radians, sin, tan
from typing import Any, NamedTuple

from app.physics import light
from app.previz.scene import Figure, Scene, Vector
from app.previz.stage import OTHER, USUAL
from app.resolve import Resolved
from app.web import lamps, symbols
from app.web.labels import Labels
from app.web.lamps import Row
from app.web.shapes import Box, Disc, Line, Point, Shape, Words, bounds

FAR_M = 8.0
"""Lamps and people up to here set the scale; what stands farther off is drawn at the rim."""

REACHES_M = (2, 2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 10, 12, 15, 20, 30, 50, 100, 200, 500, 1000, 3000)
"""How far a plan may reach from its middle: in steps, so that it does not breathe while a lamp is moved a little."""

ABOVE, SIDE = (360, 340), (260, 210)
"""The sheets of the shot page, in units: about pixels where both stand beside each other."""

CARD_M = 1.0
LAMP_M = 2.5
SHORT = 18
"""Letters of a name on the drawing; the lamp list has the whole."""

WIDEST_DEG = 100
FIELD_DEG = 150


class Frame(NamedTuple):
    """What the drawings show: the middle and reach from above; from the side how far to the front, back and up."""

    x_m: float
    z_m: float
    reach_m: float
    front_m: float
    back_m: float
    top_m: float


@dataclass(frozen=True)
class Lamp:
    """A lamp in the set. `placed` is false where nobody said from where it shines: its place is the previz' guess."""

    row: Row
    at: Vector
    aim: Vector
    placed: bool
    wide_deg: float
    endless: bool
    cut: bool


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
    grip: dict[str, Any]
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
class Floor:
    """A shot on the floor of its set: the previz' scene, and every lamp that has a place."""

    resolved: Resolved
    scene: Scene
    rows: Sequence[Row]

    @cached_property
    def camera_deg(self) -> float:
        """Where the camera stands round the middle, in set axes."""
        at, target = self.scene.camera.at, self.scene.camera.target
        across, along = at[0] - target[0], at[2] - target[2]
        return degrees(atan2(across, along)) if across or along else 0.0

    @cached_property
    def figures(self) -> list[tuple[str, Figure]]:
        """Everybody by name."""
        return list(zip((name for name, _ in self.resolved.subjects), self.scene.figures, strict=False))

    @cached_property
    def hero(self) -> Figure:
        """The first subject; where there is nobody, the point that the camera looks at."""
        x, _, z = self.scene.camera.target
        return self.figures[0][1] if self.figures else Figure(at=(x, 0, z), facing_deg=self.camera_deg)

    @cached_property
    def lamps(self) -> list[Lamp]:
        """Every lamp that stands somewhere: even light from everywhere does not."""
        return [lamp for row in self.rows if (lamp := self._lamp(row))]

    @property
    def unplaced(self) -> list[Row]:
        """The lamps that stand nowhere."""
        drawn = {lamp.row.name for lamp in self.lamps}
        return [row for row in self.rows if row.name not in drawn]

    def _lamp(self, row: Row) -> Lamp | None:
        resolved, at = self.resolved, f"lights.{row.name}"
        placed = resolved.number(f"{at}.camera_azimuth_deg") is not None
        found = next((one for one in self.scene.lamps if one.name == row.name), None)
        if found is None and not placed and row.kind != "card":
            return None
        far = resolved.number(f"{at}.distance_m")
        spot, aim = (found.at, found.target) if found and row.kind != "card" else self._stand(row)
        return Lamp(
            row=row,
            at=spot,
            aim=aim,
            placed=placed,
            wide_deg=min(WIDEST_DEG, resolved.number(f"{at}.angular_size_deg") or 0),
            endless=row.kind == "sun" and far is None,
            cut=row.kind != "card" and any("cuts" in term.traits for term in resolved.terms(f"{at}.modifiers")),
        )

    def _stand(self, row: Row) -> tuple[Vector, Vector]:
        """Return the place of a lamp that the previz does not draw, and what it points at."""
        resolved, at = self.resolved, f"lights.{row.name}"
        usual = USUAL.get(str(resolved.value(f"{at}.role")).rpartition(".")[2], OTHER)
        azimuth = resolved.number(f"{at}.camera_azimuth_deg")
        if azimuth is None:
            side = {"left": -1.0, "right": 1.0}.get(row.side)
            azimuth = usual[0] if side is None else side * (abs(usual[0]) or 90.0)
        rise = resolved.number(f"{at}.elevation_deg")
        card = row.kind == "card"
        rise = (0.0 if card else usual[1]) if rise is None else rise
        far = resolved.number(f"{at}.distance_m") or (CARD_M if card else LAMP_M)
        aimed = dict(self.figures).get(str(resolved.value(f"{at}.aimed_at")), self.hero)
        face = (aimed.at[0], aimed.at[1] + 0.92 * aimed.height_m, aimed.at[2])
        x, y, z = light.position_m(azimuth + self.camera_deg, rise, far)
        return (face[0] + x, max(0.1, face[1] + y), face[2] + z), face


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
    reverse: dict[str, Any]


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
        reverse=reverse(shown),
    )


def floor(resolved: Resolved, scene: Scene) -> Floor:
    """Return a shot on the floor of its set."""
    return Floor(resolved, scene, lamps.rows(resolved))


def fit(shown: Floor) -> Frame:
    """Return a frame that holds what is near; the camera too, unless it stands much farther off than all else."""
    x, _, z = shown.hero.at
    near = [one.at for one in shown.lamps if not one.endless and _off(one.at, x, z) <= FAR_M]
    near += [one.at for _, one in shown.figures if _off(one.at, x, z) <= FAR_M]
    far = max([_off(one, x, z) for one in near], default=0.0) * 1.12
    camera = shown.scene.camera.at
    if _off(camera, x, z) <= max(FAR_M, 2 * far):
        far = max(far, _off(camera, x, z) * 1.08)
        near.append(camera)
    reach = next((float(one) for one in REACHES_M if one >= far), far)
    along = [_along(one, shown) for one in near]
    tops = [one[1] for one in near] + [one.at[1] + one.height_m for _, one in shown.figures]
    return Frame(
        x,
        z,
        reach,
        max(0.8, min(reach, max(along, default=0))) + 0.5,
        max(0.8, min(reach, max([-one for one in along], default=0))) + 0.5,
        max(2.2, min(FAR_M, max(tops, default=0))) + 0.3,
    )


def from_above(shown: Floor, frame: Frame, width: float, height: float, metre: float = 0) -> Drawing:
    """Return the plan: the set's z axis points down, so that the default camera stands below."""
    metre = metre or min(width, height) * 0.47 / frame.reach_m
    origin = Point(width / 2 - frame.x_m * metre, height / 2 - frame.z_m * metre)
    drawing = Drawing("plan", "Plan, from above", width, height, metre, origin)
    _Above(shown, frame, drawing).draw()
    return drawing


def from_the_side(shown: Floor, frame: Frame, width: float, height: float, metre: float = 0) -> Drawing:
    """Return the side elevation, seen from camera right: the camera stands on the left."""
    metre = metre or min(width / (frame.front_m + frame.back_m), (height - 22) / frame.top_m)
    spare = (width - metre * (frame.front_m + frame.back_m)) / 2
    origin = Point(spare + frame.front_m * metre, height - 20)
    drawing = Drawing("side", "Side elevation, from camera right", width, height, metre, origin)
    _Side(shown, frame, drawing).draw()
    return drawing


class _View:
    """What both views share."""

    def __init__(self, shown: Floor, frame: Frame, drawing: Drawing) -> None:
        self.shown, self.frame, self.sheet = shown, frame, drawing
        self.labels = Labels(Box(2, 2, drawing.width - 2, drawing.height - 2))
        self.waiting: list[tuple[list[str], tuple[Shape, ...]]] = []

    def spot(self, at: Vector) -> tuple[Point, bool]:
        """Return where something is drawn, and whether that is the rim."""
        raise NotImplementedError

    def person(self, name: str, one: Figure) -> Iterator[Thing]:
        raise NotImplementedError

    def grip(self, lamp: Lamp) -> dict[str, Any]:
        raise NotImplementedError

    def ground(self) -> Iterator[Shape]:
        raise NotImplementedError

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
        told = ", ".join(
            part for part in (row.place, lamps.reading(row), row.level if row.level == "at exposure" else "") if part
        )
        azimuth = self.shown.resolved.number(f"lights.{row.name}.camera_azimuth_deg") or 0
        now = self.now(lamp, azimuth)
        self.add(
            Thing(
                key=f"lights.{row.name}",
                label=f"{row.title}, {symbols.SPOKEN[row.kind]}",
                spoken=told if lamp.placed else f"place not said, drawn by the previz; {told}",
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
        apart = _off(camera.at, camera.target[0], camera.target[2])
        spoken = f"{lamps.plain(apart, 1)} m from the subject, {lamps.plain(camera.at[1], 2)} m high"
        grip, now, low, high = self.camera_grip()
        thing = Thing("camera", "Camera", spoken, now, low, high, shapes, grip)
        self.add(thing, ["Camera", *([f"{lamps.plain(apart, 1)} m"] if far else [])])

    def camera_grip(self) -> tuple[dict[str, Any], float, float, float]:
        raise NotImplementedError

    def bar(self) -> list[Shape]:
        """Return the scale: so many metres as a line."""
        long = next((one for one in (5, 2, 1, 0.5, 10, 50, 100) if 36 <= one * self.sheet.metre <= 110), 1)
        x, y = 10.0, self.sheet.height - 8
        end = x + min(long * self.sheet.metre, self.sheet.width - 60)
        ticks = (Line((Point(x, y - 3), Point(x, y), Point(end, y), Point(end, y - 3)), "scale"),)
        return [*ticks, Words(Point(end + 5, y + 1), f"{long:g} m", size=10)]


class _Above(_View):
    def spot(self, at: Vector) -> tuple[Point, bool]:
        x, z = at[0] - self.frame.x_m, at[2] - self.frame.z_m
        far = hypot(x, z)
        over = far > self.frame.reach_m
        if over:
            x, z = (one * self.frame.reach_m / far for one in (x, z))
        metre = self.sheet.metre
        return Point(self.sheet.width / 2 + x * metre, self.sheet.height / 2 + z * metre), over

    def true(self, x: float, z: float) -> Point:
        """Return a place on the sheet wherever it lies."""
        return Point(self.sheet.origin.x + x * self.sheet.metre, self.sheet.origin.y + z * self.sheet.metre)

    def ground(self) -> Iterator[Shape]:
        yield from self.grid()
        camera = self.shown.scene.camera
        half = min(FIELD_DEG / 2, degrees(atan(camera.gate_w_mm / (2 * camera.focal_mm))))
        at, _ = self.spot(camera.at)
        reach = self.frame.reach_m * self.sheet.metre
        depth = hypot(at.x - self.sheet.width / 2, at.y - self.sheet.height / 2) + reach
        yield Line(_wedge(at, self.shown.camera_deg, half, (0, depth)), "view", closed=True)
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

    def sharp(self, at: Point, half: float, depth: float) -> Iterator[Shape]:
        """Yield what lies between the near and far limits of sharpness, where the camera stands to scale."""
        near = self.shown.resolved.number("camera.depth_near_m")
        far = self.shown.resolved.number("camera.depth_far_m")
        if near is None or far is None or self.spot(self.shown.scene.camera.at)[1]:
            return
        ends = near * self.sheet.metre, depth if far == inf else min(depth, far * self.sheet.metre)
        if ends[0] < ends[1]:
            ends = ends[0], max(ends[1], ends[0] + 2)
            yield Line(_wedge(at, self.shown.camera_deg, half, ends), "sharp", closed=True)

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
        grip = {"kind": "free", "x": f"{path}.mark.x_m", "z": f"{path}.mark.z_m", "now": [x, z]}
        yield Thing(path, f"{called}, place in the set", where, round(x, 2), -500, 500, shapes, grip)
        knob = at.towards(ahead, radius * 1.5 + 11)
        turned = {"kind": "turn", "x": x, "z": z, "base": 0, "azimuth": f"{path}.facing_deg", "now": [one.facing_deg]}
        facing = light.wrapped(one.facing_deg)
        ring: tuple[Shape, ...] = (Line((at.towards(ahead, radius * 1.5), knob), "arm"), Disc(knob, 4, "knob"))
        told = lamps.plain(facing, 0) + "° in the set"
        yield Thing(f"{path}.turn", f"{called} faces", told, round(facing, 1), -180, 180, ring, turned)
        self.labels.keep_clear(ring)
        self.wait(shapes, [short(called)])

    def grip(self, lamp: Lamp) -> dict[str, Any]:
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

    def camera_grip(self) -> tuple[dict[str, Any], float, float, float]:
        resolved, camera = self.shown.resolved, self.shown.scene.camera
        x, _, z = camera.target
        apart = _off(camera.at, x, z)
        if "camera.mark.x_m" in resolved.said and "camera.mark.z_m" in resolved.said:
            grip = {"kind": "free", "x": "camera.mark.x_m", "z": "camera.mark.z_m", "now": [camera.at[0], camera.at[2]]}
            return grip, round(camera.at[0], 2), -500, 500
        facing = resolved.number(f"subjects.{resolved.hero}.facing_deg") or 0.0
        now = light.wrapped(self.shown.camera_deg - facing)
        over = self.spot(camera.at)[1]
        grip = {
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


class _Side(_View):
    def spot(self, at: Vector) -> tuple[Point, bool]:
        along, up = _along(at, self.shown), at[1]
        held = max(-self.frame.back_m + 0.2, min(self.frame.front_m - 0.2, along))
        tall = max(-0.2, min(self.frame.top_m - 0.1, up))
        point = Point(self.sheet.origin.x - held * self.sheet.metre, self.sheet.origin.y - tall * self.sheet.metre)
        return point, held != along or tall != up

    def ground(self) -> Iterator[Shape]:
        sheet, camera = self.sheet, self.shown.scene.camera
        yield Line((Point(0, sheet.origin.y), Point(sheet.width, sheet.origin.y)), "floor")
        for up in range(1, min(12, int(self.frame.top_m)) + 1):
            y = sheet.origin.y - up * sheet.metre
            yield Line((Point(0, y), Point(sheet.width, y)), "grid")
        at, _ = self.spot(camera.at)
        aim, _ = self.spot(camera.target)
        half = min(FIELD_DEG / 2, degrees(atan(camera.gate_h_mm / (2 * camera.focal_mm))))
        tilt = degrees(atan2(aim.x - at.x, aim.y - at.y)) if aim != at else 90.0
        yield Line(_wedge(at, light.wrapped(tilt + 180), half, (0, sheet.width)), "view", closed=True)

    def person(self, name: str, one: Figure) -> Iterator[Thing]:
        foot, _ = self.spot(one.at)
        crown, _ = self.spot((one.at[0], one.at[1] + one.height_m, one.at[2]))
        tall = max(8.0, foot.y - crown.y)
        called = str(self.shown.resolved.value(f"subjects.{name}.name") or name.replace("_", " "))
        shapes = tuple(_standing(foot, tall) if one.kind == "person" else _block(foot, tall))
        self.sheet.ground += shapes
        self.wait(shapes, [short(called)])
        return iter(())

    def grip(self, lamp: Lamp) -> dict[str, Any]:
        at = f"lights.{lamp.row.name}"
        if f"{at}.mark.y_m" in self.shown.resolved.said:
            return {"kind": "lift", "y": f"{at}.mark.y_m", "now": [lamp.at[1]]}
        away = [a - b for a, b in zip(lamp.at, lamp.aim, strict=True)]
        far = self.shown.resolved.number(f"{at}.distance_m") or hypot(*away)
        known = self.shown.resolved.number(f"{at}.elevation_deg")
        rise = degrees(atan2(away[1], hypot(away[0], away[2]))) if known is None else known
        path = "" if f"{at}.mark.x_m" in self.shown.resolved.said else f"{at}.elevation_deg"
        flat = "" if lamp.endless or not path else f"{at}.distance_m"
        return (
            {
                "kind": "rise",
                "y": lamp.aim[1],
                "elevation": path or f"{at}.mark.y_m",
                "distance": flat,
                "now": [rise, far],
            }
            if path
            else {"kind": "lift", "y": f"{at}.mark.y_m", "now": [lamp.at[1]]}
        )

    def now(self, lamp: Lamp, _azimuth: float) -> float:
        grip = self.grip(lamp)
        return float(round(grip["now"][0], 1))

    def lines(self, lamp: Lamp) -> list[str]:
        return [f"{lamp.row.number} {short(lamp.row.title)}"]

    def camera_grip(self) -> tuple[dict[str, Any], float, float, float]:
        height = self.shown.scene.camera.at[1]
        return {"kind": "lift", "y": "camera.height_m", "now": [height]}, round(height, 2), -50, 500


def reverse(shown: Floor) -> dict[str, Any]:
    """Return the patch that turns the camera half way round the people: what stands in the set stays there."""
    resolved = shown.resolved
    if "camera.mark.x_m" in resolved.said and "camera.mark.z_m" in resolved.said:
        spots = [one.at for _, one in shown.figures] or [shown.hero.at]
        middle = [sum(one[axis] for one in spots) / len(spots) for axis in (0, 2)]
        at = shown.scene.camera.at
        said = [resolved.number(f"camera.mark.{axis}_m") or 0.0 for axis in "xz"] if at else [at[0], at[2]]
        x, z = (round(2 * centre - here, 2) for centre, here in zip(middle, said, strict=True))
        return {"camera": {"mark": {"x_m": x, "z_m": z}}}
    facing = resolved.number(f"subjects.{resolved.hero}.facing_deg") or 0.0
    now = resolved.number("camera.set_azimuth_deg") or 0.0
    turned = round(light.wrapped(now - facing + 180), 1)
    patch: dict[str, Any] = {"view_azimuth_deg": turned}
    if "camera.view" in resolved.said:
        patch["view"] = None
    return {"camera": patch}


def short(name: str) -> str:
    """Return a name as it stands on the drawing."""
    return name if len(name) <= SHORT else name[: SHORT - 1].rstrip() + "…"


def _off(at: Vector, x: float, z: float) -> float:
    return hypot(at[0] - x, at[2] - z)


def _along(at: Vector, shown: Floor) -> float:
    """Return how far something stands towards the camera from the first subject, along the camera's axis."""
    turn = radians(shown.camera_deg)
    return (at[0] - shown.hero.at[0]) * sin(turn) + (at[2] - shown.hero.at[2]) * cos(turn)


def _beam(at: Point, aim: Point, wide: float, tone: str) -> Line:
    """Return the light of a source so wide, as the subject sees it: narrow there, as wide as the source here."""
    ahead = at.towards(aim, 1)
    across = Point(-(ahead.y - at.y) * wide / 2, (ahead.x - at.x) * wide / 2)
    points = (Point(at.x + across.x, at.y + across.y), Point(at.x - across.x, at.y - across.y), aim)
    return Line(points, "beam", closed=True, tone=tone)


def _wedge(at: Point, from_deg: float, half: float, ends: tuple[float, float]) -> tuple[Point, ...]:
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
    return f"{lamps.plain(value, 1)} m"
