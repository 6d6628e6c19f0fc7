"""Puts a resolved shot on the previz stage: what was said as it was said, and a note for every assumption."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import atan, atan2, cos, degrees, hypot, inf, radians, sin, tan

import numpy as np

from app.physics import optics
from app.previz import set_light
from app.previz.body_poses import eyes, said
from app.previz.body_said import CHILD_M, GROWN_UP, SURFACES, age, looks
from app.previz.scene import Camera, Colour, Figure, Finish, Flag, Lamp, Room, Scene, Vector
from app.previz.set_hour import hour, shutter_s
from app.previz.set_place import is_silhouette, room
from app.previz.view import view
from app.resolve import Resolved
from app.resolve.camera import framed_m, is_thing
from app.schema.shot import Light
from app.vocab import Term

DEFAULT_ASPECT = 16 / 9
DEFAULT_FOCAL_MM = 50.0
DEFAULT_T = 4.0
DEFAULT_GATE = (24.89, 18.66)  # Super 35, 4-perf
DEFAULT_FRAME_M = 0.761  # a medium shot
DEFAULT_BALANCE_K = 5600.0
STATURE_M = 1.75
EYES = 0.935
STEEP = radians(88)
TABLE_M = 0.75

USUAL = {  # of a lamp, by its role: azimuth, elevation, stops, angular size
    "key": (-45.0, 35.0, 0.0, 25.0),
    "fill": (40.0, 5.0, -2.5, 45.0),
    "rim": (150.0, 35.0, 0.5, 10.0),
    "back": (180.0, 45.0, 0.0, 10.0),
    "kicker": (135.0, 15.0, 0.0, 10.0),
    "hair": (170.0, 65.0, 0.0, 10.0),
    "eye": (0.0, 5.0, -2.0, 5.0),
    "practical": (150.0, -5.0, -1.0, 8.0),
}
CONTRAST_LOSS = 0.05  # of the print's contrast, for each step of a filter's own
BLUE_STREAK: Colour = (0.05, 0.16, 0.5)
GOLD_STREAK: Colour = (0.5, 0.3, 0.06)
OTHER = (0.0, 60.0, -1.0, 30.0)

ELBOW_ROOM_M = 0.62
COARSE_FROM_M = 1.5
OVER_SHOULDER = "framing.perspective.over_the_shoulder"

VIEWS = {"in_profile": 90.0, "three_quarter_view": 45.0, "from_behind": 180.0, "looking_back": 150.0}
"""How far from the camera a pose that says its view is turned, in degrees."""

SIDE_ON = 100.0

LOOKS = {r"\b(camera|lens|audience|viewer|us)\b(?! (left|right))": 0.0, r"\bleft\b": -45.0, r"\bright\b": 45.0}
"""Where an eyeline in words leads, as an azimuth from the camera's."""

NODS = {
    r"\b(letter|book|log ?book|page|phone|hands?|map|cup|floor|ground|feet|table|desk|down|drawer|screen)\b": 26.0,
    r"\b(up|sky|stars|ceiling|moon|tower|above)\b": -22.0,
}
"""How far it leads down, in degrees."""

SHAPES = {
    "cube": "cube",
    "box": "cube",
    "sphere": "sphere",
    "ball": "sphere",
    "apple": "sphere",
    "globe": "sphere",
}


@dataclass
class Stage:
    """A scene, and what had to be assumed to draw it."""

    scene: Scene
    notes: list[str] = field(default_factory=list)
    held: Vector | None = None
    """The point of the first subject that its place in the frame is told by; None without a subject."""


@dataclass
class _Set:
    """What is worked out while the stage is built. `right` and `back` are the camera's axes on the floor."""

    resolved: Resolved
    notes: list[str]
    aspect: float
    camera_deg: float
    distance_m: float
    frame_m: float
    centre: Vector

    @property
    def right(self) -> tuple[float, float]:
        """Camera right, as x and z."""
        turn = radians(self.camera_deg)
        return cos(turn), -sin(turn)


