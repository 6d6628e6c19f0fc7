"""The departments of the shot page, and the one-line report of each. Fields are described by the schema alone."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from app.compile.lights import reading
from app.compile.wording import handle, joined, plain, words_of
from app.physics import colour
from app.resolve import Resolved
from app.schema.facets import extra, facet_of, limits, title
from app.vocab import Term, vocabulary


@dataclass(frozen=True)
class Department:
    """A strip of the shot page. `each` names a map of the shot: the strip then has a part for every entry."""

    id: str
    label: str
    fields: tuple[str, ...]
    each: str = ""
    noun: str = ""


DEPARTMENTS = (
    Department(
        "frame",
        "Frame",
        (
            "camera.size",
            "framing.aspect",
            "camera.angle",
            "camera.height_m",
            "camera.roll_deg",
            "framing.perspective",
            "framing.placement",
            "framing.balance",
            "framing.headroom",
            "framing.lead_room",
            "framing.devices",
        ),
    ),
    Department(
        "lens",
        "Lens",
        (
            "camera.focal_mm",
            "camera.t_stop",
            "camera.lens_family",
            "camera.format",
            "camera.squeeze",
            "camera.focus.on",
            "camera.focus.technique",
            "camera.filters",
        ),
    ),
    Department(
        "camera",
        "Camera",
        (
            "camera.white_balance_k",
            "camera.ei",
            "camera.shutter_deg",
            "camera.tint",
            "camera.body",
            "camera.support",
            "camera.steadiness",
        ),
    ),
    Department(
        "light",
        "Light",
        (
            "role",
            "azimuth_deg",
            "elevation_deg",
            "cct_k",
            "angular_size_deg",
            "stops",
            "quality",
            "source",
            "fixture",
            "modifiers",
            "gels",
            "hue",
            "pattern",
            "side",
            "frame",
            "motivated_by",
            "visible",
        ),
        each="lights",
        noun="light",
    ),
    Department(
        "lighting",
        "Whole light",
        (
            "lighting.style",
            "lighting.setup",
            "lighting.background_stops",
            "lighting.ambient_stops",
            "lighting.effects",
        ),
    ),
    Department(
        "look",
        "Look",
        (
            "look.stock",
            "look.grain",
            "look.process",
            "look.palette",
            "look.contrast",
            "look.saturation",
            "look.grade",
            "look.artefacts",
            "look.exposure_stops",
        ),
    ),
    Department(
        "subject",
        "Subject",
        (
            "kind",
            "name",
            "description",
            "wardrobe",
            "action",
            "expression",
            "pose",
            "eyeline",
            "facing_deg",
            "screen_x",
            "screen_y",
            "height_m",
        ),
        each="subjects",
        noun="subject",
    ),
    Department(
        "place",
        "Place",
        (
            "place.setting",
            "place.where",
            "place.time",
            "place.sun_elevation_deg",
            "place.weather",
            "place.atmosphere",
            "place.foreground",
            "place.background",
            "place.props",
        ),
    ),
    Department(
        "reference",
        "References",
        ("asset", "role", "shows", "of", "take", "ignore"),
        each="references",
        noun="reference",
    ),
    Department(
        "intent",
        "Intent",
        ("intent.says", "intent.medium", "intent.mood", "intent.genre", "intent.purpose", "exclude"),
    ),
)

CHOICES = {
    "side": (("left", "camera left"), ("right", "camera right")),
    "frame": (("camera", "the camera"), ("set", "the set"), ("face", "a face")),
    "visible": (("true", "seen in frame"), ("false", "out of frame")),
}
"""Fields with a closed set of values."""

LISTS = frozenset({"devices", "filters", "modifiers", "gels", "process", "grade", "artefacts", "effects", "take"})
LISTS |= {"ignore", "mood", "purpose", "atmosphere", "exclude"}
LONG = frozenset({"description", "says", "where", "background", "foreground", "wardrobe", "shows", "action"})


@dataclass(frozen=True)
class Field:
    """One control: where it writes, and how it is drawn."""

    path: str
    label: str
    kind: str
    facet: str = ""
    unit: str = ""
    step: float = 1
    low: float | None = None
    high: float | None = None

    @property
    def name(self) -> str:
        """The last key of the path."""
        return self.path.rpartition(".")[2]


@cache
def field(path: str) -> Field:
    """Return the control of a path, as the schema describes it."""
    name = path.rpartition(".")[2]
    if ".action." in path:
        return Field(path, "Action", "pick")
    meta, span = extra(path), limits(path)
    low, high = span or (None, None)
    return Field(
        path, title(path), _kind(path, name), facet_of(path), meta.get("unit", ""), meta.get("step", 1), low, high
    )


def _kind(path: str, name: str) -> str:
    if name in CHOICES:
        return "choice"
    if name == "asset":
        return "picture"
    if name == "props":
        return "lines"
    if facet_of(path):
        return "picks" if name in LISTS else "pick"
    if limits(path):
        return "number"
    return "words" if name in {"on", "eyeline", "motivated_by", "aimed_at"} else "long" if name in LONG else "text"


def terms(facet: str) -> tuple[Term, ...]:
    """Return the terms of a facet, in the order of its file."""
    found = vocabulary().facets.get(facet)
    return found.terms if found else ()


def shown(value: Any) -> str:
    """Write a value as its control shows it."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return str(value["words"])
    if isinstance(value, bool):
        return str(value).lower()
    return plain(value, 3) if isinstance(value, (int, float)) else str(value)


