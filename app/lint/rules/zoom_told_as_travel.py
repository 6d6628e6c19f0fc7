import re
from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import Motion, motions, named
from app.resolve import Resolved
from app.schema.compiled import Finding

TRAVELS = re.compile(
    r"\bcamera (?:slowly |gently |steadily )?(?:moves?|comes?|goes|glides?|pushes|travels?|creeps?|drifts?) "
    r"(?:in\b|closer|nearer|towards?|forwards?|back\b|away)",
    re.IGNORECASE,
)
ZOOMS = re.compile(r"\bzoom(?:s|ed|ing)?\b(?! (?:past|by|off|away|along|around|lens|call))", re.IGNORECASE)


class ZoomToldAsTravel(Rule):
    """The move is a zoom and the words tell of a camera that travels, or the reverse.

    ## What
    A zoom stands beside words such as "the camera moves closer", or has a distance in metres; or a dolly stands beside
    words that call it a zoom.

    ## Why
    A zoom enlarges all planes alike and nothing shifts behind anything. A dolly lets the near world grow faster than
    the far one. Both fill the frame with the face, and they are the two that models confuse most.

    ## Example
    ```toml
    [intent]
    says = "The camera moves closer while she reads."

    [beats.one.moves.in]
    path = "camera.move.zoom_in"
    ```

    ```toml
    [beats.one.moves.in]
    path = "camera.move.zoom_in"
    amount_m = 2
    ```

    ## Instead
    ```toml
    [intent]
    says = "The camera moves closer while she reads."

    [beats.one.moves.in]
    path = "camera.move.dolly_in"
    ```
    """

    id = "zoom_told_as_travel"
    number = "MOV04"
    severity = "info"
    basis = "source: CameraBench splits zoom against dolly"
    needs = ("beats.*.moves",)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Hold the moves against their numbers and against what the shot is said to be for."""
        says = resolved.value("intent.says")
        for motion in motions(resolved):
            zooms, travels = "zooms" in motion.term.traits, "travels" in motion.term.traits
            if zooms == travels:
                continue
            if zooms and motion.move.amount_m:
                yield self._metres(motion)
            elif says and (TRAVELS if zooms else ZOOMS).search(says):
                yield self._words(motion, zooms=zooms)

    def _metres(self, motion: Motion) -> Finding:
        return self.found(
            f"{named(motion.term).capitalize()} covers no ground, and this goes {motion.move.amount_m:g} m: say the "
            "focal length it ends on, or make it a dolly.",
            f"{motion.path}.amount_m",
            f"{motion.path}.path",
        )

    def _words(self, motion: Motion, *, zooms: bool) -> Finding:
        told = (
            "the words tell of a camera that travels: no plane shifts in a zoom, and all do in a dolly."
            if zooms
            else "the words call it a zoom: a camera that travels shifts the near planes against the far ones."
        )
        return self.found(f"The move is {named(motion.term)}, and {told}", f"{motion.path}.path", "intent.says")
