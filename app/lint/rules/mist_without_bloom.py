from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import left_out
from app.patch import at
from app.resolve import Resolved
from app.schema.compiled import Finding

GLOWS = 2
"""The score of halation from which a filter is there for its glow."""

GLOW = ("bloom", "halation", "glow")
DENIED = tuple(f"{no} {word}" for no in ("no", "without") for word in GLOW)


class MistWithoutBloom(Rule):
    """A mist filter is on the lens, and nothing may bloom.

    ## What
    A filter that makes highlights glow is on the lens, and bloom, halation or glow is to be kept out.

    ## Why
    To let bright points spread is what a mist is for. Soft/FX softens skin without a glow; with neither wanted, the
    lens is best left bare.

    ## Example
    ```toml
    exclude = [{ words = "bloom" }]

    [camera]
    filters = ["camera.filter.black_pro_mist_1_4"]
    ```

    ```toml
    [intent]
    says = "Night windows, no halation, no bloom."

    [camera]
    filters = ["camera.filter.black_pro_mist_1_2"]
    ```

    ## Instead
    ```toml
    exclude = [{ words = "bloom" }]

    [camera]
    filters = ["camera.filter.soft_fx"]
    ```
    """

    id = "mist_without_bloom"
    number = "FLM17"
    basis = "source: Tiffen on Pro-Mist"
    needs = ("camera.filters",)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for filters that glow, then for a wish that nothing does."""
        for glass in resolved.terms("camera.filters"):
            if glass.numbers.get("halation", 0) >= GLOWS and (path := _denied(resolved)):
                yield self.found(
                    f"A {glass.label} is there to make highlights bloom, and bloom is to be kept out: take Soft/FX, or "
                    "no filter.",
                    "camera.filters",
                    path,
                    fix=at("camera.filters", left_out(resolved, "camera.filters", glass.id) or None),
                )


def _denied(resolved: Resolved) -> str:
    """Return the path that keeps bloom out, or empty."""
    for one in resolved.value("exclude") or ():
        words = one["words"] if type(one) is dict else one
        if any(word in words.lower() for word in GLOW):
            return "exclude"
    says = str(resolved.value("intent.says") or "").lower()
    return "intent.says" if any(words in says for words in DENIED) else ""
