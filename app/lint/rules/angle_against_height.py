from collections.abc import Iterator
from math import atan2, degrees

from app.lint.base import Rule
from app.lint.people import eyes_m
from app.patch import at
from app.physics import optics
from app.resolve import Resolved
from app.schema.compiled import Finding

LEVEL_M = 0.3
LEVEL_DEG = 5
"""Below these the camera is as good as level with what it looks at."""

CLOSE_M = 0.9
"""A frame of this height or less is full of the subject: the camera looks at it, whether that is said or not."""


class AngleAgainstHeight(Rule):
    """The camera looks up at what is below it, or down at what is above it.

    ## What
    The camera is aimed at somebody; its height and its pitch are both said; and from that height the face lies the
    other way.

    ## Why
    Aimed at a face, a camera below it looks up and one above it looks down: the pitch is the arc tangent of the
    difference in height over the distance. With both the wrong way round the face is not in the frame.

    ## Example
    ```toml
    [camera]
    size = "camera.size.cu"
    height_m = 0.4
    pitch_deg = -20

    [subjects.mara]
    name = "Mara"
    ```

    ## Instead
    ```toml
    [camera]
    size = "camera.size.cu"
    height_m = 0.4
    pitch_deg = 30

    [subjects.mara]
    name = "Mara"
    ```
    """

    id = "angle_against_height"
    number = "ANG01"
    severity = "error"
    basis = "geometry"
    needs = ("camera.height_m", "camera.pitch_deg")

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare the pitch with the way to the eyes."""
        height, pitch = resolved.number("camera.height_m"), resolved.number("camera.pitch_deg")
        who = _aimed_at(resolved)
        if not who or height is None or pitch is None or abs(pitch) < LEVEL_DEG:
            return
        rise = eyes_m(resolved, who) - height
        if abs(rise) < LEVEL_M or pitch * rise > 0 or _in_frame(resolved, rise, pitch):
            return
        distance = resolved.number("camera.distance_m")
        yield self.found(
            f"From {height:g} m the eyes of {who} are {abs(rise):.1f} m {'above' if rise > 0 else 'below'} the camera, "
            f"and it looks {abs(pitch):g}° {'up' if pitch > 0 else 'down'}.",
            "camera.pitch_deg",
            "camera.height_m",
            fix=at("camera.pitch_deg", round(degrees(atan2(rise, distance))) if distance else None),
        )


def _aimed_at(resolved: Resolved) -> str:
    """Return whom the camera looks at: the one named, or the first subject where it fills the frame; else empty."""
    if "camera.aimed_at" in resolved.said:
        said = resolved.pick("camera.aimed_at")
        return said if said in resolved.shot.subjects else ""
    size = resolved.name("camera.size")
    return resolved.hero if size and size.numbers.get("frame_height_m", CLOSE_M + 1) <= CLOSE_M else ""


def _in_frame(resolved: Resolved, rise: float, pitch: float) -> bool:
    """Tell whether the eyes are in the frame all the same, off its middle."""
    distance, tall = resolved.number("camera.distance_m"), resolved.number("camera.gate_h_mm")
    focal = resolved.number("camera.focal_mm")
    if not distance or not tall or not focal:
        return False
    return abs(degrees(atan2(rise, distance)) - pitch) < optics.field_of_view_deg(tall, focal) / 2
