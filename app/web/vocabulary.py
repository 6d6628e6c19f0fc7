"""What the vocabulary's pages show: facets by department, a term's numbers, what picking it does, who speaks of it."""

import re
from dataclasses import dataclass
from functools import cache

from app.compile.wording import plain
from app.lint import rules
from app.schema.facets import extra, field_of, limits, picked_at, title
from app.vocab import Facet, Term, vocabulary

GROUPS = (
    ("Intent", ("intent",)),
    ("Framing", ("framing",)),
    ("Camera", ("camera",)),
    ("Light", ("light", "lighting")),
    ("Look", ("look",)),
    ("Place", ("place",)),
    ("Subject", ("subject",)),
    ("Beat", ("beat",)),
    ("Sound", ("sound",)),
    ("Time", ("time",)),
    ("Keep out", ("exclude",)),
    ("References", ("reference",)),
)
"""The departments, and the areas of the vocabulary that each one has. Another area is a department of its own."""

TERM_ID = re.compile(r"\b[a-z_]+\.[a-z_]+\.[a-z0-9_]+|\bexclude\.[a-z0-9_]+")

CONFIDENCE = {
    "source": "Read in the source named here.",
    "derived": "Follows from the formula named here; anybody can work it out again.",
    "craft": "Practice, not a citation: a sensible default, to be argued with.",
}

UNITS = {
    "deg_per_s": "° a second",
    "per_m": "per metre",
    "m": "m",
    "mm": "mm",
    "deg": "°",
    "stops": "stops",
    "k": "K",
    "pct": "%",
    "t": "T",
    "s": "s",
    "r": ":1",
    "x": "×",
    "fps": "fps",
    "hz": "Hz",
    "year": "",
    "y": "",
    "n": "",
}
"""What stands at the end of a number's name, and how its unit is written; the longest end counts."""

SPOKEN = {
    "x": "Across the frame, 0 left",
    "y": "Down the frame, 0 top",
    "ei": "Exposure index",
    "ei_high_base": "Exposure index, upper base",
    "cc": "Towards magenta",
    "red": "Red, linear Rec. 709",
    "green": "Green, linear Rec. 709",
    "blue": "Blue, linear Rec. 709",
    "sigma": "Grain, share of full white",
    "grain_sigma": "Grain, share of full white",
    "sigma_per_m": "Extinction",
    "extinction_per_m": "Extinction",
    "mired": "Shift, + warms",
    "metres_per_s": "Speed",
    "max_stop_t": "Fastest stop",
    "hfov": "Horizontal angle of view",
    "cct": "Colour temperature",
    "gate_w": "Gate, width",
    "gate_h": "Gate, height",
    "sun": "Sun over the horizon",
    "ratio": "Ratio",
    "squeeze": "Squeeze",
    "loss": "Light lost",
    "dolly": "Dolly, + in",
    "truck": "Truck, + right",
    "pedestal": "Pedestal, + up",
    "pan": "Pan, + right",
    "tilt": "Tilt, + up",
    "roll": "Roll, + clockwise",
    "zoom": "Zoom, + in",
    "arc": "Arc, + right",
}
"""Names of numbers that say too little by themselves."""

OWN_UNITS = {
    "mired": "mired",
    "cc": "CC",
    "metres_per_s": "m/s",
    "max_stop_t": "T",
    "squeeze": "×",
    "sigma_per_m": "per metre",
    "extinction_per_m": "per metre",
}


@dataclass(frozen=True)
class Group:
    """A department with its facets."""

    label: str
    facets: tuple[Facet, ...]

    @property
    def count(self) -> int:
        """How many terms it has."""
        return sum(len(facet.terms) for facet in self.facets)


@dataclass(frozen=True)
class Row:
    """A number of a term: its name, its value or values, its range, and its unit."""

    name: str
    value: str
    span: str
    unit: str


@dataclass(frozen=True)
class Place:
    """A field of a shot: its path with `*` for an id, its title, its unit, and its range."""

    path: str
    title: str
    unit: str
    span: str


