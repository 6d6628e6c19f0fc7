"""The picture's shape and length: the nearest that a target has, as fields of the request; another one is a loss."""

from functools import cache, lru_cache
from math import ceil, floor, log, sqrt
from typing import NamedTuple

from app.compile import Clause, Fact
from app.compile.changes import EXTEND
from app.compile.wording import plain
from app.dialects._draft import Draft
from app.resolve import Resolved
from app.resolve.known import ordered
from app.schema import Param
from app.vocab import Target
from app.vocab.targets import REMEMBERED, Pixels

SAME_SHAPE = 0.005
"""Ratios that differ by less, as a natural logarithm, are one shape: 1.78 and 16:9, 2.39 and 1536 by 640."""

MADE_BY_ROUNDING = 0.02
"""Sides that are multiples of 16 or 64 miss a ratio by as much."""

PLAIN_RATIOS = ("1:1", "5:4", "4:3", "3:2", "16:10", "16:9", "2:1", "21:9", "3:1")
"""Ratios that are called by these whole numbers wherever they fit; others count in hundredths."""


class Shape(NamedTuple):
    """A shape that a target has: what it is called, the fields that ask for it, and its ratio."""

    name: str
    fields: dict[str, object]
    ratio: float


def set_shape(draft: Draft) -> None:
    """Set the fields for the picture's shape. One that the target lacks is a loss, with room for the extraction."""
    want, paths, target = draft.resolved.number("framing.aspect"), shape_paths(draft.resolved), draft.target
    if not want or not draft.resolved.left.isdisjoint(paths):
        return
    if draft.editing:
        if not draft.resolved.value(EXTEND):
            draft.lose(paths, "An edit keeps the shape of its source.")
        return
    found = nearest(want, target)
    if found is None:
        draft.lose(paths, f"{target.label} takes its shape from the picture that it is given.")
        return
    for key, one in found.fields.items():
        draft.params |= field(key, one, target, paths)
    if abs(log(found.ratio / want)) > (MADE_BY_ROUNDING if target.pixels or target.sizes else SAME_SHAPE):
        reason = f"{target.label} has no {want:.2f}:1; it goes out as {found.name}, with room for the extraction."
        draft.lose(paths, reason, found.name)
        draft.extraction = want


def nearest(want: float, target: Target) -> Shape | None:
    """Return the nearest shape that a target has, or None where it takes none."""
    if want not in target.nearest_shapes:
        if len(target.nearest_shapes) > REMEMBERED:
            target.nearest_shapes.clear()
        target.nearest_shapes[want] = _nearest(want, target)
    found: Shape | None = target.nearest_shapes[want]
    return found


def _nearest(want: float, target: Target) -> Shape | None:
    if target.free_aspect:
        name = _whole(want)
        return Shape(name, {"aspect_ratio": name}, _ratio(name))
    if target.pixels:
        return _sized(_pixels(want, target.pixels), target)
    if target.sizes:
        return _sized(min(target.sizes, key=lambda size: abs(log(size[0] / size[1] / want))), target)
    if not target.aspects:
        return None
    name = min(target.aspects, key=lambda one: abs(log(_ratio(one) / want)))
    return Shape(name, {"aspect_ratio": name}, _ratio(name))


def set_length(draft: Draft) -> None:
    """Set the field for the length of a moving picture: as said, or as its last beat ends."""
    target = draft.target
    if target.medium == "image":
        return
    want, paths = _length(draft.resolved)
    if want is None or not draft.resolved.left.isdisjoint(paths):
        return
    if not target.durations:
        draft.lose(paths, f"{target.label} sets its own length.")
        return
    made = target.lengths(one.role for one in draft.sent)
    got = draft.clip = nearest_length(want, made, target)
    draft.params |= field("duration", got, target, paths)
    if abs(got - want) > 0.01:
        beside = "" if made == target.durations else " beside these pictures"
        reason = f"{target.label} makes {_lengths(made, target)} s{beside}; {plain(want)} s goes out as {plain(got)} s."
        draft.lose(paths, reason, f"{plain(got)} s")


def set_rate(draft: Draft) -> None:
    """Set the field for the frame rate at which it plays, where the target can be asked for one."""
    path, target = "camera.playback_fps", draft.target
    want = draft.resolved.number(path) if target.rates else None
    if want is None or path not in draft.resolved.said or path in draft.resolved.left:
        return
    got = min(target.rates, key=lambda one: abs(one - want))
    draft.params |= field("fps", got, target, (path,))
    if abs(got - want) > 0.01:
        draft.lose((path,), f"{target.label} plays at {_either(target.rates)} frames a second.", plain(got))


