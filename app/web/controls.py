"""The departments of the shot page, and the one-line report of each. Fields are described by the schema alone."""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

from app.compile.camera import depth
from app.compile.reading import neutral, reading
from app.compile.wording import handle, joined, plain, words_of
from app.physics import colour
from app.resolve import Resolved
from app.schema.changes import changes
from app.schema.checks import Checks
from app.schema.facets import PATHS, extra, facet_of, limits, pattern, picked_at, takes_several, takes_words, title
from app.vocab import vocabulary


@dataclass(frozen=True)
class Department:
    """A strip of the shot page. `each` names a map of the shot: the strip then has a part for every entry.

    `fields` stand in the open strip; `more` behind one further step, unless something is said there.
    """

    id: str
    label: str
    fields: tuple[str, ...]
    more: tuple[str, ...] = ()
    each: str = ""
    noun: str = ""


def _named(names: str) -> tuple[str, ...]:
    """Return names that stand with blanks between them."""
    return tuple(names.split())


def _in(group: str, names: str) -> tuple[str, ...]:
    """Return the paths of some fields of a group, named with blanks between them."""
    return tuple(f"{group}.{name}" for name in _named(names))


DEPARTMENTS = (
    Department(
        "frame",
        "Frame",
        (
            *_in("camera", "size angle height height_m"),
            *_in("framing", "shape aspect count placement headroom lead_room devices"),
        ),
        (
            *_in("camera", "pitch_deg roll roll_deg view view_azimuth_deg distance_m"),
            *_in("framing", "plane direction perspective balance space protect_aspect"),
        ),
    ),
    Department(
        "lens",
        "Lens",
        _in("camera", "focal_mm t_stop lens_family format focus.on focus.technique filters"),
        _in("camera", "field anamorphic squeeze focus.distance_m"),
    ),
    Department(
        "camera",
        "Camera",
        _in("camera", "balance white_balance_k ei support steadiness"),
        _in("camera", "body shutter shutter_deg rate fps playback_fps tint"),
    ),
    Department(
        "light",
        "Light",
        _named("role source azimuth_deg elevation_deg cct_k angular_size_deg stops pattern side modifiers"),
        _named(
            "direction frame quality shadow size_m distance_m fixture gels hue hex effects motivated_by aimed_at "
            "face_of visible"
        ),
        each="lights",
        noun="light",
    ),
    Department(
        "lighting",
        "Whole light",
        _in("lighting", "style setup contrast background_stops ambient_stops effects"),
        _in("lighting", "ratio_stops broad mains_hz"),
    ),
    Department(
        "look",
        "Look",
        _in("look", "stock grain palette contrast saturation grade exposure_stops"),
        _in("look", "process sharpness bokeh motion artefacts skin encoding"),
    ),
    Department(
        "subject",
        "Subject",
        _named("kind name description wardrobe action expression pose eyeline facing_deg screen_x screen_y"),
        (
            "height_m",
            *_named("age build hair hair_colour species creature body covering vehicle_model vehicle"),
            *_named("styling plant stage surface artwork form scale material condition state texture fit presentation"),
        ),
        each="subjects",
        noun="subject",
    ),
    Department(
        "place",
        "Place",
        _in("place", "setting location where time season weather atmosphere background props"),
        _in("place", "extent backdrop sun_elevation_deg foreground midground room_m background_m"),
    ),
    Department(
        "reference",
        "References",
        ("asset", "role", "strength", "shows", "of", "take", "ignore"),
        ("at_s", "address"),
        each="references",
        noun="reference",
    ),
    Department(
        "intent",
        "Intent",
        (*_in("intent", "says medium form mood genre era"), "exclude"),
        _in("intent", "subform year purpose"),
    ),
    Department(
        "sound",
        "Time, sound",
        ("duration_s", "pacing", *_in("sound", "ambience effects music")),
        ("transition_in", "transition_out", *_in("sound", "music_mood voiceover")),
    ),
    Department("edit", "Change", _in("edit", "change keep extend")),
)

CHOICES = {
    "side": (("left", "camera left"), ("right", "camera right")),
    "frame": (("camera", "the camera"), ("set", "the set"), ("face", "a face")),
    "visible": (("true", "seen in frame"), ("false", "out of frame")),
    "extend": (("true", "fill the margins"),),
}
"""Fields with a closed set of values."""

DRAWN = {
    "frame": "Previz frame of this shot",
    "clay": "Clay render of this shot",
    "depth": "Depth of this shot",
    "normal": "Normals of this shot",
    "edge": "Edges of this shot",
    "pose": "Poses of this shot",
}
"""What the previz can draw in the place of a reference picture, by the pass."""

LONG = frozenset(_named("description says where background midground foreground wardrobe shows skin voiceover"))
BY_NAME = {
    **dict.fromkeys(CHOICES, "choice"),
    "asset": "picture",
    "props": "lines",
    "change": "lines",
    "of": "someone",
    "face_of": "someone",
}
"""Fields whose control their name alone decides."""

WORDED = frozenset({"on", "eyeline", "motivated_by", "aimed_at"})
"""Fields that hold somebody's id or words of one's own."""


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
    closed: bool = False
    """Whether only terms may stand here, and no words of one's own."""

    @property
    def name(self) -> str:
        """The last key of the path."""
        return self.path.rpartition(".")[2]

    @property
    def wide(self) -> bool:
        """Whether it needs a line of its own: what somebody does is a phrase."""
        return self.facet == "beat.action"