def path_of(department: Department, entry: str, name: str, resolved: Resolved) -> str:
    """Return the path of a department's field; an action is kept in the first beat."""
    if not department.each:
        return name
    if name == "action":
        beat = next((beat for beat, _ in sorted(resolved.shot.beats.items(), key=lambda item: item[1].slot)), "beat")
        return f"beats.{beat}.action.{entry}"
    return f"{department.each}.{entry}.{name}"


def entries(department: Department, resolved: Resolved) -> list[str]:
    """Return the ids of a department's parts, by slot."""
    things = getattr(resolved.shot, department.each)
    return [name for name, _ in sorted(things.items(), key=lambda item: item[1].slot)]


def report(department: Department, resolved: Resolved) -> str:
    """Return what the department would write on a camera report."""
    if department.each == "subjects":
        return joined([handle(resolved, name) for name in entries(department, resolved)] or ["nobody"])
    if department.each:
        count = len(entries(department, resolved))
        return f"{count} {department.noun}{'' if count == 1 else 's'}" if count else "none"
    said = [brief(resolved, path) for path in department.fields if path in resolved.said]
    return " · ".join(said[:4]) or "left open"


def line(department: Department, entry: str, resolved: Resolved) -> str:
    """Return the one line of a part: `-45° / 35° · 5600 K · 0`."""
    at = f"{department.each}.{entry}"
    if department.each == "lights":
        angle = resolved.number(f"{at}.camera_azimuth_deg")
        rise, kelvin, stops = (resolved.number(f"{at}.{key}") for key in ("elevation_deg", "seen_k", "stops"))
        parts = [
            f"{angle:+.0f}°" + (f" / {rise:.0f}°" if rise is not None else "") if angle is not None else "",
            f"{plain(kelvin)} K {resolved.value(f'{at}.reads') or ''}".strip() if kelvin else "",
            f"{stops:+g}" if stops is not None else "",
        ]
        return " · ".join(part for part in parts if part) or "left open"
    fields = ("role", "shows") if department.each == "references" else ("description", "wardrobe")
    return " · ".join(brief(resolved, f"{at}.{key}") for key in fields if f"{at}.{key}" in resolved.said) or "left open"


def reads(resolved: Resolved) -> str:
    """Say what the light does, as derived from its numbers; empty when nothing follows."""
    told = [fact.words for clause in reading(resolved) for fact in clause.facts]
    return f"The light reads: {'; '.join(told)}." if told else ""


def brief(resolved: Resolved, path: str) -> str:
    """Write one value as briefly as a report does."""
    value, unit = resolved.value(path), extra(path).get("unit", "")
    if isinstance(value, (tuple, list)):
        return ", ".join(_label(resolved, one) for one in value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        number = plain(value, 2)
        return (
            f"{unit}{number}"
            if unit in {"T", "EI"}
            else f"{number}{unit}"
            if unit in {"°", "×", ":1"}
            else f"{number} {unit}".strip()
        )
    text = _label(resolved, value)
    return text if len(text) <= 48 else text[:47].rstrip() + "…"


def _label(resolved: Resolved, pick: Any) -> str:
    term = resolved.vocabulary.terms.get(pick) if isinstance(pick, str) else None
    return (
        term.label if term else words_of(resolved, pick)[0] or str(pick) if isinstance(pick, (str, dict)) else str(pick)
    )


def hint(resolved: Resolved, path: str) -> str:
    """Say what a field would be if nobody says it, and where that comes from; empty when nothing follows."""
    known = resolved.values.get(path)
    if known is None or known.origin == "said":
        return ""
    value = shown(known.value)
    if known.origin == "inherited":
        return f"{value}, from {known.source}"
    term = resolved.vocabulary.terms.get(known.source)
    return f"{value}, from {term.label}" if term else f"{value}, follows from {title(known.because[0]).lower()}"


def swatch(kelvin: float, balance: float | None) -> str:
    """Return the sRGB colour in which a source reads on a balance, as #rrggbb."""
    linear = [max(value, 0) for value in colour.linear_rgb(kelvin, balance or 5600)]
    top = max(linear)
    return "#" + "".join(f"{round(255 * (value / top) ** (1 / 2.2)):02x}" for value in linear)


def tone(resolved: Resolved, light: str) -> str:
    """Return the colour in which a lamp is drawn: as it reads on this balance, or its own hue."""
    at = f"lights.{light}"
    if code := resolved.value(f"{at}.hex"):
        return str(code)
    hue = resolved.term(f"{at}.hue")
    if hue and "red" in hue.numbers:
        linear = [hue.numbers[name] for name in ("red", "green", "blue")]
        return "#" + "".join(f"{round(255 * min(1, value) ** (1 / 2.2)):02x}" for value in linear)
    kelvin = resolved.number(f"{at}.seen_k")
    return swatch(kelvin, resolved.number("camera.white_balance_k")) if kelvin else "#d8d8d8"
