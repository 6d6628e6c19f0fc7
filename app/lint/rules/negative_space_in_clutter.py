import re
from collections.abc import Iterator

from app.lint.base import Rule
from app.resolve import Resolved
from app.schema.compiled import Finding

EMPTY = "framing.device.negative_space"
FULL = ("framing.count.crowd", "framing.device.busy_frame")
BUSY = re.compile(
    r"(?<!no )(?<!not )(?<!without )\b(?:crowd|clutter|busy(?! (?:signal|tone|line))"
    r"|packed(?! (?:lunch|bag|suitcase))|teeming|bustling|overflowing|crammed)",
    re.IGNORECASE,
)
LAYERS = ("place.where", "place.background", "place.midground", "place.foreground")


class NegativeSpaceInClutter(Rule):
    """Negative space is wanted in a place that is full.

    ## What
    The composition wants negative space, and the frame holds a crowd, or the place is described as
    crowded, cluttered or busy.

    ## Why
    Negative space is a third of the frame or more with nothing in it to read: sky, wall, water, fog. A crowd leaves no
    such place, unless it is out of focus or in the dark.

    ## Example
    ```toml
    [framing]
    devices = ["framing.device.negative_space"]

    [place]
    where = "a crowded night market"
    ```

    ## Instead
    ```toml
    [framing]
    devices = ["framing.device.negative_space"]

    [place]
    where = "a market square after closing time"
    ```
    """

    id = "negative_space_in_clutter"
    number = "CMP06"
    basis = "craft"
    about = (EMPTY,)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for what fills the frame."""
        if path := resolved.where(*FULL) or _busy(resolved):
            yield self.found(
                "Negative space needs a third of the frame or more with nothing to read in it, and the place is full: "
                "clear it, or let it fall out of focus.",
                resolved.where(EMPTY),
                path,
            )


def _busy(resolved: Resolved) -> str:
    """Return the layer of the place that its words fill, or empty."""
    return next((path for path in LAYERS if (told := resolved.value(path)) and BUSY.search(told)), "")
