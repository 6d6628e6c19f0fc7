from collections.abc import Iterator

from app.lint.base import Rule
from app.patch import at
from app.resolve import Resolved
from app.schema.compiled import Finding

TRIANGLES = "look.bokeh.triangular"
OPEN_T = 1.4
SHOWS_T = 2


class TrianglesWideOpen(Rule):
    """Triangular bokeh is asked for from a lens that is wide open.

    ## What
    The lens has an iris of three blades, the bokeh is triangular, and the stop is T1.4 or wider.

    ## Why
    Wide open the blades lie outside the pupil and the discs are round. From T2 to T2.8 they cut triangles.

    ## Example
    ```toml
    [camera]
    lens_family = "camera.lens.zeiss_b_speed"
    t_stop = 1.4

    [look]
    bokeh = "look.bokeh.triangular"
    ```

    ## Instead
    ```toml
    [camera]
    lens_family = "camera.lens.zeiss_b_speed"
    t_stop = 2

    [look]
    bokeh = "look.bokeh.triangular"
    ```
    """

    id = "triangles_wide_open"
    number = "ANA08"
    severity = "info"
    profile = "set"
    basis = "source: on the Zeiss B-Speed; the stops are craft"
    needs = ("camera.t_stop",)
    about = (TRIANGLES,)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look at the iris and the stop."""
        lens, stop = resolved.term("camera.lens_family"), resolved.number("camera.t_stop")
        if lens and "triangular_iris" in lens.traits and stop and stop <= OPEN_T + 0.01:
            yield self.found(
                f"At T{stop:g} the blades of the {lens.label} are out of the way and the discs are round: close to T2.",
                "camera.t_stop",
                resolved.where(TRIANGLES),
                fix=at("camera.t_stop", SHOWS_T),
            )
