import re
from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import without_colour
from app.physics import colour
from app.resolve import Resolved
from app.schema.compiled import Finding

MOON = "light.source.moonlight"
BLUE = frozenset({"light.hue.blue", "light.hue.cyan", "light.hue.moon_blue"})
SAID_BLUE = re.compile(
    r"\b(?:blue|bluish|blueish|icy|cold blue) moon(?:light)?\b|\bmoonlight (?:is|falls) blue\b", re.IGNORECASE
)


class BlueMoonlight(Rule):
    """Moonlight is called blue, and its numbers do not make it so.

    ## What
    Moonlight has a blue or cyan hue, or is called blue in words, and on the white balance it does not read cool, or no
    balance is known.

    ## Why
    The moon is about 4100 K, warmer than noon. Film shows it blue by convention, because the eye sees little colour in
    the dark. On a set the blue is made: a lamp of 5600 to 8000 K on a balance of 3200 to 4300 K.

    ## Example
    ```toml
    [lights.moon]
    role = "light.role.back"
    azimuth_deg = 180
    source = "light.source.moonlight"
    hue = "light.hue.blue"
    ```
    ```toml
    [place]
    where = "a harbour in blue moonlight"
    ```

    ## Instead
    ```toml
    [camera]
    white_balance_k = 3200

    [lights.moon]
    role = "light.role.back"
    azimuth_deg = 180
    source = "light.source.moonlight"
    cct_k = 6500
    hue = "light.hue.blue"
    ```
    """

    id = "blue_moonlight"
    number = "COL04"
    severity = "info"
    basis = "source: tables of colour temperatures"
    about = (MOON,)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look at every moon, then at what is said of moonlight; a moon that reads cool is blue by its numbers."""
        if without_colour(resolved):
            return
        moons = [name for name, lamp in resolved.lights if lamp.source == MOON]
        cool = [
            name for name in moons if (resolved.number(f"lights.{name}.shift_mired") or 0) < -colour.JUST_NOTICED_MIRED
        ]
        for name in moons:
            if name not in cool and resolved.pick(f"lights.{name}.hue") in BLUE:
                yield self.found(
                    f"Moonlight is about 4100 K; blue is film's convention. Give the {name} 5600 to 8000 K on a "
                    "balance of 3200 to 4300 K.",
                    f"lights.{name}.cct_k",
                    f"lights.{name}.hue",
                )
        if cool:
            return
        for path in resolved.spoken.get(MOON, ()):
            value = resolved.value(path)
            if SAID_BLUE.search(value["words"] if isinstance(value, dict) else str(value)):
                yield self.found(
                    "Moonlight is about 4100 K; blue is film's convention. To have it by numbers, give it a lamp of "
                    "5600 to 8000 K on a balance of 3200 to 4300 K.",
                    path,
                )