@lru_cache(maxsize=PATHS)
def field(path: str) -> Field:
    """Return the control of a path, as the schema describes it."""
    name = path.rpartition(".")[2]
    meta, span = extra(path), limits(path)
    low, high = span or (None, None)
    return Field(
        path,
        title(path),
        _kind(path, name),
        facet_of(path),
        meta.get("unit", ""),
        meta.get("step", 1),
        low,
        high,
        closed=not takes_words(path),
    )


def _kind(path: str, name: str) -> str:
    if name in BY_NAME:
        return BY_NAME[name]
    if facet_of(path):
        return "picks" if takes_several(path) else "pick"
    if pattern(path) == "lights.*.aimed_at":
        return "someone"
    if limits(path):
        return "number"
    return "words" if name in WORDED else "long" if name in LONG else "text"


def called(pick: Any) -> str:
    """Return what a pick is called: a term's label, words of one's own, or an id that nobody knows."""
    if not isinstance(pick, str):
        return str(pick["words"])
    term = vocabulary().terms.get(pick)
    return term.label if term else f"{pick} (unknown)"


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


def fields(department: Department, entry: str, resolved: Resolved, *, more: bool = False) -> list[str]:
    """Return the paths that a part shows, or keeps behind one step; a kind of subject has the fields of its kind."""
    paths = [path_of(department, entry, name, resolved) for name in (department.more if more else department.fields)]
    if department.each != "subjects":
        return paths
    kind = str(resolved.value(f"subjects.{entry}.kind") or "character").rpartition(".")[2]
    return [path for path in paths if path in resolved.said or kind in (extra(path).get("kinds") or kind).split()]


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
    said = [brief(resolved, path) for path in (*department.fields, *department.more) if path in resolved.said]
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
    clauses = [*reading(resolved), *depth(resolved)]
    facts = [*(fact for clause in clauses[:1] for fact in clause.facts), *neutral(resolved), *clauses[-1].facts]
    told = [f"{one.words} ({one.number})" if one.number else one.words for one in facts]
    return f"The light reads: {'; '.join(told)}." if told else ""


def brief(resolved: Resolved, path: str) -> str:
    """Write one value as briefly as a report does."""
    return worded(resolved, path, resolved.value(path))


def worded(resolved: Resolved, path: str, value: Any) -> str:
    """Write a value that stands, or would stand, at a path; nothing said is "open"."""
    unit = extra(path).get("unit", "")
    if value is None:
        return "open"
    if isinstance(value, (tuple, list)):
        return ", ".join(_label(resolved, one) for one in value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        number = plain(value, 2)
        unit = "stop" if unit == "stops" and abs(value) == 1 else unit
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
    if known is None:
        return _name_hint(resolved, path)
    if known.origin == "said":
        return ""
    value = shown(known.value)
    if known.origin == "inherited":
        return f"{value}, from {known.source}"
    term = resolved.vocabulary.terms.get(known.source)
    return f"{value}, from {term.label}" if term else f"{value}, follows from {title(known.because[0]).lower()}"


def _name_hint(resolved: Resolved, path: str) -> str:
    """Say what the number beside an open field is called, and what it follows from."""
    named = resolved.name(path) if facet_of(path) else None
    if named is None:
        return ""
    facet = resolved.vocabulary.facets[named.facet]
    term = resolved.vocabulary.terms.get(resolved.values[facet.number_at(path)].source)
    return f"{named.label}, from {term.label}" if term else f"{named.label}, by its number"


def hints(resolved: Resolved) -> dict[str, str]:
    """Return every field's hint: what is derived, and the name of each number that somebody said."""
    named = [path.replace("*", name) for path in _named_fields() for name in _names_for(path, resolved)]
    return {path: said for path in (*resolved.values, *named) if (said := hint(resolved, path))}


@cache
def _named_fields() -> tuple[str, ...]:
    facets = vocabulary().facets
    return tuple(path for path, facet in picked_at().items() if facet in facets and facets[facet].names)


def _names_for(path: str, resolved: Resolved) -> list[str]:
    if "*" not in path:
        return [""]
    return [name for name, _ in resolved.lights] if path.startswith("lights.") else []


class Shown(NamedTuple):
    """One line of a fix: what changes, as a person reads it."""

    label: str
    before: str
    after: str


def changed(resolved: Resolved, fix: dict[str, Any]) -> list[Shown]:
    """Return what a fix changes, in the words of the controls."""
    return [
        Shown(_called(one.path), worded(resolved, one.path, one.before), worded(resolved, one.path, one.after))
        for one in changes(resolved.shot, fix)
    ]


def _called(path: str) -> str:
    """Name a path: the title of its field, and whose it is."""
    keys = path.split(".")
    whose = f" of {keys[1].replace('_', ' ')}" if pattern(path).split(".")[1:2] == ["*"] else ""
    return f"{title(path)}{whose}"


class Silence(NamedTuple):
    """A check that is left out: where, and why. `path` is empty for a whole film."""

    code: str
    where: str
    reason: str
    path: str


def silenced(resolved: Resolved, checks: Checks) -> list[Silence]:
    """Return every check that this shot or its film leaves out."""
    here = [
        Silence(code, _called(path), reason, path)
        for path, mark in resolved.shot.marks.items()
        for code, reason in mark.silence.items()
    ]
    return here + [Silence(code, "in this film", reason, "") for code, reason in checks.silence.items()]


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
