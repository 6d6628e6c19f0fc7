from collections.abc import Iterator

from app.lint.base import Rule
from app.resolve import Resolved
from app.schema.compiled import Finding

STYLE = "reference.role.style"
MOST = 2


class TooManyStyles(Rule):
    """More than two pictures are given for style.

    ## What
    Three or more references have the role of style.

    ## Why
    Styles are averaged, or the loudest wins. Two can share the work, one for colour and one for texture; better still,
    give each its own role: light, palette, composition.

    ## Example
    ```toml
    [references.a]
    role = "reference.role.style"
    asset = "00000000000000000000000000000000000000000000000000000000000000aa"

    [references.b]
    role = "reference.role.style"
    asset = "00000000000000000000000000000000000000000000000000000000000000bb"

    [references.c]
    role = "reference.role.style"
    asset = "00000000000000000000000000000000000000000000000000000000000000cc"
    ```

    ## Instead
    ```toml
    [references.a]
    role = "reference.role.style"
    asset = "00000000000000000000000000000000000000000000000000000000000000aa"

    [references.b]
    role = "reference.role.lighting"
    asset = "00000000000000000000000000000000000000000000000000000000000000bb"
    ```
    """

    id = "too_many_styles"
    number = "PRM04"
    severity = "info"
    basis = "craft"
    about = (STYLE,)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Count the pictures for style."""
        paths = resolved.picked.get(STYLE, [])
        if len(paths) > MOST:
            yield self.found(
                f"The styles of {len(paths)} pictures average out: keep one, and give the others a role of their own.",
                *paths[MOST:],
            )
