from app.lint.references import WARDROBE, AgainstPicture, Fight


class WardrobeAgainstPicture(AgainstPicture):
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
    over = {WARDROBE: ("subjects.{who}.wardrobe",)}
    mended = frozenset({WARDROBE})

    def says(self, fight: Fight) -> str:
        """Say who is dressed twice."""
        return (
            f"The reference {fight.name} shows what {fight.who} wears, and the words dress {fight.who} again: let the "
            "picture leave the wardrobe out, or the words."
        )
