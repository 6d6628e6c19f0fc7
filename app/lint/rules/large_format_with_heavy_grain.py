from collections.abc import Iterator

from app.lint.base import Rule
from app.resolve import Resolved
from app.schema.compiled import Finding

HEAVY = "look.grain.heavy"


class LargeFormatWithHeavyGrain(Rule):
    """Large-format film is to show heavy grain.

    ## What
    The format is 65 mm film, IMAX among it, and the grain is heavy, without a push.

    ## Why
    Grain grows with enlargement. A 65 mm frame is enlarged less than half as much as a Super 35 one and a fourth as
    much as Super 16: the same emulsion looks almost clean on it.

    ## Example
    ```toml
    [camera]
    format = "camera.format.film_65_5perf"

    [look]
    grain = "look.grain.heavy"
    ```

    ## Instead
    ```toml
    [camera]
    format = "camera.format.super_16"

    [look]
    grain = "look.grain.heavy"
    ```
    """

    id = "large_format_with_heavy_grain"
    number = "FLM13"
    basis = "physics"
    needs = ("camera.format",)
    about = (HEAVY,)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for 65 mm film that nobody pushes."""
        taken = resolved.term("camera.format")
        if taken is None or not {"film", "gauge_65"} <= taken.traits:
            return
        if not any(process.numbers.get("stops", 0) > 0 for process in resolved.terms("look.process")):
            yield self.found(
                f"On {taken.label} grain is enlarged so little that it stays fine: shoot 16 mm, or push.",
                resolved.where(HEAVY),
                "camera.format",
            )
