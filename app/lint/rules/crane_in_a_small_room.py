from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import heard, named
from app.resolve import Resolved
from app.schema.compiled import Finding

ARMS = frozenset({"camera.support.crane", "camera.support.jib"})
INSIDE = frozenset({"place.setting.interior", "place.setting.studio"})


class CraneInASmallRoom(Rule):
    """The support reaches farther than the room is long.

    ## What
    The camera is on a crane, a jib or a drone inside, and the room is shorter than the arm's reach, or than the few
    metres that a drone needs.

    ## Why
    An arm swings through its whole length, and its tail takes as much room behind it. A slider or a gimbal does the
    same move in a room of that size.

    ## Example
    ```toml
    [camera]
    support = "camera.support.crane"

    [place]
    setting = "place.setting.interior"
    room_m = 3
    ```

    ## Instead
    ```toml
    [camera]
    support = "camera.support.slider"

    [place]
    setting = "place.setting.interior"
    room_m = 3
    ```
    """

    id = "crane_in_a_small_room"
    number = "MOV13"
    basis = "craft"
    profile = "set"
    needs = ("camera.support", "place.room_m", "place.setting")

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare the reach with the room."""
        support, room = heard(resolved, "camera.support"), resolved.number("place.room_m")
        if support is None or room is None or resolved.pick("place.setting") not in INSIDE:
            return
        if support.id not in ARMS and "aerial" not in support.traits:
            return
        reach = support.numbers.get("reach_min_m", support.numbers.get("reach_m", 0))
        if room < reach:
            yield self.found(
                f"{named(support).capitalize()} wants {reach:g} m to swing or fly, and the room is {room:g} m long: "
                "use a slider or a gimbal.",
                "camera.support",
                "place.room_m",
            )
