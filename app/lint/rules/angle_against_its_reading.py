from collections.abc import Iterator

from app.lint.base import Rule
from app.resolve import Resolved
from app.schema.compiled import Finding

UP = ("camera.angle.low", "camera.angle.worms_eye")
DOWN = ("camera.angle.high", "camera.angle.steep_high", "camera.angle.overhead")
SMALL = (
    " weak",
    "looks small",
    "look small",
    "seems small",
    "feels small",
    " vulnerable",
    " helpless",
    " powerless",
    " defeated",
    " fragile",
)
MIGHTY = (" powerful", " dominant", " heroic", " triumphant", " towering", " mighty", " imposing")
MIGHTY_MOODS = ("intent.mood.triumphant", "intent.mood.defiant")


class AngleAgainstItsReading(Rule):
    """The angle is usually read the other way.

    ## What
    A low angle is picked for somebody who should seem weak or small, or a high angle for somebody who should seem
    powerful.

    ## Why
    From below people gain weight, from above they lose it: a habit of reading and no law. Against the habit an angle
    can be strong, if the shot says what it is for.

    ## Example
    ```toml
    [intent]
    says = "He looks small and helpless."

    [camera]
    angle = "camera.angle.low"
    ```

    ## Instead
    ```toml
    [intent]
    says = "He looks small and helpless."

    [camera]
    angle = "camera.angle.high"
    ```
    """

    id = "angle_against_its_reading"
    number = "ANG07"
    severity = "info"
    basis = "craft"
    needs = ("intent", "camera.angle")
    about = (*UP, *DOWN)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Hold the angle against what the shot wants."""
        angle = resolved.pick("camera.angle")
        if angle not in self.about:
            return
        up = angle in UP
        against, moods = (SMALL, ()) if up else (MIGHTY, MIGHTY_MOODS)
        says = f" {resolved.value('intent.says') or ''}".lower()
        path = "intent.says" if any(word in says for word in against) else resolved.where(*moods)
        if path:
            yield self.found(
                f"From {'below' if up else 'above'}, people usually read as {'powerful' if up else 'small'}, and the "
                f"shot wants the opposite: say why, or look from {'above' if up else 'below'}.",
                "camera.angle",
                path,
            )
