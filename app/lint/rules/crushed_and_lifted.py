from collections.abc import Iterator

from app.lint.base import Rule
from app.resolve import Resolved
from app.schema.compiled import Finding

CRUSHED = "look.grade.crushed_blacks"
LIFTED = "look.grade.lifted_blacks"


class CrushedAndLifted(Rule):
    """The blacks are crushed and lifted.

    ## What
    The grade has crushed blacks and lifted, or matte, blacks.

    ## Why
    They are opposite ends of one curve: crushed closes the darkest tones into black, lifted raises black to a dark
    grey. Closed shadows that are then lifted are flat grey patches, which is a look of its own and wants saying.

    ## Example
    ```toml
    [look]
    grade = ["look.grade.crushed_blacks", "look.grade.lifted_blacks"]
    ```

    ```toml
    [intent]
    says = "Faded memory with milky blacks."

    [look]
    grade = ["look.grade.crushed_blacks"]
    ```

    ## Instead
    ```toml
    [look]
    grade = ["look.grade.lifted_blacks"]
    ```
    """

    id = "crushed_and_lifted"
    number = "FLM20"
    basis = "definition"
    about = (CRUSHED,)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for both ends of the curve."""
        crushed, lifted = resolved.where(CRUSHED), resolved.where(LIFTED)
        if crushed and lifted:
            yield self.found(
                "Crushed blacks close the shadows and lifted blacks open them to grey: choose one.",
                *dict.fromkeys((crushed, lifted)),
            )
