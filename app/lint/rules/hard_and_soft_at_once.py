from collections.abc import Iterator

from app.lint.base import Rule
from app.resolve import Resolved
from app.schema.compiled import Finding
from app.schema.shot import Light

HARD, SOFT, VERY_SOFT = "light.quality.hard", "light.quality.soft", "light.quality.very_soft"
SOFTENERS = frozenset(f"light.modifier.{one}" for one in ("silk_12x12", "silk_20x20", "grid_cloth", "book_light"))
SOFT_LAMPS = frozenset(
    f"light.fixture.{one}" for one in ("softbox", "octabox", "china_ball", "balloon", "covered_wagon")
)


class HardAndSoftAtOnce(Rule):
    """One lamp is called hard, and is soft by what it is or by its other words.

    ## What
    A lamp's words call it hard and soft; or its quality is hard, and it is a softbox, a lantern, an overcast sky, or
    stands behind grid cloth or a large silk. A lamp whose size is known is judged by that size, elsewhere.

    ## Why
    Softness is the size of the source seen from the subject, and nothing else. A lamp has one size; hard and soft
    together take two lamps.

    ## Example
    ```toml
    [lights.key]
    role = "light.role.key"
    quality = "light.quality.hard"
    fixture = "light.fixture.softbox"
    ```
    ```toml
    [lights.key]
    quality = { words = "hard and soft light at once" }
    ```

    ## Instead
    ```toml
    [lights.key]
    role = "light.role.key"
    quality = "light.quality.hard"
    fixture = "light.fixture.fresnel"

    [lights.fill]
    slot = 1
    role = "light.role.fill"
    fixture = "light.fixture.softbox"
    ```
    """

    id = "hard_and_soft_at_once"
    number = "LIT14"
    severity = "error"
    basis = "physics; counts of a benchmark: never together"
    needs = ("lights.*.quality",)
    about = (HARD,)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Hold the hard lamps against what else they are."""
        for name, lamp in resolved.lights:
            path = f"lights.{name}.quality"
            if lamp.quality == HARD:
                size = resolved.values.get(f"lights.{name}.angular_size_deg")
                if (size is None or size.origin == "term") and (by := _softened(lamp)):
                    message = f"The {name} is hard by name and soft by what it is: one source has one size."
                    yield self.found(message, path, f"lights.{name}.{by}")
            elif path in resolved.spoken.get(HARD, ()) and any(
                path in resolved.spoken.get(soft, ()) for soft in (SOFT, VERY_SOFT)
            ):
                yield self.found(f"The {name} is called hard and soft: one source has one size. Use two lamps.", path)


def _softened(lamp: Light) -> str:
    """Return the field that makes a lamp soft, or nothing."""
    if lamp.fixture in SOFT_LAMPS:
        return "fixture"
    if lamp.source == "light.source.overcast_sky":
        return "source"
    return "modifiers" if any(one in SOFTENERS for one in lamp.modifiers) else ""
