"""One step along an axis: "a touch warmer", "half a stop down", "tighter". What is open is turned; else it is asked."""

from collections.abc import Iterator
from math import copysign
from typing import NamedTuple

from app.parse.notes_sheet import FOLLOWS, Heard, Sheet
from app.physics.colour import kelvin_of, mired
from app.physics.light import side, wrapped
from app.schema.facets import facet_of, limits, title
from app.vocab.notes import Axis, Way

SNAPS = 0.02
"""How near a marked value must be for a result to snap to it."""

PLAIN = 2
"""The place of a step without a word of degree."""

HOTTEST_MIRED = 37.0
"""27,000 K, where the schema ends."""

MOST_TERMS = 9
"""More steps than any row of terms has."""


class Size(NamedTuple):
    """How far: the place of a degree in an axis's steps, or a number with its unit."""

    degree: int = PLAIN
    number: float | None = None
    unit: str = ""


class Turn(NamedTuple):
    """A step to take: along which axis, towards more (1) or less (−1), how far, and where a swing leads."""

    axis: Axis
    sign: int
    size: Size
    goal: str = ""


def turn(sheet: Sheet, step: Turn, heard: Heard) -> bool:
    """Take a step, for each lamp that the note names; ask where nothing is open. True when something changed."""
    by_lamp = any("lights.*" in way.path for way in step.axis.way)
    targets = (sheet.lights or (sheet.resolved.key,)) if by_lamp else ("",)
    if by_lamp and not any(targets):
        sheet.ask(f"“{heard.text}”: which lamp? No key is said.")
        return False
    changed = [_turn_one(sheet, step, heard, target) for target in targets]
    return any(changed)


def _turn_one(sheet: Sheet, step: Turn, heard: Heard, target: str) -> bool:
    for way in step.axis.way:
        paths = [path for path in _paths(sheet, way, target) if _is_open(sheet, way, path, step.size)]
        if paths:
            changed = [_change(sheet, step, heard, way, path) for path in paths]
            return any(changed)
    whose = f" ({target.replace('_', ' ')})" if target else ""
    unit = step.size.unit if step.size.number is not None else ""
    if unit and not any(way.unit == unit for way in step.axis.way):
        sheet.ask(f"“{heard.text}”{whose}: {step.axis.label} does not go by {unit}.")
    else:
        sheet.ask(f"“{heard.text}”{whose}: than what? {step.axis.ask}")
    return False


def _paths(sheet: Sheet, way: Way, target: str) -> Iterator[str]:
    """Return the paths that a way stands for in this shot."""
    resolved = sheet.resolved
    if way.only and str(sheet.said(f"lights.{target}.role")) != f"light.role.{way.only}":
        return
    if "**" in way.path:
        for beat, held in resolved.shot.beats.items():
            for move in held.moves:
                yield f"beats.{beat}.moves.{move}.{way.path.rpartition('.')[2]}"
        return
    roles = {"<key>": resolved.key, "<fill>": _of_role(sheet, "fill")}
    keys = [roles.get(key, key) for key in way.path.split(".")]
    stands_for = target if keys[0] == "lights" else sheet.subject or resolved.hero
    keys = [stands_for if key == "*" else key for key in keys]
    if all(keys):
        yield ".".join(keys)


def _of_role(sheet: Sheet, role: str) -> str:
    return next((name for name, light in sheet.resolved.lights if light.role == f"light.role.{role}"), "")


def _is_open(sheet: Sheet, way: Way, path: str, size: Size) -> bool:
    if size.number is not None and size.unit != way.unit and not (way.how == "mired" and size.unit == "K"):
        return False
    if path.startswith("lights.") and way.how in {"swing", "add", "times"} and _stands_at_a_mark(sheet, way, path):
        return False
    if way.how == "term":
        return bool(_row(sheet, way, path)[1])
    known = sheet.resolved.number(path) is not None
    return way.base is not None or (known and (way.known or path in sheet.resolved.said))


def _stands_at_a_mark(sheet: Sheet, way: Way, path: str) -> bool:
    """Tell whether a lamp's direction follows from its mark in the set, so that a number beside it would fight it."""
    key = path.rpartition(".")[2]
    return way.known and key != "cct_k" and sheet.said(f"{path.rpartition('.')[0]}.mark") is not None


def _change(sheet: Sheet, step: Turn, heard: Heard, way: Way, path: str) -> bool:
    if way.how == "term":
        return _change_term(sheet, step, heard, way, path)
    before = sheet.resolved.number(path)
    before = way.base or 0.0 if before is None else before
    after = _moved(sheet, step, way, path, before)
    if after is None:
        sheet.ask(f"“{heard.text}”: to which side? The lamp stands on the axis.")
        return False
    after = _rounded(way, path, after)
    if after == before:
        sheet.ask(f"“{heard.text}”: {path} is at the end of its range ({before:g}).")
        return False
    if way.how == "swing":
        _say_frame(sheet, path.rpartition(".")[0], heard)
    if not sheet.put(path, after, heard, _told(step, way, before, after)):
        return False
    if way.how == "swing":
        _rename(sheet, path.rpartition(".")[0], heard)
    return True


def _moved(sheet: Sheet, step: Turn, way: Way, path: str, before: float) -> float | None:
    """Return a number one step further, not yet rounded; None where a swing has no side to go to."""
    sign, size = step.sign * way.turn, step.size
    far = way.steps[size.degree] if size.number is None else size.number
    if way.how == "swing":
        return _swung(sheet, path, before, far, step.goal)
    if way.how == "mired" and size.unit != "K":
        return kelvin_of(max(mired(before) + sign * far, HOTTEST_MIRED))
    if way.how == "stop":
        return float(before * 2 ** (sign * far / 2))
    if size.number is not None or way.how == "add":
        return before - sign * far if way.how == "mired" else before + sign * far
    return float(before * far**sign) if way.how == "times" else _next(way.values, before, sign, int(far))


