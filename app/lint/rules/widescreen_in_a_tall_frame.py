from collections.abc import Iterator

from app.lint.base import Rule
from app.resolve import Resolved
from app.schema.compiled import Finding

SQUEEZED = 1.2
SCOPE = (
    "framing.shape.scope_2_39",
    "framing.shape.scope_2_35",
    "framing.shape.cinemascope_2_55",
    "framing.shape.ultra_panavision",
)


class WidescreenInATallFrame(Rule):
    """An upright frame is told in the grammar of the wide screen.

    ## What
    The delivery ratio is taller than wide, and the lens is anamorphic or a scope frame is named.

    ## Why
    A 9:16 frame stacks people and places above each other, a 2.39 one spreads them out. Anamorphic glass throws most
    of its width away there; turned on its side on purpose, it draws upright streaks. Then say that.

    ## Example
    ```toml
    [camera]
    squeeze = 2

    [framing]
    aspect = "9:16"
    ```

    ## Instead
    ```toml
    [camera]
    squeeze = 1

    [framing]
    aspect = "9:16"
    ```
    """

    id = "widescreen_in_a_tall_frame"
    number = "ANA09"
    basis = "craft"
    needs = ("framing",)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for the wide screen in an upright frame."""
        aspect = resolved.number("framing.aspect")
        if not aspect or aspect >= 1:
            return
        squeeze, named = resolved.number("camera.squeeze"), resolved.where(*SCOPE)
        wide = resolved.because("camera.squeeze")[0] if squeeze and squeeze > SQUEEZED else named
        if wide:
            yield self.found(
                f"A frame of {aspect:.2f}:1 stands upright, and the wide screen lies down: restage it, or turn the "
                "anamorphic on purpose and ask for upright streaks.",
                resolved.because("framing.aspect")[0],
                wide,
            )
