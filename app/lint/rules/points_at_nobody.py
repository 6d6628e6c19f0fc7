from collections.abc import Iterator

from app.lint.base import Rule
from app.resolve import Resolved
from app.schema.compiled import Finding

KEYS = frozenset({"eyeline", "aimed_at", "motivated_by", "face_of", "of", "on"})


class PointsAtNobody(Rule):
    """Something in the shot points at a name that the shot does not have.

    ## What
    An eyeline, a focus, a light's aim or motive, a reference's owner or a beat's action names an id that is no
    subject and no light.

    ## Why
    Renaming or removing somebody leaves such names behind, and the sentence then speaks of a stranger.

    ## Example
    ```toml
    [subjects.mara]
    eyeline = "jonas"
    ```

    ## Instead
    ```toml
    [subjects.mara]
    eyeline = { words = "the sea" }
    ```
    """

    id = "points_at_nobody"
    severity = "error"

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look at every path that can hold an id."""
        names = {*resolved.shot.subjects, *resolved.shot.lights}
        for path, known in resolved.values.items():
            value = known.value
            if type(value) is str and value not in names and path.rpartition(".")[2] in KEYS and not is_sign(path):
                yield self.found(f"Nobody and no light in this shot is called {value!r}.", path)
        for name, beat in resolved.shot.beats.items():
            for who in {*beat.action, *beat.says} - set(resolved.shot.subjects):
                yield self.found(f"The beat {name} speaks of {who!r}, who is not in the shot.", f"beats.{name}")


def is_sign(path: str) -> bool:
    """Tell lettering, whose `on` is free words, from what points at somebody."""
    return path.startswith("place.lettering.")
