import re
from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.hearing import texts
from app.lint.looking import chosen
from app.lint.people import mirrored
from app.resolve import Resolved
from app.schema.compiled import Finding

POV = "framing.perspective.pov"
OWN = re.compile(
    r"\b(?:his|her|its|their|my|our|your|one's) own (?:face|eyes|smile|expression|features)\b", re.IGNORECASE
)
DENIED = re.compile(r"\b(?:no|not|never|without|cannot|can't|hides?|hiding|covers?|covering)\b[^.;]*$", re.IGNORECASE)


class EyesThatSeeTheirOwnFace(Rule):
    """A first-person view shows the face that it looks out of.

    ## What
    The point of view is somebody's eyes, and the words show that person's own face, without a mirror.

    ## Why
    The camera is the eyes. They see hands, the end of a sleeve, other people; their own face only in a mirror, a
    window or a screen. A camera held at arm's length is a selfie.

    ## Example
    ```toml
    [framing]
    perspective = "framing.perspective.pov"

    [intent]
    says = "she climbs, and we see her own face grow tired"
    ```

    ## Instead
    ```toml
    [framing]
    perspective = "framing.perspective.pov"

    [intent]
    says = "she leans over the basin and meets her own face in the mirror"
    ```
    """

    id = "eyes_that_see_their_own_face"
    number = "LENS19"
    severity = "error"
    basis = "definition"
    about = (POV,)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Read for the owner's own face, then for a mirror."""
        if not (view := chosen(resolved, POV)):
            return
        for path, text in texts(resolved):
            own = OWN.search(text)
            if own and not DENIED.search(text, 0, own.start()) and not mirrored(resolved):
                yield self.found(
                    f"A first-person view cannot see {own[0].lower()}: add a mirror, or look from outside.", path, view
                )
