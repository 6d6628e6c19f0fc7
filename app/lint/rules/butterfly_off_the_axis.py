from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.lamps import drawn, named_patterns
from app.patch import at
from app.resolve import Resolved
from app.schema.compiled import Finding

CENTRED = ("light.pattern.butterfly", "light.pattern.clamshell")
OFF_DEG = 15
BEHIND_DEG = 105


class ButterflyOffTheAxis(Rule):
    """A butterfly or clamshell is named, and the lamp stands to one side of the face.

    ## What
    A lamp's pattern is butterfly or clamshell, and it stands more than 15 degrees round the face.

    ## Why
    The shadow must fall straight under the nose. Move the lamp aside and the shadow goes with it: that is a loop.

    ## Example
    ```toml
    [lights.key]
    role = "light.role.key"
    pattern = "light.pattern.butterfly"
    azimuth_deg = -35
    elevation_deg = 40
    ```

    ## Instead
    ```toml
    [lights.key]
    role = "light.role.key"
    pattern = "light.pattern.butterfly"
    azimuth_deg = 0
    elevation_deg = 45
    ```
    """

    id = "butterfly_off_the_axis"
    number = "LIT08"
    severity = "error"
    basis = "geometry; source: guides to portrait patterns"
    needs = ("lights.*.pattern",)
    about = CENTRED

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look at every lamp that is to stand on the axis of a face."""
        for name, term, azimuth in named_patterns(resolved):
            if term.id in CENTRED and OFF_DEG < azimuth <= BEHIND_DEG:
                words, other = drawn(resolved, name, azimuth)
                yield self.found(
                    f"{term.label} falls straight under the nose; at {azimuth:.0f}° round the face the {name} draws "
                    f"{words}.",
                    f"lights.{name}.pattern",
                    f"lights.{name}.azimuth_deg",
                    fix=at(f"lights.{name}.pattern", other or None),
                )
