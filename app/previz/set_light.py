"""Lamps as the place has them: sun and moon far away, the rest inside the walls; practicals' shapes, black cards."""

from collections.abc import Iterator
from math import cos, radians, sin, tan

from app.previz.scene import Fitting, Flag, Gobo, Lamp, Room, Vector
from app.previz.set_hour import Hour
from app.previz.set_plan import PLAIN, plans
from app.resolve import Resolved

SUN_M = 80.0
"""So far away that its light falls alike on everything in the set."""

SUN_DEG = 0.53
_SUN_AZIMUTH, _MOON_AZIMUTH = -50.0, -75.0  # where they stand when nobody said
_LEAST_SUN_DEG = 3.0
_CLEAR_M = 0.06  # between a lamp and a wall

_SUNS = frozenset(["sun", "low_sun", "golden_hour_sun", "noon_sun", "moonlight"])

_SHAPES: dict[str, tuple[Fitting, float]] = {  # of a source or a fixture: its shape, and its size in metres
    "candle": ("flame", 0.045),
    "match": ("flame", 0.03),
    "oil_lamp": ("flame", 0.07),
    "fire": ("flame", 0.5),
    "neon": ("neon", 0.7),
    "fluorescent": ("tube", 1.2),
    "led_tube": ("tube", 1.2),
    "table_lamp": ("shade", 0.28),
    "lampshade": ("shade", 0.28),
    "household": ("globe", 0.2),
    "bare_bulb": ("globe", 0.07),
    "china_ball": ("globe", 0.6),
    "street_lamp": ("globe", 0.35),
    "balloon": ("globe", 2.0),
    "screen_glow": ("screen", 0.7),
    "crt": ("screen", 0.5),
    "phone_screen": ("screen", 0.14),
    "illuminated_sign": ("screen", 0.9),
    "torch": ("globe", 0.04),
    "headlights": ("globe", 0.2),
}

_CARD_M, _CARD_SIZE_M = 0.7, 1.3  # a black card stands so far from the face
_BLACK = "light.modifier.negative_fill"
_CUTS = frozenset([_BLACK, "light.modifier.flag"])
_SHINES = ("source", "fixture", "stops", "cct_k", "hex", "hue")
_DARK_ROLES = frozenset([None, "light.role.fill"])


HARD_M = 0.1
"""How large a lamp behind a gobo is of which nobody said how soft it is."""

_GOBOS: dict[str, Gobo] = {
    "light.modifier.venetian_blind": "blinds",
    "light.effect.venetian_blinds": "blinds",
    "light.effect.window_pattern": "window",
    "light.modifier.cucoloris": "leaves",
    "light.modifier.branchaloris": "leaves",
    "light.effect.gobo_shadows": "leaves",
    "light.effect.dappled_light": "leaves",
}


def gobo(resolved: Resolved, name: str) -> Gobo:
    """Return what a lamp shines through: by its own modifiers and effects; the key also by those of the whole light."""
    said = [*(resolved.value(f"lights.{name}.modifiers") or ()), *(resolved.value(f"lights.{name}.effects") or ())]
    if name == resolved.key:
        said += [*(resolved.value("lighting.effects") or ()), *(one for one in _GOBOS if one in resolved.spoken)]
    return next((_GOBOS[str(one)] for one in said if str(one) in _GOBOS), "")


def is_sun(resolved: Resolved, at: str, room: Room) -> bool:
    """Tell whether a light is the sun or the moon over open land; indoors it is a lamp that plays it."""
    return room.outdoors and resolved.pick(f"{at}.source").rpartition(".")[2] in _SUNS


def fitting(resolved: Resolved, at: str) -> tuple[Fitting, float | None]:
    """Return the shape of a practical by its shade, its fixture or its kind of light, and its usual size."""
    said = [str(one) for one in resolved.value(f"{at}.modifiers") or ()]
    said += [resolved.pick(f"{at}.fixture"), resolved.pick(f"{at}.source")]
    named = [one.rpartition(".")[2] for one in said]
    return next((_SHAPES[name] for name in named if name in _SHAPES), ("", None))


