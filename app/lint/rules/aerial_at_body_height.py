from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import heard, named
from app.patch import at
from app.resolve import Resolved
from app.schema.compiled import Finding

STANDING_M = 2.0


class AerialAtBodyHeight(Rule):
    """The camera flies, indoors, at the height of a person.

    ## What
    The support is a drone or another aircraft, the place is an interior, and the camera is no higher than a person.

    ## Why
    Told of a drone, a model shows a view from the air. What is meant is a smooth camera among people: that is a
    gimbal.

    ## Example
    ```toml
    [camera]
    support = "camera.support.drone"
    height_m = 1.6

    [place]
    setting = "place.setting.interior"
    ```

    ## Instead
    ```toml
    [camera]
    support = "camera.support.gimbal"
    height_m = 1.6

    [place]
    setting = "place.setting.interior"
    ```
    """

    id = "aerial_at_body_height"
    number = "MOV14"
    basis = "craft"
    needs = ("camera.support", "place.setting")

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare the camera's height with what the support is for."""
        if resolved.value("place.setting") != "place.setting.interior":
            return
        support, height = heard(resolved, "camera.support"), resolved.number("camera.height_m")
        if support and "aerial" in support.traits and height is not None and height < STANDING_M:
            yield self.found(
                f"At {height:g} m indoors {named(support)} promises a view from the air that the frame does "
                "not have: a gimbal floats there.",
                "camera.support",
                "camera.height_m" if "camera.height_m" in resolved.said else "camera.height",
                fix=at("camera.support", "camera.support.gimbal"),
            )
