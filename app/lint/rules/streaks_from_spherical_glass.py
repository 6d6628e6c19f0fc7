from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.glass import STREAKS, is_anamorphic
from app.patch import at
from app.resolve import Resolved
from app.schema.compiled import Finding

FILTER = "camera.filter.blue_streak"
OVAL = "look.bokeh.oval"


class StreaksFromSphericalGlass(Rule):
    """Streak flares or oval bokeh are asked for from spherical glass.

    ## What
    The lens does not squeeze, no streak filter is in front of it, and the picture is to have streaks or ovals.

    ## Why
    Streaks and ovals are drawn by the cylinders of an anamorphic. A spherical lens draws round discs, and stars or
    ghosts; a streak filter gives it the lines, and the discs stay round.

    ## Example
    ```toml
    [camera]
    lens_family = "camera.lens.cooke_s4i"

    [look]
    artefacts = ["look.artefact.streak_flares"]

    [lights.lamp]
    role = "light.role.practical"
    ```

    ```toml
    [camera]
    squeeze = 1

    [look]
    bokeh = "look.bokeh.oval"
    ```

    ## Instead
    ```toml
    [camera]
    lens_family = "camera.lens.cooke_s4i"
    filters = ["camera.filter.blue_streak"]

    [look]
    artefacts = ["look.artefact.streak_flares"]

    [lights.lamp]
    role = "light.role.practical"
    ```
    """

    id = "streaks_from_spherical_glass"
    number = "ANA02"
    basis = "source: No Film School on anamorphic lenses"
    about = (STREAKS, OVAL)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for the glass, then for a filter that draws the lines."""
        if is_anamorphic(resolved) is not False:
            return
        lens = (resolved.because("camera.squeeze") or ("camera.lens_family",))[0]
        if (path := resolved.where(STREAKS)) and not _filtered(resolved):
            yield self.found(
                "Spherical glass draws no streaks: add a streak filter, or take anamorphic lenses.",
                path,
                lens,
                fix=at("camera.filters", [*(resolved.value("camera.filters") or ()), FILTER]),
            )
        if path := resolved.where(OVAL):
            yield self.found("Spherical glass draws round discs; ovals come from anamorphic lenses.", path, lens)


def _filtered(resolved: Resolved) -> bool:
    found = resolved.where(FILTER) or any("streak" in one.traits for one in resolved.terms("camera.filters"))
    return bool(found)