def stage(resolved: Resolved) -> Stage:
    """Return the scene of a shot. Nothing that was said is changed; what was not said is assumed, with a note."""
    notes: list[str] = []
    built = _measure(resolved, notes)
    figures = tuple(_figures(built))
    place = room(resolved, SURFACES, notes)
    built.centre = _aimed(built, figures)
    held = _held(built, figures[0]) if figures else None
    scene = Scene(
        aspect=built.aspect,
        camera=_focused(built, _placed(built, _camera(built), held), figures),
        figures=figures,
        lamps=tuple(_lamps(built, figures, place)),
        flags=tuple(_flags(built, figures)),
        room=place,
        finish=_finish(resolved),
    )
    return Stage(scene, notes, held)


def _measure(resolved: Resolved, notes: list[str]) -> _Set:
    aspect = resolved.number("framing.aspect")
    focal = resolved.number("camera.focal_mm")
    if aspect is None:
        notes.append("No aspect ratio was said: drawn at 1.78:1.")
    if focal is None:
        notes.append("No focal length was said: drawn at 50 mm.")
    gate_h = _gate(resolved, aspect or DEFAULT_ASPECT)[1]
    distance = resolved.number("camera.distance_m")
    if distance is None:
        size = resolved.term("camera.size")
        name = resolved.hero
        frame = framed_m(size, _tall(resolved, name), thing=is_thing(resolved, name)) if size else DEFAULT_FRAME_M
        if not size:
            notes.append("No shot size was said: drawn as a medium shot.")
        distance = optics.camera_distance_m(frame or DEFAULT_FRAME_M, focal or DEFAULT_FOCAL_MM, gate_h)
    distance = min(max(distance, 0.25), 60.0)
    frame = optics.frame_height_m(distance, focal or DEFAULT_FOCAL_MM, gate_h)
    azimuth = resolved.number("camera.set_azimuth_deg") or 0.0
    hero, top = _tall(resolved, resolved.hero), _top(resolved, resolved.hero)
    x, z = (resolved.number(f"subjects.{resolved.hero}.mark.{axis}_m") or 0.0 for axis in "xz")
    if "camera.mark.x_m" not in resolved.said:  # a camera with no mark looks along the set's own axis
        x, z = 0.0, 0.0
    centre = (x, _centre_m(frame, hero, top), z)
    return _Set(resolved, notes, aspect or DEFAULT_ASPECT, azimuth, distance, frame, centre)


def _gate(resolved: Resolved, aspect: float) -> tuple[float, float]:
    width, height = resolved.number("camera.gate_w_mm"), resolved.number("camera.gate_h_mm")
    if width and height:
        return width * (resolved.number("camera.squeeze") or 1), height
    return optics.crop(*DEFAULT_GATE, aspect)


def _centre_m(frame_m: float, tall_m: float, top_m: float) -> float:
    """Return the height of the frame's centre: the head near the top for what is tighter than a full figure."""
    if tall_m < 1:  # things on a table
        return TABLE_M + tall_m / 2
    if frame_m < 0.25 * tall_m / STATURE_M:
        return top_m - tall_m * (1 - EYES) - 0.03
    headroom = 0.08 * frame_m if frame_m < 1.5 else 0.06 * frame_m
    return max(top_m + headroom - frame_m / 2, min(tall_m * 0.5, frame_m * 0.4))


def _tall(resolved: Resolved, name: str) -> float:
    said_m = resolved.number(f"subjects.{name}.height_m")
    if said_m:
        return said_m
    for facet in ("age", "build", "kind"):
        term = resolved.term(f"subjects.{name}.{facet}")
        if term and "height_m" in term.numbers and not (facet == "kind" and _is_child(resolved, name)):
            return term.numbers["height_m"]
    if is_thing(resolved, name):
        return 0.2
    return CHILD_M if _is_child(resolved, name) else STATURE_M


