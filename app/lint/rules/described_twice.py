import re
from collections.abc import Iterator

from app.lint.base import Rule
from app.resolve import Resolved
from app.schema.compiled import Finding

FACE = re.compile(
    r"\b(hair(?:ed)?|eye[ds]?|eyes|face[ds]?|skin(?:ned)?|beard(?:ed)?|freckle[ds]?|nose|cheek(?:s|bones?)?|jaw|lips?)\b",
    re.IGNORECASE,
)


class DescribedTwice(Rule):
    """A picture fixes somebody's face, and the words describe it again.

    ## What
    A character reference is there for a subject whose description also speaks of face, hair, eyes or skin.

    ## Why
    Where the two differ, even slightly, the model has to choose, and the face drifts from shot to shot. The picture
    is the better authority; let the words say what it cannot show.

    ## Example
    ```toml
    [subjects.mara]
    description = "a keeper with red hair and green eyes"

    [references.face]
    role = "reference.role.character"
    asset = "00000000000000000000000000000000000000000000000000000000000000aa"
    of = "mara"
    ```

    ## Instead
    ```toml
    [subjects.mara]
    description = "a keeper at the end of her watch"

    [references.face]
    role = "reference.role.character"
    asset = "00000000000000000000000000000000000000000000000000000000000000aa"
    of = "mara"
    ```
    """

    id = "described_twice"
    needs = ("references", "subjects")

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look at the subject of every character reference."""
        for name, reference in resolved.shot.references.items():
            if reference.role != "reference.role.character" or not reference.asset:
                continue
            who = reference.of or resolved.hero
            found = FACE.findall(resolved.value(f"subjects.{who}.description") or "")
            if found:
                words = ", ".join(dict.fromkeys(word.lower() for word in found))
                yield self.found(
                    f"The picture of {name} fixes the face; the description speaks of it too ({words}).",
                    f"subjects.{who}.description",
                    f"references.{name}.role",
                )
