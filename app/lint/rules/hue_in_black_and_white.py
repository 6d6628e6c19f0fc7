from collections.abc import Iterator

from app.lint.base import Rule
from app.resolve import Resolved
from app.schema.compiled import Finding


class HueInBlackAndWhite(Rule):
    """The picture is black and white, and a light is given a hue.

    ## What
    The stock or the palette has no colour, while a lamp has a hue, a hex colour or a coloured gel.

    ## Why
    On a panchromatic stock a colour is a tone: a red lamp is a darker or lighter grey, never red. A model that is
    told both tends to tint the picture.

    ## Example
    ```toml
    [look]
    stock = "look.stock.double_x"

    [lights.key]
    hue = "light.hue.red"
    ```

    ## Instead
    ```toml
    [look]
    stock = "look.stock.double_x"

    [lights.key]
    stops = -1
    ```
    """

    id = "hue_in_black_and_white"
    needs = ("look", "lights")

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Find what takes the colour away, then every lamp that wants some."""
        without = next(
            (
                path
                for path in ("look.stock", "look.palette")
                if (term := resolved.term(path)) and term.numbers.get("monochrome")
            ),
            "",
        )
        if not without:
            return
        for name, lamp in resolved.lights:
            for key in ("hue", "hex"):
                if getattr(lamp, key) is not None:
                    path = f"lights.{name}.{key}"
                    label = getattr(resolved.term(without), "label", "The stock")
                    yield self.found(
                        f"{label} records no colour: the {name}'s hue becomes a grey. Say its level instead.",
                        path,
                        without,
                        fix={"lights": {name: {key: None}}},
                    )