def field(name: str, value: object, target: Target, paths: tuple[str, ...]) -> dict[str, Param]:
    """Return a field as the request has it: under its name there, its value as it is written there."""
    told = int(value) if isinstance(value, float) and not value % 1 else value
    if form := target.values.get(name):
        told = form.format(**told) if isinstance(told, dict) else form.format(told)
    return {target.fields.get(name, name): Param(told, paths)}


def nearest_length(want: float, made: tuple[float, ...], target: Target) -> float:
    """Return the nearest of the lengths that are made, in seconds; of two as near the longer one."""
    if target.any_duration:
        return min(max(float(floor(want + 0.5)), made[0]), made[-1])
    return min(made, key=lambda one: (abs(one - want), -one))


def shape_paths(resolved: Resolved) -> tuple[str, ...]:
    """Return the said paths that the picture's shape follows from: the number, the name, or both.

    Words of one's own beside a number name no shape: no field carries them.
    """
    named = ("framing.shape",) if resolved.pick("framing.shape") else ()
    return tuple([path for path in ("framing.aspect", *named) if path in resolved.said])


@lru_cache(maxsize=64)
def extraction(ratio: float, paths: tuple[str, ...]) -> Clause:
    """Return the clause that asks for a shape as a band inside another one; the same one for the same shape."""
    words = f"composed for a {ratio:.2f}:1 extraction from the middle of the frame"
    return Clause("extraction", [Fact("extraction", words, paths)], priority=3)


def _length(resolved: Resolved) -> tuple[float | None, tuple[str, ...]]:
    """Return the length in seconds and the said paths that it follows from."""
    beats = ordered(resolved.shot.beats)
    ends = {f"beats.{name}.end_s": beat.end_s for name, beat in beats if beat.end_s is not None}
    own = ("duration_s",) if "duration_s" in resolved.said else ()
    only = [f"beats.{beats[0][0]}.{key}" for key in ("start_s", "end_s")] if len(beats) == 1 else []
    if own:
        said = resolved.number("duration_s")
        return said, (
            *own,
            *(path for path in only if path in resolved.said and not resolved.number(path[:-5] + "start_s")),
        )
    if not ends:
        return None, ()
    last = max(ends, key=lambda path: ends[path] or 0)
    return ends[last], (last, *(path for path in only if path in resolved.said and path != last))


def _sized(sides: tuple[int, int], target: Target) -> Shape:
    """Return the shape of a size: as one field where the target has one for it, else as two."""
    width, height = sides
    fields: dict[str, object] = {"width": width, "height": height}
    return Shape(f"{width}×{height}", {"size": fields} if "size" in target.fields else fields, width / height)


def _pixels(want: float, rule: Pixels) -> tuple[int, int]:
    """Return the sides of a size of one's own, both multiples of the step: of the two about as large, the nearer."""
    ratio = min(max(want, 1 / rule.most), rule.most)
    longer = max(ratio, 1 / ratio)
    low, high = rule.side
    side = sqrt(rule.megapixels * 1e6 / longer)
    side *= min(1.0, high / (side * longer)) if side >= low else low / side
    steps = (floor(side / rule.step), ceil(side / rule.step))
    sizes = [(_side(short * longer, rule), _side(short, rule)) for short in (step * rule.step for step in steps)]
    long, short = min(sizes, key=lambda size: abs(log(size[0] / size[1] / longer)))
    return (long, short) if ratio >= 1 else (short, long)


def _side(length: float, rule: Pixels) -> int:
    return min(max(round(length / rule.step) * rule.step, rule.side[0]), rule.side[1])


def _whole(want: float) -> str:
    """Return a ratio in whole numbers."""
    for name in PLAIN_RATIOS:
        wide, _, high = name.partition(":")
        for one in (name, f"{high}:{wide}"):
            if abs(log(_ratio(one) / want)) <= SAME_SHAPE:
                return one
    return f"{round(want * 100)}:100"


def _lengths(made: tuple[float, ...], target: Target) -> str:
    return f"{plain(made[0])} to {plain(made[-1])}" if target.any_duration else _either(made)


def _either(numbers: tuple[float, ...]) -> str:
    *most, last = [plain(one) for one in numbers]
    return f"{', '.join(most)} or {last}" if most else last


@cache
def _ratio(name: str) -> float:
    width, _, height = name.partition(":")
    return float(width) / float(height)
