import re
from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import Motion, motions, named
from app.resolve import Resolved
from app.schema.compiled import Finding

TRAVELS = re.compile(
    r"\bcamera (?:slowly |gently |steadily )?(?:moves?|slides?|glides?|travels?|drifts?|tracks?|trucks?) "
    r"(?:past|along|sideways|alongside)",
    re.IGNORECASE,
)
TURNS = re.compile(r"\bcamera (?:slowly |gently )?(?:pans?|swivels?|turns? on (?:its|the) spot)\b", re.IGNORECASE)


class PanToldAsTravel(Rule):
    """The move is a pan and the words tell of a camera that slides past, or the reverse.

    ## What
    A pan or tilt stands beside words such as "the camera slides past", or has a distance in metres; or a truck stands
    beside words that call it a pan.

    ## Why
    A pan turns on its spot: nothing changes place behind anything. A truck travels, and near things pass faster than
    far ones. Both drive the picture sideways, so the word has to be the right one.

    ## Example
    ```toml
    [intent]
    says = "The camera slides past the empty chairs."

    [beats.one.moves.by]
    path = "camera.move.pan_right"
    ```

    ```toml
    [beats.one.moves.by]
    path = "camera.move.pan_right"
    amount_m = 3
    ```

    ## Instead
    ```toml
    [intent]
    says = "The camera slides past the empty chairs."

    [beats.one.moves.by]
    path = "camera.move.truck_right"
    amount_m = 3
    ```
    """

    id = "pan_told_as_travel"
    number = "MOV05"
    severity = "info"
    basis = "source: CameraBench splits pan against truck"
    needs = ("beats.*.moves",)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Hold the moves against their numbers and against what the shot is said to be for."""
        says = resolved.value("intent.says")
        for motion in motions(resolved):
            turns, travels = _turns(motion), "travels" in motion.term.traits
            if turns and motion.move.amount_m:
                yield self.found(
                    f"{named(motion.term).capitalize()} turns on its spot, and this goes {motion.move.amount_m:g} m: "
                    "say its degrees, or let the camera travel.",
                    f"{motion.path}.amount_m",
                    f"{motion.path}.path",
                )
            elif says and ((turns and TRAVELS.search(says)) or (travels and TURNS.search(says))):
                told = "tell of a camera that travels" if turns else "call it a pan"
                yield self.found(
                    f"The move is {named(motion.term)}, and the words {told}: a pan turns on its spot, a "
                    "truck slides and shifts the near against the far.",
                    f"{motion.path}.path",
                    "intent.says",
                )


def _turns(motion: Motion) -> bool:
    """Tell whether a move only turns the camera where it stands."""
    return "rotates" in motion.term.traits and "travels" not in motion.term.traits
