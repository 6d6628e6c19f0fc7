from app.lint.references import PALETTE, AgainstPicture, Fight


class PaletteAgainstPicture(AgainstPicture):
    """A picture gives the colours, and a palette is picked as well.

    ## What
    A reference lends its palette, and the look has a palette or colours of its own.

    ## Why
    A palette reference is a set of colours and nothing else. A second set beside it is not a refinement: the model
    averages the two, and neither arrives. Keep the one that was chosen with more care.

    ## Example
    ```toml
    [look]
    palette = "look.palette.teal_orange"

    [references.bands]
    role = "reference.role.color_palette"
    asset = "00000000000000000000000000000000000000000000000000000000000000aa"
    ```

    ```toml
    [look]
    colours = ["#1C3A3E", "#C88A2B"]

    [references.manner]
    role = "reference.role.style"
    asset = "00000000000000000000000000000000000000000000000000000000000000aa"
    take = ["reference.aspect.palette", "reference.aspect.grain"]
    ```

    ## Instead
    ```toml
    [references.bands]
    role = "reference.role.color_palette"
    asset = "00000000000000000000000000000000000000000000000000000000000000aa"
    ```
    """

    id = "palette_against_picture"
    number = "REF04"
    basis = "craft"
    needs = ("references", "look")
    over = {PALETTE: ("look.palette", "look.colours")}
    mended = frozenset({PALETTE})

    def says(self, fight: Fight) -> str:
        """Say which picture lends a second set of colours."""
        return (
            f"The reference {fight.name} lends its colours, and the look has colours of its own: the model averages "
            "the two. Keep one."
        )
