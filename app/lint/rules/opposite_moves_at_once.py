from collections.abc import Iterator
from itertools import combinations

from app.lint.base import Rule
from app.lint.looking import Motion, together
from app.resolve import Resolved
from app.schema.compiled import Finding

AXES = ("dolly", "truck", "pedestal", "pan", "tilt", "roll", "zoom", "arc")


class OppositeMovesAtOnce(Rule):
    """Two moves of one beat undo each other.

    ## What
    One beat moves the camera both ways along, or round, the same axis: in and out, left and right, up and down,
    clockwise and counter-clockwise.

    ## Why
    At the same time they cancel, and what is left is a camera that stands still. Left and then right is two beats. A
    dolly against a zoom is another matter: those are two axes, and together they are a dolly zoom.

    ## Example
    ```toml
    [beats.one.moves.there]
    path = "camera.move.pan_left"

    [beats.one.moves.back]
    path = "camera.move.pan_right"
    slot = 1
    ```

    ## Instead
    ```toml
    [beats.one.moves.there]
    path = "camera.move.pan_left"

    [beats.two]
    slot = 1

    [beats.two.moves.back]
    path = "camera.move.pan_right"
    ```
    """

    id = "opposite_moves_at_once"
    number = "MOV03"
    severity = "error"
    basis = "definition: one sign for each axis"
    needs = ("beats.*.moves",)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare the signs of each two moves of a beat, axis by axis."""
        for moves in together(resolved):
            for one, other in combinations(moves, 2):
                if _opposite(one, other):
                    yield self.found(
                        f"{one.term.label} and {other.term.label.lower()} in the same beat cancel out: put the second "
                        "into a beat of its own.",
                        f"{other.path}.path",
                        f"{one.path}.path",
                    )


def _opposite(one: Motion, other: Motion) -> bool:
    """Tell whether two moves have opposite signs on an axis; a dolly zoom answers to its own rule."""
    if one.term.id == "camera.move.dolly_zoom" or other.term.id == "camera.move.dolly_zoom":
        return False
    first, second = one.term.numbers, other.term.numbers
    return any(first.get(axis, 0) * second.get(axis, 0) < 0 for axis in AXES)
