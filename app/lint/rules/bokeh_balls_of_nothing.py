from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.glass import glints
from app.resolve import Resolved
from app.schema.compiled import Finding

BALLS = "look.bokeh.balls"


class BokehBallsOfNothing(Rule):
    """Discs of light are asked for, and nothing in the picture makes them.

    ## What
    The bokeh is to show balls of light, and neither a lamp in frame nor any word names a small bright thing.

    ## Why
    A disc is the image of a small light out of focus: a bulb, a window, a headlight, sun between leaves. From a plain
    wall comes a plain blur, and a model that is told of discs hangs lamps where none are.

    ## Example
    ```toml
    [look]
    bokeh = "look.bokeh.balls"

    [place]
    where = "a white room"
    ```

    ## Instead
    ```toml
    [look]
    bokeh = "look.bokeh.balls"

    [place]
    where = "a white room"
    background = "a string of bulbs along the far wall"
    ```
    """

    id = "bokeh_balls_of_nothing"
    number = "DOF05"
    basis = "physics"
    about = (BALLS,)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for anything small and bright."""
        if not glints(resolved):
            yield self.found(
                "Which lights become discs? Name bulbs, windows, headlights or sun between leaves behind the subject.",
                resolved.where(BALLS),
            )
