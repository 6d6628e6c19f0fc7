from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.references import FRAMING, lent, sent, told
from app.resolve import Resolved
from app.schema.compiled import Finding
from app.schema.facets import title

LAYOUT = ("camera.size", "framing.placement", "framing.plane", "framing.balance", "framing.headroom")
ACROSS = ("screen_x", "screen_y")


class FramingAgainstPicture(Rule):
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

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for words that place what a picture places."""
        across = [f"subjects.{who}.{field}" for who, _ in resolved.subjects for field in ACROSS]
        paths = told(resolved, *LAYOUT, *across)
        for name, reference in sent(resolved) if paths else ():
            if FRAMING in lent(reference):
                fields = ", ".join(dict.fromkeys(title(path).lower() for path in paths))
                yield self.found(
                    f"The reference {name} lends its framing, and the words frame the shot too ({fields}): two "
                    "layouts, of which the model follows neither exactly.",
                    f"references.{name}.role",
                    *paths,
                )
