import re
from collections.abc import Iterator
from functools import lru_cache

from app.lint.base import Rule
from app.lint.hearing import texts
from app.lint.looking import without_colour
from app.resolve import Resolved
from app.schema.compiled import Finding
from app.schema.shot import Light

TUBE = "light.source.fluorescent"
ON_THE_FACE = frozenset({None, "light.role.key", "light.role.fill", "light.role.ambient"})
CORRECTED_CC = 10
CLEAN = re.compile(
    r"\b(?:clean|healthy|flawless|neutral|radiant|rosy)(?:,? (?:and )?\w+)? (?:skin|complexion)\b"
    r"|\bnatural skin[ -]tones?\b",
    re.IGNORECASE,
)
ON_SKIN = re.compile(r"\b(?:clean|healthy|flawless|neutral|radiant|rosy)\b|\bnatural (?:\w+ )?tones?\b", re.IGNORECASE)


class CleanSkinUnderFluorescent(Rule):
    """Skin is to look clean under fluorescent tubes, and nothing takes out their green.

    ## What
    A fluorescent lamp lights the face without minus green and without magenta on the camera's tint, while words ask
    for clean, healthy or neutral skin.

    ## Why
    A common tube has a green line of mercury at 546 nanometres and a colour rendering index near 62. Skin goes sallow
    under it. Put minus green on the lamp, or magenta into the tint, or keep the sickly green and say so.

    ## Example
    ```toml
    [look]
    skin = "clean and healthy"

    [lights.office]
    role = "light.role.key"
    source = "light.source.fluorescent"
    ```

    ## Instead
    ```toml
    [look]
    skin = "clean and healthy"

    [lights.office]
    role = "light.role.key"
    source = "light.source.fluorescent"
    gels = ["light.gel.minus_green"]
    ```
    """

    id = "clean_skin_under_fluorescent"
    number = "COL08"
    basis = "source: donklipstein.com on cool-white tubes"
    needs = ("lights",)
    about = (TUBE,)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for tubes on the face, then listen for clean skin."""
        if (resolved.number("camera.tint") or 0) >= CORRECTED_CC or without_colour(resolved):
            return
        tube = next((name for name, lamp in resolved.lights if self._green(resolved, name, lamp)), "")
        if not tube:
            return
        for path, text in texts(resolved):
            if _clean(text, on_skin=path == "look.skin"):
                yield self.found(
                    f"The {tube} is a fluorescent tube without minus green: skin turns sallow, and the words want it "
                    "clean.",
                    f"lights.{tube}.gels",
                    f"lights.{tube}.source",
                    path,
                    fix={"lights": {tube: {"gels": [*resolved.shot.lights[tube].gels, "light.gel.minus_green"]}}},
                )
                return

    def _green(self, resolved: Resolved, name: str, lamp: Light) -> bool:
        if lamp.source != TUBE or lamp.role not in ON_THE_FACE:
            return False
        return all(gel.numbers.get("cc", 0) <= 0 for gel in resolved.terms(f"lights.{name}.gels"))


@lru_cache(maxsize=4096)
def _clean(text: str, *, on_skin: bool) -> bool:
    """Tell whether words ask for clean skin; those of the field for skin need not name it."""
    return bool((ON_SKIN if on_skin else CLEAN).search(text))
