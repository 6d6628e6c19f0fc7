from collections.abc import Iterator
from math import log2

from app.lint.base import Rule
from app.resolve import Resolved
from app.schema.compiled import Finding

FAST_FPS = 96
LIFE_FPS = 24


class HighSpeedByCandle(Rule):
    """High speed by the light of a flame.

    ## What
    The camera runs at 96 frames a second or more, and its key, or all of its lamps, are candles, matches or fire.

    ## Why
    Each frame at 120 a second gets a fifth of the light of one at 24: 2.3 stops less, and a candle has none to spare.
    A flame also pulses, and slow motion shows it.

    ## Example
    ```toml
    [camera]
    fps = 120

    [lights.key]
    role = "light.role.key"
    source = "light.source.candle"
    ```

    ## Instead
    ```toml
    [camera]
    fps = 24

    [lights.key]
    role = "light.role.key"
    source = "light.source.candle"
    ```
    """

    id = "high_speed_by_candle"
    number = "TIM04"
    basis = "physics"
    needs = ("lights.*.source", "camera")

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for a fast camera and a flame that lights it."""
        rate = resolved.number("camera.fps")
        if not rate or rate < FAST_FPS:
            return
        names = [resolved.key] if resolved.key else [name for name, _ in resolved.lights]
        sources = [resolved.term(f"lights.{name}.source") for name in names]
        if all(source and "fire" in source.traits for source in sources):
            yield self.found(
                f"At {rate:g} fps each frame gets {log2(rate / LIFE_FPS):.1f} stops less light than at {LIFE_FPS}, and "
                "a flame has none to spare: light it up, or run slower.",
                next(iter(resolved.because("camera.fps")), "camera.fps"),
                f"lights.{names[0]}.source",
            )
