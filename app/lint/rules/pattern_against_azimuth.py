from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.lamps import drawn, draws, named_patterns
from app.patch import at
from app.resolve import Resolved
from app.schema.compiled import Finding

OF_THEIR_OWN = frozenset({"light.pattern.split", "light.pattern.butterfly", "light.pattern.clamshell"})
BEHIND_DEG = 105


class PatternAgainstAzimuth(Rule):
    """A lighting pattern is named, and from where it stands the light draws another.

    ## What
    A lamp's place, read on the face, does not draw the pattern that it is said to make. Rembrandt, loop and flat are
    told apart by the nose's shadow, the others by how far round the face they stand.

    ## Why
    Patterns are geometry. In Rembrandt's the nose's shadow meets that of the cheek, which takes a lamp some 45 degrees
    round and 45 up; lower or nearer the axis the shadow stops short, and that is a loop; further round the far cheek
    goes dark, and that is a split. Neither of the two is changed for you.

    ## Example
    ```toml
    [lights.key]
    role = "light.role.key"
    pattern = "light.pattern.rembrandt"
    azimuth_deg = -25
    elevation_deg = 20
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

    id = "pattern_against_azimuth"
    number = "LIT09"
    basis = "geometry: where the nose's shadow falls"
    needs = ("lights.*.pattern",)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look at every light that has both a pattern and a place, in front of the face."""
        for name, term, azimuth in named_patterns(resolved):
            place = f"lights.{name}"
            rise = resolved.number(f"{place}.elevation_deg") or 0
            if term.id in OF_THEIR_OWN or azimuth > BEHIND_DEG or draws(term, azimuth, rise):
                continue
            words, other = drawn(resolved, name, azimuth)
            yield self.found(
                f"At {azimuth:.0f}° round the face and {rise:.0f}° up the {name} draws {words}, not {term.label}.",
                f"{place}.pattern",
                f"{place}.azimuth_deg",
                fix=at(f"{place}.pattern", other or None),
            )
