"""The lamps of a shot in words and numbers: where each stands, how it reads, and the cells of the lamp list."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from app.compile.wording import in_stops, level, plain, words_of
from app.patch import Json
from app.physics import light
from app.resolve import Resolved
from app.views import controls
from app.views.symbols import kind_of

NUMBERS = ("azimuth_deg", "elevation_deg", "distance_m", "cct_k", "stops")
"""What the lamp list writes, in its order."""

HEADS = ("Azimuth", "Up", "Away", "Kelvin", "Stops")

FRAMES = (("camera", "camera"), ("set", "set"), ("face", "face"))

STEEP_DEG = 70
"""From here on a lamp hangs over the subject, and its azimuth says little."""


@dataclass(frozen=True)
class Cell:
    """One number of the lamp list: its field, what was said there, and what follows if nobody said it."""

    field: controls.Field
    said: str
    follows: str


@dataclass(frozen=True)
class Row:
    """One lamp of the list."""

    name: str
    number: int
    title: str
    role: str
    fixture: str
    place: str
    kelvin: str
    reads: str
    through: str
    level: str
    tone: str
    kind: str
    side: str
    side_path: str
    frame: str
    frames: tuple[tuple[str, str, Json], ...]
    cells: tuple[Cell, ...]


def rows(resolved: Resolved) -> list[Row]:
    """Return the lamp list, by slot."""
    return [_row(resolved, name, number) for number, (name, _) in enumerate(resolved.lights, start=1)]


def _row(resolved: Resolved, name: str, number: int) -> Row:
    at = f"lights.{name}"
    kelvin = resolved.number(f"{at}.seen_k")
    stops = resolved.number(f"{at}.stops")
    return Row(
        name=name,
        number=number,
        title=name.replace("_", " "),
        role=_label(resolved, f"{at}.role"),
        fixture=_label(resolved, f"{at}.fixture") or _label(resolved, f"{at}.source"),
        place=place(resolved, name),
        kelvin=f"{plain(kelvin, 0)} K" if kelvin else _hue(resolved, at),
        reads=str(resolved.value(f"{at}.reads") or ""),
        through=", ".join(_labels(resolved, f"{at}.gels") + _labels(resolved, f"{at}.modifiers")),
        level="" if stops is None else level(stops),
        tone=controls.tone(resolved, name),
        kind=kind_of(resolved, name),
        side=str(resolved.value(f"{at}.side") or ""),
        side_path=f"{at}.side",
        frame=str(resolved.value(f"{at}.frame") or "camera"),
        frames=tuple((key, words, moved(resolved, name, key)) for key, words in FRAMES),
        cells=tuple(_cell(resolved, f"{at}.{key}") for key in NUMBERS),
    )


def _cell(resolved: Resolved, path: str) -> Cell:
    known = resolved.value(path)
    said = path in resolved.said
    shown = plain(known, 2) if isinstance(known, (int, float)) else ""
    return Cell(controls.field(path), shown if said else "", "" if said else shown)


def place(resolved: Resolved, name: str) -> str:
    """Say where a lamp stands, for whoever sets it: `3/4 front camera right, 30° up, 2.5 m`."""
    at = f"lights.{name}"
    azimuth, rise, far = (
        resolved.number(f"{at}.{key}") for key in ("camera_azimuth_deg", "elevation_deg", "distance_m")
    )
    side = resolved.value(f"{at}.side")
    said = [
        direction(azimuth) if azimuth is not None and (rise is None or abs(rise) < STEEP_DEG) else "",
        _label(resolved, f"{at}.direction").lower() if azimuth is None else "",
        f"camera {side}" if azimuth is None and side else "",
        "" if rise is None else f"{plain(abs(rise), 0)}° {'up' if rise >= 0 else 'down'}",
        "" if far is None else f"{plain(far, 1)} m",
    ]
    return ", ".join(one for one in said if one) or "place not said"


def direction(azimuth_deg: float) -> str:
    """Name the direction from which a lamp shines, for the camera: `3/4 back camera left`."""
    across = abs(azimuth_deg)
    names = ((22.5, "front"), (67.5, "3/4 front"), (112.5, "side"), (157.5, "3/4 back"))
    named = next((words for limit, words in names if across <= limit), "back")
    side = light.side(azimuth_deg)
    return f"{named} camera {side}" if side else named


class Ratio(NamedTuple):
    """Key against fill: in stops, and as both ways in which a ratio is quoted."""

    words: str
    paths: tuple[str, ...]


def ratio(resolved: Resolved) -> Ratio | None:
    """Say how far key and fill are apart; None where it does not follow."""
    stops = resolved.number("lighting.ratio_stops")
    if stops is None:
        return None
    key, both = light.ratio(abs(stops))
    if stops == 0:
        words = "Key and fill read the same (1:1; 2:1 with fill on the key side)."
    elif stops > 0:
        whole = f"{plain(key, 1)}:1; {plain(both, 1)}:1 with fill on the key side"
        words = f"Key and fill are {_counted(stops)} apart ({whole})."
    else:
        words = f"The fill reads {_counted(stops)} over the key (1:{plain(key, 1)})."
    return Ratio(words, resolved.because("lighting.ratio_stops"))


def _counted(stops: float) -> str:
    return f"{plain(abs(stops), 2)} stops" if abs(stops) not in {0.5, 1} else in_stops(stops).replace("one", "1")


def sharp(resolved: Resolved) -> str:
    """Say from where to where it is sharp; empty where that does not follow."""
    near, far = resolved.number("camera.depth_near_m"), resolved.number("camera.depth_far_m")
    if near is None or far is None:
        return ""
    end = f"to {plain(far, 2)} m" if far < 1000 else "to the horizon"
    return f"Sharp from {plain(near, 2)} m {end}, measured from the camera."


def reading(row: Row) -> str:
    """Say a lamp's level and colour as briefly as a label does: `+1 · 3200 K warm`."""
    if row.kind == "card":
        return "takes light away"
    stops = row.cells[NUMBERS.index("stops")]
    number = (stops.said or stops.follows).replace("-", "−")
    shown = f"+{number}" if number and number[0] not in "−0" else number
    return " · ".join(part for part in (shown, f"{row.kelvin} {row.reads}".strip()) if part)


