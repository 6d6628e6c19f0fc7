import re
from collections.abc import Iterator
from math import log2

from app.lint.base import Rule
from app.match.numbers import quantities
from app.resolve import Resolved
from app.schema.compiled import Finding

FIELDS = (
    "lighting.contrast",
    "lighting.style",
    "lighting.setup",
    "look.contrast",
    "intent.says",
    "place.where",
)
ABOUT_LIGHT = re.compile(r"\b(?:light(?:ing)?|contrast|fill|key)\b", re.IGNORECASE)
BASIS = re.compile(
    r"\bkey ?(?:[:/]|to|-to-|over|against) ?(?:the )?fill\b|\bkey ?(?:\+|plus|and) ?fill\b|\bstops?\b", re.IGNORECASE
)


class RatioWithoutBasis(Rule):
    """A lighting ratio is written as n:1 and does not say of what to what.

    ## What
    Words on the lighting hold a ratio such as 4:1 without "key to fill", "key plus fill to fill" or stops.

    ## Why
    Books count in two ways. Key to fill, 4:1 is 2 stops; key plus fill to fill, 4:1 is 1.6. Stops mean one thing
    only, so store stops and let the print say both.

    ## Example
    ```toml
    [lighting]
    contrast = { words = "a 4:1 lighting ratio" }
    ```
    ```toml
    [intent]
    says = "A portrait with 8:1 contrast lighting."
    ```

    ## Instead
    ```toml
    [lighting]
    contrast = { words = "2 stops, 4:1 key to fill" }
    ```
    ```toml
    [lighting]
    ratio_stops = 2
    ```
    """

    id = "ratio_without_basis"
    number = "LIT04"
    basis = "source: American Cinematographer Manual"

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for n:1 in the fields where a ratio is put into words."""
        values = resolved.values
        for path in FIELDS:
            if path not in values:
                continue
            value = values[path].value
            text = value["words"] if type(value) is dict else value
            if type(text) is not str or ":1" not in text or BASIS.search(text) or not ABOUT_LIGHT.search(text):
                continue
            for n, unit, start, end in quantities(text):
                if unit == "ratio" and n >= 2 and n.is_integer() and text[start:end].endswith(":1"):
                    yield self.found(
                        f"Is {n:g}:1 key to fill ({log2(n):.1f} stops), or key plus fill to fill ({log2(n - 1):.1f})? "
                        "Give the ratio in stops.",
                        path,
                        "lighting.ratio_stops",
                    )
