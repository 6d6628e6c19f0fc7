"""What the light does, said out loud: derived from the numbers, and always marked so."""

from collections.abc import Iterator

from app.compile.brief import Clause, Fact
from app.compile.wording import in_stops, joined, plain, words_of
from app.physics import light
from app.resolve import Resolved
from app.resolve.camera import is_thing

DRAWS = {
    "flat": "the nose throws no shadow to speak of",
    "butterfly": "the nose's shadow falls straight under it",
    "loop": "the nose throws a short loop of shadow",
    "rembrandt": "a triangle of light stands under the far eye",
    "split": "half of the face is dark",
}
"""What each pattern looks like on a face."""

BEHIND_DEG = 110
"""From here round a light draws an edge and lays none on the face."""

HOURS = (
    "the middle", "one o'clock", "two o'clock", "three o'clock", "four o'clock", "five o'clock", "six o'clock",
    "seven o'clock", "eight o'clock", "nine o'clock", "ten o'clock", "eleven o'clock", "twelve o'clock",
)  # fmt: skip

SOFT_DEG = light.VERY_SOFT_FROM_DEG
"""A source as large as this casts no shadow with a direction."""


def reading(resolved: Resolved) -> Iterator[Clause]:
    """Shadow side and depth, nose shadow, catch-light, cast shadow, edges, and how each source reads on the balance."""
    facts = [
        *_shadow(resolved),
        *_pattern(resolved),
        *(fact for name, _ in resolved.lights for fact in _edge(resolved, name)),
        *_glint(resolved),
        *_cast(resolved),
    ]
    yield Clause("reading", facts, priority=7, derived=True)


def _shadow(resolved: Resolved) -> list[Fact]:
    side, stops = resolved.value("lighting.shadow_side"), resolved.number("lighting.ratio_stops")
    because = (*resolved.because("lighting.shadow_side"), *resolved.because("lighting.ratio_stops"))
    whose = "" if is_thing(resolved, resolved.hero) else " of the face"
    if side and stops is not None and stops > 0:
        key, both = light.ratio(stops)
        words = f"the camera-{side} side{whose} falls {in_stops(stops)} under the key"
        ratio = f"{plain(key)}:1, {plain(both)}:1 with fill on the key side"
        return [Fact("shadow", words, because, ratio, "ratio", derived=True)]
    if side:
        return [Fact("shadow", f"the camera-{side} side{whose} falls to shadow", because, derived=True)]
    return []


def _pattern(resolved: Resolved) -> list[Fact]:
    """Say what the key draws on the face, where somebody said which way the face points."""
    at = f"lights.{resolved.key}"
    drawn, turned = resolved.value(f"{at}.draws"), _facing_path(resolved, at)
    if not drawn or not turned:
        return []
    words = DRAWS[str(drawn).rpartition(".")[2]]
    return [Fact("pattern", words, (*_roots(resolved, f"{at}.draws"), turned), derived=True)]


def _facing_path(resolved: Resolved, at: str) -> str:
    """Return the path that says how face and light stand to each other, or empty when nobody said."""
    if resolved.value(f"{at}.frame") == "face" and f"{at}.azimuth_deg" in resolved.said:
        return f"{at}.frame" if f"{at}.frame" in resolved.said else f"{at}.azimuth_deg"
    owner = resolved.value(f"{at}.face_of") or resolved.value(f"{at}.aimed_at") or resolved.hero
    path = f"subjects.{owner}.facing_deg"
    return path if path in resolved.said else ""


