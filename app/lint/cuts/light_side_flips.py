from collections.abc import Iterator

from app.lint.axis import camera_deg, lamp_deg, look
from app.lint.cut import Cut, CutRule
from app.patch import Json, at
from app.physics import light
from app.resolve import Resolved
from app.schema.compiled import Finding

CHEAT_DEG = 45
"""Up to this a key is cheated from set-up to set-up, and nobody sees it."""

VIEWS = ("camera.view", "framing.perspective")
SEEN_FROM = frozenset(
    f"subject.pose.{one}" for one in ("in_profile", "three_quarter_view", "from_behind", "looking_back")
)
"""Poses that tell from where the camera looks."""

OWN = ("camera.mark.x_m", "camera.view_azimuth_deg")


class LightSideFlips(CutRule):
    """The key changes sides, though hour and place stay.

    ## What
    Seen from the camera of the shot before, the key of the next shot stands on the other side, more than 45 degrees
    from where it stood. Where the lamps stand in the set, or the camera's own place in it is said, a camera that goes
    round changes nothing: in a reverse the key may well come from the other side of the frame. Where no place is said,
    two shots of the same person are taken to look the same way.

    ## Why
    The window does not walk through the room between two shots. Faces are recognised by the side that is lit, so that
    the flip is seen before anything else is. Leave the lamps where they stand in the set, and move the camera.

    ## Example
    ```toml
    [before.subjects.mara]
    name = "Mara"

    [before.lights.key]
    role = "light.role.key"
    azimuth_deg = -45

    [after.subjects.mara]
    name = "Mara"

    [after.lights.key]
    role = "light.role.key"
    azimuth_deg = 40
    ```
    ```toml
    [before.camera]
    view_azimuth_deg = 0

    [before.subjects.mara]
    facing_deg = 0

    [before.lights.key]
    role = "light.role.key"
    frame = "set"
    azimuth_deg = -45

    [after.camera]
    view_azimuth_deg = 160

    [after.subjects.mara]
    facing_deg = 0

    [after.lights.key]
    role = "light.role.key"
    azimuth_deg = -45
    ```

    ## Instead
    ```toml
    [before.camera]
    view_azimuth_deg = 0

    [before.subjects.mara]
    facing_deg = 0

    [before.lights.key]
    role = "light.role.key"
    frame = "set"
    azimuth_deg = -45

    [after.camera]
    view_azimuth_deg = 160

    [after.subjects.mara]
    facing_deg = 0

    [after.lights.key]
    role = "light.role.key"
    frame = "set"
    azimuth_deg = -45
    ```
    """

    id = "light_side_flips"
    number = "CUT05"
    basis = "geometry: azimuths in the set"
    holds = "place"

    def check(self, cut: Cut) -> Iterator[Finding]:
        """Compare where the keys stand: in the set, else for two cameras that look the same way."""
        if not cut.before.key or not cut.after.key:
            return
        was, now = lamp_deg(cut.before, cut.before.key), lamp_deg(cut.after, cut.after.key)
        if was is not None and now is not None:
            from_deg = camera_deg(cut.before) or 0.0
            sides = light.side(light.wrapped(was - from_deg)), light.side(light.wrapped(now - from_deg))
            apart = abs(light.wrapped(now - was))
            fix = _turned(cut.after, was - now)
        elif _same_way(cut):
            sides, apart = _sides(cut), _apart(cut)
            fix = _as_before(cut)
        else:
            return
        if all(sides) and sides[0] != sides[1] and apart > CHEAT_DEG:
            yield self.found(
                f"The key came from the {sides[0]} in the shot before and comes from the {sides[1]} now, at the same "
                "hour in the same place: leave it where it stands in the set.",
                *_where(cut.after),
                fix=fix,
            )


def _same_way(cut: Cut) -> bool:
    """Tell whether two cameras can be taken to look the same way: at the same person, and nobody says otherwise."""
    if (cut.before.hero, cut.after.hero) not in cut.cast:
        return False
    if any(path in resolved.said for path in OWN for resolved in (cut.before, cut.after)):
        return False
    if any(cut.before.value(path) != cut.after.value(path) for path in VIEWS) or _poses(cut):
        return False
    if look(cut.before, cut.before.hero) * look(cut.after, cut.after.hero) < 0:
        return False
    facing = [resolved.number(f"subjects.{resolved.hero}.facing_deg") for resolved in (cut.before, cut.after)]
    if facing[0] is None or facing[1] is None:
        return facing[0] is facing[1]
    return abs(light.wrapped(facing[1] - facing[0])) <= CHEAT_DEG


def _poses(cut: Cut) -> bool:
    """Tell whether one of two poses is seen from another side than the other."""
    seen = [resolved.pick(f"subjects.{resolved.hero}.pose") for resolved in (cut.before, cut.after)]
    return seen[0] != seen[1] and not SEEN_FROM.isdisjoint(seen)


def _sides(cut: Cut) -> tuple[str, str]:
    was, now = (resolved.value(f"lights.{resolved.key}.side") for resolved in (cut.before, cut.after))
    return str(was or ""), str(now or "")


def _apart(cut: Cut) -> float:
    was, now = (resolved.number(f"lights.{resolved.key}.camera_azimuth_deg") for resolved in (cut.before, cut.after))
    return 180.0 if was is None or now is None else abs(light.wrapped(now - was))


def _where(resolved: Resolved) -> tuple[str, ...]:
    at_path = f"lights.{resolved.key}"
    paths = tuple(f"{at_path}.{name}" for name in ("azimuth_deg", "side", "mark.x_m", "pattern", "direction"))
    return tuple(path for path in paths if path in resolved.said)[:1] or paths[:1]


def _turned(resolved: Resolved, by_deg: float) -> Json | None:
    """Return the patch that turns the key by an angle; None unless its azimuth is said."""
    path = f"lights.{resolved.key}.azimuth_deg"
    azimuth = resolved.number(path)
    if azimuth is None or path not in resolved.said or f"lights.{resolved.key}.side" in resolved.said:
        return None
    return at(path, round(light.wrapped(azimuth + by_deg), 1))


def _as_before(cut: Cut) -> Json | None:
    names = ("azimuth_deg", "side") if _where(cut.after)[0].endswith(("azimuth_deg", "side")) else ()
    return cut.as_before(*((f"lights.{cut.before.key}.{name}", f"lights.{cut.after.key}.{name}") for name in names))
