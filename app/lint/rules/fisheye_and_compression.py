from collections.abc import Iterator

from app.lint.base import Rule
from app.resolve import Resolved
from app.schema.compiled import Finding

FISHEYE = ("camera.lens.fisheye", "camera.field.fisheye")


class FisheyeAndCompression(Rule):
    """A fisheye lens is asked for, and a compressed space.

    ## What
    The lens is a fisheye, and the planes of the picture are to lie stacked on each other as a telephoto stacks them.

    ## Why
    Space is compressed by a camera that stands far away. A fisheye fills its frame with a person from less than a
    metre, where the near hand is huge and the wall behind shrinks: the planes spread apart.

    ## Example
    ```toml
    [camera]
    lens_family = "camera.lens.fisheye"

    [framing]
    space = "framing.space.compressed"
    ```

    ```toml
    [camera]
    lens_family = { words = "a worn fisheye lens" }

    [framing]
    space = "framing.space.compressed"
    ```

    ## Instead
    ```toml
    [camera]
    lens_family = "camera.lens.fisheye"

    [framing]
    space = "framing.space.expanded"
    ```
    """

    id = "fisheye_and_compression"
    number = "LENS01"
    severity = "error"
    basis = "physics; in a benchmark's answers a long lens never stands with an ultra-wide one"
    about = FISHEYE

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for stacked planes behind the fisheye."""
        if space := resolved.where("framing.space.compressed"):
            yield self.found(
                "A fisheye spreads the planes apart; only a camera far away stacks them. Drop one of the two.",
                space,
                resolved.where(*FISHEYE),
            )
