from collections.abc import Iterator

from app.lint.base import Rule
from app.patch import at
from app.resolve import Resolved
from app.schema.compiled import Finding


class FasterThanTheLens(Rule):
    """The T-stop is wider open than the lens family goes.

    ## What
    The T-stop is below the fastest one of the named lens family.

    ## Why
    A family's look at its widest stop (glow, softness, fall-off) is part of why it is named. A stop that its glass
    does not have asks for two different pictures: the family's, and a faster lens's depth of field.

    ## Example
    ```toml
    [camera]
    focal_mm = 85
    lens_family = "camera.lens.cooke_s4i"
    t_stop = 1.3
    ```

    ## Instead
    ```toml
    [camera]
    focal_mm = 85
    lens_family = "camera.lens.cooke_s4i"
    t_stop = 2
    ```
    """

    id = "faster_than_the_lens"
    number = "LENS09"
    severity = "error"
    basis = "the makers' fastest stops"
    needs = ("camera.lens_family", "camera.t_stop")

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare the stop with the family's fastest."""
        family, stop = resolved.term("camera.lens_family"), resolved.number("camera.t_stop")
        fastest = family.numbers.get("max_stop_t") if family else None
        if family and fastest and stop and stop < fastest - 0.05:
            yield self.found(
                f"A {family.label} opens to T{fastest:g}; the shot asks for T{stop:g}.",
                "camera.t_stop",
                "camera.lens_family",
                fix=at("camera.t_stop", fastest),
            )
