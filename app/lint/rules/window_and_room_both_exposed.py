from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.lamps import SUNS
from app.lint.looking import sun_deg
from app.resolve import Resolved
from app.schema.compiled import Finding

BEHIND, BACKGROUND = "lighting.background_stops", "place.background"
INSIDE = frozenset({"place.setting.interior", "place.setting.interior_exterior"})
STRONG = SUNS | {"light.source.hmi", "light.source.carbon_arc", "light.source.flash"}
WINDOW_ND = "light.modifier.window_nd"
HELD_STOPS = 1
DAY_DEG = 6


class WindowAndRoomBothExposed(Rule):
    """By day the view through a window and the room are both exposed, and nothing makes up for the difference.

    ## What
    An interior by day has a window behind the subject, within a stop of the exposure, and a key that is within a stop
    of it too, while no lamp is strong daylight and no window is gelled.

    ## Why
    Outside there are 10,000 lux and more, inside about 300: five stops. Gel the window with ND, bring an HMI into the
    room, or let the window blow by 2 to 3 stops.

    ## Example
    ```toml
    [place]
    setting = "place.setting.interior"
    time = "place.time.midday"
    background = "a window on a sunny street"

    [lighting]
    background_stops = 0

    [lights.key]
    role = "light.role.key"
    source = "light.source.tungsten"
    stops = 0
    ```

    ## Instead
    ```toml
    [place]
    setting = "place.setting.interior"
    time = "place.time.midday"
    background = "a window on a sunny street"

    [lighting]
    background_stops = 3

    [lights.key]
    role = "light.role.key"
    source = "light.source.tungsten"
    stops = 0
    ```
    """

    id = "window_and_room_both_exposed"
    number = "LIT32"
    basis = "source: tables of scene levels in lux"
    needs = (BEHIND, BACKGROUND, "place.setting", "lights.*.stops")

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare the window with the key of the room."""
        behind, key = resolved.number(BEHIND), resolved.key
        if behind is None or abs(behind) > HELD_STOPS or not key or resolved.pick("place.setting") not in INSIDE:
            return
        words, sun = resolved.value(BACKGROUND).casefold(), sun_deg(resolved)
        if "window" not in words or resolved.where(WINDOW_ND) or "curtain" in words or sun is None or sun[1] < DAY_DEG:
            return
        stops = resolved.number(f"lights.{key}.stops")
        if stops is None or abs(stops) > HELD_STOPS or any(lamp.source in STRONG for _, lamp in resolved.lights):
            return
        yield self.found(
            f"The window at {behind:+g} and the {key} at {stops:+g}: by day the street is some five stops over the "
            "room. Gel the window with ND, light the room with an HMI, or let the window blow.",
            BEHIND,
            f"lights.{key}.stops",
            BACKGROUND,
        )
