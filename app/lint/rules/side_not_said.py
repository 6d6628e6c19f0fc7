from collections.abc import Iterator

from app.lint.base import Rule
from app.resolve import Resolved
from app.schema.compiled import Finding


class SideNotSaid(Rule):
    """A pattern or direction needs a side of camera, and nobody said which.

    ## What
    A light has a named pattern or direction that stands off the axis, without a side and without an azimuth.

    ## Why
    Rembrandt from the left and from the right are two pictures. Printlight does not choose for you; until the side is
    said, the model does.

    ## Example
    ```toml
    [lights.key]
    pattern = "light.pattern.rembrandt"
    ```

    ## Instead
    ```toml
    [lights.key]
    pattern = "light.pattern.rembrandt"
    side = "left"
    ```
    """

    id = "side_not_said"
    severity = "info"
    needs = ("lights",)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look at every light that is named but not placed."""
        for name, _ in resolved.lights:
            place = f"lights.{name}"
            if resolved.number(f"{place}.camera_azimuth_deg") is not None or resolved.value(f"{place}.side"):
                continue
            for key in ("pattern", "direction"):
                term = resolved.term(f"{place}.{key}")
                if term and term.numbers.get("azimuth_abs_deg", 0) not in {0, 180}:
                    yield self.found(
                        f"{term.label} from which side? Say camera left or right for the {name}.",
                        f"{place}.side",
                        f"{place}.{key}",
                    )