def groups() -> list[Group]:
    """Return the departments that have terms, in the order in which a shot is planned."""
    areas = {area: label for label, own in GROUPS for area in own}
    order = [label for label, _ in GROUPS]
    found: dict[str, list[Facet]] = {label: [] for label in order}
    for facet in vocabulary().facets.values():
        area = facet.id.partition(".")[0]
        found.setdefault(areas.get(area, area.capitalize()), []).append(facet)
    return [Group(label, tuple(facets)) for label, facets in found.items() if facets]


def department(facet: Facet) -> str:
    """Return the label of the department that a facet belongs to."""
    return next(group.label for group in groups() if facet in group.facets)


@cache
def paths_of(facet: str) -> tuple[str, ...]:
    """Return the paths of a shot that take terms of a facet, with `*` for an id."""
    return tuple(path for path, found in picked_at().items() if found == facet)


def places(facet: Facet) -> list[Place]:
    """Return the fields that take terms of a facet."""
    return [_place(path) for path in paths_of(facet.id)]


def named(facet: Facet) -> Place | None:
    """Return the number that a facet's terms are names for, or None."""
    path = number_path(facet)
    return _place(path) if path else None


def number_path(facet: Facet) -> str:
    """Return the path of the number that a facet's terms are names for, with `*` for an id; empty without one."""
    return _beside(facet.id, facet.names) if facet.names else ""


def _place(path: str) -> Place:
    if field_of(path) is None:  # a number that only follows from others
        name, unit = _named(path.rpartition(".")[2])
        return Place(path, name, unit, "")
    span, unit = limits(path), extra(path).get("unit", "")
    return Place(path, title(path), unit, f"{_written(span[0])} to {_written(span[1])}" if span else "")


def _beside(facet: str, path: str) -> str:
    """Return a path that a facet names: with a leading dot, it stands beside the pick."""
    paths = paths_of(facet)
    if not path.startswith("."):
        return path
    return (paths[0].rpartition(".")[0] if paths else "lights.*") + path


def numbers(term: Term) -> list[Row]:
    """Return a term's numbers as rows of a table: ranges joined with the value between them, units apart."""
    joined: dict[tuple[str, str], dict[str, float]] = {}
    for key, value in term.numbers.items():
        stem, which = _end(key)
        joined.setdefault(_named(stem), {})[which] = value
    rows = [
        Row(name, _written(found.get("")), _span(found.get("min"), found.get("max")), unit)
        for (name, unit), found in joined.items()
    ]
    lists = [(_named(key), ", ".join(map(_written, values))) for key, values in term.lists.items()]
    return rows + [Row(name, told, "", unit) for (name, unit), told in lists]


def brief(term: Term) -> str:
    """Return what a term stands for in one line: what it implies, then its numbers, the one that it names first."""
    facet = vocabulary().facets[term.facet]
    own = _named(facet.by or facet.names.rpartition(".")[2])[0]
    rows = sorted(numbers(term), key=lambda row: row.name != own)
    told = [with_unit(_beside(term.facet, key), value, name=True) for key, value in _implied_only(term)]
    if {"gate_w_mm", "gate_h_mm"} <= term.numbers.keys():
        told.append(f"{_written(term.numbers['gate_w_mm'])} × {_written(term.numbers['gate_h_mm'])} mm")
        rows = [row for row in rows if not row.name.startswith("Gate")]
    rows = [row for row in rows if row.name not in UNTOLD]
    alone = len({row.name for row in rows}) == 1 or (rows and rows[0].name == own)
    for at, row in enumerate(rows):
        value = _joined(row.span or row.value, row.unit)
        told.append(value if alone and at == 0 and row.unit else f"{row.name.partition(',')[0].lower()} {value}")
    told.append(_span(term.numbers.get("from_year"), term.numbers.get("to_year")))
    return " · ".join([one for one in told if one][:2])


