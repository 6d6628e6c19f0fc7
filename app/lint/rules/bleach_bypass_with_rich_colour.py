from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import chosen
from app.resolve import Resolved
from app.schema.compiled import Finding

BYPASS = ("look.process.bleach_bypass", "look.grade.bleach_bypass_look")
RICH = (
    "look.saturation.vivid",
    "look.saturation.hyper",
    "look.palette.pastel",
    "look.palette.neon",
    "look.palette.jewel",
    "look.palette.primary_colours",
)


class BleachBypassWithRichColour(Rule):
    """Bleach bypass drains colour, and rich or pastel colour is asked for.

    ## What
    The film keeps its silver, or is graded so that it looks as if, and the saturation is vivid or the palette pastel,
    neon or jewel.

    ## Why
    The silver that stays lays a black-and-white picture over the colour one: saturation falls by a third and more,
    contrast and grain rise. Neither milky pastels nor glowing neon outlive that.

    ## Example
    ```toml
    [look]
    process = ["look.process.bleach_bypass"]
    saturation = "look.saturation.vivid"
    ```

    ```toml
    [look]
    process = [{ words = "half a bleach bypass" }]
    palette = "look.palette.pastel"
    ```

    ## Instead
    ```toml
    [look]
    process = ["look.process.bleach_bypass"]
    saturation = "look.saturation.desaturated"
    ```
    """

    id = "bleach_bypass_with_rich_colour"
    number = "FLM08"
    severity = "error"
    basis = "source: Kodak on skip bleach"
    needs = ("look",)
    about = BYPASS

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for colour where the silver stays."""
        bypass, rich = chosen(resolved, *BYPASS), chosen(resolved, *RICH)
        if bypass and rich:
            what = getattr(resolved.term(rich), "label", "rich").lower()
            yield self.found(
                f"Bleach bypass drains colour and hardens contrast, and {what} colour wants the opposite: keep one.",
                rich,
                bypass,
            )
