from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.glass import SEEN_BLUR, SHALLOW, SHARP_BLUR, background_blur
from app.resolve import Resolved
from app.schema.compiled import Finding

FAR = frozenset({"camera.size.ews", "camera.size.est"})
MODEL = ("camera.focus.tilt_shift", "framing.space.miniature")


class ShallowLandscape(Rule):
    """A landscape is to have shallow focus.

    ## What
    The size is an extreme wide shot or a vista, the focus is shallow, and nothing asks for a miniature.

    ## Why
    From 15 m on, ordinary lenses hold everything to the horizon. The eye knows this, and takes a blurred landscape for
    a model on a table: welcome with a tilt-shift lens, and odd without one.

    ## Example
    ```toml
    [camera]
    size = "camera.size.ews"
    focus = { technique = "camera.focus.shallow" }
    ```

    ## Instead
    ```toml
    [camera]
    size = "camera.size.ews"
    focus = { technique = "camera.focus.deep" }
    ```

    ```toml
    [camera]
    size = "camera.size.ews"
    focus = { technique = "camera.focus.tilt_shift" }
    ```
    """

    id = "shallow_landscape"
    number = "DOF09"
    basis = "derived"
    needs = ("camera.size",)
    about = SHALLOW

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for a blur that the lens does not give."""
        if resolved.pick("camera.size") not in FAR:
            return
        blur, lens = background_blur(resolved), resolved.term("camera.lens_family")
        given = blur is not None and (blur >= SEEN_BLUR or blur < SHARP_BLUR)  # a long lens; or an error of its own
        if not given and not resolved.where(*MODEL) and not (lens and "tilt_shift" in lens.traits):
            yield self.found(
                "From this far a lens holds everything to the horizon, and blur makes the place look like a model: "
                "take deep focus, or say that it is a miniature.",
                resolved.where(*SHALLOW),
                "camera.size",
            )
