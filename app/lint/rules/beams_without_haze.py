from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import chosen
from app.patch import at
from app.resolve import Resolved
from app.schema.compiled import Finding

RAYS = "light.effect.god_rays"
AIR = "place.atmosphere"
IN_THE_AIR = frozenset(f"place.weather.{one}" for one in ("rain", "drizzle", "storm", "snow", "blizzard", "sandstorm"))


class BeamsWithoutHaze(Rule):
    """Beams of light are to show, and nothing is said to hang in the air.

    ## What
    God rays are picked, and neither the air nor the weather nor any words name haze, smoke, dust or fog.

    ## Why
    Clean air shows no beam. Most models add the haze by themselves and choose how much; a set orders it.

    ## Example
    ```toml
    [lighting]
    effects = ["light.effect.god_rays"]
    ```

    ## Instead
    ```toml
    [place]
    where = "a barn full of dust motes"

    [lighting]
    effects = ["light.effect.god_rays"]
    ```
    """

    id = "beams_without_haze"
    number = "LIT21b"
    severity = "info"
    basis = "physics"
    about = (RAYS,)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Listen for anything that hangs in the air."""
        airs = resolved.terms(AIR)
        if len(airs) < len(resolved.value(AIR) or ()) or any("extinction_per_m" in one.numbers for one in airs):
            return
        if resolved.pick("place.weather") in IN_THE_AIR:
            return
        if any(term.startswith("place.atmosphere.") for term in resolved.spoken):
            return
        if rays := chosen(resolved, RAYS):
            yield self.found(
                "God rays need haze, smoke or dust to fall on, and the air is not said.",
                rays,
                AIR,
                fix=at(AIR, [*(one.id for one in airs), "place.atmosphere.thin_haze"]),
            )
