from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import chosen
from app.resolve import Resolved
from app.schema.compiled import Finding

DARK = ("lighting.style.low_key", "lighting.style.chiaroscuro", "lighting.style.noir")


class LowKeyWithoutShadow(Rule):
    """The lighting is low key, and the fill comes within a stop of the key.

    ## What
    Low key, chiaroscuro or noir is picked, and the ratio of key to fill is 1 stop or less.

    ## Why
    A dark picture need not be a contrasty one: soft, filled and printed down is a low key too. But the words make
    most models draw deep shadows, and the number says there are none; what keeps the picture dark must then be said.

    ## Example
    ```toml
    [lighting]
    style = "lighting.style.low_key"
    ratio_stops = 0.5
    ```

    ## Instead
    ```toml
    [lighting]
    style = "lighting.style.low_key"
    ratio_stops = 4
    ```
    """

    id = "low_key_without_shadow"
    number = "LIT02b"
    severity = "info"
    basis = "craft"
    about = DARK

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare the style with the ratio."""
        stops = resolved.number("lighting.ratio_stops")
        if stops is None or not 0 <= stops <= 1 or not (path := chosen(resolved, *DARK)):
            return
        yield self.found(
            f"With the fill {stops:g} stops under the key the shadows are open: a low key then needs its levels said, "
            "or it comes out bright.",
            path,
            *resolved.because("lighting.ratio_stops"),
        )
