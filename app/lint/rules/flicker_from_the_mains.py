from collections.abc import Iterator

from app.lint.base import Rule
from app.patch import at
from app.physics import motion
from app.resolve import Resolved
from app.schema.compiled import Finding


class FlickerFromTheMains(Rule):
    """Lamps on the mains pulse, and the shutter shows it.

    ## What
    The mains, the frame rate and the shutter are said, a lamp pulses with the mains, and neither the frame nor the
    exposure is a whole number of its pulses.

    ## Why
    Such lamps pulse at twice the mains: a hundred times a second on 50 Hz. If every exposure holds a whole number of
    pulses, or every frame does, all are equally bright. Otherwise the picture beats. At 24 fps on 50 Hz that is
    172.8 degrees.

    ## Example
    ```toml
    [camera]
    fps = 24
    shutter_deg = 180

    [lighting]
    mains_hz = 50

    [lights.tubes]
    source = "light.source.fluorescent"
    ```

    ## Instead
    ```toml
    [camera]
    fps = 24
    shutter_deg = 172.8

    [lighting]
    mains_hz = 50

    [lights.tubes]
    source = "light.source.fluorescent"
    ```
    """

    id = "flicker_from_the_mains"
    number = "TIM05"
    profile = "set"
    basis = "physics"
    needs = ("lighting.mains_hz", "lights.*.source")

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Ask whether the setting is safe, then whether a lamp pulses."""
        mains, rate = resolved.number("lighting.mains_hz"), resolved.number("camera.fps")
        angle = resolved.number("camera.shutter_deg")
        if not mains or not rate or not angle or motion.flicker_safe(mains, rate, angle):
            return
        for name, _ in resolved.lights:
            source = resolved.term(f"lights.{name}.source")
            if source and "mains" in source.traits:
                safe = min(motion.flicker_safe_angles(mains, rate), key=lambda one: abs(one - angle), default=None)
                yield self.found(
                    f"On {mains:g} Hz the {name} pulses {2 * mains:g} times a second, and {rate:g} fps at {angle:g}° "
                    "shows it" + (f": {safe:g}° does not." if safe else "."),
                    "camera.shutter_deg",
                    f"lights.{name}.source",
                    fix=at("camera.shutter_deg", round(safe, 2)) if safe else None,
                )
                return
