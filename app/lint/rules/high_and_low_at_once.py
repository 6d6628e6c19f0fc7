from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import heard, named
from app.patch import at
from app.resolve import Resolved
from app.schema.compiled import Finding
from app.schema.facets import facet_of

DOWN = ("camera.angle.high", "camera.angle.steep_high", "camera.angle.overhead")
UP = ("camera.angle.low", "camera.angle.worms_eye")
SAYS_ANGLE = ("angle", "-eye", "overhead", "top-down", "top down")
"""Prose names an angle only with one of these: "looking down" alone may be what somebody in the picture does."""


class HighAndLowAtOnce(Rule):
    """The camera looks down and up at once.

    ## What
    A high or overhead angle is picked, and the pitch or the words of the shot have the camera look up; or the reverse.

    ## Why
    A lens points one way. Of 455 answers on angle in a benchmark made from films, none has both; a camera that goes
    from one to the other is a move, and belongs into the beats.

    ## Example
    ```toml
    [camera]
    angle = "camera.angle.low"
    pitch_deg = -30
    ```

    ```toml
    [intent]
    says = "A worm's-eye view of the tower."

    [camera]
    angle = "camera.angle.high"
    ```

    ## Instead
    ```toml
    [camera]
    angle = "camera.angle.low"
    pitch_deg = 30
    ```
    """

    id = "high_and_low_at_once"
    number = "ANG02"
    severity = "error"
    basis = "counts of a benchmark: 0 of 455"
    needs = ("camera.angle",)
    about = (*DOWN, *UP)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Hold the named angle against the pitch, then against the words."""
        term = heard(resolved, "camera.angle")
        if term is None or term.id not in self.about:
            return
        own, others = (UP, DOWN) if term.id in UP else (DOWN, UP)
        pitch = resolved.number("camera.pitch_deg") if "camera.pitch_deg" in resolved.said else None
        if pitch and (pitch > 0) is not (own is UP):
            yield self.found(
                f"{term.label} looks {'up' if own is UP else 'down'}, and a pitch of {pitch:g}° looks "
                f"{'up' if pitch > 0 else 'down'}.",
                "camera.pitch_deg",
                "camera.angle",
                fix=at("camera.pitch_deg", -pitch),
            )
        elif path := _told(resolved, own, others):
            yield self.found(
                f"The angle is {named(term)}, and the words ask for the opposite: keep one, or let the camera "
                "go from one to the other in a beat.",
                "camera.angle",
                path,
            )


def _told(resolved: Resolved, own: tuple[str, ...], others: tuple[str, ...]) -> str:
    """Return the prose that names the other angle and not this one."""
    here = {path for term in own for path in resolved.spoken.get(term, ())}
    for term in others:
        for path in resolved.spoken.get(term, ()):
            text = resolved.value(path)
            if path not in here and not facet_of(path) and any(word in str(text).lower() for word in SAYS_ANGLE):
                return path
    return ""
