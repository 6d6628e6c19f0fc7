"""The departments of the shot page, and the one-line report of each. Fields are described by the schema alone."""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

from app.compile.camera import depth
from app.compile.differences import named, worded
from app.compile.reading import neutral, reading
from app.compile.wording import handle, joined, plain
from app.physics import colour
from app.resolve import Resolved
from app.schema.changes import changes
from app.schema.checks import Checks
from app.schema.facets import PATHS, extra, facet_of, limits, pattern, picked_at, takes_several, takes_words, title
from app.schema.shot import Mark
from app.vocab import vocabulary


@dataclass(frozen=True)
class Department:
    """A strip of the shot page. `each` names a map of the shot: the strip then has a part for every entry.

    `fields` and `more` belong to the whole, `parts` and `more_parts` to each part; what is `more` stands behind one
    further step, unless something is said there.
    """

    id: str
    label: str
    fields: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    each: str = ""
    noun: str = ""
    parts: tuple[str, ...] = ()
    more_parts: tuple[str, ...] = ()


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
            "exclude",
        ),
    ),
    Department(
        "camera",
        "Camera",
        _in("camera", "body format shutter_deg fps ei white_balance_k"),
        _in("camera", "balance shutter rate playback_fps tint"),
    ),
    Department(
        "lens",
        "Lens",
        _in("camera", "focal_mm t_stop lens_family focus.on filters"),
        _in("camera", "focus.technique focus.distance_m field anamorphic squeeze"),
    ),
    Department(
        "light",
        "Light",
        _in("lighting", "style setup ratio_stops background_stops"),
        _in("lighting", "contrast ambient_stops effects broad mains_hz"),
        each="lights",
        noun="light",
        parts=_named("role source azimuth_deg elevation_deg cct_k angular_size_deg stops pattern side modifiers"),
        more_parts=_named(
            "direction frame quality shadow size_m distance_m fixture gels hue hex effects motivated_by aimed_at "
            "face_of visible"
        ),
    ),
    Department(
        "look",
        "Look",
        (*_in("look", "stock grain palette contrast saturation grade exposure_stops"), *_in("intent", "medium mood")),
        (
            *_in("look", "process sharpness bokeh motion artefacts skin encoding"),
            *_in("intent", "genre era year form subform"),
        ),
    ),
    Department(
        "subject",
        "Subject",
        each="subjects",
        noun="subject",
        parts=_named("kind name description wardrobe expression pose eyeline facing_deg screen_x screen_y"),
        more_parts=(
            "height_m",
            *_named("age build hair hair_colour species creature body covering vehicle_model vehicle"),
            *_named("styling plant stage surface artwork form scale material condition state texture fit presentation"),
        ),
    ),
    Department(
        "action",
        "Action",
        _in("intent", "says purpose"),
        each="beats",
        noun="beat",
        parts=_named("action interaction"),
        more_parts=_named("says delivery language sound start_s end_s"),
    ),
    Department(
        "place",
        "Place",
        _in("place", "setting location where time season weather atmosphere background props"),
        _in("place", "extent backdrop sun_elevation_deg foreground midground room_m background_m"),
    ),
    Department(
        "motion",
        "Motion",
        ("camera.support", "duration_s"),
        _named("camera.steadiness pacing transition_in transition_out"),
        each="beats",
        noun="move",
        parts=_named("path speed amount_m amount_deg focal_to_mm"),
    ),
    Department(
        "sound",
        "Sound",
        _in("sound", "ambience effects music voiceover"),
        _in("sound", "music_mood"),
    ),
    Department(
        "reference",
        "References",
        _in("edit", "change keep extend"),
        each="references",
        noun="reference",
        parts=("asset", "role", "strength", "shows", "of", "take", "ignore"),
        more_parts=("at_s", "address"),
    ),
)

OWN = {path: one for one in DEPARTMENTS for path in (*one.fields, *one.more)}
GROUPS = {
    **{one.each: one for one in reversed(DEPARTMENTS) if one.each},
    **{
        key: next(one for one in DEPARTMENTS if one.id == name)
        for key, name in (
            ("camera", "camera"),
            ("framing", "frame"),
            ("lighting", "light"),
            ("look", "look"),
            ("intent", "look"),
            ("place", "place"),
            ("edit", "reference"),
        )
    },
}
"""The department of a path that no field of a department names, by its first key."""

