from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import motions
from app.resolve import Resolved
from app.schema.compiled import Finding

ZOOMS = frozenset({"camera.move.zoom_in", "camera.move.zoom_out", "camera.move.crash_zoom", "camera.move.dolly_zoom"})


class ZoomOnAPrime(Rule):
    """The camera zooms, and the lens is a prime.

    ## What
    A move changes the focal length, while the lens family has none but fixed ones.

    ## Why
    A prime has one focal length. What looks alike is a dolly, and it is another picture: in a zoom the planes keep
    their order and only grow, in a dolly they slide past each other.

    ## Example
    ```toml
    [camera]
    lens_family = "camera.lens.zeiss_super_speed"

    [beats.one.moves.in]
    path = "camera.move.zoom_in"
    ```

    ## Instead
    ```toml
    [camera]
    lens_family = "camera.lens.angenieux_zoom"

    [beats.one.moves.in]
    path = "camera.move.zoom_in"
    ```

    ```toml
    [camera]
    lens_family = "camera.lens.zeiss_super_speed"

    [beats.one.moves.in]
    path = "camera.move.dolly_in"
    ```
    """

    id = "zoom_on_a_prime"
    number = "LENS10"
    severity = "error"
    basis = "physics"
    needs = ("camera.lens_family", "beats.*.moves")

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for a change of focal length."""
        family = resolved.term("camera.lens_family")
        if family is None or "prime" not in family.traits or "zoom" in family.traits:
            return
        for motion in motions(resolved):
            if motion.term.id in ZOOMS or motion.move.focal_to_mm:
                yield self.found(
                    f"The {family.label} is a prime and has one focal length: take a zoom, or move the camera.",
                    f"{motion.path}.path",
                    "camera.lens_family",
                )
