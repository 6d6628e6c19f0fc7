from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import chosen, named
from app.patch import at
from app.resolve import Resolved
from app.schema.compiled import Finding

WIDE = frozenset({"camera.size.fs", "camera.size.ws", "camera.size.ews", "camera.size.est"})
MENDED = frozenset({"camera.lens_family", "camera.focus.technique"})


class MacroForAWideView(Rule):
    """A macro lens, or macro focus, is asked for in a wide shot.

    ## What
    The whole figure or more is in the frame, and the lens is a macro or the focus is called macro.

    ## Why
    Macro means that things stand in the gate at half their size or larger. It buys close focus; on a figure three
    metres away the lens is an ordinary one, and the word pulls a model towards a detail.

    ## Example
    ```toml
    [camera]
    size = "camera.size.ws"
    focus = { technique = "camera.focus.macro" }
    ```

    ## Instead
    ```toml
    [camera]
    size = "camera.size.ecu"
    focus = { technique = "camera.focus.macro" }
    ```
    """

    id = "macro_for_a_wide_view"
    number = "LENS12"
    basis = "craft"
    needs = ("camera.size",)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for a macro in front of a wide frame."""
        if resolved.pick("camera.size") not in WIDE:
            return
        lens = resolved.term("camera.lens_family")
        path = "camera.lens_family" if lens and "macro" in lens.traits else chosen(resolved, "camera.focus.macro")
        if path:
            size = resolved.term("camera.size")
            yield self.found(
                f"Macro buys nothing in {named(size) if size else 'a wide shot'}: take the lens or the focus "
                "that suits the distance.",
                path,
                "camera.size",
                fix=at(path, None) if path in MENDED else None,
            )
