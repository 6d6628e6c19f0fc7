from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import chosen
from app.resolve import Resolved
from app.schema.compiled import Finding

CROSS = "lighting.setup.cross"
NOT_ONE_OF_THEM = frozenset({"light.role.fill", "light.role.ambient", "light.role.eye", "light.role.background"})


class CrossLightFromOneLamp(Rule):
    """Cross light is picked, and the shot has one lamp for it.

    ## What
    The set-up is cross light, and of the lamps that are said only one is more than a fill, an eye light or a lamp on
    the background.

    ## Why
    Cross light takes two lamps from opposite sides, behind: each keys one side and is the back light of the other.

    ## Example
    ```toml
    [lighting]
    setup = "lighting.setup.cross"

    [lights.key]
    role = "light.role.key"
    azimuth_deg = -110
    ```

    ## Instead
    ```toml
    [lighting]
    setup = "lighting.setup.cross"

    [lights.left]
    role = "light.role.key"
    azimuth_deg = -110

    [lights.right]
    slot = 1
    role = "light.role.back"
    azimuth_deg = 110
    ```
    """

    id = "cross_light_from_one_lamp"
    number = "LIT29"
    severity = "error"
    basis = "definition"
    needs = ("lights",)
    about = (CROSS,)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Count the lamps that can cross."""
        setup = chosen(resolved, CROSS)
        lamps = [name for name, lamp in resolved.lights if lamp.role not in NOT_ONE_OF_THEM]
        if setup and len(lamps) == 1:
            yield self.found(
                f"Cross light takes two lamps from opposite sides; the {lamps[0]} is alone.",
                setup,
                f"lights.{lamps[0]}",
            )
