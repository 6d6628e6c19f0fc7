from collections.abc import Iterator

from app.lint.base import Rule
from app.physics import exposure
from app.resolve import Resolved
from app.schema.compiled import Finding

FLAMES = frozenset({"light.source.candle", "light.source.match"})
STOP, EI = "camera.t_stop", "camera.ei"
SHORT_STOPS = 1
SLOW_EI = 100
"""A stock as slow as this has a rule of its own."""


class MoreLightThanCandlesGive(Rule):
    """Candles are the only light, and they do not give what the exposure needs.

    ## What
    Every lamp is a candle or a match with a distance, and together they come out more than a stop under what they are
    said to read: under the exposure where no level is said. Counted at 24 frames and 180 degrees unless the shot says
    otherwise.

    ## Why
    A candle gives 1 candela: 11 lux at 30 centimetres, 1 lux at a metre. At EI 800 even T1.4 wants 29 lux. Real
    candle scenes are shot wide open on fast stock, with many flames, or with a hidden bulb.

    ## Example
    ```toml
    [camera]
    t_stop = 2.8
    ei = 800

    [lights.candle]
    role = "light.role.key"
    source = "light.source.candle"
    distance_m = 0.5
    ```

    ## Instead
    ```toml
    [camera]
    t_stop = 1.3
    ei = 2500

    [lights.candle]
    role = "light.role.key"
    source = "light.source.candle"
    distance_m = 0.4
    ```
    """

    id = "more_light_than_candles_give"
    number = "LIT25"
    basis = "derived: incident lux = 250 T² / (t EI), 1 candela a candle"
    needs = (STOP, "lights.*.distance_m")
    about = tuple(sorted(FLAMES))

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Add up the flames and compare with the light that the setting needs."""
        stop, ei = resolved.number(STOP), resolved.number(EI)
        if not stop or not ei or ("look.stock" in resolved.said and ei <= SLOW_EI):
            return
        lux = 0.0
        for name, lamp in resolved.lights:
            far = resolved.number(f"lights.{name}.distance_m")
            if lamp.source not in FLAMES or not far:
                return
            lux += exposure.candle_lux(far)
        angle, rate = resolved.number("camera.shutter_deg") or 180, resolved.number("camera.fps") or 24
        wanted = max((lamp.stops for _, lamp in resolved.lights if lamp.stops is not None), default=0)
        level = exposure.placement_stops(lux, stop, ei, angle, rate)
        if level < wanted - SHORT_STOPS:
            needed = exposure.incident_lux(stop, ei, angle, rate)
            yield self.found(
                f"The candles give {lux:.1f} lux; T{stop:g} at EI {ei:g} needs {needed:.0f}: {-level:.1f} stops under. "
                "Open up, rate faster, come nearer or light more flames.",
                STOP,
                *resolved.because(EI),
                *(f"lights.{name}.distance_m" for name, _ in resolved.lights),
            )
