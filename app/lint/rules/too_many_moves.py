from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import motions
from app.resolve import Resolved
from app.schema.compiled import Finding

MOST = 2
SHORT_S = 4


class TooManyMoves(Rule):
    """More than two camera moves in less than four seconds.

    ## What
    The shot has three moves or more, and lasts less than four seconds.

    ## Why
    Eyes and models follow one move, and a second one that is subtle. A third in so short a time leaves no moment in
    which the picture says anything.

    ## Example
    ```toml
    duration_s = 3

    [beats.one.moves.push]
    path = "camera.move.dolly_in"

    [beats.one.moves.rise]
    path = "camera.move.crane_up"
    slot = 1

    [beats.one.moves.look]
    path = "camera.move.tilt_down"
    slot = 2
    ```

    ## Instead
    ```toml
    duration_s = 8

    [beats.one.moves.push]
    path = "camera.move.dolly_in"

    [beats.one.moves.rise]
    path = "camera.move.crane_up"
    slot = 1
    ```
    """

    id = "too_many_moves"
    number = "MOV11"
    basis = "craft"
    needs = ("beats.*.moves",)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Count the moves against the length."""
        beats = resolved.shot.beats.values()
        if sum(len(beat.moves) for beat in beats) <= MOST:
            return
        moving = [one for one in motions(resolved) if "static" not in one.term.traits]
        length = resolved.shot.duration_s or max((beat.end_s or 0 for beat in beats), default=0)
        if 0 < length < SHORT_S and len(moving) > MOST:
            yield self.found(
                f"The camera makes {len(moving)} moves in {length:g} s: keep one that leads and one that is subtle, or "
                "give them time.",
                *(f"{one.path}.path" for one in moving),
            )
