from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import heard
from app.patch import at
from app.physics import light
from app.resolve import Resolved
from app.schema.compiled import Finding

CRISP = "light.shadow.crisp"


class LargeSourceCrispShadow(Rule):
    """A large source is to cast a crisp shadow.

    ## What
    A lamp is more than 15 degrees across as the subject sees it, by number or by its quality, and its shadow is
    crisp.

    ## Why
    A shadow's edge is as wide as the source makes it: a 20 degree source blurs the edge of something a metre off over
    35 centimetres. A crisp edge needs a smaller lamp, or one further away.

    ## Example
    ```toml
    [lights.key]
    role = "light.role.key"
    size_m = 1.2
    distance_m = 2
    shadow = "light.shadow.crisp"
    ```

    ## Instead
    ```toml
    [lights.key]
    role = "light.role.key"
    size_m = 0.25
    distance_m = 6
    shadow = "light.shadow.crisp"
    ```
    """

    id = "large_source_crisp_shadow"
    number = "LIT15"
    severity = "error"
    basis = "physics: penumbra = 2 g tan(theta / 2)"
    needs = ("lights.*.shadow",)
    about = (CRISP,)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare each crisp shadow with the size of its lamp."""
        for name, lamp in resolved.lights:
            size = resolved.number(f"lights.{name}.angular_size_deg") if lamp.shadow else None
            if size is None or size <= light.SOFT_FROM_DEG:
                continue
            shadow = heard(resolved, f"lights.{name}.shadow")
            if shadow and shadow.id == CRISP:
                yield self.found(
                    f"The {name} is {size:.0f}° across: an edge 1 m from where its shadow falls blurs over "
                    f"{light.penumbra_m(size, 1):.2f} m.",
                    f"lights.{name}.shadow",
                    *resolved.because(f"lights.{name}.angular_size_deg"),
                    fix=at(f"lights.{name}.shadow", None),
                )
