from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.lamps import SUNS
from app.lint.looking import chosen
from app.physics import light
from app.resolve import Resolved
from app.schema.compiled import Finding

FOG, DENSE = "place.atmosphere.fog", "place.atmosphere.dense_fog"
THROUGH_ALL_OF_IT = SUNS | {"light.source.moonlight", "light.source.daylight"}


class HardShadowsInFog(Rule):
    """The air is fog, and a lamp is to cast hard shadows.

    ## What
    In dense fog any lamp, and in fog the sun, the moon or daylight, is hard or casts a crisp shadow.

    ## Why
    In fog light is scattered again and again until it comes from everywhere: the air itself is the source. From 100
    metres of sight downwards no edge survives; what crosses the whole bank, as the sun does, is soft long before.

    ## Example
    ```toml
    [place]
    atmosphere = ["place.atmosphere.fog"]

    [lights.key]
    role = "light.role.key"
    source = "light.source.sun"
    quality = "light.quality.hard"
    ```

    ## Instead
    ```toml
    [place]
    atmosphere = ["place.atmosphere.fog"]

    [lights.key]
    role = "light.role.key"
    source = "light.source.daylight"
    quality = "light.quality.very_soft"
    ```
    """

    id = "hard_shadows_in_fog"
    number = "LIT23"
    basis = "physics: multiple scattering"
    needs = ("lights",)
    about = (FOG, DENSE)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for hard lamps, by their shadow, else by their size."""
        air = chosen(resolved, DENSE, FOG)
        if not air:
            return
        dense = bool(resolved.where(DENSE))
        for name, lamp in resolved.lights:
            if not dense and lamp.source not in THROUGH_ALL_OF_IT:
                continue
            size = resolved.number(f"lights.{name}.angular_size_deg")
            if lamp.shadow == "light.shadow.crisp":
                path = f"lights.{name}.shadow"
            elif size is not None and size < light.HARD_BELOW_DEG:
                path = next(iter(resolved.because(f"lights.{name}.angular_size_deg")))
            else:
                continue
            yield self.found(f"Fog scatters light until nothing casts an edge; the {name} is hard.", path, air)
