import re
from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.lamps import SKIES, SUNS
from app.lint.looking import sun_deg
from app.resolve import Resolved
from app.schema.compiled import Finding
from app.schema.shot import Light

LOW_DEG = -15
BOUNCE = frozenset(
    f"light.modifier.{one}"
    for one in ("bounce_board", "muslin", "silver_reflector", "gold_reflector", "shiny_board", "water_tray")
)
FROM_THE_SKY = SUNS | SKIES | {"light.source.hmi"}
BRIGHT_BELOW = re.compile(
    r"\b(?:water|snow\w*|sand\w*|beach|lake|sea|pool|river|ice|icy|salt|white (?:floor|stone)|bounce\w*|reflect\w*)\b",
    re.IGNORECASE,
)
WORDS = ("place.where", "place.foreground", "place.midground", "place.background")


class UnderlightByDay(Rule):
    """Outdoors by day a light comes from below, and nothing below is bright.

    ## What
    The setting is an exterior, the sun is up, and daylight or a lamp without a source stands 15 degrees or more below
    the face, while no bounce, water, snow or sand is named.

    ## Why
    By day the ground is darker than the sky. Light from below needs something that sends it up: water, snow, pale
    sand, a white board.

    ## Example
    ```toml
    [place]
    setting = "place.setting.exterior"
    time = "place.time.midday"

    [lights.key]
    role = "light.role.key"
    direction = "light.direction.under"
    ```

    ## Instead
    ```toml
    [place]
    setting = "place.setting.exterior"
    time = "place.time.midday"
    where = "a beach of white sand"

    [lights.key]
    role = "light.role.key"
    direction = "light.direction.under"
    ```
    """

    id = "underlight_by_day"
    number = "LIT30"
    basis = "craft"
    needs = ("lights", "place.setting")
    about = ("place.setting.exterior",)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for a lamp below the face, then for what may send light up."""
        if resolved.value("place.setting") != "place.setting.exterior":
            return
        for name, lamp in resolved.lights:
            path = f"lights.{name}.elevation_deg"
            rise = resolved.number(path)
            if rise is None or rise > LOW_DEG or self._explained(lamp):
                continue
            sun = sun_deg(resolved)
            if sun is not None and sun[0] >= 0 and not self._bright_below(resolved):
                yield self.found(
                    f"The {name} comes from {-rise:.0f}° below, outdoors by day: name the water, snow, sand or board "
                    "that sends the light up.",
                    *resolved.because(path)[:1],
                    "place.setting",
                )

    def _explained(self, lamp: Light) -> bool:
        """Tell whether the lamp itself says what it is or what it bounces off."""
        from_below = lamp.source is not None and lamp.source not in FROM_THE_SKY
        return (
            from_below
            or lamp.motivated_by is not None
            or not BOUNCE.isdisjoint(one for one in lamp.modifiers if isinstance(one, str))
        )

    def _bright_below(self, resolved: Resolved) -> bool:
        if resolved.value("place.weather") == "place.weather.snow" or resolved.where("light.effect.caustics"):
            return True
        return any(BRIGHT_BELOW.search(str(resolved.value(path) or "")) for path in WORDS)
