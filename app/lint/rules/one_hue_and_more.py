from collections.abc import Iterator
from colorsys import rgb_to_hsv

from app.lint.base import Rule
from app.lint.looking import chosen
from app.resolve import Resolved
from app.schema.compiled import Finding

ONE = "look.palette.monochromatic"
MORE = (
    "look.palette.complementary",
    "look.palette.split_complementary",
    "look.palette.triadic",
    "look.palette.tetradic",
    "look.palette.primary_colours",
    "look.grade.teal_and_orange",
)
SPAN_DEG = 45
"""One hue spreads by some 15 degrees to either side; a little more is let pass."""

GREYISH = 0.15


class OneHueAndMore(Rule):
    """The palette has one hue, and two or three are asked for.

    ## What
    The palette is monochromatic, and a scheme of two, three or four hues, a teal-and-orange grade, or colours far
    apart on the wheel are asked for.

    ## Why
    Monochromatic is one hue in many values. Teal and orange stand opposite each other on the wheel. One small patch
    that does not belong is a single accent, and there is a palette for it.

    ## Example
    ```toml
    [look]
    palette = "look.palette.monochromatic"
    grade = ["look.grade.teal_and_orange"]
    ```

    ```toml
    [look]
    palette = "look.palette.monochromatic"
    colours = ["#1d4e89", "#d1495b"]
    ```

    ## Instead
    ```toml
    [look]
    palette = "look.palette.monochromatic"
    colours = ["#1d4e89", "#0b2545"]
    ```
    """

    id = "one_hue_and_more"
    number = "FLM14"
    severity = "error"
    basis = "definition"
    needs = ("look",)
    about = (ONE,)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for a second hue, by name or by code."""
        if not (one := chosen(resolved, ONE)):
            return
        more = chosen(resolved, *MORE)
        if more and more != one:
            yield self.found(
                "A monochromatic palette has one hue, and two or more are asked for: keep one scheme, or make the "
                "other hue a single accent.",
                one,
                more,
            )
        apart = _apart_deg([code for code in resolved.value("look.colours") or () if type(code) is str])
        if apart > SPAN_DEG:
            yield self.found(
                f"A monochromatic palette has one hue, and the colours given lie {apart:.0f}° apart on the wheel.",
                one,
                "look.colours",
            )


def _apart_deg(codes: list[str]) -> float:
    """Return the largest angle between the hues of hex codes, greys left out."""
    hues = []
    for code in codes:
        hue, saturation, _ = rgb_to_hsv(*(int(code[at : at + 2], 16) / 255 for at in (1, 3, 5)))
        if saturation > GREYISH:
            hues.append(hue * 360)
    return max((abs((a - b + 180) % 360 - 180) for a in hues for b in hues), default=0)
