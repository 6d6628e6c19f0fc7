from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import chosen
from app.lint.people import counted, is_person
from app.resolve import Resolved
from app.schema.compiled import Finding
from app.schema.fields import Words

OVER = "framing.perspective.over_the_shoulder"
DIRTY = "framing.device.dirty_frame"
"""A dirty single counts one person, and means somebody else's shoulder."""


class OverNobodysShoulder(Rule):
    """The shot looks over a shoulder, and there is only one person.

    ## What
    The point of view is over the shoulder, and the shot has one subject, or says that there is one person at most.

    ## Why
    The shoulder in the foreground belongs to somebody. Without a second person a model doubles the first one, or puts
    the camera behind the only one there is.

    ## Example
    ```toml
    [framing]
    perspective = "framing.perspective.over_the_shoulder"

    [subjects.mara]
    name = "Mara"
    ```

    ```toml
    [framing]
    perspective = { words = "OTS, tight" }
    count = "framing.count.single"
    ```

    ## Instead
    ```toml
    [framing]
    perspective = "framing.perspective.over_the_shoulder"

    [subjects.mara]
    name = "Mara"
    eyeline = "jonas"

    [subjects.jonas]
    slot = 1
    name = "Jonas"
    facing_deg = 180
    ```
    """

    id = "over_nobodys_shoulder"
    number = "LENS14"
    severity = "error"
    basis = "definition"
    about = (OVER,)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Count who is there."""
        if len(resolved.subjects) > 1 or not (path := chosen(resolved, OVER)):
            return
        count = counted(resolved)
        most = count.numbers.get("people_max_n") if count else None
        if most is not None and most <= 1 and not resolved.where(DIRTY):
            yield self._found(path, "framing.count")
        elif count is None and _alone(resolved):
            yield self._found(path, f"subjects.{resolved.hero}")

    def _found(self, path: str, other: str) -> Finding:
        return self.found(
            "Over whose shoulder? The shot has one person: add the one in the foreground, or make it a clean single.",
            path,
            other,
        )


def _alone(resolved: Resolved) -> bool:
    """Tell whether the only subject is a person who looks at nobody else."""
    hero = resolved.shot.subjects.get(resolved.hero)
    return hero is not None and is_person(hero) and not isinstance(hero.eyeline, Words)
