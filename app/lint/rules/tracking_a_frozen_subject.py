from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import motions
from app.resolve import Resolved
from app.schema.compiled import Finding

FROZEN = "time.pacing.frozen"
ROUND = "camera.move.bullet_time"


class TrackingAFrozenSubject(Rule):
    """Time stands still, and the camera follows somebody.

    ## What
    The pacing is frozen, and a move leads, follows or tracks the subject.

    ## Why
    To track is to keep pace with something that goes somewhere. In frozen time nothing does: the camera can travel
    round it or past it, as in bullet time.

    ## Example
    ```toml
    pacing = "time.pacing.frozen"

    [beats.one.moves.walk]
    path = "camera.move.follow"
    ```

    ## Instead
    ```toml
    pacing = "time.pacing.frozen"

    [beats.one.moves.round]
    path = "camera.move.arc_right"
    ```
    """

    id = "tracking_a_frozen_subject"
    number = "MOV17"
    severity = "error"
    basis = "definition"
    needs = ("pacing", "beats.*.moves")
    about = (FROZEN,)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Find moves that keep pace with a subject."""
        for motion in motions(resolved):
            if "tracks" in motion.term.traits and motion.term.id != ROUND:
                yield self.found(
                    f"In frozen time there is nobody to keep pace with: a {motion.term.phrase} has no subject that "
                    "goes anywhere. Travel round it instead.",
                    f"{motion.path}.path",
                    "pacing",
                )
