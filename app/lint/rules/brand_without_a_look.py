from collections.abc import Iterator

from app.lint.base import Rule
from app.resolve import Resolved
from app.schema.compiled import Finding
from app.schema.fields import Words


class BrandWithoutALook(Rule):
    """A make of camera or lens is named, and nothing says what it looks like.

    ## What
    A camera body is named, or a lens family in words of one's own, and the shot has no look, no lens family of the
    vocabulary and no filter.

    ## Why
    A model knows a brand from pictures of cameras as well as from pictures taken with them: it draws one, or ignores
    the name. What the name stands for, in contrast, colour and grain, it understands.

    ## Example
    ```toml
    [camera]
    body = "camera.body.alexa_35"
    ```

    ```toml
    [camera]
    lens_family = { words = "Zeiss Otus" }
    ```

    ## Instead
    ```toml
    [camera]
    body = "camera.body.alexa_35"

    [look]
    contrast = "look.contrast.low"
    ```
    """

    id = "brand_without_a_look"
    number = "PRM02"
    severity = "info"
    basis = "craft"
    needs = ("camera",)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for a make, then for anything that says its look."""
        camera = resolved.shot.camera
        if resolved.shot.look is not None or camera is None or camera.filters:
            return
        bare = isinstance(camera.lens_family, Words) and _is_name(camera.lens_family.words)
        if bare or (camera.body is not None and camera.lens_family is None):
            yield self.found(
                "A make alone may be drawn or ignored: say its contrast, colour or grain under Look as well.",
                "camera.lens_family" if bare else "camera.body",
            )


def _is_name(words: str) -> bool:
    """Tell a make, "Zeiss Otus 55mm", from a description."""
    return all(not word[0].islower() for word in words.split())
