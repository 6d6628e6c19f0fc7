from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import chosen
from app.resolve import Resolved
from app.schema.compiled import Finding

SODIUM = "light.source.sodium_low_pressure"
SATURATED = (
    "look.saturation.vivid",
    "look.saturation.hyper",
    "look.palette.complementary",
    "look.palette.split_complementary",
    "look.palette.triadic",
    "look.palette.tetradic",
    "look.palette.primary_colours",
    "look.palette.jewel",
    "look.palette.neon",
    "look.grade.teal_and_orange",
)


class SodiumWithManyColours(Rule):
    """Every lamp is low-pressure sodium, and the picture is to have many colours.

    ## What
    All lamps of the shot are low-pressure sodium, while the palette, the saturation or the grade asks for colours.

    ## Why
    Low-pressure sodium shines at 589 nanometres and nowhere else: under it a red coat and a blue one are the same amber
    or the same black. High-pressure sodium, about 2050 K, lets a little through.

    ## Example
    ```toml
    [look]
    palette = "look.palette.triadic"

    [lights.street]
    role = "light.role.key"
    source = "light.source.sodium_low_pressure"
    ```

    ## Instead
    ```toml
    [look]
    palette = "look.palette.monochromatic"

    [lights.street]
    role = "light.role.key"
    source = "light.source.sodium_low_pressure"
    ```
    """

    id = "sodium_with_many_colours"
    number = "COL07"
    severity = "error"
    basis = "physics: one wavelength"
    needs = ("lights", "look")
    about = (SODIUM,)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for colours once no lamp but sodium is there."""
        lamps = resolved.lights
        if any(lamp.source != SODIUM for _, lamp in lamps) or not (many := chosen(resolved, *SATURATED)):
            return
        yield self.found(
            "Low-pressure sodium is one wavelength: all it shows is amber and black. Use high-pressure sodium, or add "
            "another lamp.",
            f"lights.{lamps[0][0]}.source",
            many,
        )
