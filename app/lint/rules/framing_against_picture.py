from app.lint.references import FRAMING, AgainstPicture, Fight
from app.schema.facets import title


class FramingAgainstPicture(AgainstPicture):
    """A picture gives the framing, and the words frame the shot as well.

    ## What
    A reference lends its framing, and the size, the placement, the balance or somebody's place in the frame is said.

    ## Why
    A layout is the one thing that a picture says more exactly than words. Where both say it, an inch of difference is
    enough for the model to follow neither. Let the picture place, and the words name what it places.

    ## Example
    ```toml
    [camera]
    size = "camera.size.cu"

    [framing]
    placement = "framing.placement.left_third"

    [references.layout]
    role = "reference.role.composition"
    asset = "00000000000000000000000000000000000000000000000000000000000000aa"
    ```

    ## Instead
    ```toml
    [framing]
    aspect = 2.39

    [references.layout]
    role = "reference.role.composition"
    asset = "00000000000000000000000000000000000000000000000000000000000000aa"
    ```
    """

    id = "framing_against_picture"
    number = "REF05"
    severity = "info"
    basis = "craft"
    needs = ("references",)
    over = {
        FRAMING: (
            *("camera.size", "framing.placement", "framing.plane", "framing.balance", "framing.headroom"),
            *("subjects.*.screen_x", "subjects.*.screen_y"),
        )
    }

    def says(self, fight: Fight) -> str:
        """Say which words place what a picture places."""
        fields = ", ".join(dict.fromkeys(title(path).lower() for path in fight.paths))
        return (
            f"The reference {fight.name} lends its framing, and the words frame the shot too ({fields}): two "
            "layouts, of which the model follows neither exactly."
        )
