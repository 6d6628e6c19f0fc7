from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import motions
from app.resolve import Resolved
from app.schema.compiled import Finding

WHIP = "camera.move.whip_pan"
DETAIL = ("framing.device.texture_detail", "look.motion.frozen", "look.sharpness.clinical")


class WhipPanWithDetail(Rule):
    """Nothing can be read in a whip pan, and something must be.

    ## What
    Every beat of the shot is a whip pan, and lettering, fine texture or frozen motion is asked for.

    ## Why
    At 300 degrees a second the picture moves more than ten degrees from frame to frame: all that is left is a streak.
    Lettering needs a beat that holds, before the whip or after it.

    ## Example
    ```toml
    [place.lettering.sign]
    reads = "HARBOUR HOTEL"

    [beats.one.moves.whip]
    path = "camera.move.whip_pan"
    ```

    ## Instead
    ```toml
    [place.lettering.sign]
    reads = "HARBOUR HOTEL"

    [beats.one.moves.whip]
    path = "camera.move.whip_pan"

    [beats.two]
    slot = 1

    [beats.two.moves.hold]
    path = "camera.move.static"
    ```
    """

    id = "whip_pan_with_detail"
    number = "MOV10"
    basis = "physics"
    needs = ("beats.*.moves",)
    about = (WHIP,)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for what must be read, when no beat holds still for it."""
        whips = [one for one in motions(resolved) if one.term.id == WHIP]
        if {one.beat for one in whips} != resolved.shot.beats.keys():
            return
        place = resolved.shot.place
        lettering = next(iter(place.lettering), "") if place else ""
        detail = f"place.lettering.{lettering}.reads" if lettering else resolved.where(*DETAIL)
        if detail:
            what = f"the words on the {lettering}" if lettering else "fine detail"
            yield self.found(
                f"A whip pan smears the whole frame, so {what} cannot be read in it: give the start or the end a beat "
                "that holds.",
                detail,
                f"{whips[0].path}.path",
            )
