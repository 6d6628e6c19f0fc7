import re
from collections.abc import Iterator
from functools import lru_cache

from app.lint.base import Rule
from app.lint.hearing import texts
from app.lint.looking import without_colour
from app.resolve import Resolved
from app.schema.compiled import Finding

CAST_MIRED = 80
SKIN = "look.skin"
NEUTRAL = re.compile(
    r"\bneutral(?:,? (?:and )?\w+)? skin\b"
    r"|\b(?:neutral|natural|true|accurate|clean) (?:skin|flesh)[ -](?:tones?|colou?rs?)\b",
    re.IGNORECASE,
)
ON_SKIN = re.compile(r"\bneutral\b|\b(?:natural|true|accurate|clean) (?:\w+ )?(?:tones?|colou?rs?)\b", re.IGNORECASE)
DENIED = re.compile(r"\b(?:no|not|never|without|far from)\b", re.IGNORECASE)


class NeutralSkinUnderACast(Rule):
    """Skin is to be neutral, and the key is plainly coloured on the balance.

    ## What
    The words on skin, or any words, ask for neutral skin or natural skin tones, while the key lies more than 80 mired
    from the white balance.

    ## Why
    80 mired is half a CTO or CTB: nobody takes it for white. Gel the key, move the balance, or describe the cast that
    the skin has.

    ## Example
    ```toml
    [camera]
    white_balance_k = 5600

    [look]
    skin = "neutral, with pores and fine hair"

    [lights.key]
    role = "light.role.key"
    source = "light.source.tungsten"
    ```
    ```toml
    [intent]
    says = "A portrait with natural skin tones."

    [camera]
    white_balance_k = 3200

    [lights.key]
    role = "light.role.key"
    cct_k = 5600
    ```

    ## Instead
    ```toml
    [camera]
    white_balance_k = 3200

    [look]
    skin = "neutral, with pores and fine hair"

    [lights.key]
    role = "light.role.key"
    source = "light.source.tungsten"
    ```
    """

    id = "neutral_skin_under_a_cast"
    number = "COL02"
    severity = "error"
    basis = "derived: mired; 80 is half a CTO"
    needs = ("lights",)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Listen for neutral skin once the key is known to be off the balance."""
        shift = resolved.number(f"lights.{resolved.key}.shift_mired")
        if shift is None or abs(shift) <= CAST_MIRED or without_colour(resolved):
            return
        key = f"lights.{resolved.key}"
        for path, text in texts(resolved):
            if not _neutral(text, on_skin=path == SKIN):
                continue
            yield self.found(
                f"The {resolved.key} lies {shift:+.0f} mired from the balance and turns skin "
                f"{'orange' if shift > 0 else 'blue'}; the words ask for neutral skin. Gel the lamp, move the "
                "balance, or describe the cast.",
                path,
                *resolved.because(f"{key}.shift_mired"),
            )


@lru_cache(maxsize=4096)
def _neutral(text: str, *, on_skin: bool) -> bool:
    """Tell whether words ask for neutral skin; those of the field for skin need not name it."""
    return bool((ON_SKIN if on_skin else NEUTRAL).search(text)) and not DENIED.search(text)
