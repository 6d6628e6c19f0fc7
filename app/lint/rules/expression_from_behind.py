from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.people import mirrored
from app.physics.light import wrapped
from app.resolve import Resolved
from app.schema.compiled import Finding

HIDDEN_DEG = 110
"""Past this yaw of the head no eye and no mouth is seen."""

BACKS = ("camera.view.back",)
TURNED_AWAY = "subject.pose.from_behind"
LOOKS_BACK = "subject.pose.looking_back"


class ExpressionFromBehind(Rule):
    """A face is turned away from the camera, and has an expression.

    ## What
    The camera stands more than 110 degrees round somebody's face, or sees the person from behind, and an expression
    is asked for. Somebody who looks back, turns in a beat or stands before a mirror shows the face.

    ## Why
    Past 110 degrees the cheek hides the eyes and the mouth. A model that is told of a smile turns the head round, and
    the view from behind is lost.

    ## Example
    ```toml
    [subjects.mara]
    facing_deg = 160
    expression = "subject.expression.smiling"
    ```

    ```toml
    [subjects.mara]
    pose = "subject.pose.from_behind"
    expression = { words = "on the brink of tears" }
    ```

    ## Instead
    ```toml
    [subjects.mara]
    facing_deg = 60
    expression = "subject.expression.smiling"
    ```

    ```toml
    [framing]
    devices = ["framing.device.reflection"]

    [subjects.mara]
    facing_deg = 160
    expression = "subject.expression.smiling"
    ```
    """

    id = "expression_from_behind"
    number = "LENS20"
    severity = "error"
    basis = "geometry"
    needs = ("subjects.*.expression",)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look at everybody who has an expression."""
        for name, subject in resolved.subjects:
            if subject.expression is None:
                continue
            turned, path = _turned(resolved, name)
            if turned > HIDDEN_DEG and not _turns(resolved, name) and not mirrored(resolved):
                yield self.found(
                    f"From {turned:.0f}° round the face nobody sees the expression of {name}: turn the head or the "
                    "camera, show a mirror, or drop the expression.",
                    f"subjects.{name}.expression",
                    path,
                )


def _turned(resolved: Resolved, name: str) -> tuple[float, str]:
    """Return how far round a face the camera stands, in degrees, and the path that says so."""
    facing, view = f"subjects.{name}.facing_deg", "camera.view_azimuth_deg"
    if resolved.value(f"subjects.{name}.pose") == LOOKS_BACK:
        return 0, ""
    yaw = resolved.number(facing)
    if yaw is not None:
        return abs(wrapped((resolved.number("camera.set_azimuth_deg") or 0) - yaw)), facing
    round_face = resolved.number(view) if name == resolved.hero else None
    if round_face is not None:
        return abs(round_face), view
    if resolved.value(f"subjects.{name}.pose") == TURNED_AWAY:
        return 180, f"subjects.{name}.pose"
    if name == resolved.hero and resolved.pick("camera.view") in BACKS:
        return 180, "camera.view"
    return 0, ""


def _turns(resolved: Resolved, name: str) -> bool:
    """Tell whether something happens that may turn the face into view."""
    return any(name in beat.action or beat.moves for beat in resolved.shot.beats.values())
