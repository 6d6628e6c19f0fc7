from app.lint.references import FACE, HAIR, AgainstPicture, Fight
from app.schema.facets import title


class FeaturesAgainstPicture(AgainstPicture):
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
    over = {
        FACE: ("subjects.{who}.age",),
        HAIR: ("subjects.{who}.hair", "subjects.{who}.hair_colour"),
    }
    mended = frozenset({HAIR})

    def says(self, fight: Fight) -> str:
        """Say of which part of whose head both speak."""
        fields = " and ".join(title(path).lower() for path in fight.paths)
        return (
            f"The reference {fight.name} lends {fight.parts} of {fight.who}, and the words give the {fields}: let one "
            "of them decide."
        )
