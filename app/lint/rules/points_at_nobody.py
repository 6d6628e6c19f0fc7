from collections.abc import Iterator

from app.lint.base import Rule
from app.resolve import Resolved
from app.schema import Shot
from app.schema.compiled import Finding


class PointsAtNobody(Rule):
    """Something in the shot points at a name that the shot does not have.

    ## What
    An eyeline, a focus, a light's aim or motive, a reference's owner or a beat's action names an id that is no
    subject and no light.

    ## Why
    Renaming or removing somebody leaves such names behind, and the sentence then speaks of a stranger.

    ## Example
    ```toml
    [subjects.mara]
    eyeline = "jonas"
    ```

    ## Instead
    ```toml
    [subjects.mara]
    eyeline = { words = "the sea" }
    ```
    """

    id = "points_at_nobody"
    severity = "error"

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look at everything that can hold the id of somebody or of a light."""
        shot = resolved.shot
        names = {*shot.subjects, *shot.lights}
        for path, value in _pointers(shot):
            if isinstance(value, str) and value not in names:
                yield self.found(f"Nobody and no light in this shot is called {value!r}.", path)
        for name, beat in shot.beats.items():
            for who in sorted({*beat.action, *beat.says} - set(shot.subjects)):
                yield self.found(f"The beat {name} speaks of {who!r}, who is not in the shot.", f"beats.{name}")


def _pointers(shot: Shot) -> Iterator[tuple[str, object]]:
    """Yield every path that may name somebody or a light, with what it holds."""
    for name, subject in shot.subjects.items():
        yield f"subjects.{name}.eyeline", subject.eyeline
    for name, light in shot.lights.items():
        yield f"lights.{name}.aimed_at", light.aimed_at
        yield f"lights.{name}.motivated_by", light.motivated_by
        yield f"lights.{name}.face_of", light.face_of
    for name, reference in shot.references.items():
        yield f"references.{name}.of", reference.of
    if shot.camera:
        yield "camera.aimed_at", shot.camera.aimed_at
        yield "camera.focus.on", shot.camera.focus.on if shot.camera.focus else None
    for name, beat in shot.beats.items():
        yield f"beats.{name}.focus.on", beat.focus.on if beat.focus else None
