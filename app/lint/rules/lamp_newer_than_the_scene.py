from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import in_picture, years
from app.resolve import Resolved
from app.schema.compiled import Finding


class LampNewerThanTheScene(Rule):
    """A lamp is seen in the picture that did not exist in the year of the scene.

    ## What
    The shot has a year or an era, and a lamp that is a practical, or is seen in frame, is of a kind that came later.

    ## Why
    A lamp outside the frame can be anything. One that is in it tells the year as surely as a car does: no tube before
    the 1930s, no LED before the 2000s.

    ## Example
    ```toml
    [intent]
    year = 1890

    [lights.lamp]
    role = "light.role.practical"
    source = "light.source.fluorescent"
    ```

    ## Instead
    ```toml
    [intent]
    year = 1890

    [lights.lamp]
    role = "light.role.practical"
    source = "light.source.candle"
    ```
    """

    id = "lamp_newer_than_the_scene"
    basis = "history of the lamps"
    needs = ("intent", "lights.*.source")

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare the lamps in the picture with the year."""
        if not (when := years(resolved)):
            return
        for name, lamp in resolved.lights:
            source = resolved.term(f"lights.{name}.source")
            begun = source.numbers.get("from_year") if source else None
            if source and begun and begun > when[1] and in_picture(lamp):
                yield self.found(
                    f"The {name} is seen and is {source.label.lower()}, which came in {begun:.0f}: the scene is of "
                    f"{when[1]:.0f} at the latest.",
                    f"lights.{name}.source",
                    when[2],
                )