MOVING = ("beats.*.moves", "beats.*.focus")
"""What moves in a beat, of all that happens there."""

ALONE = "main"
"""What the first beat of a shot is called that has none yet."""

SIMPLE = frozenset(
    {
        *_in("camera", "size angle focal_mm t_stop"),
        *_in("lights.*", "side azimuth_deg cct_k stops"),
        *_named("lighting.ratio_stops look.stock place.time subjects.*.description beats.*.action.*"),
    }
)
"""The fields that matter before all others: the simple view shows them, and whatever is said."""

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

OF_EACH = frozenset({"action", "says", "delivery"})
"""Fields of a beat that each subject has one of."""

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
        """What the schema calls it: the last key of the path that is no id."""
        return _name(self.path)

    @property
    def simple(self) -> bool:
        """Whether the simple view shows it, said or not."""
        return pattern(self.path) in SIMPLE

    @property
    def wide(self) -> bool:
        """Whether it needs a line of its own: what somebody does is a phrase."""
        return self.facet == "beat.action"


@lru_cache(maxsize=PATHS)
def field(path: str) -> Field:
    """Return the control of a path, as the schema describes it."""
    meta, span = extra(path), limits(path)
    low, high = span or (None, None)
    group, _, last = path.rpartition(".")
    return Field(
        path,
        f"{title(group)}, {last.replace('_', ' ')}" if pattern(path).endswith("*") else title(path),
        _kind(path, _name(path)),
        facet_of(path),
        meta.get("unit", ""),
        meta.get("step", 1),
        low,
        high,
        closed=not takes_words(path),
    )


def department_of(path: str) -> Department:
    """Return the department that a path belongs to."""
    moves = pattern(path).startswith(MOVING)
    key = "motion" if moves else "sound"
    last = next(one for one in DEPARTMENTS if one.id == key)
    return last if moves else OWN.get(path) or GROUPS.get(path.partition(".")[0], last)


def _name(path: str) -> str:
    keys = path.split(".")
    return keys[-2] if pattern(path).endswith("*") else keys[-1]


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


def fields(department: Department, entry: str, resolved: Resolved, *, more: bool = False) -> list[str]:
    """Return the paths that a strip shows, or one of its parts, or what it keeps behind one further step.

    A kind of subject has the fields of its kind; some fields of a beat are there once for each subject.
    """
    if not entry:
        return list(department.more if more else department.fields)
    at = f"{department.each}.{entry}"
    names = department.more_parts if more else department.parts
    paths = [path for name in names for path in _paths(f"{at}.{name}", name, resolved)]
    if department.each != "subjects":
        return paths
    kind = str(resolved.value(f"{at}.kind") or "character").rpartition(".")[2]
    return [path for path in paths if path in resolved.said or kind in (extra(path).get("kinds") or kind).split()]


def _paths(path: str, name: str, resolved: Resolved) -> list[str]:
    return [f"{path}.{one}" for one, _ in resolved.subjects] if name in OF_EACH else [path]


def entries(department: Department, resolved: Resolved) -> list[str]:
    """Return the ids of a department's parts, by slot; a move's also names its beat. There is always a beat."""
    if not department.each:
        return []
    names = _by_slot(getattr(resolved.shot, department.each))
    if department.noun == "move":
        return [f"{name}.moves.{move}" for name in names for move in _by_slot(resolved.shot.beats[name].moves)]
    return names or ([ALONE] if department.noun == "beat" else [])


def _by_slot(things: dict[str, Any]) -> list[str]:
    return sorted(things, key=lambda name: things[name].slot)


def called_part(entry: str, resolved: Resolved) -> str:
    """Return what a part is called: its id, and for a move its beat where there are several."""
    beat, _, name = entry.rpartition(".moves.")
    words = (name or entry).replace("_", " ")
    return f"{beat.replace('_', ' ')}: {words}" if beat and len(resolved.shot.beats) > 1 else words


