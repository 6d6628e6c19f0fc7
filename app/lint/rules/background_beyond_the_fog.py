from collections.abc import Iterator
from math import exp

from app.lint.base import Rule
from app.lint.looking import extinction_per_m
from app.resolve import Resolved
from app.schema.compiled import Finding

AIR, FAR, BEHIND = "place.atmosphere", "place.background_m", "place.background"
EVERYWHERE = frozenset(
    f"place.atmosphere.{one}"
    for one in (
        "aerial_haze",
        "dry_haze",
        "smog",
        "mist",
        "fog",
        "dense_fog",
        "murky_underwater",
        "clear_underwater",
    )
)
"""Air, or water, that fills the distance; smoke, dust and steam hang in one place."""
VISUAL_RANGE = 3.912
"""Koschmieder: contrast falls to 2 % where extinction times distance is ln 50."""


class BackgroundBeyondTheFog(Rule):
    """Something is to be seen behind the subject, further off than the air lets anybody see.

    ## What
    The background is described, or the focus is deep, and it lies beyond the visual range of the fog, mist or haze
    that is picked, counted at its thinnest. Air of which the words of the background speak is not counted.

    ## Why
    Contrast falls as exp(-sigma d): at the visual range 2 % of it is left, and beyond that there is one even grey.

    ## Example
    ```toml
    [place]
    atmosphere = ["place.atmosphere.fog"]
    background = "a row of houses with lit windows"
    background_m = 1500
    ```

    ## Instead
    ```toml
    [place]
    atmosphere = ["place.atmosphere.fog"]
    background = "a row of houses with lit windows"
    background_m = 40
    ```
    """

    id = "background_beyond_the_fog"
    number = "LIT22"
    severity = "error"
    basis = "physics: Koschmieder"
    needs = (AIR, FAR)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare the distance with the visual range of the thickest air."""
        airs = [one for one in resolved.terms(AIR) if one.id in EVERYWHERE]
        seen = next((path for path in (BEHIND, "camera.focus.technique") if self._shows(resolved, path)), "")
        far = resolved.number(FAR)
        if not airs or not seen or far is None:
            return
        air = max(airs, key=extinction_per_m)
        sigma = extinction_per_m(air)
        if sigma * far <= VISUAL_RANGE:
            return
        yield self.found(
            f"In {air.label.lower()} one sees {VISUAL_RANGE / sigma:,.0f} m at most; at {far:g} m "
            f"{exp(-sigma * far):.1%} of the contrast is left.",
            FAR,
            AIR,
            seen,
        )

    def _shows(self, resolved: Resolved, path: str) -> bool:
        """Tell whether something is described there, or all is to be sharp; words about the air itself do not count."""
        if path not in resolved.said:
            return False
        if path != BEHIND:
            return bool(resolved.value(path) == "camera.focus.deep")
        return not any(path in paths for term, paths in resolved.spoken.items() if term.startswith("place.atmosphere."))
