from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.lamps import drawn, named_patterns
from app.patch import at
from app.resolve import Resolved
from app.schema.compiled import Finding

SPLIT = "light.pattern.split"
FAR_CHEEK_DEG = 75


class SplitFromTheFront(Rule):
    """Split lighting is named, and the lamp stands too far to the front to split the face.

    ## What
    A lamp's pattern is split, and it stands less than 75 degrees round the face.

    ## Why
    Split leaves one half of the face dark. From less than about 75 degrees the far cheek catches light, and what is
    drawn is Rembrandt's triangle or a loop.

    ## Example
    ```toml
    [lights.key]
    role = "light.role.key"
    pattern = "light.pattern.split"
    azimuth_deg = 40
    elevation_deg = 35
    ```

    ## Instead
    ```toml
    [lights.key]
    role = "light.role.key"
    pattern = "light.pattern.split"
    azimuth_deg = 90
    ```
    """

    id = "split_from_the_front"
    number = "LIT07"
    severity = "error"
    basis = "geometry; source: guides to portrait patterns"
    needs = ("lights.*.pattern",)
    about = (SPLIT,)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look at every lamp that is to split a face."""
        for name, term, azimuth in named_patterns(resolved):
            if term.id == SPLIT and azimuth < FAR_CHEEK_DEG:
                words, other = drawn(resolved, name, azimuth)
                yield self.found(
                    f"A split needs the {name} 80° to 100° round the face; at {azimuth:.0f}° it draws {words}.",
                    f"lights.{name}.pattern",
                    f"lights.{name}.azimuth_deg",
                    fix=at(f"lights.{name}.pattern", other or None),
                )
