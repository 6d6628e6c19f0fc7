from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.references import WARDROBE, left_to_words, lent, owner, sent, told
from app.resolve import Resolved
from app.schema.compiled import Finding


class WardrobeAgainstPicture(Rule):
    """A picture gives somebody's clothes, and the words dress them as well.

    ## What
    A reference lends the wardrobe of a subject, or is a character reference that says nothing of what to take, and the
    subject's wardrobe is described.

    ## Why
    A picture of somebody is a picture of a coat too. Told to keep the picture and to dress them otherwise, a model puts
    one coat over the other. Let the picture leave the wardrobe out, and the words dress them.

    ## Example
    ```toml
    [subjects.mara]
    name = "Mara"
    wardrobe = "a yellow oilskin jacket"

    [references.face]
    role = "reference.role.character"
    asset = "00000000000000000000000000000000000000000000000000000000000000aa"
    of = "mara"
    ```

    ## Instead
    ```toml
    [subjects.mara]
    name = "Mara"
    wardrobe = "a yellow oilskin jacket"

    [references.face]
    role = "reference.role.character"
    asset = "00000000000000000000000000000000000000000000000000000000000000aa"
    of = "mara"
    ignore = ["reference.aspect.wardrobe"]
    ```
    """

    id = "wardrobe_against_picture"
    number = "REF02"
    basis = "craft"
    needs = ("references", "subjects.*.wardrobe")

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look at the clothes of everybody who is in a picture."""
        for name, reference in sent(resolved):
            who = owner(resolved, reference)
            paths = told(resolved, f"subjects.{who}.wardrobe")
            if paths and WARDROBE in lent(reference):
                yield self.found(
                    f"The reference {name} shows what {who} wears, and the words dress {who} again: let the picture "
                    "leave the wardrobe out, or the words.",
                    *paths,
                    f"references.{name}.role",
                    fix=left_to_words(name, reference, WARDROBE),
                )