def _next(values: tuple[float, ...], before: float, sign: int, steps: int) -> float:
    """Return the marked value so many places further; the last one where the row ends before."""
    ahead = [one for one in values if one > before] if sign > 0 else [one for one in reversed(values) if one < before]
    return ahead[min(steps, len(ahead)) - 1] if ahead else before


def _swung(sheet: Sheet, path: str, azimuth: float, far: float, goal: str) -> float | None:
    """Return a lamp's azimuth after a step round the subject towards a goal, as the camera sees it."""
    seen = sheet.resolved.number(f"{path.rpartition('.')[0]}.camera_azimuth_deg")
    seen = wrapped(azimuth if seen is None else seen)
    if goal in {"side", "back"} and not side(seen):
        return None
    at = {"left": -90.0, "right": 90.0, "front": 0.0, "side": copysign(90, seen), "back": copysign(180, seen)}[goal]
    gap = at - seen if abs(seen) <= 90 or goal not in {"left", "right"} else wrapped(at - seen)
    return wrapped(azimuth + copysign(min(abs(gap), far), gap))


def _say_frame(sheet: Sheet, light: str, heard: Heard) -> None:
    """Say the frame that a derived azimuth is read in: once the number is said, its name no longer tells."""
    frame = sheet.resolved.value(f"{light}.frame")
    if f"{light}.azimuth_deg" not in sheet.resolved.said and frame and sheet.said(f"{light}.frame") is None:
        sheet.put(f"{light}.frame", frame, heard, FOLLOWS)


def _rename(sheet: Sheet, light: str, heard: Heard) -> None:
    """Let a lamp's side, direction and pattern follow its azimuth."""
    now, face = sheet.resolved.number(f"{light}.camera_azimuth_deg"), sheet.resolved.number(f"{light}.face_azimuth_deg")
    stands = side(now) if now is not None else None
    if sheet.said(f"{light}.side") and stands and stands != sheet.said(f"{light}.side"):
        sheet.put(f"{light}.side", stands, heard, FOLLOWS)
    for key, azimuth in (("direction", now), ("pattern", face)):
        term = sheet.resolved.term(f"{light}.{key}")
        low, high = (term.numbers.get(f"azimuth_abs_{end}_deg") if term else None for end in ("min", "max"))
        if azimuth is not None and low is not None and high is not None and not low <= abs(azimuth) <= high:
            named = sheet.vocabulary.facets["light.direction"].named(abs(azimuth)) if key == "direction" else None
            sheet.put(f"{light}.{key}", named.id if named else None, heard, FOLLOWS)


def _rounded(way: Way, path: str, value: float) -> float:
    low, high = limits(path) or (value, value)
    marked = [one for one in way.values if abs(one - value) <= SNAPS * value]
    if marked and way.how == "stop":
        value = min(marked, key=lambda one: abs(one - value))
    else:
        value = round(round(value / way.to) * way.to, 4)
    return min(max(value, low), high)


def _change_term(sheet: Sheet, step: Turn, heard: Heard, way: Way, path: str) -> bool:
    row, here = _row(sheet, way, path)
    sign = step.sign * way.turn
    to = min(max(row.index(here) + sign * int(way.steps[step.size.degree]), 0), len(row) - 1)
    label = sheet.vocabulary.terms[here].label
    if row[to] == here:
        sheet.ask(f"“{heard.text}”: {path} is “{label}” already, the end of its row.")
        return False
    held = sheet.said(path)
    after = [row[to] if one == here else one for one in held] if isinstance(held, list) else row[to]
    steps = abs(to - row.index(here))
    why = f", {way.why}" if way.why else ""
    return sheet.put(path, after, heard, f"{steps} step{'s' * (steps > 1)} of {title(path).lower()}{why}")


def _row(sheet: Sheet, way: Way, path: str) -> tuple[list[str], str]:
    """Return the terms of a way in their order, and the one that stands in the shot; empty when none does."""
    facet = sheet.vocabulary.facets.get(facet_of(path))
    if facet is None:
        return [], ""
    terms = [one for one in facet.terms if way.by in one.numbers]
    in_order = sorted(terms, key=lambda one: one.numbers[way.by]) if way.by else []
    row = [f"{facet.id}.{name}" for name in way.terms] or [one.id for one in in_order]
    if path not in sheet.resolved.said:
        named = sheet.resolved.name(path) if way.known else None
        return row, named.id if named and named.id in row else ""
    value = sheet.resolved.value(path)
    held = value if isinstance(value, tuple) else (value,)
    return row, next((one for one in held if isinstance(one, str) and one in row), "")


def _told(step: Turn, way: Way, before: float, after: float) -> str:
    """Say how far a number went, and why this one."""
    sign = step.sign * way.turn
    far = way.steps[step.size.degree] if step.size.number is None else step.size.number
    unit = step.size.unit or way.unit
    if way.how == "times" and step.size.number is None:
        told = f"{'×' if sign > 0 else '÷'}{far:g}"
    elif way.how == "series" and step.size.number is None:
        told = "next focal length" if far == 1 else f"{far:g} focal lengths on"
    elif way.how == "swing":
        told = f"{abs(wrapped(after - before)):g} deg towards the {step.goal}"
    elif way.how == "mired" and unit == "K":
        told = f"{after - before:+g} K"
    else:
        told = f"{sign * far:+.3g} {unit}".strip()
    return f"{step.axis.label}, {told}{f': {way.why}' if way.why else ''}"
