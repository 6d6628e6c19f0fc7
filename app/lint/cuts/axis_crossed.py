from collections.abc import Iterator
from math import atan2, degrees

from app.lint.alike import agree
from app.lint.axis import Ends, camera_deg, look, moved, orders, pair, stand
from app.lint.cut import Cut, CutRule, called
from app.patch import Json, at
from app.physics.light import wrapped
from app.resolve import Resolved
from app.schema.compiled import Finding

SAME_WAY_DEG = 45
"""Up to this somebody still faces the same way."""


class AxisCrossed(CutRule):
    """The camera crosses the line between two people, or the line along which somebody looks.

    ## What
    Two people change sides of the frame from one shot to the next, though they have not moved: by their marks and the
    camera's place in the set where these are said, else by where they stand across the frame. Of somebody alone: they
    look to the other side, at the same thing. Nothing is said after a shot in which the camera travels.

    ## Why
    An audience keeps a map of the room, and the line between two people is its axis. As long as the camera stays on
    one side of it, who is on the left stays on the left. Across the line they seem to have changed places, or to talk
    past each other. Stay on the side, travel over the line within a shot, or put a shot on the line between the two.

    ## Example
    ```toml
    [before.subjects.mara]
    name = "Mara"
    screen_x = 0.3

    [before.subjects.jonas]
    name = "Jonas"
    slot = 1
    screen_x = 0.7

    [after.subjects.mara]
    name = "Mara"
    screen_x = 0.65

    [after.subjects.jonas]
    name = "Jonas"
    slot = 1
    screen_x = 0.3
    ```
    ```toml
    [before.camera]
    view_azimuth_deg = -60

    [before.subjects.mara]
    name = "Mara"
    mark = { x_m = -0.6, z_m = 0 }
    facing_deg = 90

    [before.subjects.jonas]
    name = "Jonas"
    slot = 1
    mark = { x_m = 0.6, z_m = 0 }
    facing_deg = -90

    [after.camera]
    view_azimuth_deg = -50

    [after.subjects.jonas]
    name = "Jonas"
    mark = { x_m = 0.6, z_m = 0 }
    facing_deg = -90
    ```
    ```toml
    [before.camera]
    view_azimuth_deg = 50

    [before.subjects.mara]
    name = "Mara"
    facing_deg = 0

    [after.camera]
    view_azimuth_deg = -50

    [after.subjects.mara]
    name = "Mara"
    facing_deg = 0
    ```

    ## Instead
    ```toml
    [before.camera]
    view_azimuth_deg = -60

    [before.subjects.mara]
    name = "Mara"
    mark = { x_m = -0.6, z_m = 0 }
    facing_deg = 90

    [before.subjects.jonas]
    name = "Jonas"
    slot = 1
    mark = { x_m = 0.6, z_m = 0 }
    facing_deg = -90

    [after.camera]
    view_azimuth_deg = 50

    [after.subjects.jonas]
    name = "Jonas"
    mark = { x_m = 0.6, z_m = 0 }
    facing_deg = -90
    ```
    """

    id = "axis_crossed"
    number = "CUT01"
    basis = "geometry: the sign of the camera's place against the line"
    holds = "place"

    def check(self, cut: Cut) -> Iterator[Finding]:
        """Ask for the line between two people, else for the one along which somebody looks."""
        if moved(cut.before):
            return
        ends = pair(cut)
        if ends:
            was, now = orders(cut, ends)
            if was * now < 0:
                yield self._between(cut, ends)
        elif len(cut.people) == len(cut.before.subjects) == len(cut.after.subjects) == 1:
            yield from self._alone(cut, *cut.people[0])

    def _between(self, cut: Cut, ends: Ends) -> Finding:
        one, other = (called(*_first(cut, each.before, each.after)) for each in ends)
        return self.found(
            f"The camera crosses the line between {one} and {other}: they change sides of the frame. Stay on the side "
            "of the shot before, or cross it in a move.",
            *_place(cut.after, ends),
            fix=_mirrored(cut, ends) or _swapped(cut, ends),
        )

    def _alone(self, cut: Cut, was: str, now: str) -> Iterator[Finding]:
        if look(cut.before, was) * look(cut.after, now) >= 0 or not _same_look(cut, was, now):
            return
        path, fix = _look_again(cut, was, now)
        side = "right" if look(cut.after, now) > 0 else "left"
        yield self.found(
            f"{called(cut.after, now)} looks to frame {side} now, and looked the other way in the shot before: the "
            "camera has crossed the line of that look.",
            path,
            fix=fix,
        )