def _is_child(resolved: Resolved, name: str) -> bool:
    return not is_thing(resolved, name) and age(resolved, name) < GROWN_UP


def _pose(resolved: Resolved, name: str) -> str:
    return resolved.pick(f"subjects.{name}.pose").rpartition(".")[2]


def _top(resolved: Resolved, name: str) -> float:
    """Return how high a subject's crown comes in its pose."""
    tall = _tall(resolved, name)
    return tall if is_thing(resolved, name) else tall * (eyes(_pose(resolved, name))[1] + 1 - EYES)


def _aimed(built: _Set, figures: tuple[Figure, ...]) -> Vector:
    """Return where the camera aims: a tight frame finds the face, and a wider one a face that its pose takes away."""
    x, y, z = built.centre
    hero = _hero(figures)
    if hero is None or built.frame_m > 1.3:
        return built.centre
    face = _face(hero)
    aside, along = face[0] - hero.at[0], face[2] - hero.at[2]
    right_x, right_z = built.right
    if hypot(aside, along) > 0.3:
        return x + aside, y, z + along
    across = aside * right_x + along * right_z
    return (x + across * right_x, y, z + across * right_z) if built.frame_m < 0.35 else built.centre


def _hero(figures: tuple[Figure, ...]) -> Figure | None:
    """Return the stand-in of the first subject, if that is a person."""
    return figures[0] if figures and figures[0].kind == "person" else None


def _held(built: _Set, figure: Figure) -> Vector:
    """Return the point of a figure that the frame holds: its middle where it is seen whole, else its face."""
    top = _top(built.resolved, built.resolved.hero)
    if figure.kind != "person" or built.frame_m < top:
        return _face(figure)
    return figure.at[0], figure.at[1] + top / 2, figure.at[2]


def _placed(built: _Set, camera: Camera, held: Vector | None) -> Camera:
    """Return the camera with the first subject as far down the frame as is said.

    It tilts; where its pitch is said and its height is not, it goes up or down instead.
    """
    resolved = built.resolved
    down = resolved.number(f"subjects.{resolved.hero}.screen_y")
    if down is None or held is None:
        return camera
    seen = view(camera.model_copy(update={"roll_deg": 0.0}), built.aspect)
    offset = np.asarray(held) - seen.origin
    slope = (1 - 2 * down) * seen.tan_y
    (x, y, z), (lens_x, lens_y, lens_z) = camera.target, camera.at
    if resolved.number("camera.pitch_deg") is not None and resolved.number("camera.height_m") is None:
        rise = float((seen.up - slope * seen.forward) @ offset / (seen.up - slope * seen.forward)[1])
        return camera.model_copy(update={"at": (lens_x, lens_y + rise, lens_z), "target": (x, y + rise, z)})
    flat = max(hypot(x - lens_x, z - lens_z), 1e-6)
    ahead = ((x - lens_x) * offset[0] + (z - lens_z) * offset[2]) / flat
    angle = atan2(offset[1], ahead) - atan(slope)
    return camera.model_copy(update={"target": (x, lens_y + flat * tan(max(-STEEP, min(STEEP, angle))), z)})


def _focused(built: _Set, camera: Camera, figures: tuple[Figure, ...]) -> Camera:
    """Return the camera with its focus on the hero's eyes, when nobody said where it lies."""
    hero = _hero(figures)
    if hero is None or built.resolved.number("camera.focus.distance_m"):
        return camera
    ahead = [to - at for at, to in zip(camera.at, camera.target, strict=True)]
    away = [to - at for at, to in zip(camera.at, _face(hero), strict=True)]
    depth = sum(a * b for a, b in zip(ahead, away, strict=True)) / max(hypot(*ahead), 1e-6)
    return camera.model_copy(update={"focus_m": depth}) if depth > 0.1 else camera


