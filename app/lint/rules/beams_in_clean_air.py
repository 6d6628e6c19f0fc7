from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import chosen
from app.patch import at
from app.resolve import Resolved
from app.schema.compiled import Finding
from app.vocab import Term

RAYS = "light.effect.god_rays"
AIR = "place.atmosphere"
SHOWS_A_BEAM_PER_M = 0.004


class BeamsInCleanAir(Rule):
    """Beams of light are to show, and the air is said to be clear.

    ## What
    God rays are picked, and all the air that is named is too thin to show a beam: clear air, or the haze of kilometres.

    ## Why
    A beam is light that particles send aside. On a set that takes haze of 0.03 to 0.15 per metre, and something with
    an edge that cuts the light.

    ## Example
    ```toml
    [place]
    atmosphere = ["place.atmosphere.aerial_haze"]

    [lighting]
    effects = ["light.effect.god_rays"]
    ```

    ## Instead
    ```toml
    [place]
    atmosphere = ["place.atmosphere.thin_haze"]

    [lighting]
    effects = ["light.effect.god_rays"]
    ```
    """

    id = "beams_in_clean_air"
    number = "LIT21"
    severity = "error"
    basis = "physics: Koschmieder"
    needs = (AIR,)
    about = (RAYS,)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for one air that is thick enough; words of one's own count as thick."""
        rays, picked = chosen(resolved, RAYS), resolved.value(AIR)
        airs = resolved.terms(AIR)
        known = [one for one in airs if "extinction_per_m" in one.numbers]
        if not rays or not known or len(airs) < len(picked) or max(map(_thickest_per_m, known)) >= SHOWS_A_BEAM_PER_M:
            return
        named = " and ".join(one.label.lower() for one in known)
        kept = [one.id for one in airs if one.id != "place.atmosphere.clear_air"]
        yield self.found(
            f"A beam is light that particles scatter; {named} has too few. Lay haze, and something to cut the light.",
            rays,
            AIR,
            fix=at(AIR, [*kept, "place.atmosphere.thin_haze"]),
        )


def _thickest_per_m(air: Term) -> float:
    return air.numbers.get("sigma_max_per_m", air.numbers["extinction_per_m"])
