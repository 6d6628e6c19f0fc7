from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import years
from app.resolve import Resolved
from app.schema.compiled import Finding

HMI = "light.source.hmi"


class HmiAsAPractical(Rule):
    """A film lamp is seen in the scene as if it belonged to somebody there.

    ## What
    A lamp that is an HMI is a practical or is seen in frame, in a scene of a year or an era. A scene set before the
    lamp was made is another rule's.

    ## Why
    Nobody in a scene owns an HMI: it is a film lamp of 575 watts and far more. It serves unseen, as the sun or the moon
    of any century. What stands in the frame is the thing that it plays: a window, a headlight, a work lamp.

    ## Example
    ```toml
    [intent]
    year = 1985

    [lights.lamp]
    role = "light.role.practical"
    source = "light.source.hmi"
    ```

    ## Instead
    ```toml
    [intent]
    year = 1985

    [lights.sun]
    role = "light.role.key"
    source = "light.source.hmi"
    visible = false
    ```
    """

    id = "hmi_as_a_practical"
    number = "COL10"
    basis = "craft"
    needs = ("lights", "intent")
    about = (HMI,)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for the lamp in frame, then at the year."""
        when = years(resolved)
        if when is None or when[1] < resolved.vocabulary.terms[HMI].numbers.get("from_year", 0):
            return
        for name, lamp in resolved.lights:
            if lamp.source == HMI and (lamp.visible or (lamp.role == "light.role.practical" and lamp.visible is None)):
                yield self.found(
                    f"The {name} is an HMI and is seen: nobody in the scene owns a film lamp. Name the lamp it plays.",
                    f"lights.{name}.source",
                    f"lights.{name}.visible" if lamp.visible else f"lights.{name}.role",
                )
