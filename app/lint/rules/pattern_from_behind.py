from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.lamps import named_patterns
from app.patch import at
from app.resolve import Resolved
from app.schema.compiled import Finding

BEHIND_DEG = 105


class PatternFromBehind(Rule):
    """A pattern on the face is named, and the light stands behind the face.

    ## What
    A lamp that is to draw a pattern stands more than 105 degrees round the face, and further than the pattern goes.

    ## Why
    Light from behind falls on hair, ear and the edge of the cheek. It draws an outline, whatever it is called, and no
    shadow of the nose.

    ## Example
    ```toml
    [lights.key]
    role = "light.role.key"
    pattern = "light.pattern.rembrandt"
    azimuth_deg = -130
    elevation_deg = 40
    ```

    ## Instead
    ```toml
    [lights.key]
    role = "light.role.key"
    pattern = "light.pattern.rembrandt"
    azimuth_deg = -48
    elevation_deg = 40
    ```
    """

    id = "pattern_from_behind"
    severity = "error"
    basis = "geometry"
    needs = ("lights.*.pattern",)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look at every light that has both a pattern and a place, behind the face."""
        for name, term, azimuth in named_patterns(resolved):
            reach = term.numbers.get("azimuth_abs_max_deg", 180)
            if azimuth > max(BEHIND_DEG, reach + 5):
                yield self.found(
                    f"At {azimuth:.0f}° round the face the {name} draws an edge from behind, not {term.label}, which "
                    f"reaches to {reach:g}°.",
                    f"lights.{name}.pattern",
                    f"lights.{name}.azimuth_deg",
                    fix=at(f"lights.{name}.pattern", None),
                )
