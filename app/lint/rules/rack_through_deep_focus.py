from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.glass import SHARP_BLUR, background_blur
from app.lint.looking import chosen
from app.resolve import Resolved
from app.schema.compiled import Finding

RACK = "camera.focus.rack"
DEEP = "camera.focus.deep"


class RackThroughDeepFocus(Rule):
    """Focus is pulled in a picture where everything is sharp.

    ## What
    A beat or the camera asks for a rack focus, and the focus is deep, or the lens holds the background anyway.

    ## Why
    A pull carries sharpness from one plane to another. Where all planes are sharp, nothing changes.

    ## Example
    ```toml
    [camera]
    focus = { technique = "camera.focus.deep" }

    [beats.one]
    focus = { technique = "camera.focus.rack", on = { words = "the letter" } }
    ```

    ## Instead
    ```toml
    [camera]
    focus = { technique = "camera.focus.shallow" }

    [beats.one]
    focus = { technique = "camera.focus.rack", on = { words = "the letter" } }
    ```
    """

    id = "rack_through_deep_focus"
    number = "DOF06"
    severity = "error"
    basis = "definition"
    about = (RACK,)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for what keeps all planes sharp."""
        if not (pull := chosen(resolved, RACK)):
            return
        blur = background_blur(resolved)
        deep = chosen(resolved, DEEP) or ("camera.t_stop" if blur is not None and blur < SHARP_BLUR else "")
        if deep:
            yield self.found(
                "A rack focus shows nothing where near and far are sharp together: make it shallow, or drop the pull.",
                pull,
                deep,
            )
