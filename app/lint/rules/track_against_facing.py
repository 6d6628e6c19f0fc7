from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import chosen, motions
from app.physics import light
from app.resolve import Resolved
from app.schema.compiled import Finding

APART_DEG = 80
"""Further apart than this, two views of somebody are different ones."""

FACE_TO_DEG, BACK_FROM_DEG = 60, 120

AWAY = ("subject.pose.from_behind", "framing.direction.away_from_camera")
TOWARDS = ("framing.direction.towards_camera",)


class TrackAgainstFacing(Rule):
    """The camera leads somebody whose back it sees, or follows somebody whose face it sees.

    ## What
    A move that leads the subject, follows it or keeps at its side stands beside a subject that is turned to the camera
    quite otherwise.

    ## Why
    Who walks towards the lens is led, by a camera that goes backwards and keeps the face. Who walks away is followed,
    and shows the back.

    ## Example
    ```toml
    [subjects.mara]
    facing_deg = 180

    [beats.one.moves.walk]
    path = "camera.move.lead"
    ```

    ```toml
    [camera]
    view_azimuth_deg = 0

    [subjects.mara]
    name = "Mara"

    [beats.one.moves.walk]
    path = "camera.move.follow"
    ```

    ## Instead
    ```toml
    [subjects.mara]
    facing_deg = 180

    [beats.one.moves.walk]
    path = "camera.move.follow"
    ```
    """

    id = "track_against_facing"
    number = "MOV16"
    basis = "source: CameraBench's lead and tail tracking"
    needs = ("beats.*.moves", "subjects")

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare what a tracking camera sees with how the first subject stands."""
        tracking = [one for one in motions(resolved) if "view_abs_deg" in one.term.numbers]
        if not tracking or not (seen := _seen(resolved)):
            return
        round_face, path = seen
        for motion in tracking:
            wanted = motion.term.numbers["view_abs_deg"]
            if abs(round_face - wanted) > APART_DEG:
                yield self.found(
                    f"A {motion.term.phrase} sees {_side(wanted)}, and the camera stands {round_face:.0f}° round the "
                    f"face of {resolved.hero}, where it sees {_side(round_face)}.",
                    f"{motion.path}.path",
                    path,
                )


def _side(round_face: float) -> str:
    """Name what is seen of somebody from so far round the face."""
    return "the face" if round_face <= FACE_TO_DEG else "the side" if round_face < BACK_FROM_DEG else "the back"


def _seen(resolved: Resolved) -> tuple[float, str] | None:
    """Return how far round the first subject's face the camera stands, and the path that says so."""
    view = resolved.number("camera.view_azimuth_deg")
    if view is not None:
        said = "camera.view_azimuth_deg" in resolved.said
        return abs(view), "camera.view_azimuth_deg" if said else "camera.view"
    path = f"subjects.{resolved.hero}.facing_deg"
    facing = resolved.number(path)
    if facing is not None:
        return abs(light.wrapped((resolved.number("camera.set_azimuth_deg") or 0) - facing)), path
    for terms, seen in ((AWAY, 180.0), (TOWARDS, 0.0)):
        if told := chosen(resolved, *terms):
            return seen, told
    return None
