"""The room of a shot: which set suits what was said of the place, at which hour, and in what light."""

import re

from app.physics.light import wrapped
from app.previz.scene import Colour, Room
from app.previz.set_hour import SNOWED, Hour, falls, hour, sun_deg, weather, wet
from app.previz.set_plan import Plan, plan_of
from app.resolve import Resolved

_WINDOW = re.compile(r"\bwindow|\bpanes?\b|light\.source\.(window_light|skylight|daylight)")
_BEHIND_DEG, _BEFORE_DEG = 120, 20  # a window light from here on is in the back wall; up to here in the front wall
_INDOOR_AMBIENT = -4.5
_OVER_ROOM = 2.0
"""Stops by which a day outside outshines the day that a street would be exposed for: the room is exposed for itself."""
_SILHOUETTE = {"background": 1.5, "ambient": -7.0}
"""Levels of a silhouette that says none: the ground behind far over what falls on the subject."""

_SNOW: Colour = (0.78, 0.8, 0.83)
_COLOURED = frozenset(["coloured_paper", "colour_void", "projection"])


def room(resolved: Resolved, surfaces: dict[str, Colour], notes: list[str]) -> Room:
    """Return the room of a shot; `surfaces` are the colours that words stand for."""
    plan, now = plan_of(resolved), hour(resolved)
    if (plan.outdoors or plan.window) and sun_deg(resolved) is None and not resolved.pick("place.time"):
        notes.append("No time of day was said: drawn by day.")
    if plan.id == "room" and not resolved.pick("place.setting") and not resolved.pick("place.location"):
        notes.append("No place was said: drawn in a plain room.")
    outdoors = plan.outdoors
    seen = resolved.number("lighting.background_stops")
    usual = _SILHOUETTE if is_silhouette(resolved) else {"background": plan.level_stops, "ambient": _ambient(plan, now)}
    even = resolved.number("lighting.ambient_stops")
    sky = now.sky_stops + (_OVER_ROOM if not outdoors and not now.night else 0)
    floor = _SNOW if outdoors and _is_snowed(resolved) else plan.floor
    wall = _said_colour(resolved, surfaces) or plan.wall
    return Room(
        plan=plan.id,
        wall_m=_wall_m(resolved, plan),
        front_m=plan.front_m,
        half_m=plan.half_m,
        ceiling_m=plan.ceiling_m,
        wall=wall,
        floor=wall if plan.cove_m else floor,
        background_stops=_level(resolved, "background", usual["background"]) if seen is None else seen,
        ambient_stops=_level(resolved, "ambient", usual["ambient"]) if even is None else even,
        outdoors=outdoors,
        sky_kelvin=now.sky_kelvin,
        zenith_kelvin=now.zenith_kelvin,
        sky_stops=seen if seen is not None and (outdoors or plan.window) else sky,
        night=now.night,
        wet=outdoors and wet(resolved),
        falls=falls(resolved) if outdoors else "",
        window=_window(resolved, plan),
    )


def _wall_m(resolved: Resolved, plan: Plan) -> float:
    """Return how far behind the hero the wall stands: as said, else as the set has it."""
    said = resolved.number("place.background_m")
    return plan.wall_m if said is None or plan.outdoors else max(0.4, said)


def is_silhouette(resolved: Resolved) -> bool:
    """Tell whether the subject is meant to be dark before what is lit."""
    return bool(resolved.where("lighting.setup.silhouette", "light.effect.silhouette"))


def _ambient(plan: Plan, now: Hour) -> float:
    return now.ambient_stops if plan.outdoors or not plan.high_m else _INDOOR_AMBIENT


def _level(resolved: Resolved, role: str, otherwise: float) -> float:
    """Return the level of the first light in a role that has one."""
    levels = [resolved.number(f"lights.{name}.stops") for name, one in resolved.lights if _role(one.role) == role]
    return next((level for level in levels if level is not None), otherwise)


def _role(said: object) -> str:
    return str(said).rpartition(".")[2]


def _is_snowed(resolved: Resolved) -> bool:
    return weather(resolved) in SNOWED or resolved.pick("place.location").endswith((".snowfield", ".glacier"))


def _said_colour(resolved: Resolved, surfaces: dict[str, Colour]) -> Colour | None:
    """Return the colour of a coloured backdrop, from the words on the background."""
    if resolved.pick("place.backdrop").rpartition(".")[2] not in _COLOURED:
        return None
    words = re.findall(r"[a-z]+", str(resolved.value("place.background") or "").casefold())
    return next((surfaces[word] for word in words if word in surfaces), None)


def _window(resolved: Resolved, plan: Plan) -> str:
    """Return the wall of the window: where its light comes from; else the back wall."""
    if not plan.window:
        return ""
    camera = resolved.number("camera.set_azimuth_deg") or 0.0
    for name, _ in resolved.lights:
        azimuth = resolved.number(f"lights.{name}.camera_azimuth_deg")
        if azimuth is not None and is_window(resolved, name):
            return _wall_at(wrapped(azimuth + camera))
    return "wall"


def is_window(resolved: Resolved, name: str) -> bool:
    """Tell whether a light is the day in a window, or stands for it."""
    motive = resolved.shot.lights[name].motivated_by
    return bool(_WINDOW.search(f"{getattr(motive, 'words', motive)} {resolved.value(f'lights.{name}.source')}"))


def _wall_at(azimuth: float) -> str:
    """Return the wall that lies at an azimuth of the set."""
    if abs(azimuth) >= _BEHIND_DEG:
        return "wall"
    return "front" if abs(azimuth) <= _BEFORE_DEG else "left" if azimuth < 0 else "right"
