from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import chosen
from app.resolve import Resolved
from app.schema.compiled import Finding

SPLIT = ("camera.focus.split_diopter", "camera.filter.split_diopter")
LAYERS = ("framing.device.layered_depth", "framing.device.dirty_frame", "framing.perspective.over_the_shoulder")
APART_M = 0.3


class SplitDiopterWithOnePlane(Rule):
    """A split diopter is asked for, and there is only one plane to hold.

    ## What
    A split diopter is in front of the lens, and the shot has one subject and no foreground, or its people stand at the
    same distance from the camera.

    ## Why
    Half of a close-up lens holds a near half of the frame, the open half a far one, with a soft seam between. Without
    two planes it is a blurred half of a frame. Name both, and hide the seam on a vertical edge.

    ## Example
    ```toml
    [camera]
    focus = { technique = "camera.focus.split_diopter" }

    [subjects.mara]
    name = "Mara"
    ```

    ## Instead
    ```toml
    [camera]
    focus = { technique = "camera.focus.split_diopter" }

    [subjects.mara]
    name = "Mara"

    [subjects.jonas]
    name = "Jonas"
    slot = 1
    mark = { x_m = 1, z_m = -4 }
    ```
    """

    id = "split_diopter_with_one_plane"
    number = "DOF08"
    basis = "source: Neil Oseman on split diopters"
    about = SPLIT

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Count the planes."""
        if not (path := chosen(resolved, *SPLIT)) or _layered(resolved):
            return
        if len(resolved.subjects) < 2:
            yield self.found(
                "A split diopter holds two planes: name what is near on one side and what is far on the other.", path
            )
            return
        marks = [(name, one.mark.z_m) for name, one in resolved.subjects if one.mark and one.mark.z_m is not None]
        depths = [z for _, z in marks]
        if len(marks) == len(resolved.subjects) and max(depths) - min(depths) < APART_M:
            both = " and ".join(name for name, _ in marks)
            yield self.found(
                f"At one distance stand {both}: one plane holds them, and a split diopter only blurs a half.",
                path,
                *(f"subjects.{name}.mark.z_m" for name, _ in marks),
            )


def _layered(resolved: Resolved) -> bool:
    """Tell whether something else is said to be near, or far."""
    place = resolved.shot.place
    return bool((place and (place.foreground or place.background)) or resolved.where(*LAYERS))
