from collections.abc import Iterator

from app.lint.base import Rule
from app.resolve import Resolved
from app.schema.compiled import Finding

BRIGHT = ("lighting.style.high_key",)
DARK = ("lighting.style.low_key", "lighting.style.chiaroscuro", "lighting.style.noir")
PROSE = ("subjects.", "beats.")


class HighKeyAndLowKey(Rule):
    """One picture is called high key and low key.

    ## What
    High-key lighting is named beside low key, chiaroscuro or noir: as a pick, or in words about the picture.

    ## Why
    High key opens every shadow and fills the frame with light tones; low key leaves most of it dark. A model that
    is told both gives a grey middle. Words about a person or an action are not read: a low-key man may stand in any
    light.

    ## Example
    ```toml
    [lighting]
    style = "lighting.style.high_key"
    setup = { words = "a low-key set-up with one lamp" }
    ```
    ```toml
    [intent]
    says = "High-key beauty light with a film noir lighting mood."
    ```

    ## Instead
    ```toml
    [lighting]
    style = "lighting.style.high_key"
    setup = { words = "one large lamp and white walls" }
    ```
    """

    id = "high_key_and_low_key"
    number = "LIT01"
    severity = "error"
    basis = "definition; taxonomies keep the two apart"
    about = BRIGHT

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for one of each."""
        if not (dark := resolved.where(*DARK)):
            return
        bright = resolved.where(*BRIGHT)
        if not bright.startswith(PROSE) and not dark.startswith(PROSE):
            yield self.found(
                "High key and low key are opposites: one picture is light or dark. Keep one.", bright, dark
            )
