from collections.abc import Iterator

from app.lint.cut import Cut, CutRule, called
from app.lint.references import CHARACTER, owner, sent
from app.resolve import Resolved
from app.schema.compiled import Finding


class ReferenceChanges(CutRule):
    """Somebody's character reference is another picture than in the shot before.

    ## What
    The same person has a character reference in both shots, and no picture of the one shot is in the other.

    ## Why
    Two pictures are two faces, however like they are. What holds a person together through a film is one picture, sent
    with every shot.

    ## Example
    ```toml
    [before.subjects.mara]
    name = "Mara"

    [before.references.face]
    role = "reference.role.character"
    asset = "00000000000000000000000000000000000000000000000000000000000000aa"
    of = "mara"

    [after.subjects.mara]
    name = "Mara"

    [after.references.face]
    role = "reference.role.character"
    asset = "00000000000000000000000000000000000000000000000000000000000000bb"
    of = "mara"
    ```

    ## Instead
    ```toml
    [before.subjects.mara]
    name = "Mara"

    [before.references.face]
    role = "reference.role.character"
    asset = "00000000000000000000000000000000000000000000000000000000000000aa"
    of = "mara"

    [after.subjects.mara]
    name = "Mara"

    [after.references.face]
    role = "reference.role.character"
    asset = "00000000000000000000000000000000000000000000000000000000000000aa"
    of = "mara"
    ```
    """

    id = "reference_changes"
    number = "CUT19"
    basis = "craft"
    holds = "always"

    def check(self, cut: Cut) -> Iterator[Finding]:
        """Compare the pictures of everybody who is in both shots."""
        if not cut.before.shot.references or not cut.after.shot.references:
            return
        for one, other in cut.cast:
            was, now = _pictures(cut.before, one), _pictures(cut.after, other)
            if was and now and was.keys().isdisjoint(now):
                paths = [f"references.{name}.asset" for name in now.values()]
                only = len(was) == len(now) == 1
                name = next(iter(was.values()))
                yield self.found(
                    f"{called(cut.after, other)} has another character reference than in the shot before: two pictures "
                    "are two faces.",
                    *paths,
                    fix=cut.as_before((f"references.{name}.asset", paths[0])) if only else None,
                )


def _pictures(resolved: Resolved, who: str) -> dict[str, str]:
    """Return the pictures that say what somebody looks like, each with the reference that sends it."""
    return {
        str(one.asset): name for name, one in sent(resolved) if one.role == CHARACTER and owner(resolved, one) == who
    }
