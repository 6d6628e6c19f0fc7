from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.references import FACE, HAIR, left_to_words, lent, owner, sent, told
from app.resolve import Resolved
from app.schema.compiled import Finding
from app.schema.facets import title

FEATURES = {FACE: ("age",), HAIR: ("hair", "hair_colour")}
"""What a face and its hair decide, among the picks of a subject."""


class FeaturesAgainstPicture(Rule):
    """A picture gives somebody's face or hair, and age or hair are picked as well.

    ## What
    A reference lends the face or the hair of a subject, and the subject's age, hair or hair colour is picked.

    ## Why
    Two authorities over one head: where they differ by a shade, the model mixes them, and the mixture changes from
    shot to shot. Where the words are to win, let the picture leave its hair out; where the picture is to win, clear
    the pick.

    ## Example
    ```toml
    [subjects.mara]
    name = "Mara"
    hair_colour = "subject.hair_colour.red"

    [references.face]
    role = "reference.role.character"
    asset = "00000000000000000000000000000000000000000000000000000000000000aa"
    of = "mara"
    ```

    ## Instead
    ```toml
    [subjects.mara]
    name = "Mara"
    hair_colour = "subject.hair_colour.red"

    [references.face]
    role = "reference.role.character"
    asset = "00000000000000000000000000000000000000000000000000000000000000aa"
    of = "mara"
    ignore = ["reference.aspect.hair"]
    ```
    """

    id = "features_against_picture"
    number = "REF01"
    basis = "craft"
    needs = ("references", "subjects")

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare what each picture lends of a head with what is picked for the same head."""
        for name, reference in sent(resolved):
            who = owner(resolved, reference)
            for aspect, fields in FEATURES.items():
                paths = told(resolved, *(f"subjects.{who}.{field}" for field in fields))
                if who and paths and aspect in lent(reference):
                    fields_told = " and ".join(title(path).lower() for path in paths)
                    part = resolved.vocabulary.terms[aspect].phrase
                    yield self.found(
                        f"The reference {name} lends {part} of {who}, and the words give the {fields_told}: let one "
                        "of them decide.",
                        *paths,
                        f"references.{name}.role",
                        fix=left_to_words(name, reference, aspect) if aspect == HAIR else None,
                    )
