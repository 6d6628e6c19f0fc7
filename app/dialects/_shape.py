"""The picture's shape and length: the nearest that a target has, as fields of the request; another one is a loss."""

from functools import cache, lru_cache
from math import floor, log, sqrt
from typing import NamedTuple

from app.compile import Clause, Fact
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
        draft.lose(paths, "An edit keeps the shape of its source.")
        return
    found = nearest(want, target)
    if found is None:
        draft.lose(paths, f"{target.label} takes its shape from the picture that it is given.")
        return
    draft.params |= {target.fields.get(key, key): Param(one, paths) for key, one in found.fields.items()}
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
        return _sized(*_pixels(want, target.pixels))
    if target.sizes:
        return _sized(*min(target.sizes, key=lambda size: abs(log(size[0] / size[1] / want))))
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
    got = draft.clip = nearest_length(want, target)
    draft.params[target.fields.get("duration", "duration")] = Param(plain(got) if got % 1 else int(got), paths)
    if abs(got - want) > 0.01:
        reason = f"{target.label} makes {_lengths(target)} s; {plain(want)} s goes out as {plain(got)} s."
        draft.lose(paths, reason, f"{plain(got)} s")


def set_rate(draft: Draft) -> None:
    """Set the field for the frame rate at which it plays, where the target can be asked for one."""
    path, target = "camera.playback_fps", draft.target
    want = draft.resolved.number(path) if target.rates else None
    if want is None or path not in draft.resolved.said or path in draft.resolved.left:
        return
    got = min(target.rates, key=lambda one: abs(one - want))
    draft.params[target.fields.get("fps", "fps")] = Param(plain(got) if got % 1 else int(got), (path,))
    if abs(got - want) > 0.01:
        draft.lose((path,), f"{target.label} plays at {_either(target.rates)} frames a second.", plain(got))


def nearest_length(want: float, target: Target) -> float:
    """Return the nearest length that a target makes, in seconds; never a shorter one where a longer one is as near."""
    if target.any_duration:
        return min(max(float(floor(want + 0.5)), target.durations[0]), target.durations[-1])
    return min(target.durations, key=lambda one: (abs(one - want), -one))


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


def _sized(width: int, height: int) -> Shape:
    return Shape(f"{width}×{height}", {"width": width, "height": height}, width / height)


def _pixels(want: float, rule: Pixels) -> tuple[int, int]:
    """Return the sides of a size of one's own, both multiples of the step."""
    ratio = min(max(want, 1 / rule.most), rule.most)
    low, high = rule.side
    height = sqrt(rule.megapixels * 1e6 / ratio)
    sides = (height * ratio, height)
    scale = min(1.0, high / max(sides)) if min(sides) >= low else low / min(sides)
    width, height = (min(max(round(side * scale / rule.step) * rule.step, low), high) for side in sides)
    return int(width), int(height)


def _whole(want: float) -> str:
    """Return a ratio in whole numbers."""
    for name in PLAIN_RATIOS:
        wide, _, high = name.partition(":")
        for one in (name, f"{high}:{wide}"):
            if abs(log(_ratio(one) / want)) <= SAME_SHAPE:
                return one
    return f"{round(want * 100)}:100"


def _lengths(target: Target) -> str:
    if target.any_duration:
        return f"{plain(target.durations[0])} to {plain(target.durations[-1])}"
    return _either(target.durations)


def _either(numbers: tuple[float, ...]) -> str:
    *most, last = [plain(one) for one in numbers]
    return f"{', '.join(most)} or {last}" if most else last


@cache
def _ratio(name: str) -> float:
    width, _, height = name.partition(":")
    return float(width) / float(height)
