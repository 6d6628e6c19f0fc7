"""Several shots as one prompt, for models that cut by themselves: each behind its own time code."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.compile import Brief
from app.dialects import _shape as shape
from app.dialects._negative import fitting
from app.dialects.base import Dialect, listed, timed
from app.resolve import Resolved
from app.schema import Loss, Param, Prompt, Segment, Sent
from app.vocab import Target
from app.vocab.targets import Timing

OF_A_CODE = 20
"""Room for the time code of each shot."""

UNTIMED = "Shot {number}: "
"""What stands before a shot when not every shot says how long it is: nobody's seconds are guessed."""


def write_scene(dialect: Dialect, briefs: Sequence[Brief], shots: Sequence[Resolved], target: Target) -> Prompt:
    """Write shots as one prompt. Paths begin with `shots.1.`; shots beyond the most that a target takes are lost.

    References are numbered through the whole scene, and one picture in one role is sent once.
    """
    most = _most(shots, target)
    lengths = [one.number("duration_s") for one in shots[:most]]
    codes = _codes(lengths, target)
    room = _room(target, len(codes))
    segments: list[Segment] = []
    negative: dict[str, Segment] = {}
    params: dict[str, Param] = {}
    losses: list[Loss] = []
    sent: list[Sent] = []
    for number, (brief, resolved, code) in enumerate(zip(briefs, shots, codes, strict=False), start=1):
        prompt = dialect.write(brief, resolved, room, already=sent)
        at = f"shots.{number}"
        opening = Segment(code, (f"{at}.duration_s",) if lengths[number - 1] is not None else ())
        segments += [*([Segment("\n")] if segments else []), opening, *(_moved(one, at) for one in prompt.segments)]
        negative |= {one.text: _moved(one, at) for one in prompt.negative if one.paths}
        _gather(params, prompt.params or {}, at, losses, target)
        sent += [one for one in prompt.references if one not in sent]
        losses += [replace(one, paths=_below(one.paths, at)) for one in prompt.losses]
    losses += [
        Loss(
            _below(tuple(sorted(one.said)), f"shots.{number}"),
            "dropped",
            _too_late(number, target),
        )
        for number, one in enumerate(shots[most:], start=most + 1)
    ]
    _set_length(params, lengths, target, losses, target.lengths(one.role for one in sent))
    kept, beyond = fitting(negative.values(), target)
    return Prompt(tuple(segments), tuple(listed(kept)), params, tuple(sent), (*losses, *beyond))


def _most(shots: Sequence[Resolved], target: Target) -> int:
    """Return how many shots go into one prompt: what the target takes, and none that begins when the clip is over."""
    most, start = 0, 0.0
    for one in shots[: target.timing.shots]:
        if target.durations and start >= max(target.durations):
            break
        most, start = most + 1, start + (one.number("duration_s") or 0)
    return most


def _too_late(number: int, target: Target) -> str:
    if number > target.timing.shots:
        return f"{target.label} takes {target.timing.shots} shots a prompt."
    return f"This shot begins when the {max(target.durations):g} s of {target.label} are over."


def _codes(lengths: Sequence[float | None], target: Target) -> list[str]:
    """Return what stands before each shot."""
    if any(one is None for one in lengths):
        return [UNTIMED.format(number=number) for number, _ in enumerate(lengths, start=1)]
    codes, start = [], 0.0
    for number, length in enumerate(lengths, start=1):
        end = start + (length or 0)
        codes.append(timed(target.timing.shot, number, start, min(end, max(target.durations, default=end))))
        start = end
    return codes


def _room(target: Target, count: int) -> Target:
    """Return the target with a shot's share of its room, any length, and no time codes inside a shot."""
    share = max(target.limit.count // max(count, 1) - OF_A_CODE, 1) if target.limit.count else 0
    limit = target.limit.model_copy(update={"count": share})
    references = target.references.model_copy(update={"lengths": {}})
    timing = Timing(shots=target.timing.shots)
    return target.model_copy(update={"limit": limit, "timing": timing, "references": references})


def _gather(params: dict[str, Param], more: dict[str, Param], at: str, losses: list[Loss], target: Target) -> None:
    """Take up a shot's fields; the length is the scene's, and another value than that of an earlier shot is lost."""
    for name, param in more.items():
        paths = _below(param.paths, at)
        if name == target.fields.get("duration", "duration"):
            continue
        before = params.get(name)
        if before is None or isinstance(before.value, list):
            kept = before.value if before else []
            value = (
                [*kept, *(one for one in param.value if one not in kept)]
                if isinstance(param.value, list)
                else param.value
            )
            params[name] = Param(value, (*(before.paths if before else ()), *paths))
        elif before.value == param.value:
            params[name] = Param(before.value, (*before.paths, *paths))
        else:
            reason = f"One prompt has one {name}: that of the first shot."
            losses.append(Loss(paths, "approximated", reason, str(before.value)))


def _set_length(
    params: dict[str, Param],
    lengths: Sequence[float | None],
    target: Target,
    losses: list[Loss],
    made: tuple[float, ...],
) -> None:
    """Set the length of the whole scene, where every shot says its own."""
    said = tuple(f"shots.{number}.duration_s" for number, one in enumerate(lengths, start=1) if one is not None)
    if not target.durations or len(said) < len(lengths):
        return
    want = sum(one or 0 for one in lengths)
    got = shape.nearest_length(want, made, target)
    params |= shape.field("duration", got, target, said)
    if abs(got - want) > 0.01:
        losses.append(Loss(said, "approximated", f"{target.label} makes no {want:g} s in one go.", f"{got:g} s"))


def _moved(segment: Segment, at: str) -> Segment:
    return Segment(segment.text, _below(segment.paths, at), segment.derived)


def _below(paths: Iterable[str], at: str) -> tuple[str, ...]:
    return tuple(f"{at}.{path}" for path in paths)
