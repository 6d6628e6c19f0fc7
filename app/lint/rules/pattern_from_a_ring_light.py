from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.lamps import placed
from app.patch import at
from app.resolve import Resolved
from app.schema.compiled import Finding

SHAPED = frozenset(f"light.pattern.{one}" for one in ("rembrandt", "split", "loop", "side", "upstage"))
AT_THE_LENS = ("light.fixture.ring_light", "light.fixture.obie")


class PatternFromARingLight(Rule):
    """A shaped pattern is asked of a ring light round the lens.

    ## What
    A lamp is a ring light or an obie, nothing places it off the axis, and its pattern is Rembrandt, split, loop, side
    or upstage.

    ## Why
    Light from the lens hides every shadow behind what casts it: the nose throws none that the camera sees. A pattern
    needs a lamp beside the camera.

    ## Example
    ```toml
    [lights.key]
    role = "light.role.key"
    fixture = "light.fixture.ring_light"
    pattern = "light.pattern.rembrandt"
    side = "left"
    ```

    ## Instead
    ```toml
    [lights.key]
    role = "light.role.key"
    fixture = "light.fixture.fresnel"
    pattern = "light.pattern.rembrandt"
    side = "left"
    ```
    """

    id = "pattern_from_a_ring_light"
    number = "LIT12"
    severity = "error"
    basis = "geometry"
    needs = ("lights.*.fixture", "lights.*.pattern")
    about = AT_THE_LENS

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look at every lamp at the lens; one that is placed by a number is judged by that number."""
        for name, lamp in resolved.lights:
            if lamp.fixture not in AT_THE_LENS or lamp.pattern not in SHAPED or placed(resolved, name):
                continue
            term = resolved.term(f"lights.{name}.pattern")
            yield self.found(
                f"A lamp at the lens shows no nose shadow: the {name} cannot draw "
                f"{term.label if term else 'a pattern'}.",
                f"lights.{name}.pattern",
                f"lights.{name}.fixture",
                fix=at(f"lights.{name}.pattern", None),
            )
