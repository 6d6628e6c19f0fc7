"""All set-ups of a scene on one plan: where each camera stands, who stands where, the lamps, and the line of action."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import atan, cos, degrees, hypot, radians, sin

from app.compile.wording import plain
from app.previz.scene import Figure, Vector
from app.previz.stage import stage
from app.resolve import Resolved
from app.views import lamps, symbols
from app.views.floor import REACHES_M, Floor, Frame, Lamp, floor, off
from app.views.labels import Labels
from app.views.plan import Above, Drawing, Thing, short, wedge
from app.views.shapes import Box, Line, Point, Shape, bounds

SIZE = (860, 560)
SAME_M = 0.35
"""What stands nearer than this in two shots stands in the same place."""

ROUND_M = 1.1
"""Room round what stands farthest out."""

NEAREST_M = 3.5
"""Up to here a camera is drawn to scale, however close people and lamps stand."""

FIELD_DEG = 150
BEYOND_M = 1.2
"""How far the line of action is drawn beyond the people."""

WEDGE_M = 2.2
"""How far beyond what it looks at the field of a camera is drawn."""


@dataclass(frozen=True)
class Setup:
    """One camera position, in words."""

    id: str
    slate: str
    name: str
    lens: str
    stands: str
    crosses: bool
    """Whether it stands on the other side of the line than the first set-up does."""


@dataclass
class Person:
    """Somebody in one place, as the first shot has them that shows them there."""

    at: Vector
    key: str
    called: str
    figure: Figure
    slates: list[str] = field(default_factory=list)


@dataclass
class Source:
    """A lamp in one place, as the first shot has it that is lit by it from there."""

    at: Vector
    key: str
    lamp: Lamp
    slates: list[str] = field(default_factory=list)

    @property
    def called(self) -> tuple[str, str]:
        """What it is called, and its kind."""
        return self.lamp.row.title, self.lamp.row.kind


@dataclass(frozen=True)
class SetupPlan:
    """The drawing, and the set-ups as a list."""

    above: Drawing
    setups: tuple[Setup, ...]
    line: tuple[str, str] | None
    """Between whom the line of action runs."""


@dataclass(frozen=True)
class Shown:
    """A shot of the scene on its floor."""

    id: str
    slate: str
    name: str
    floor: Floor


def setups(shots: Sequence[tuple[str, str, str, Resolved]]) -> SetupPlan | None:
    """Return the plan of a scene, from ids, slates and names with their shots; None for a scene without shots."""
    shown = [Shown(name, slate or title, title, floor(one, stage(one).scene)) for name, slate, title, one in shots]
    if not shown:
        return None
    people, sources = _people(shown), _sources(shown)
    frame = _frame(shown, people, sources)
    metre = min(SIZE) * 0.46 / frame.reach_m
    origin = Point(SIZE[0] / 2 - frame.x_m * metre, SIZE[1] / 2 - frame.z_m * metre)
    drawing = Drawing("setups", "Set-ups of the scene, from above", *SIZE, metre, origin)
    line = _line(shown, people)
    _Setups(shown, frame, drawing, people, sources, line).draw_all()
    told = tuple(_told(one, shown[0], line) for one in shown)
    return SetupPlan(drawing, told, (line[0].called, line[1].called) if line else None)


class _Setups(Above):
    """The plan of the first shot's set, with everybody and every camera of the scene on it."""

    def __init__(
        self,
        shown: Sequence[Shown],
        frame: Frame,
        drawing: Drawing,
        people: Sequence[Person],
        sources: Sequence[Source],
        line: tuple[Person, Person] | None,
    ) -> None:
        super().__init__(shown[0].floor, frame, drawing)
        self.shots, self.people, self.sources, self.line = shown, people, sources, line
        self.labels = Labels(Box(2, 2, drawing.width - 2, drawing.height - 2))

    def draw_all(self) -> None:
        """Draw fields of view under the line, people and lamps over it, cameras on top, then the labels."""
        self.sheet.ground += [*self.grid(), *self.walls()]
        for one in self.shots:
            self.sheet.ground.append(self.field(one))
        self.sheet.ground += self.axis()
        self.labels.taken.append(bounds(self.bar()))
        for person in self.people:
            self.stand(person)
        for source in self.sources:
            self.shine(source)
        for shots in _together(self.shots):
            self.look(shots)
        middle = Point(self.sheet.width / 2, self.sheet.height / 2)
        for lines, shapes in self.waiting:
            self.labels.put(lines, bounds(shapes), middle)
        self.sheet.labels += [*self.labels.shapes, *self.bar()]

    def field(self, one: Shown) -> Shape:
        """Return what a camera sees, to a little behind its subject."""
        camera = one.floor.scene.camera
        half = min(FIELD_DEG / 2, degrees(atan(camera.gate_w_mm / (2 * camera.focal_mm))))
        far = (off(camera.at, camera.target[0], camera.target[2]) + WEDGE_M) * self.sheet.metre
        return Line(wedge(self.true(camera.at), one.floor.camera_deg, half, (0, far)), "view", closed=True)

    def axis(self) -> Iterator[Shape]:
        """Yield the line of action, which cameras of one run of shots do not cross."""
        if self.line is None:
            return
        first, second = (self.true(one.at) for one in self.line)
        far = hypot(second.x - first.x, second.y - first.y) + BEYOND_M * self.sheet.metre
        yield Line((second.towards(first, far), first.towards(second, far)), "axis")

    def stand(self, person: Person) -> None:
        at = self.true(person.at)
        turn = radians(person.figure.facing_deg)
        ahead = Point(at.x + sin(turn), at.y + cos(turn))
        upright = person.figure.kind == "person"
        radius = max(6.0, min(14.0, (0.12 if upright else person.figure.height_m / 2) * self.sheet.metre))
        shapes = (symbols.person if upright else symbols.thing)(at, ahead, radius)
        self.put(person.key, person.called, self.only(person.slates), shapes)

    def shine(self, source: Source) -> None:
        lamp = source.lamp
        at, far = self.spot(lamp.at)
        aim, _ = self.spot(lamp.aim)
        shapes = symbols.lamp(lamp.row.kind, at, aim, 0, lamp.row.tone)
        if far or lamp.endless:
            shapes += symbols.broken(at, aim)
        told = "; ".join(part for part in (self.only(source.slates), lamps.reading(lamp.row)) if part)
        self.put(source.key, lamp.row.title, told, shapes)

    def only(self, slates: Sequence[str]) -> str:
        """Say in which shots something stands there, where it does not in all."""
        others = [one.slate for one in self.shots if one.slate not in slates]
        if not others:
            return ""
        return ", ".join(slates) if len(slates) <= len(others) else f"all but {', '.join(others)}"

    def look(self, shots: Sequence[Shown]) -> None:
        """Draw one camera position, with all that is shot from it."""
        camera = shots[0].floor.scene.camera
        at, far = self.spot(camera.at)
        aim, _ = self.spot(camera.target)
        shapes = symbols.camera(at, aim)
        if far:
            shapes += symbols.broken(at, aim)
        lenses = dict.fromkeys(f"{plain(one.floor.scene.camera.focal_mm, 0)} mm" for one in shots)
        self.put(f"camera.{shots[0].id}", ", ".join(one.slate for one in shots), ", ".join(lenses), shapes)

    def put(self, key: str, label: str, told: str, shapes: tuple[Shape, ...]) -> None:
        self.sheet.things.append(Thing(key, label, told, 0, 0, 0, shapes, {}))
        self.wait(shapes, [short(label), *([told] if told else [])])