def _camera(built: _Set) -> Camera:
    resolved = built.resolved
    turn = radians(built.camera_deg)
    x, y, z = built.centre
    height, pitch = resolved.number("camera.height_m"), resolved.number("camera.pitch_deg") or 0.0
    rise = -tan(radians(max(-88.0, min(88.0, pitch)))) * built.distance_m
    flat = built.distance_m
    if abs(pitch) > 60:  # nearly over or under the subject: keep the distance, not the floor plan
        flat, rise = built.distance_m * cos(radians(pitch)), -built.distance_m * sin(radians(pitch))
    lens_y = max(0.05, height if height is not None else y + rise)
    focal = resolved.number("camera.focal_mm") or DEFAULT_FOCAL_MM
    gate_w, gate_h = _gate(resolved, built.aspect)
    if resolved.number("camera.t_stop") is None:
        built.notes.append("No T-stop was said: drawn at T4.")
    if resolved.number("camera.white_balance_k") is None:
        built.notes.append("No white balance was said: drawn on 5600 K.")
    return Camera(
        at=(x + flat * sin(turn), lens_y, z + flat * cos(turn)),
        target=built.centre,
        roll_deg=resolved.number("camera.roll_deg") or 0,
        gate_w_mm=gate_w,
        gate_h_mm=gate_h,
        focal_mm=focal,
        f_number=optics.f_number(resolved.number("camera.t_stop") or DEFAULT_T),
        focus_m=resolved.number("camera.focus.distance_m") or max(0.1, built.distance_m - 0.06),
        white_balance_k=resolved.number("camera.white_balance_k") or DEFAULT_BALANCE_K,
        shutter_s=shutter_s(resolved),
        squeeze=resolved.number("camera.squeeze") or 1,
    )


def _figures(built: _Set) -> Iterator[Figure]:
    """Yield a stand-in for each subject: at its mark, or where it stands across the frame."""
    names = [name for name, _ in built.resolved.subjects]
    spots = {name: _spot(built, name, number) for number, name in enumerate(names)}
    for name in names:
        yield _figure(built, name, spots)


def _spot(built: _Set, name: str, number: int) -> Vector:
    resolved, at = built.resolved, f"subjects.{name}"
    mark = [resolved.number(f"{at}.mark.{axis}_m") for axis in "xyz"]
    if mark[0] is not None or mark[2] is not None:
        return mark[0] or 0.0, mark[1] or _floor(resolved), mark[2] or 0.0
    across = resolved.number(f"{at}.screen_x")
    if number == 1 and _over_shoulder(resolved):
        return _near(built, across)
    right_x, right_z = built.right
    wide = built.frame_m * built.aspect
    if across is not None:
        shift = (across - 0.5) * wide
    else:
        shift = _beside(built, number, wide)
        if number:
            built.notes.append(f"Nobody said where {name} stands: drawn beside the first subject.")
    return built.centre[0] + shift * right_x, _floor(resolved), built.centre[2] + shift * right_z


