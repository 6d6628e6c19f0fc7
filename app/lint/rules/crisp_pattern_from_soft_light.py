from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.lamps import HARD_EDGE_DEG
from app.lint.looking import chosen
from app.physics import light
from app.resolve import Resolved
from app.schema.compiled import Finding

CUT = ("light.effect.venetian_blinds", "light.effect.gobo_shadows")


class CrispPatternFromSoftLight(Rule):
    """Blinds or a gobo are to throw their shadows, and the lamp behind them is soft.

    ## What
    Venetian blinds or gobo shadows are picked, and the lamp that has the effect is more than 5 degrees across as the
    subject sees it. Where the effect belongs to the whole lighting: every lamp whose size is known is.

    ## Why
    Each slat's shadow is as blurred as the source is large. At 5 degrees an edge a metre from the wall spreads over
    9 centimetres, wider than a slat, and the bars run into one grey.

    ## Example
    ```toml
    [lights.key]
    role = "light.role.key"
    size_m = 1.2
    distance_m = 3
    effects = ["light.effect.venetian_blinds"]
    ```

    ## Instead
    ```toml
    [lights.key]
    role = "light.role.key"
    size_m = 0.15
    distance_m = 4
    effects = ["light.effect.venetian_blinds"]
    ```
    """

    id = "crisp_pattern_from_soft_light"
    number = "LIT17"
    severity = "error"
    basis = "physics: penumbra = 2 g tan(theta / 2)"
    needs = ("lights",)
    about = CUT

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Measure the lamp that has the effect, or the smallest of all."""
        path = chosen(resolved, *CUT)
        if not path:
            return
        owner = path.split(".")[1] if path.startswith("lights.") else ""
        lamps = [owner] if owner else [name for name, _ in resolved.lights]
        sizes = [(resolved.number(f"lights.{name}.angular_size_deg"), name) for name in lamps]
        known = [(size, name) for size, name in sizes if size is not None]
        if not known or len(known) < len(sizes) or min(known)[0] <= HARD_EDGE_DEG:
            return
        size, name = min(known)
        yield self.found(
            f"The {name} is {size:.0f}° across: a slat's edge 1 m from the wall blurs over "
            f"{light.penumbra_m(size, 1):.2f} m, and no pattern is left. It needs {HARD_EDGE_DEG}° or less.",
            path,
            *resolved.because(f"lights.{name}.angular_size_deg"),
        )