def added_to(department: Department, resolved: Resolved) -> list[str]:
    """Return the maps that a new part may go to: of moves, each beat has its own."""
    if department.noun != "move":
        return [department.each]
    return [f"beats.{name}.moves" for name in _by_slot(resolved.shot.beats) or [ALONE]]


def report(department: Department, resolved: Resolved) -> str:
    """Return what the department would write on a camera report."""
    if department.id == "subject":
        return joined([handle(resolved, name) for name in entries(department, resolved)] or ["nobody"])
    said = [brief(resolved, path) for path in (*department.fields, *department.more) if path in resolved.said]
    parts = [] if department.id == "action" else entries(department, resolved)
    count = f"{len(parts)} {department.noun}{'' if len(parts) == 1 else 's'}" if parts else ""
    doing = [brief(resolved, path) for path in _doing(resolved)] if department.id == "action" else []
    told = " · ".join([*filter(None, [count]), *doing, *said][:4])
    return f"{told}{_from(department, resolved)}" if told else "left open"


def _from(department: Department, resolved: Resolved) -> str:
    """Name the layer that a whole department comes from; empty where the shot says any of it itself."""
    if all(known.origin != "inherited" for known in resolved.values.values()):
        return ""
    mine = [path for path in resolved.said if department_of(path) is department]
    sources = {resolved.values[path].source for path in mine}
    return f", from {sources.pop()}" if len(sources) == 1 and all(sources) else ""


def _doing(resolved: Resolved) -> list[str]:
    order = [name for name, _ in resolved.subjects]
    beats = ((beat, resolved.shot.beats[beat].action) for beat in _by_slot(resolved.shot.beats))
    return [f"beats.{beat}.action.{one}" for beat, held in beats for one in order if one in held]


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
    said = {"reference": ("role", "shows"), "subject": ("description", "wardrobe"), "move": ("path", "speed")}
    paths = [f"{at}.{key}" for key in said.get(department.noun, ())] or fields(department, entry, resolved)
    return " · ".join(brief(resolved, path) for path in paths if path in resolved.said) or "left open"


def reads(resolved: Resolved) -> str:
    """Say what the light does, as derived from its numbers; empty when nothing follows."""
    clauses = [*reading(resolved), *depth(resolved)]
    facts = [*(fact for clause in clauses[:1] for fact in clause.facts), *neutral(resolved), *clauses[-1].facts]
    told = [f"{one.words} ({one.number})" if one.number else one.words for one in facts]
    return f"The light reads: {'; '.join(told)}." if told else ""


def brief(resolved: Resolved, path: str) -> str:
    """Write one value as briefly as a report does."""
    return worded(resolved, path, resolved.value(path))


def hint(resolved: Resolved, path: str) -> str:
    """Say what a field would be if nobody says it, and where that comes from; empty when nothing follows."""
    known = resolved.values.get(path)
    if known is None:
        return _name_hint(resolved, path)
    if known.origin == "said":
        return ""
    if known.origin == "inherited":
        return f"from {known.source}"
    value = shown(known.value)
    term = resolved.vocabulary.terms.get(known.source)
    return f"{value}, from {term.label}" if term else f"{value}, follows from {title(known.because[0]).lower()}"


def sign(value: Any, mark: Mark) -> str:
    """Say how a field stands, for somebody who does not see its sign."""
    return ", ".join(
        word
        for word, is_so in (("said", value is not None), ("left to the model", mark.leave), ("pinned", mark.pin))
        if is_so
    )


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
        Shown(named(one.path), worded(resolved, one.path, one.before), worded(resolved, one.path, one.after))
        for one in changes(resolved.shot, fix)
    ]


class Silence(NamedTuple):
    """A check that is left out: where, and why. `path` is empty for a whole film."""

    code: str
    where: str
    reason: str
    path: str


def silenced(resolved: Resolved, checks: Checks) -> list[Silence]:
    """Return every check that this shot or its film leaves out."""
    here = [
        Silence(code, named(path), reason, path)
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
