from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.lamps import SKIES, SUNS
from app.lint.looking import chosen
from app.physics import light
from app.resolve import Resolved
from app.schema.compiled import Finding

OVERCAST = "place.weather.overcast"
RAYS = "light.effect.god_rays"
INSIDE = frozenset({"place.setting.interior", "place.setting.studio"})


class OvercastWithHardSun(Rule):
    """The sky is overcast, and the sun shines.

    ## What
    The weather is overcast, and a lamp is the sun (unless its size is soft), daylight casts a crisp shadow, or rays of
    sun stand in the open air.

    ## Why
    Under a closed sky the whole sky is the source: light from everywhere, and no shadow with an edge. For hard sun
    or rays the cloud must break.

    ## Example
    ```toml
    [place]
    weather = "place.weather.overcast"

    [lights.key]
    role = "light.role.key"
    source = "light.source.sun"
    ```

    ## Instead
    ```toml
    [place]
    weather = "place.weather.broken_cloud"

    [lights.key]
    role = "light.role.key"
    source = "light.source.sun"
    ```
    """

    id = "overcast_with_hard_sun"
    number = "LIT16"
    severity = "error"
    basis = "physics; counts of a benchmark: never together"
    about = (OVERCAST,)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for sun in the lamps and in the air."""
        sky = chosen(resolved, OVERCAST)
        if not sky:
            return
        for name, lamp in resolved.lights:
            size = resolved.number(f"lights.{name}.angular_size_deg")
            if lamp.source in SUNS and (size is None or size < light.SOFT_FROM_DEG):
                message = (
                    f"Under an overcast sky there is no sun; the {name} is one. Break the cloud or soften the lamp."
                )
                yield self.found(message, f"lights.{name}.source", sky)
            elif lamp.source in SKIES and lamp.shadow == "light.shadow.crisp":
                message = f"An overcast sky casts no crisp shadow; the {name} does."
                yield self.found(message, f"lights.{name}.shadow", sky)
        rays = chosen(resolved, RAYS)
        if rays and resolved.pick("place.setting") not in INSIDE:
            yield self.found("Rays of sun need a gap in the cloud, and the sky is overcast.", rays, sky)