def sky_lamp(now: Hour, target: Vector) -> Lamp | None:
    """Return the sun or the moon of an hour, where one shines; it stays in its sky when the camera turns."""
    if now.sun_kelvin is None:
        return None
    azimuth = _MOON_AZIMUTH if now.night else _SUN_AZIMUTH
    at = around(target, azimuth, max(_LEAST_SUN_DEG, now.elevation_deg), SUN_M)
    size = 2 * SUN_M * tan(radians(SUN_DEG) / 2)
    return Lamp(
        name="moon" if now.night else "sun",
        at=at,
        target=target,
        size_m=size,
        kelvin=now.sun_kelvin,
        stops=now.sun_stops,
    )


def around(target: Vector, azimuth_deg: float, elevation_deg: float, distance_m: float) -> Vector:
    """Return a point about another, by azimuth in the set and elevation."""
    turn, rise = radians(azimuth_deg), radians(elevation_deg)
    x, y, z = target
    return (
        x + distance_m * sin(turn) * cos(rise),
        y + distance_m * sin(rise),
        z + distance_m * cos(turn) * cos(rise),
    )


def brought_in(lamp: Lamp, room: Room) -> Lamp:
    """Return a lamp that stands inside the walls, under the ceiling or in the cabin.

    It comes nearer along its own line and shrinks as it comes: side, angle, softness and level stay as they were.
    """
    way = tuple(a - b for a, b in zip(lamp.at, lamp.target, strict=True))
    share = 1.0
    for far, axis, sign in _limits(room):
        share = min(share, _share(far - lamp.target[axis] * sign, way[axis] * sign, lamp.size_m))
    reach = plans()[room.plan].reach_m if room.plan else None
    if reach:
        share = min(share, reach / max(sum(part**2 for part in way) ** 0.5, 1e-6))
    if share >= 1:
        return lamp
    x, y, z = (b + part * share for b, part in zip(lamp.target, way, strict=True))
    return lamp.model_copy(update={"at": (x, y, z), "size_m": lamp.size_m * share})


def _limits(room: Room) -> Iterator[tuple[float, int, int]]:
    """Yield how far a lamp may stand along an axis of the set, and in which direction. A backdrop hangs behind it."""
    plan = plans()[room.plan or PLAIN]
    walled = not room.outdoors and not plan.hung and plan.high_m > 0
    ends: list[tuple[float | None, int, int]] = [(room.half_m, 0, 1), (room.half_m, 0, -1), (room.ceiling_m, 1, 1)]
    if walled:
        ends += [(room.wall_m, 2, -1), (room.front_m, 2, 1)]
    for far, axis, sign in ends:
        if far:
            yield far, axis, sign


def _share(room_m: float, way_m: float, size_m: float) -> float:
    """Return the share of its way at which a lamp and half its width clear a wall."""
    taken = way_m + size_m / 2
    return max(0.1, (room_m - _CLEAR_M) / taken) if way_m > 0 and taken > room_m - _CLEAR_M else 1.0


def is_card(resolved: Resolved, at: str) -> bool:
    """Tell whether a light is none: only black cloth or a flag, which takes light away."""
    cuts = _CUTS.intersection(str(one) for one in resolved.value(f"{at}.modifiers") or ())
    shines = any(resolved.value(f"{at}.{key}") is not None for key in _SHINES)
    return bool(cuts) and not shines and resolved.value(f"{at}.role") in _DARK_ROLES


def flag(resolved: Resolved, name: str, camera_deg: float, face: Vector) -> Flag | None:
    """Return the black card of a light: at its own place, or across from a lamp that has negative fill."""
    at = f"lights.{name}"
    azimuth = resolved.number(f"{at}.camera_azimuth_deg")
    side = resolved.value(f"{at}.side")
    if is_card(resolved, at):
        if azimuth is None:
            azimuth = -90.0 if side == "left" else 90.0 if side == "right" else _away(resolved)
    elif _BLACK in (str(one) for one in resolved.value(f"{at}.modifiers") or ()):
        azimuth = -90.0 if (azimuth or 0) > 0 or side == "right" else 90.0
    else:
        return None
    spot = around(face, azimuth + camera_deg, 0, _CARD_M)
    return Flag(name=name, at=spot, target=face, size_m=_CARD_SIZE_M)


def _away(resolved: Resolved) -> float:
    """Return the azimuth across from the key."""
    key = resolved.number(f"lights.{resolved.key}.camera_azimuth_deg") if resolved.key else None
    return -90.0 if (key or -1) > 0 else 90.0
