from collections.abc import Iterator
from math import log

from app.lint.base import Rule
from app.lint.looking import named
from app.patch import at
from app.physics import optics
from app.resolve import Resolved
from app.schema.compiled import Finding
from app.vocab import Term

SLACK = 1.15
"""How far past a size's own range the frame may reach: authors disagree by about this much."""

STATURE_M = 1.75
PERSON = (None, "subject.kind.character")


class SizeAgainstDistance(Rule):
    """Shot size, focal length, format and camera distance do not fit together.

    ## What
    The camera's distance is said, and at that distance the lens on this format frames more, or less, than the named
    size holds of a person.

    ## Why
    Distance = focal length x height of the frame / height of the gate: three of the four leave the last one no choice.
    Somebody sent to the wrong distance comes back with another size, or another lens.

    ## Example
    ```toml
    [camera]
    size = "camera.size.cu"
    format = "camera.format.super_35_3perf"
    focal_mm = 50
    distance_m = 4
    ```

    ## Instead
    ```toml
    [camera]
    size = "camera.size.cu"
    format = "camera.format.super_35_3perf"
    focal_mm = 50
    distance_m = 1.2
    ```
    """

    id = "size_against_distance"
    number = "LENS03"
    severity = "error"
    basis = "physics"
    needs = ("camera.size", "camera.format", "camera.focal_mm")

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare what the frame holds at that distance with the range of the size."""
        stands = resolved.because("camera.distance_m")
        if not stands or "camera.size" in stands:  # the size gave the distance
            return
        size, gate_h = resolved.term("camera.size"), resolved.number("camera.gate_h_mm")
        far, focal = resolved.number("camera.distance_m"), resolved.number("camera.focal_mm")
        hero = resolved.shot.subjects.get(resolved.hero)
        tall = hero.height_m if hero else None
        if not size or not gate_h or not far or not focal or (hero and hero.kind not in PERSON and tall is None):
            return
        holds = optics.frame_height_m(far, focal, gate_h) * STATURE_M / (tall or STATURE_M)
        low, high = size.numbers["frame_height_min_m"], size.numbers["frame_height_max_m"]
        if low / SLACK <= holds <= high * SLACK:
            return
        wanted = optics.camera_distance_m(
            size.numbers["frame_height_m"] * (tall or STATURE_M) / STATURE_M, focal, gate_h
        )
        said = stands[0]
        yield self.found(
            f"From {far:.3g} m a {focal:g} mm frames {named(_nearest(resolved, holds))}; {named(size)} is "
            f"{wanted:.3g} m away.",
            said,
            "camera.size",
            "camera.focal_mm",
            "camera.format",
            fix=at(said, round(wanted, 2)) if said == "camera.distance_m" else None,
        )


def _nearest(resolved: Resolved, holds_m: float) -> Term:
    """Return the size whose frame is nearest in proportion."""
    sizes = [one for one in resolved.vocabulary.facets["camera.size"].terms if "frame_height_m" in one.numbers]
    return min(sizes, key=lambda one: abs(log(one.numbers["frame_height_m"] / holds_m)))