def _beside(built: _Set, number: int, wide: float) -> float:
    """Return how far to camera right somebody stands whose place nobody said: one after the other, either side."""
    step = max(0.24 * wide, ELBOW_ROOM_M)
    if _over_shoulder(built.resolved):
        return -0.10 * wide
    return step * ((number + 1) // 2) * (1 if number % 2 else -1)


def _over_shoulder(resolved: Resolved) -> bool:
    people = [name for name, _ in resolved.subjects if not is_thing(resolved, name)]
    return resolved.pick("framing.perspective") == OVER_SHOULDER and len(people) > 1


def _near(built: _Set, across: float | None) -> Vector:
    """Return where the near one of an over-the-shoulder shot stands: between lens and hero, to one side."""
    away = max(0.75, min(1.3, 0.5 * built.distance_m))
    wide = built.frame_m * built.aspect * away / built.distance_m
    side = -1 if across is not None and across < 0.5 else 1
    shift = side * max(0.40 * wide, 0.18)
    turn = radians(built.camera_deg)
    x, _, z = built.centre
    lens_x, lens_z = x + built.distance_m * sin(turn), z + built.distance_m * cos(turn)
    right_x, right_z = built.right
    return lens_x - away * sin(turn) + shift * right_x, 0.0, lens_z - away * cos(turn) + shift * right_z


def _floor(resolved: Resolved) -> float:
    """Return what things stand on: a table, when there are only things that fit one."""
    names = [name for name, _ in resolved.subjects]
    return TABLE_M if names and all(is_thing(resolved, name) and _tall(resolved, name) < 1 for name in names) else 0.0


def _figure(built: _Set, name: str, spots: dict[str, Vector]) -> Figure:
    resolved, at = built.resolved, f"subjects.{name}"
    tall = _tall(resolved, name)
    if is_thing(resolved, name):
        words = " ".join(str(resolved.value(f"{at}.{key}") or "") for key in ("wardrobe", "description")).casefold()
        kind = next((shape for word, shape in SHAPES.items() if word in words), "block")
        surface = next((SURFACES[word] for word in re.findall(r"[a-z]+", words) if word in SURFACES), None)
        facing = _or(resolved.number(f"{at}.facing_deg"), built.camera_deg)
        more = {"clothes": surface} if surface else {}
        return Figure(kind=kind, at=spots[name], facing_deg=facing, height_m=tall, **more)
    facing = _facing(built, name, spots)
    turn, nod = _look(built, name, spots, facing)
    return Figure(
        at=spots[name],
        facing_deg=facing,
        height_m=tall,
        pose=_pose(resolved, name) or "standing",
        head_turn_deg=turn,
        head_nod_deg=nod,
        detail=0 if built.frame_m > COARSE_FROM_M else 1,
        **looks(resolved, name),
    )


def _facing(built: _Set, name: str, spots: dict[str, Vector]) -> float:
    """Return the azimuth that a body faces: as said, to whom it looks, as its pose is seen, or to the camera."""
    resolved, at = built.resolved, f"subjects.{name}"
    facing = resolved.number(f"{at}.facing_deg")
    if facing is not None:
        return facing
    toward = resolved.value(f"{at}.eyeline")
    others = [one for one in spots if one != name]
    if _over_shoulder(resolved) and (not isinstance(toward, str) or toward not in others):
        toward = others[0]
    if isinstance(toward, str) and toward in others:
        return _azimuth(spots[name], spots[toward])
    seen = VIEWS.get(_pose(resolved, name), 0.0)
    across = resolved.number(f"{at}.screen_x")
    into_frame = 1 if across is not None and across < 0.5 else -1
    front = 0.0 if resolved.number("camera.view_azimuth_deg") is not None else built.camera_deg
    return front + seen * (1 if seen > SIDE_ON else into_frame)


def _look(built: _Set, name: str, spots: dict[str, Vector], facing: float) -> tuple[float, float]:
    """Return how far a head turns to its own left and nods down, to look where its eyeline says."""
    resolved = built.resolved
    toward = resolved.value(f"subjects.{name}.eyeline")
    if isinstance(toward, str) and toward in spots and toward != name:
        away = max(0.3, hypot(spots[toward][0] - spots[name][0], spots[toward][2] - spots[name][2]))
        drop = _top(resolved, name) + spots[name][1] - _top(resolved, toward) - spots[toward][1]
        return _wrapped(_azimuth(spots[name], spots[toward]) - facing), degrees(atan2(drop, away))
    words = str(toward or "").casefold()
    nod = next((angle for pattern, angle in NODS.items() if re.search(pattern, words)), 0.0)
    aside = next((angle for pattern, angle in LOOKS.items() if re.search(pattern, words)), None)
    if aside is None:
        return 0.0, nod
    return _wrapped(built.camera_deg + aside - facing), nod


def _azimuth(one: Vector, other: Vector) -> float:
    return degrees(atan2(other[0] - one[0], other[2] - one[2]))


def _wrapped(angle: float) -> float:
    return (angle + 180) % 360 - 180


def _lamps(built: _Set, figures: tuple[Figure, ...], place: Room) -> Iterator[Lamp]:
    drawn = 0
    for name, light in built.resolved.lights:
        at = f"lights.{name}"
        if str(light.role) in {"light.role.background", "light.role.ambient"} or set_light.is_card(built.resolved, at):
            continue
        drawn += 1
        yield _lamp(built, name, _aimed_at(built, light, figures), place)
    if not drawn and is_silhouette(built.resolved):
        built.notes.append("A silhouette has no key: only what is behind is lit.")
    elif not drawn:
        yield _unsaid(built, figures, place)


def _aimed_at(built: _Set, light: Light, figures: tuple[Figure, ...]) -> Figure:
    order = [name for name, _ in built.resolved.subjects]
    aimed = light.aimed_at if light.aimed_at in order else built.resolved.hero
    return figures[order.index(aimed)] if aimed else Figure()


def _unsaid(built: _Set, figures: tuple[Figure, ...], place: Room) -> Lamp:
    """Return the light of a shot that says none: the sun or the moon of the hour outdoors, else a soft source."""
    if place.outdoors:
        face = _face(figures[0]) if figures else (0.0, 1.5, 0.0)
        if lamp := set_light.sky_lamp(hour(built.resolved), face):
            built.notes.append(f"No light was said: drawn under the {lamp.name} of the hour.")
            return lamp
    built.notes.append("No light was said: drawn under a soft overhead source.")
    soft = Lamp(name="room", at=(0.6, 3.2, 1.6), target=(0, 1.5, 0), size_m=1.6, stops=-0.5)
    if place.outdoors:  # the sky does the work
        soft = soft.model_copy(update={"stops": place.ambient_stops, "kelvin": place.sky_kelvin})
    return set_light.brought_in(soft, place)


def _flags(built: _Set, figures: tuple[Figure, ...]) -> Iterator[Flag]:
    """Yield the black cards that take light away."""
    for name, light in built.resolved.lights:
        face = _face(_aimed_at(built, light, figures))
        if card := set_light.flag(built.resolved, name, built.camera_deg, face):
            yield card


def _lamp(built: _Set, name: str, hero: Figure, place: Room) -> Lamp:
    resolved, at = built.resolved, f"lights.{name}"
    role = str(resolved.value(f"{at}.role")).rpartition(".")[2]
    usual = USUAL.get(role, OTHER)
    azimuth = resolved.number(f"{at}.camera_azimuth_deg")
    if azimuth is None:
        side = resolved.value(f"{at}.side")
        azimuth = abs(usual[0]) * (1 if side == "right" else -1) if side else usual[0]
        built.notes.append(f"Nobody said where the {name} stands: drawn at {azimuth:.0f}°.")
    rise = _or(resolved.number(f"{at}.elevation_deg"), usual[1])
    shape, usual_m = set_light.fitting(resolved, at)
    sun = set_light.is_sun(resolved, at, place)
    far = set_light.SUN_M if sun else resolved.number(f"{at}.distance_m") or (2.5 if hero.height_m > 1 else 1.4)
    angle = _or(resolved.number(f"{at}.angular_size_deg"), set_light.SUN_DEG if sun else usual[3])
    size = max(0.03, 2 * far * tan(radians(min(angle, 150)) / 2))
    through = set_light.gobo(resolved, name)
    if through and resolved.number(f"{at}.angular_size_deg") is None:
        usual_m = set_light.HARD_M
    if usual_m and resolved.number(f"{at}.angular_size_deg") is None:
        size = resolved.number(f"{at}.size_m") or usual_m
    face = _face(hero)
    x, y, z = set_light.around(face, azimuth + built.camera_deg, rise, far)
    lamp = Lamp(
        name=name,
        at=(x, max(0.1, y), z),
        target=face,
        size_m=size if sun else min(8.0, size),
        kelvin=resolved.number(f"{at}.seen_k") or resolved.number("camera.white_balance_k") or DEFAULT_BALANCE_K,
        tint=_tint(resolved, at),
        stops=_or(resolved.number(f"{at}.stops"), usual[2]),
        visible=_is_seen(built, name, role),
        fitting=shape,
        gobo=through,
    )
    inside = lamp if sun else set_light.brought_in(lamp, place)
    if inside is not lamp and resolved.number(f"{at}.distance_m"):
        built.notes.append(
            f"The {name} stands {far:g} m away, outside this set: drawn nearer and smaller, from where it shines and "
            "as bright and soft as it was."
        )
    return inside


def _is_seen(built: _Set, name: str, role: str) -> bool:
    """Return whether a lamp is in shot: as said; a practical belongs to the scene unless it is said to be hidden."""
    said = built.resolved.value(f"lights.{name}.visible")
    if said is None and role == "practical":
        built.notes.append(f"Nobody said whether the {name} is seen: drawn in shot where it stands in frame.")
        return True
    return bool(said)


def _face(figure: Figure) -> Vector:
    x, y, z = figure.at
    if figure.kind != "person":
        return x, y + figure.height_m / 2, z
    left, up, ahead = (share * figure.height_m for share in eyes(figure.pose))
    turn = radians(figure.facing_deg + float(said(figure.pose).get("turn", 0)))
    return x + left * cos(turn) + ahead * sin(turn), y + up - 0.026, z - left * sin(turn) + ahead * cos(turn)


def _tint(resolved: Resolved, at: str) -> Colour | None:
    hue = resolved.term(f"{at}.hue")
    if hue and "red" in hue.numbers:
        return hue.numbers["red"], hue.numbers["green"], hue.numbers["blue"]
    code = resolved.value(f"{at}.hex")
    if not code:
        return None
    red, green, blue = (int(code[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red**2.2, green**2.2, blue**2.2


def _finish(resolved: Resolved) -> Finish:
    stock, grain = resolved.term("look.stock"), resolved.term("look.grain")
    palette = resolved.term("look.palette")
    sigma = grain.numbers.get("sigma") if grain else resolved.number("look.grain_sigma")
    contrast, saturation = resolved.term("look.contrast"), resolved.term("look.saturation")
    filters = resolved.terms("camera.filters")
    artefacts = {term.id.rpartition(".")[2] for term in resolved.terms("look.artefacts")}
    air = resolved.terms("place.atmosphere")
    loss = max((one.numbers.get("contrast_loss", 0) for one in filters), default=0)
    return Finish(
        exposure_stops=resolved.number("look.exposure_stops") or 0,
        grain=0.008 if sigma is None else sigma,
        saturation=saturation.numbers.get("saturation", 1) if saturation else 1,
        contrast=(contrast.numbers.get("power", 1) if contrast else 1) * (1 - CONTRAST_LOSS * loss),
        black_and_white=any(one and one.numbers.get("monochrome") for one in (stock, palette)),
        diffusion=0.05 * max((one.numbers.get("diffusion", 0) for one in filters), default=0),
        halation=0.05
        + 0.05 * max((one.numbers.get("halation", 0) for one in filters), default=0)
        + (0.15 if artefacts & {"halation", "red_halation", "bloom"} else 0),
        vignette=2.5 if "vignette" in artefacts else 1,
        streak=_streak(filters, artefacts),
        haze_per_m=min(0.2, max((one.numbers.get("extinction_per_m", 0) for one in air), default=0)),
    )


def _streak(filters: list[Term], artefacts: set[str]) -> Colour:
    """Return the streak that a filter or a flare draws: gold for the gold one, else blue; none unless it is said."""
    streaks = [one.id for one in filters if "streak" in one.traits]
    if streaks:
        return GOLD_STREAK if "gold" in streaks[0] else BLUE_STREAK
    return BLUE_STREAK if "streak_flares" in artefacts else (0, 0, 0)


def _or(value: float | None, otherwise: float) -> float:
    return otherwise if value is None or value in {inf, -inf} else value
