from collections.abc import Iterator

from app.lint.base import Rule
from app.resolve import Resolved
from app.schema.compiled import Finding


class ReferenceWithoutPicture(Rule):
    """A reference has no picture, or no role.

    ## What
    A reference is listed, and there is no picture to send, or nobody said what it is for.

    ## Why
    A picture without a role is taken for whatever the model likes about it. A role without a picture sends nothing.

    ## Example
    ```toml
    [references.light]
    role = "reference.role.lighting"
    shows = "a lamp-lit workshop"
    ```

    ## Instead
    ```toml
    [references.light]
    role = "reference.role.lighting"
    shows = "a lamp-lit workshop"
    asset = "00000000000000000000000000000000000000000000000000000000000000aa"
    ```
    """

    id = "reference_without_picture"

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look at every reference."""
        for name, reference in resolved.shot.references.items():
            if not reference.asset:
                yield self.found(
                    f"The reference {name} has no picture: nothing of it is sent.", f"references.{name}.asset"
                )
            elif not reference.role:
                yield self.found(f"What is the reference {name} for? Give it one role.", f"references.{name}.role")
