from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import without_colour
from app.patch import at
from app.resolve import Resolved
from app.schema.compiled import Finding

COLOURED_PALETTES = frozenset(
    {
        "look.palette.complementary",
        "look.palette.split_complementary",
        "look.palette.triadic",
        "look.palette.tetradic",
        "look.palette.accent",
        "look.palette.pastel",
        "look.palette.neon",
        "look.palette.earth",
        "look.palette.jewel",
        "look.palette.analogous",
        "look.palette.warm_palette",
        "look.palette.cool_palette",
        "look.palette.primary_colours",
    }
)
COLOURED_GRADES = frozenset(
    {
        "look.grade.teal_and_orange",
        "look.grade.technicolor",
        "look.grade.two_strip",
        "look.grade.warm_vintage",
        "look.grade.cold_nordic",
        "look.grade.green_tint",
        "look.grade.cross_processed",
        "look.grade.neon_noir",
        "look.grade.warm",
        "look.grade.magenta_tint",
        "look.grade.dusty_desert",
        "look.grade.cool",
    }
)
"""Grades that need hues to work on. Sepia, cyanotype and hand tinting colour a print that has none: not here."""

STRONG = frozenset({"look.saturation.vivid", "look.saturation.hyper"})

GREY = 12
"""How far the channels of a grey may differ, of 255."""


class HueInBlackAndWhite(Rule):
    """The picture is black and white, and colour is asked for.

    ## What
    The stock or the palette has no colour, while a lamp has a hue or a hex colour, or while the palette, its colours,
    the saturation or the grade want hues.

    ## Why
    On a panchromatic stock a colour is a tone: a red lamp is a darker or lighter grey, never red. A model that is
    told both tends to tint the picture. Toning is another matter: sepia and cyanotype colour a grey print.

    ## Example
    ```toml
    [look]
    stock = "look.stock.double_x"

    [lights.key]
    hue = "light.hue.red"
    ```

    ```toml
    [look]
    stock = "look.stock.double_x"
    palette = "look.palette.neon"
    grade = ["look.grade.teal_and_orange"]
    ```

    ## Instead
    ```toml
    [look]
    stock = "look.stock.double_x"
    grade = ["look.grade.sepia"]

    [lights.key]
    stops = -1
    ```
    """

    id = "hue_in_black_and_white"
    number = "FLM01"
    basis = "definition"
    needs = ("look",)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Find what takes the colour away, then everything that wants some."""
        without = without_colour(resolved)
        if not without:
            return
        label = getattr(resolved.term(without), "label", "The stock")
        for name, lamp in resolved.lights:
            for key in ("hue", "hex"):
                if getattr(lamp, key) is not None:
                    yield self.found(
                        f"{label} records no colour: the {name}'s hue becomes a grey. Say its level instead.",
                        f"lights.{name}.{key}",
                        without,
                        fix={"lights": {name: {key: None}}},
                    )
        yield from self._look(resolved, without, label)

    def _look(self, resolved: Resolved, without: str, label: str) -> Iterator[Finding]:
        look = resolved.shot.look
        if look is None:
            return
        message = f"{label} records no colour, and {{}} asks for some: speak of tones, or of sepia and other toning."
        if look.palette in COLOURED_PALETTES:
            yield self.found(message.format("the palette"), "look.palette", without, fix=at("look.palette", None))
        if look.saturation in STRONG:
            yield self.found(message.format("the saturation"), "look.saturation", without, fix=_cleared("saturation"))
        if any(type(one) is str and _coloured(one) for one in look.colours):
            yield self.found(message.format("the list of colours"), "look.colours", without, fix=_cleared("colours"))
        if any(one in COLOURED_GRADES for one in look.grade if type(one) is str):
            toned = [one for one in resolved.value("look.grade") if type(one) is dict or one not in COLOURED_GRADES]
            yield self.found(message.format("the grade"), "look.grade", without, fix=at("look.grade", toned or None))


def _coloured(code: str) -> bool:
    """Tell whether a hex code is anything but a grey."""
    channels = [int(code[start : start + 2], 16) for start in (1, 3, 5)]
    return max(channels) - min(channels) > GREY


def _cleared(key: str) -> dict[str, object]:
    return at(f"look.{key}", None)