UNTOLD = frozenset(
    [
        SPOKEN[key]
        for key in ("red", "green", "blue", "dolly", "truck", "pedestal", "pan", "tilt", "roll", "zoom", "arc")
    ]
) | {"Monochrome", "From", "To"}
"""Numbers that say nothing in a list; a sketch or the name says it, or the years stand at the end."""


def _implied_only(term: Term) -> list[tuple[str, float]]:
    """Return what a term implies and does not also give as a range."""
    stems = {_end(key)[0] for key in term.numbers}
    return [(path, value) for path, value in term.sets.items() if path.rpartition(".")[2] not in stems]


def _joined(value: str, unit: str) -> str:
    """Write a number with its unit as a camera report does."""
    if unit == "T":
        return f"T{value}"
    return f"{value}{unit}" if unit in {"°", "×", ":1"} else f"{value} {unit}".strip()


def _end(key: str) -> tuple[str, str]:
    """Take the mark of a range out of a number's name: `height_min_m` is the least `height_m`."""
    if key in SPOKEN:
        return key, ""
    for which in ("min", "max"):
        if found := re.fullmatch(rf"(.+)_{which}(_.+)?", key):
            return found[1] + (found[2] or ""), which
    return key, ""


def _named(key: str) -> tuple[str, str]:
    """Return how a number is called, and its unit."""
    if key in SPOKEN:
        return SPOKEN[key], OWN_UNITS.get(key, "")
    unit = max((one for one in UNITS if key.endswith(f"_{one}")), key=len, default="")
    stem = key.removesuffix(f"_{unit}") if unit else key
    told = SPOKEN.get(stem) or stem.removesuffix("_abs").replace("_", " ").capitalize()
    return told + (", either side" if stem.endswith("_abs") else ""), UNITS.get(unit, "")


def _span(low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return ""
    if low is None or high is None:
        return f"up to {_written(high)}" if low is None else f"from {_written(low)}"
    between = " to " if low < 0 else "–"
    return f"{_written(low)}{between}{_written(high)}"


def _written(number: float | None) -> str:
    return "" if number is None else plain(number, 4).replace("-", "−")


def implied(term: Term) -> list[str]:
    """Say what picking a term sets, a sentence each."""
    return [
        f"sets the {_lower(title(path).partition(',')[0])} to {with_unit(path, value)}"
        for key, value in term.sets.items()
        for path in [_beside(term.facet, key)]
    ]


def with_unit(path: str, value: float, *, name: bool = False) -> str:
    """Write a value as a camera report does: T2, 5600 K, 45°; `name` also says which one EI 500 is."""
    unit, told = extra(path).get("unit", ""), _written(value)
    if unit == "EI":
        return f"EI {told}" if name else told
    return _joined(told, unit)


def _lower(words: str) -> str:
    return words if words[:2].isupper() or words[1:2] == "-" else words[0].lower() + words[1:]


@cache
def _pages() -> dict[str, frozenset[str]]:
    """Return the terms that each rule's page names."""
    return {code: frozenset(TERM_ID.findall(rule.page())) for code, rule in rules.items()}


def checks(term: Term) -> list[str]:
    """Return the codes of the rules that are about a term."""
    return [code for code, rule in rules.items() if term.id in rule.about]


def mentions(term: Term) -> list[str]:
    """Return the codes of the rules that are not about a term but name it on their page."""
    about = checks(term)
    return [code for code, named_there in _pages().items() if term.id in named_there and code not in about]


def readers(facet: Facet) -> list[str]:
    """Return the codes of the rules that need one of a facet's fields, or the number that it names."""
    own = {*paths_of(facet.id)}
    if place := named(facet):
        own.add(place.path)
    return [code for code, rule in rules.items() if not own.isdisjoint(rule.needs)]


def spoken(code: str) -> str:
    """Return a rule's name as words: its page's first line."""
    return rules[code].page().splitlines()[0].lstrip("# ").rstrip(".")


def severity(code: str) -> str:
    """Return how grave a rule is."""
    return rules[code].severity
