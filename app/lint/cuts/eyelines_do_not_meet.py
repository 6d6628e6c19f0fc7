import re
from collections.abc import Iterator

from app.lint.axis import SIDES, face_to_face, look, orders
from app.lint.cut import Cut, CutRule, called
from app.patch import Json, at
from app.resolve import Resolved
from app.schema.compiled import Finding

OTHER = {"left": "right", "right": "left"}


class EyelinesDoNotMeet(CutRule):
    """Two people who look at each other look to the same side of the frame.

    ## What
    A shot and its reverse: one looks to frame right, and in the next shot the other looks to frame right as well. One
    of them is said to look at the other, or the shots are over their shoulders; to which side follows from the words of
    the eyeline, from who stands where, or from where the face is turned.

    ## Why
    Cut together, a look to the right is met by a look to the left. Two looks to the same side go one after the other:
    both seem to watch a third thing.

    ## Example
    ```toml
    [before.subjects.mara]
    name = "Mara"
    eyeline = { words = "Jonas, off right" }

    [after.subjects.jonas]
    name = "Jonas"
    eyeline = { words = "Mara, off right" }
    ```
    ```toml
    [before.camera]
    view_azimuth_deg = -35

    [before.subjects.mara]
    name = "Mara"
    eyeline = { words = "Jonas" }

    [after.camera]
    view_azimuth_deg = -40

    [after.subjects.jonas]
    name = "Jonas"
    eyeline = { words = "Mara" }
    ```

    ## Instead
    ```toml
    [before.subjects.mara]
    name = "Mara"
    eyeline = { words = "Jonas, off right" }

    [after.subjects.jonas]
    name = "Jonas"
    eyeline = { words = "Mara, off left" }
    ```
    """

    id = "eyelines_do_not_meet"
    number = "CUT03"
    basis = "geometry: two looks that meet have opposite signs"
    holds = "place"

    def check(self, cut: Cut) -> Iterator[Finding]:
        """Compare the side of two looks; where the line between the two is known, that check speaks."""
        ends = face_to_face(cut)
        if ends is None or 0 not in orders(cut, ends):
            return
        one, other = cut.before.hero, cut.after.hero
        was, now = look(cut.before, one), look(cut.after, other)
        if was * now > 0:
            side = "right" if now > 0 else "left"
            yield self.found(
                f"{called(cut.before, one)} looks to frame {side}, and so does {called(cut.after, other)}: their looks "
                f"do not meet. Let {called(cut.after, other)} look {OTHER[side]}.",
                *_said(cut.after, other),
                fix=_turned(cut.after, other),
            )


def _said(resolved: Resolved, who: str) -> tuple[str, ...]:
    paths = (f"subjects.{who}.eyeline", "camera.view_azimuth_deg", f"subjects.{who}.facing_deg")
    return tuple(path for path in paths if path in resolved.said) or paths[:1]


def _turned(resolved: Resolved, who: str) -> Json | None:
    """Return the patch that turns a look to the other side."""
    path = f"subjects.{who}.eyeline"
    eyeline = resolved.value(path)
    if type(eyeline) is dict and SIDES.search(eyeline["words"]):
        return at(path, {"words": SIDES.sub(_other, eyeline["words"])})
    view = resolved.number("camera.view_azimuth_deg")
    facing = resolved.number(f"subjects.{who}.facing_deg")
    return at("camera.view_azimuth_deg", -view) if view and facing is None else None


def _other(found: re.Match[str]) -> str:
    word = OTHER[found[0].casefold()]
    return word.capitalize() if found[0][0].isupper() else word
