from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import Motion, motions
from app.patch import at
from app.resolve import Resolved
from app.schema.compiled import Finding

DOLLY_ZOOM = "camera.move.dolly_zoom"

SLACK = 1.25
"""By how much the subject may grow or shrink before it is no longer held."""


class DollyZoomNotOpposed(Rule):
    """A dolly zoom whose dolly and zoom do not work against each other.

    ## What
    A dolly and a zoom beside a dolly zoom go the same way, or its travel and its focal lengths do not keep the subject
    at the same size.

    ## Why
    The effect is a subject that holds its size while the background swells or shrinks. That needs a focal length in
    proportion to the distance, f over D constant: dolly in and zoom out, or dolly out and zoom in.

    ## Example
    ```toml
    [camera]
    focal_mm = 24
    distance_m = 1

    [beats.one.moves.vertigo]
    path = "camera.move.dolly_zoom"
    focal_to_mm = 85
    amount_m = 0.5
    ```

    ```toml
    [beats.one.moves.vertigo]
    path = "camera.move.dolly_zoom"

    [beats.one.moves.in]
    path = "camera.move.dolly_in"
    slot = 1

    [beats.one.moves.closer]
    path = "camera.move.zoom_in"
    slot = 2
    ```

    ## Instead
    ```toml
    [camera]
    format = "camera.format.super_35_3perf"
    focal_mm = 24
    distance_m = 1

    [beats.one.moves.vertigo]
    path = "camera.move.dolly_zoom"
    focal_to_mm = 85
    amount_m = 2.54
    ```
    """

    id = "dolly_zoom_not_opposed"
    number = "MOV06"
    severity = "error"
    basis = "geometry: f / D constant"
    needs = ("beats.*.moves",)
    about = (DOLLY_ZOOM,)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare directions, then how far the camera goes with how far the lens does."""
        every = motions(resolved)
        for motion in every:
            if motion.term.id == DOLLY_ZOOM:
                beside = [one for one in every if one.beat == motion.beat and one.term.id != DOLLY_ZOOM]
                yield from self._signs(resolved, motion, beside)
                yield from self._sizes(resolved, motion)

    def _signs(self, resolved: Resolved, motion: Motion, beside: list[Motion]) -> Iterator[Finding]:
        dolly = next((one for one in beside if one.term.numbers.get("dolly")), None)
        zoom = next((one for one in beside if one.term.numbers.get("zoom")), None)
        before, after = resolved.number("camera.focal_mm"), motion.move.focal_to_mm
        way = zoom.term.numbers["zoom"] if zoom else (after - before if before and after else 0)
        if dolly and dolly.term.numbers["dolly"] * way > 0:
            yield self.found(
                "A dolly zoom holds the subject's size by working against itself: dolly in and zoom out, or dolly out "
                "and zoom in. Here both go the same way.",
                f"{dolly.path}.path",
                f"{zoom.path}.path" if zoom else f"{motion.path}.focal_to_mm",
            )

    def _sizes(self, resolved: Resolved, motion: Motion) -> Iterator[Finding]:
        before, after = resolved.number("camera.focal_mm"), motion.move.focal_to_mm
        near, travel = resolved.number("camera.distance_m"), motion.move.amount_m
        if not before or not after or not near or travel is None:
            return
        ends = near + travel if after > before else near - travel
        held = near * after / before
        if not held / SLACK <= ends <= held * SLACK:
            needed = round(abs(held - near), 2)
            yield self.found(
                f"From {before:g} to {after:g} mm the subject holds its size if the camera goes from {near:.1f} m to "
                f"{held:.1f} m, {needed:g} m; this one travels {travel:g} m.",
                f"{motion.path}.amount_m",
                f"{motion.path}.focal_to_mm",
                fix=at(f"{motion.path}.amount_m", needed),
            )