def _first(cut: Cut, before: str, after: str) -> tuple[Resolved, str]:
    return (cut.after, after) if after else (cut.before, before)


def _place(resolved: Resolved, ends: Ends) -> tuple[str, ...]:
    """Return where the later shot says on which side of the line it stands."""
    own = [path for path in ("camera.mark.x_m", "camera.mark.z_m") if path in resolved.said]
    if camera_deg(resolved) is not None and not own:
        return ("camera.view_azimuth_deg",)
    return tuple(own) or tuple(f"subjects.{one.after}.screen_x" for one in ends)


def _mirrored(cut: Cut, ends: Ends) -> Json | None:
    """Return the patch that puts the camera as far from the line on its other side; None unless it says its azimuth."""
    places, azimuth = stand(cut, ends, after=True), camera_deg(cut.after)
    if not places or azimuth is None or "camera.view_azimuth_deg" not in cut.after.said:
        return None
    (x, z), (other_x, other_z) = places
    line = degrees(atan2(other_x - x, other_z - z))
    facing = cut.after.number(f"subjects.{cut.after.hero}.facing_deg") or 0.0
    return at("camera.view_azimuth_deg", round(wrapped(2 * line - azimuth - facing), 1))


def _swapped(cut: Cut, ends: Ends) -> Json | None:
    """Return the patch that lets two people change places across the frame."""
    paths = [f"subjects.{one.after}.screen_x" for one in ends]
    if not set(paths) <= cut.after.said or camera_deg(cut.after) is not None:
        return None
    first, second = (cut.after.number(path) for path in paths)
    return {"subjects": {ends.one.after: {"screen_x": second}, ends.other.after: {"screen_x": first}}}


def _same_look(cut: Cut, was: str, now: str) -> bool:
    """Tell whether somebody looks at the same thing, and faces as before where that is said."""
    eyelines = [resolved.value(f"subjects.{who}.eyeline") for resolved, who in ((cut.before, was), (cut.after, now))]
    if eyelines[0] is None or eyelines[1] is None:
        facing = cut.before.number(f"subjects.{was}.facing_deg"), cut.after.number(f"subjects.{now}.facing_deg")
        return facing[0] is None or facing[1] is None or abs(wrapped(facing[1] - facing[0])) <= SAME_WAY_DEG
    first, second = (_seen(one) for one in eyelines)
    return agree(first, second)


def _seen(eyeline: object) -> str:
    """Return what somebody looks at, without the side."""
    words = eyeline["words"] if isinstance(eyeline, dict) else str(eyeline)
    return " ".join(one for one in words.casefold().replace(",", " ").split() if one not in {"left", "right"})


def _look_again(cut: Cut, was: str, now: str) -> tuple[str, Json | None]:
    """Return where the later shot says a look, and the patch that turns it back."""
    eyeline, facing = f"subjects.{now}.eyeline", f"subjects.{now}.facing_deg"
    if eyeline in cut.after.said:
        return eyeline, cut.as_before((f"subjects.{was}.eyeline", eyeline))
    if view := cut.after.number("camera.view_azimuth_deg"):
        return "camera.view_azimuth_deg", at("camera.view_azimuth_deg", -view)
    return facing, cut.as_before((f"subjects.{was}.facing_deg", facing))
