"""A shot on the floor of its set: where camera, people and lamps stand, in metres and set axes.

It reads what the previz is given, so that plan, live view and still show one set.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import atan2, cos, degrees, hypot, radians, sin
from typing import NamedTuple

from app.patch import Json
from app.physics import light
from app.previz.scene import Figure, Scene, Vector
from app.previz.set_ground import Ground, ground
from app.previz.set_place import is_window
from app.previz.stage import OTHER, USUAL
from app.previz.view import view
from app.resolve import Resolved
from app.resolve.coverage import standing
from app.views import lamps
from app.views.lamps import Row

FAR_M = 8.0
"""Lamps and people up to here set the scale; what stands farther off is drawn at the rim."""

REACHES_M = (2, 2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 10, 12, 15, 20, 30, 50, 100, 200, 500, 1000, 3000)
"""How far a plan may reach from its middle: in steps, so that it does not breathe while a lamp is moved a little."""

CARD_M = 1.0
LAMP_M = 2.5
WIDEST_DEG = 100


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

    @cached_property
    def ground(self) -> Ground:
        """Where the walls of the set lie, and which of them stand for this camera."""
        return ground(self.scene, view(self.scene.camera, self.scene.aspect))

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
        if far and found:
            spot = _as_far(spot, aim, far)
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
        """Return the place of a lamp that the previz does not draw, and what it points at.

        A card of which nobody says where it stands is drawn across from the key.
        """
        resolved, at = self.resolved, f"lights.{row.name}"
        usual = USUAL.get(str(resolved.value(f"{at}.role")).rpartition(".")[2], OTHER)
        azimuth = resolved.number(f"{at}.camera_azimuth_deg")
        if azimuth is None:
            key = resolved.number(f"lights.{resolved.key}.camera_azimuth_deg") or 0.0
            side = {"left": -1.0, "right": 1.0}.get(row.side, -1.0 if key > 0 else 1.0)
            azimuth = side * (abs(usual[0]) or 90.0)
        rise = resolved.number(f"{at}.elevation_deg")
        card = row.kind == "card"
        rise = (0.0 if card else usual[1]) if rise is None else rise
        far = resolved.number(f"{at}.distance_m") or (CARD_M if card else LAMP_M)
        aimed = dict(self.figures).get(str(resolved.value(f"{at}.aimed_at")), self.hero)
        face = (aimed.at[0], aimed.at[1] + 0.92 * aimed.height_m, aimed.at[2])
        x, y, z = light.position_m(azimuth + self.camera_deg, rise, far)
        return (face[0] + x, max(0.1, face[1] + y), face[2] + z), face


def _as_far(at: Vector, aim: Vector, far_m: float) -> Vector:
    """Return the place of a lamp at its said distance: the previz brings one nearer that a wall would hide."""
    way = [a - b for a, b in zip(at, aim, strict=True)]
    share = far_m / max(hypot(*way), 1e-6)
    x, y, z = (b + part * share for b, part in zip(aim, way, strict=True))
    return x, max(0.1, y), z


def floor(resolved: Resolved, scene: Scene) -> Floor:
    """Return a shot on the floor of its set."""
    return Floor(resolved, scene, lamps.rows(resolved))


def fit(shown: Floor) -> Frame:
    """Return a frame that holds what is near; the camera too, unless it stands much farther off than all else."""
    x, _, z = shown.hero.at
    near = [one.at for one in shown.lamps if not one.endless and off(one.at, x, z) <= FAR_M]
    near += [one.at for _, one in shown.figures if off(one.at, x, z) <= FAR_M]
    far = max([off(one, x, z) for one in near], default=0.0) * 1.12
    camera = shown.scene.camera.at
    if off(camera, x, z) <= max(FAR_M, 2 * far):
        far = max(far, off(camera, x, z) * 1.08)
        near.append(camera)
    reach = next((float(one) for one in REACHES_M if one >= far), far)
    deep = [along(one, shown) for one in near]
    tops = [one[1] for one in near] + [one.at[1] + one.height_m for _, one in shown.figures]
    return Frame(
        x,
        z,
        reach,
        max(0.8, min(reach, max(deep, default=0))) + 0.5,
        max(0.8, min(reach, max([-one for one in deep], default=0))) + 0.5,
        max(2.2, min(FAR_M, max(tops, default=0))) + 0.45,
    )


def reverse(shown: Floor) -> Json:
    """Return the patch that turns the camera half way round the people: what stands in the set stays there.

    So do windows, practicals, the sun and the moon, even where they were said from the camera.
    """
    lights = {row.name: kept for row in shown.rows if (kept := _kept(shown.resolved, row))}
    return {**_turned(shown), **({"lights": lights} if lights else {})}


def _kept(resolved: Resolved, row: Row) -> Json:
    """Return the patch that keeps a lamp in the set which is part of the place, and hangs on the camera so far."""
    of_the_place = row.kind in {"window", "practical", "sun"} or is_window(resolved, row.name)
    hangs = resolved.value(f"lights.{row.name}.frame") in {None, "camera"}
    return standing(resolved, row.name) if of_the_place and hangs else {}


def _turned(shown: Floor) -> Json:
    resolved = shown.resolved
    if "camera.mark.x_m" in resolved.said and "camera.mark.z_m" in resolved.said:
        spots = [one.at for _, one in shown.figures] or [shown.hero.at]
        middle = [sum(one[axis] for one in spots) / len(spots) for axis in (0, 2)]
        said = [resolved.number(f"camera.mark.{axis}_m") or 0.0 for axis in "xz"]
        x, z = (round(2 * centre - here, 2) for centre, here in zip(middle, said, strict=True))
        return {"camera": {"mark": {"x_m": x, "z_m": z}}}
    facing = resolved.number(f"subjects.{resolved.hero}.facing_deg") or 0.0
    now = resolved.number("camera.set_azimuth_deg") or 0.0
    turned = round(light.wrapped(now - facing + 180), 1)
    patch: Json = {"view_azimuth_deg": turned}
    if "camera.view" in resolved.said:
        patch["view"] = None
    return {"camera": patch}


def off(at: Vector, x: float, z: float) -> float:
    """Return how far something stands from a place on the floor."""
    return hypot(at[0] - x, at[2] - z)


def along(at: Vector, shown: Floor) -> float:
    """Return how far something stands towards the camera from the first subject, along the camera's axis."""
    turn = radians(shown.camera_deg)
    return (at[0] - shown.hero.at[0]) * sin(turn) + (at[2] - shown.hero.at[2]) * cos(turn)
