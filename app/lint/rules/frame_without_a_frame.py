import re
from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.hearing import texts
from app.resolve import Resolved
from app.schema.compiled import Finding

WITHIN = "framing.device.frame_within_frame"
ENCLOSES = re.compile(
    r"\b(?:"
    r"door|window|mirror|arch|gate|frame of|framed by|branches|tunnel|corridor|hallway|porthole|curtain|"
    r"alley|opening|hatch|windscreen|windshield|banister|railing|shelf|shelves|columns|pillars|bars|fence|"
    r"cave|hole|viewfinder|screen|entrance|portal|gap|legs|bookcase|wardrobe|lift|elevator|tent|bridge|"
    r"trees|foliage|silhouette"
    r")",
    re.IGNORECASE,
)
"""What can stand round a subject on three sides."""

NAMED = ("framing.device.doorway", "framing.device.framed_by_window")
LAYERS = ("place.foreground", "place.background", "place.where", "place.midground")
PLACES = ("place.location", "place.extent", "place.backdrop")


class FrameWithoutAFrame(Rule):
    """A frame within the frame is asked for, and nothing there could be one.

    ## What
    The composition wants a frame within the frame, and neither the place, its layers, the props nor the lights name a
    door, a window, a mirror or another thing that encloses.

    ## Why
    Left to itself a model puts a picture frame on the wall, or a border round the picture. Name what encloses the
    subject.

    ## Example
    ```toml
    [framing]
    devices = ["framing.device.frame_within_frame"]

    [place]
    where = "a bare attic"
    ```

    ## Instead
    ```toml
    [framing]
    devices = ["framing.device.frame_within_frame"]

    [place]
    where = "a bare attic"
    foreground = "the door frame, dark and out of focus"
    ```
    """

    id = "frame_without_a_frame"
    number = "CMP05"
    basis = "definition"
    about = (WITHIN,)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look through the words of the shot for something that encloses."""
        if resolved.where(*NAMED):
            return
        if not any(ENCLOSES.search(words) for words in _told(resolved)):
            yield self.found(
                "What is the frame within the frame? Name the door, window or mirror that stands round the subject.",
                resolved.where(WITHIN),
                "place.foreground",
            )


def _told(resolved: Resolved) -> Iterator[str]:
    """Yield what the shot says of its place, then all its other words."""
    for path in LAYERS:
        if words := resolved.value(path):
            yield words
    for path in PLACES:
        if term := resolved.term(path):
            yield term.label
    for _, words in texts(resolved):
        yield words
