from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.glass import SEEN_BLUR, SHARP_BLUR, background_blur
from app.resolve import Resolved
from app.schema.compiled import Finding

BALLS = "look.bokeh.balls"


class BokehBallsInDeepFocus(Rule):
    """Discs of light are asked for in a picture where everything is sharp.

    ## What
    The bokeh is to show balls of light, and the focus is deep, or the lens keeps the background sharp.

    ## Why
    A disc is what a defocused point of light becomes. In deep focus the same lamp is a point.

    ## Example
    ```toml
    [camera]
    focus = { technique = "camera.focus.deep" }

    [look]
    bokeh = "look.bokeh.balls"
    ```

    ## Instead
    ```toml
    [camera]
    focus = { technique = "camera.focus.shallow" }

    [look]
    bokeh = "look.bokeh.balls"

    [place]
    background = "string lights over a courtyard"
    ```
    """

    id = "bokeh_balls_in_deep_focus"
    number = "DOF04"
    severity = "error"
    basis = "physics"
    about = (BALLS,)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Judge by the blur where it is known, else by the technique."""
        blur = background_blur(resolved)
        deep = resolved.where("camera.focus.deep")
        if blur is None or SHARP_BLUR <= blur < SEEN_BLUR:
            sharp = deep
        else:
            sharp = (deep or "camera.t_stop") if blur < SHARP_BLUR else ""
        if sharp:
            yield self.found(
                "A disc of light is a lamp out of focus, and here everything is sharp: let the background go soft, or "
                "call the lamps points of light.",
                resolved.where(BALLS),
                sharp,
            )
