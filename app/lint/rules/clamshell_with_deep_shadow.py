from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import chosen
from app.resolve import Resolved
from app.schema.compiled import Finding

CLAMSHELL = "light.pattern.clamshell"
DARK = ("lighting.style.low_key", "lighting.style.chiaroscuro", "lighting.style.noir", "lighting.style.dramatic")
DEEP_STOPS = 2


class ClamshellWithDeepShadow(Rule):
    """A clamshell is named, and the shadows are to be deep.

    ## What
    A clamshell stands beside a ratio of 2 stops or more; where no ratio is known, beside dramatic, low-key or noir
    lighting.

    ## Why
    The second source, below the face, exists to lift the shadows under eyes, nose and chin. It usually lies 0.5 to 1
    stop under the key.

    ## Example
    ```toml
    [lighting]
    ratio_stops = 3

    [lights.key]
    role = "light.role.key"
    pattern = "light.pattern.clamshell"
    ```
    ```toml
    [lighting]
    style = "lighting.style.low_key"
    setup = { words = "clamshell lighting" }
    ```

    ## Instead
    ```toml
    [lighting]
    ratio_stops = 0.5

    [lights.key]
    role = "light.role.key"
    pattern = "light.pattern.clamshell"
    ```
    """

    id = "clamshell_with_deep_shadow"
    number = "LIT13"
    basis = "craft"
    about = (CLAMSHELL,)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Judge by the ratio, else by the style."""
        path, stops = chosen(resolved, CLAMSHELL), resolved.number("lighting.ratio_stops")
        if not path:
            return
        if stops is None:
            if dark := chosen(resolved, *DARK):
                yield self.found(
                    "A clamshell lifts every shadow on the face; the lighting asks for deep ones.", path, dark
                )
        elif stops >= DEEP_STOPS:
            yield self.found(
                f"The lower half of a clamshell lies 0.5 to 1 stop under the key; the fill lies {stops:g} under it.",
                path,
                *resolved.because("lighting.ratio_stops"),
            )
