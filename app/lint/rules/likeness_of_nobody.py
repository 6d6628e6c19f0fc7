from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.references import CHARACTER, owner, sent
from app.resolve import Resolved
from app.schema.compiled import Finding


class LikenessOfNobody(Rule):
    """A likeness is given, and nobody said whose.

    ## What
    A character reference names no subject, and there is more than one whom it could be of.

    ## Why
    With two people in the frame the model gives the face to whom it likes, or to both. One word binds it: whose it is.

    ## Example
    ```toml
    [subjects.mara]
    name = "Mara"

    [subjects.jonas]
    slot = 1
    name = "Jonas"

    [references.face]
    role = "reference.role.character"
    asset = "00000000000000000000000000000000000000000000000000000000000000aa"
    ```

    ## Instead
    ```toml
    [subjects.mara]
    name = "Mara"

    [subjects.jonas]
    slot = 1
    name = "Jonas"

    [references.face]
    role = "reference.role.character"
    asset = "00000000000000000000000000000000000000000000000000000000000000aa"
    of = "jonas"
    ```
    """

    id = "likeness_of_nobody"
    number = "REF12"
    basis = "craft"
    needs = ("references", "subjects")
    about = (CHARACTER,)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look at every likeness without an owner."""
        for name, reference in sent(resolved):
            if reference.role == CHARACTER and not reference.of and not owner(resolved, reference):
                names = ", ".join(who for who, _ in resolved.subjects)
                yield self.found(
                    f"Whose likeness is the reference {name}? There are {names}.",
                    f"references.{name}.of",
                    f"references.{name}.role",
                )
