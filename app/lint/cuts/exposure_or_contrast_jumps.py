from collections.abc import Iterator

from app.lint.cut import Cut, CutRule
from app.patch import Json, at
from app.schema.compiled import Finding

MOST_STOPS = 1
FILL = "light.role.fill"


class ExposureOrContrastJumps(CutRule):
    """Key over fill, or the print, differs by more than a stop from the shot before.

    ## What
    The key stands more than one stop higher or lower over the fill than in the shot before, or the picture is printed
    more than one stop lighter or darker, at the same hour in the same place.

    ## Why
    Contrast is the mood of a scene, and faces show it: a stop between two shots reads as another lamp, or another time.
    A close-up is often filled by half a stop more than its master, and nobody sees that.

    ## Example
    ```toml
    [before.lighting]
    ratio_stops = 3

    [after.lighting]
    ratio_stops = 1.5
    ```
    ```toml
    [before.lights.key]
    role = "light.role.key"
    stops = 0

    [before.lights.fill]
    role = "light.role.fill"
    slot = 1
    stops = -3

    [after.lights.key]
    role = "light.role.key"
    stops = 0

    [after.lights.fill]
    role = "light.role.fill"
    slot = 1
    stops = -1
    ```
    ```toml
    [before.look]
    exposure_stops = 0

    [after.look]
    exposure_stops = -1.5
    ```

    ## Instead
    ```toml
    [before.lighting]
    ratio_stops = 3

    [after.lighting]
    ratio_stops = 2.5
    ```
    """

    id = "exposure_or_contrast_jumps"
    number = "CUT09"
    basis = "craft: one stop"
    holds = "place"

    def check(self, cut: Cut) -> Iterator[Finding]:
        """Compare two ratios, and two prints."""
        ratios = cut.numbers("lighting.ratio_stops")
        if ratios and abs(ratios[1] - ratios[0]) > MOST_STOPS:
            path = _where(cut)
            yield self.found(
                f"The key stood {ratios[0]:g} stops over the fill in the shot before and stands {ratios[1]:g} over it "
                f"now: keep it within {MOST_STOPS} stop.",
                path,
                fix=_as_before(cut, path, ratios[0]),
            )
        prints = cut.numbers("look.exposure_stops")
        if prints and abs(prints[1] - prints[0]) > MOST_STOPS:
            yield self.found(
                f"The shot before is printed at {prints[0]:+g} stops and this one at {prints[1]:+g}: the scene changes "
                "its level at the cut.",
                "look.exposure_stops",
                fix=cut.as_before("look.exposure_stops"),
            )


def _where(cut: Cut) -> str:
    """Return where the later shot says its ratio: as such, else by the level of its fill."""
    fill = next((name for name, lamp in cut.after.lights if lamp.role == FILL), "")
    own = "lighting.ratio_stops"
    return own if own in cut.after.said or not fill else f"lights.{fill}.stops"


def _as_before(cut: Cut, path: str, ratio: float) -> Json:
    if path == "lighting.ratio_stops":
        return at(path, ratio)
    return at(path, (cut.after.number(f"lights.{cut.after.key}.stops") or 0.0) - ratio)