def _told(one: Shown, first: Shown, line: tuple[Person, Person] | None) -> Setup:
    camera = one.floor.scene.camera
    apart = off(camera.at, camera.target[0], camera.target[2])
    side, before = (_side(shot, line) for shot in (one, first))
    return Setup(
        one.id,
        one.slate,
        one.name,
        f"{plain(camera.focal_mm, 0)} mm",
        f"{plain(apart, 1)} m away, {plain(camera.at[1], 2)} m high",
        crosses=side * before < 0,
    )


def _side(one: Shown, line: tuple[Person, Person] | None) -> float:
    """Return on which side of the line a camera stands: its sign, 0 on the line or without one."""
    if line is None:
        return 0.0
    (ax, _, az), (bx, _, bz) = line[0].at, line[1].at
    x, _, z = one.floor.scene.camera.at
    found = (bx - ax) * (z - az) - (bz - az) * (x - ax)
    return 0.0 if abs(found) < 1e-6 else found


def _line(shown: Sequence[Shown], people: Sequence[Person]) -> tuple[Person, Person] | None:
    """Return the two between whom the line runs: the first two that a shot of the scene has together."""
    upright = [one for one in people if one.figure.kind == "person"]
    for shot in shown:
        pair = [one for one in upright if shot.slate in one.slates]
        if len(pair) > 1:
            return pair[0], pair[1]
    return None


def _people(shown: Sequence[Shown]) -> list[Person]:
    found: list[Person] = []
    for shot in shown:
        for name, figure in shot.floor.figures:
            called = str(shot.floor.resolved.value(f"subjects.{name}.name") or name.replace("_", " "))
            same = next((one for one in found if one.called == called and _near(one.at, figure.at)), None)
            if same is None:
                same = Person(figure.at, f"{shot.id}.{name}", called, figure)
                found.append(same)
            same.slates.append(shot.slate)
    return found


def _sources(shown: Sequence[Shown]) -> list[Source]:
    found: list[Source] = []
    for shot in shown:
        for lamp in shot.floor.lamps:
            row = lamp.row
            same = next((one for one in found if one.called == (row.title, row.kind) and _near(one.at, lamp.at)), None)
            if same is None:
                same = Source(lamp.at, f"{shot.id}.{row.name}", lamp)
                found.append(same)
            same.slates.append(shot.slate)
    return found


def _together(shown: Sequence[Shown]) -> list[list[Shown]]:
    """Return the shots by camera position."""
    found: list[list[Shown]] = []
    for one in shown:
        at = one.floor.scene.camera.at
        same = next((some for some in found if _near(some[0].floor.scene.camera.at, at)), None)
        if same is None:
            found.append([one])
        else:
            same.append(one)
    return found


def _frame(shown: Sequence[Shown], people: Sequence[Person], sources: Sequence[Source]) -> Frame:
    """Return a frame that holds people, lamps and cameras; a camera much farther off than all else is at the rim."""
    near = [one.at for one in people] or [shown[0].floor.hero.at]
    near += [one.at for one in sources if not one.lamp.endless]
    x, z = _middle(near)
    reach = max(NEAREST_M, 2 * max(off(one, x, z) for one in near))
    near += [at for one in shown if off(at := one.floor.scene.camera.at, x, z) <= reach]
    x, z = _middle(near)
    far = max(off(one, x, z) for one in near) + ROUND_M
    reach = next((float(one) for one in REACHES_M if one >= far), far)
    return Frame(x, z, reach, reach, reach, reach)


def _middle(spots: Sequence[Vector]) -> tuple[float, float]:
    x, z = ((min(one[axis] for one in spots) + max(one[axis] for one in spots)) / 2 for axis in (0, 2))
    return x, z


def _near(one: Vector, other: Vector) -> bool:
    return hypot(one[0] - other[0], one[2] - other[2]) <= SAME_M
