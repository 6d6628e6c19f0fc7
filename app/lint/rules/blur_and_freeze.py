from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import chosen
from app.resolve import Resolved
from app.schema.compiled import Finding

BLURRED = ("look.motion.blurred", "look.motion.smear")
FROZEN = "look.motion.frozen"
FLASH = "light.source.flash"
TOLD = ("frozen drop", "frozen splash", "frozen mid-air", "frozen in mid-air", "frozen water")


class BlurAndFreeze(Rule):
    """The same motion is blurred and frozen.

    ## What
    Motion is to blur or smear, and to be frozen as well, with no flash to do it.

    ## Why
    One exposure has one length: what moves in it is sharp or smeared. A flash in a long exposure does both, a sharp
    figure on a dragged trail, and then wants to be said.

    ## Example
    ```toml
    [look]
    motion = { words = "motion blur, and every drop frozen motion" }
    ```

    ```toml
    [intent]
    says = "The dog shakes, frozen droplets all round it."

    [look]
    motion = "look.motion.blurred"
    ```

    ## Instead
    ```toml
    [look]
    motion = "look.motion.frozen"
    ```
    """

    id = "blur_and_freeze"
    number = "TIM06"
    severity = "error"
    basis = "physics"
    needs = ("look.motion",)
    about = BLURRED

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for both in one exposure."""
        blurred, frozen = chosen(resolved, *BLURRED), chosen(resolved, FROZEN)
        if not frozen:
            says = str(resolved.value("intent.says") or "").lower()
            frozen = "intent.says" if any(words in says for words in TOLD) else ""
        if blurred and frozen and not resolved.where(FLASH):
            yield self.found(
                "One exposure cannot blur and freeze the same thing: choose, or freeze it with a flash in a long "
                "exposure.",
                *dict.fromkeys((blurred, frozen)),
            )
