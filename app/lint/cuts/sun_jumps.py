from collections.abc import Iterator

from app.lint.axis import lamp_deg
from app.lint.cut import Cut, CutRule
from app.lint.lamps import SUNS
from app.patch import at
from app.physics.light import wrapped
from app.resolve import Resolved
from app.schema.compiled import Finding

HEIGHT_DEG = 10
ROUND_DEG = 15
"""About an hour's way; in height a little less than an hour's."""


class SunJumps(CutRule):
    """The sun stands elsewhere than in the shot before.

    ## What
    The sun's elevation differs by more than 10 degrees from the shot before, or its azimuth in the set by more than 15,
    at the same hour: by the place's sun, or by the lamp that is the sun. The azimuth is compared where it is said in
    the set, or the camera's own place in it is.

    ## Why
    The sun goes 15 degrees round in an hour. Shadows tell where it stands, on the ground and on every face, and they
    jump when two shots are told by two suns.

    ## Example
    ```toml
    [before.place]
    sun_elevation_deg = 40

    [after.place]
    sun_elevation_deg = 15
    ```
    ```toml
    [before.lights.sun]
    source = "light.source.sun"
    frame = "set"
    azimuth_deg = 60

    [after.lights.sun]
    source = "light.source.sun"
    frame = "set"
    azimuth_deg = 100
    ```

    ## Instead
    ```toml
    [before.place]
    sun_elevation_deg = 40

    [after.place]
    sun_elevation_deg = 34
    ```
    """

    id = "sun_jumps"
    number = "CUT11"
    basis = "physics: 15 degrees an hour"
    holds = "time"

    def check(self, cut: Cut) -> Iterator[Finding]:
        """Compare how high two suns stand, and where."""
        was, now = _sun(cut.before), _sun(cut.after)
        heights = [_height(one, lamp) for one, lamp in ((cut.before, was), (cut.after, now))]
        if heights[0] is not None and heights[1] is not None and abs(heights[1] - heights[0]) > HEIGHT_DEG:
            own = "place.sun_elevation_deg"
            path = own if own in cut.after.said else f"lights.{now}.elevation_deg"
            yield self.found(
                f"The sun stood {heights[0]:g}° high in the shot before and stands {heights[1]:g}° high now.",
                path,
                fix=at(path, heights[0]),
            )
        if was and now:
            yield from self._round(cut, was, now)

    def _round(self, cut: Cut, was: str, now: str) -> Iterator[Finding]:
        before, after = lamp_deg(cut.before, was), lamp_deg(cut.after, now)
        if before is None or after is None or abs(wrapped(after - before)) <= ROUND_DEG:
            return
        path = f"lights.{now}.azimuth_deg"
        azimuth = cut.after.number(path)
        fix = at(path, round(wrapped(azimuth + before - after), 1)) if azimuth is not None else None
        yield self.found(
            f"The sun stands {abs(wrapped(after - before)):.0f}° further round than in the shot before: its shadows "
            "jump. Leave it where it stands in the set.",
            path,
            fix=fix if path in cut.after.said else None,
        )


def _sun(resolved: Resolved) -> str:
    return next((name for name, lamp in resolved.lights if lamp.source in SUNS), "")


def _height(resolved: Resolved, sun: str) -> float | None:
    said = resolved.number("place.sun_elevation_deg")
    return resolved.number(f"lights.{sun}.elevation_deg") if said is None and sun else said
