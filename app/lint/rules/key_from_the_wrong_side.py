import re
from collections.abc import Iterator
from functools import lru_cache

from app.lint.base import Rule
from app.physics import light
from app.resolve import Resolved
from app.schema.compiled import Finding
from app.schema.fields import Words

OPPOSITE = frozenset({"light.role.fill", "light.role.ambient", "light.role.eye", "light.role.background"})
CHEAT_DEG = 45
SIDE = re.compile(
    r"\b(camera|screen|frame|stage|his|her|their|(?:from|on|at|to|off)(?: the)?|window|lamp|door|doorway|fire|sun)"
    r"[ -](left|right)\b(?! (?:on|in|by|behind|over|open|burning|at)\b)"
    r"|\b(left|right)[ -](?:hand|side|window|wall|door|lamp|of (?:the )?(?:camera|frame|screen))\b",
    re.IGNORECASE,
)
OWN = frozenset({"his", "her", "their"})
TURNED = {"left": "right", "right": "left"}


class KeyFromTheWrongSide(Rule):
    """A light is motivated by something on the other side.

    ## What
    A lamp other than a fill stands on the other side of camera than the lamp that motivates it, and more than 45
    degrees from it; or the words that motivate it name the other side, as in "the window camera left".

    ## Why
    An audience believes a light that comes from where its source is seen. Keys are cheated every day, mostly by less
    than 45 degrees; with the window in frame a key from the opposite side is seen to lie.

    ## Example
    ```toml
    [lights.key]
    role = "light.role.key"
    azimuth_deg = 50
    motivated_by = { words = "the window camera left" }
    ```
    ```toml
    [lights.lamp]
    role = "light.role.practical"
    azimuth_deg = -60

    [lights.key]
    slot = 1
    role = "light.role.key"
    azimuth_deg = 30
    motivated_by = "lamp"
    ```

    ## Instead
    ```toml
    [lights.lamp]
    role = "light.role.practical"
    azimuth_deg = -60

    [lights.key]
    slot = 1
    role = "light.role.key"
    azimuth_deg = -30
    motivated_by = "lamp"
    ```
    """

    id = "key_from_the_wrong_side"
    number = "LIT24"
    basis = "craft"
    needs = ("lights.*.motivated_by",)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare each motivated lamp with its motive."""
        for name, lamp in resolved.lights:
            if lamp.motivated_by is None or lamp.role in OPPOSITE:
                continue
            place = f"lights.{name}"
            own, told = resolved.value(f"{place}.side"), self._told(resolved, name, lamp.motivated_by)
            if own and told and own != told:
                where = "azimuth_deg" if f"{place}.azimuth_deg" in resolved.said else "side"
                yield self.found(
                    f"The {name} comes from camera {own} and what motivates it is camera {told}: bring it within "
                    f"{CHEAT_DEG}° of that.",
                    f"{place}.{where}",
                    f"{place}.motivated_by",
                )

    def _told(self, resolved: Resolved, name: str, motive: str | Words) -> str:
        """Return the side on which the motive stands: left or right; empty when it is not said, or near enough."""
        if not isinstance(motive, str):
            return _side(motive.words)
        own, other = (resolved.number(f"lights.{one}.camera_azimuth_deg") for one in (name, motive))
        if own is not None and other is not None and abs(light.wrapped(own - other)) <= CHEAT_DEG:
            return ""
        return resolved.value(f"lights.{motive}.side") or ""


@lru_cache(maxsize=4096)
def _side(words: str) -> str:
    """Return the one side of camera that words name; a person's own side is not it, and stage left is its right."""
    found = set()
    for before, after, plain in SIDE.findall(words.casefold()):
        if before in OWN:
            return ""
        found.add(TURNED[after] if before == "stage" else after or plain)
    return found.pop() if len(found) == 1 else ""