def _edge(resolved: Resolved, name: str) -> Iterator[Fact]:
    """Say what a source does to the side that it lights: an edge from behind, or a colour that is not neutral."""
    at = f"lights.{name}"
    side, azimuth = resolved.value(f"{at}.side"), resolved.number(f"{at}.camera_azimuth_deg")
    reads = resolved.value(f"{at}.reads")
    coloured = reads not in {None, "neutral"}
    shift = resolved.number(f"{at}.shift_mired")
    exact = f"{shift:+.0f} mired" if coloured and shift is not None else ""
    if azimuth is not None and side and abs(azimuth) > BEHIND_DEG:
        colour = f"{_article(str(reads))} {reads} edge" if reads else "an edge"
        words = f"the {_called(resolved, name)} draws {colour} along the camera-{side} side"
    elif coloured and side:
        words = f"the {_called(resolved, name)} lays {reads} light on the camera-{side} side"
    elif coloured:
        words = f"the {_called(resolved, name)} reads {reads}"
    else:
        return
    because = (*_roots(resolved, f"{at}.reads"), *_roots(resolved, f"{at}.side"))
    yield Fact("edge", words, because, exact, "mired" if exact else "", derived=True)


def neutral(resolved: Resolved) -> list[Fact]:
    """Name the sources in front that read neutral, for a person: a lamp on its own balance is not called warm."""
    names = [
        name
        for name, _ in resolved.lights
        if resolved.value(f"lights.{name}.reads") == "neutral"
        and abs(resolved.number(f"lights.{name}.camera_azimuth_deg") or 0) <= BEHIND_DEG
    ]
    if not names:
        return []
    because = tuple(path for name in names for path in _roots(resolved, f"lights.{name}.reads"))
    told = joined([f"the {_called(resolved, name)}" for name in names])
    return [Fact("neutral", f"{told} read{'s' if len(names) == 1 else ''} neutral", because, derived=True)]


def _glint(resolved: Resolved) -> list[Fact]:
    """Say where the key glints in the eyes."""
    at = f"lights.{resolved.key}"
    azimuth, rise = resolved.number(f"{at}.camera_azimuth_deg"), resolved.number(f"{at}.elevation_deg")
    turned = _facing_path(resolved, at)
    if azimuth is None or rise is None or not turned:
        return []
    hour, on_face = light.catch_light_hour(azimuth, rise), resolved.number(f"{at}.face_azimuth_deg")
    if hour is None or on_face is None or abs(light.wrapped(on_face - azimuth)) > 90:  # the eyes look away
        return []
    because = (*_roots(resolved, f"{at}.camera_azimuth_deg"), *_roots(resolved, f"{at}.elevation_deg"), turned)
    return [Fact("glint", f"catch-lights at {HOURS[hour]}", because, derived=True)]


def _cast(resolved: Resolved) -> list[Fact]:
    """Say where the key's shadows fall, unless it is so soft that they have no direction."""
    at = f"lights.{resolved.key}"
    azimuth, rise = resolved.number(f"{at}.camera_azimuth_deg"), resolved.number(f"{at}.elevation_deg")
    size = resolved.number(f"{at}.angular_size_deg")
    if azimuth is None or size is None or size >= SOFT_DEG or (rise is not None and not 0 <= rise < 80):
        return []
    where = light.shadow_falls(azimuth)
    if where == "away from camera":  # as under any light from the front
        return []
    words = f"shadows fall {where if 'camera' in where else f'to camera {where}'}"
    because = (*_roots(resolved, f"{at}.camera_azimuth_deg"), *_roots(resolved, f"{at}.angular_size_deg"))
    return [Fact("cast", words, because, derived=True)]


def _called(resolved: Resolved, name: str) -> str:
    """Return what to call a lamp: its role, or its id."""
    return words_of(resolved, resolved.value(f"lights.{name}.role") or {"words": ""})[0] or name.replace("_", " ")


def _roots(resolved: Resolved, path: str) -> tuple[str, ...]:
    """Return what a value follows from, down to what is known by itself."""
    found: list[str] = []
    for one in resolved.because(path):
        found += [one] if one in resolved.said or one == path else _roots(resolved, one) or [one]
    return tuple(dict.fromkeys(found))


def _article(word: str) -> str:
    return "an" if word[:1] in "aeiou" else "a"