def moved(resolved: Resolved, name: str, frame: str) -> Json:
    """Return the patch that lets a lamp stand in the set, or hang on the camera or a face, where it stands now."""
    at = f"lights.{name}"
    now, on_face = resolved.number(f"{at}.camera_azimuth_deg"), resolved.number(f"{at}.face_azimuth_deg")
    camera = resolved.number("camera.set_azimuth_deg") or 0.0
    patch: Json = {"frame": frame}
    if resolved.shot.lights[name].mark is not None:
        if frame == "set":
            return {"lights": {name: patch}}
        patch["mark"] = None
        for key in ("elevation_deg", "distance_m"):
            if (value := resolved.number(f"{at}.{key}")) is not None:
                patch[key] = round(value, 2)
    if now is not None and on_face is not None:
        turned = {"camera": now, "set": light.wrapped(now + camera), "face": on_face}[frame]
        patch["azimuth_deg"] = round(turned, 1)
    return {"lights": {name: patch}}


def _label(resolved: Resolved, path: str) -> str:
    return _called(resolved, resolved.value(path))


def _labels(resolved: Resolved, path: str) -> list[str]:
    return [_called(resolved, pick) for pick in resolved.value(path) or ()]


def _called(resolved: Resolved, pick: Any) -> str:
    if pick is None:
        return ""
    term = resolved.vocabulary.terms.get(pick) if isinstance(pick, str) else None
    return term.label if term else words_of(resolved, pick)[0] or str(pick)


def _hue(resolved: Resolved, at: str) -> str:
    return _label(resolved, f"{at}.hue").lower() or str(resolved.value(f"{at}.hex") or "")
