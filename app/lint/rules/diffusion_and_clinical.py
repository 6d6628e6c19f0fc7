from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.looking import left_out
from app.patch import at
from app.resolve import Resolved
from app.schema.compiled import Finding

CLINICAL = "look.sharpness.clinical"
STRONG = 2
"""The score of diffusion that a 1/2 mist has."""


class DiffusionAndClinical(Rule):
    """Strong diffusion stands before a picture that must be clinically sharp.

    ## What
    A diffusion filter of half strength or more is on the lens, and the sharpness is clinical.

    ## Why
    Diffusion takes away the contrast of fine detail and lets highlights spread: it is there so that the picture is not
    clinical. An eighth leaves most of the bite.

    ## Example
    ```toml
    [camera]
    filters = ["camera.filter.black_pro_mist_1_2"]

    [look]
    sharpness = "look.sharpness.clinical"
    ```

    ## Instead
    ```toml
    [camera]
    filters = ["camera.filter.black_pro_mist_1_8"]

    [look]
    sharpness = "look.sharpness.clinical"
    ```
    """

    id = "diffusion_and_clinical"
    number = "FLM16"
    basis = "source: Tiffen's charts of diffusion"
    needs = ("camera.filters",)
    about = (CLINICAL,)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for filters that soften too much."""
        for glass in resolved.terms("camera.filters"):
            if glass.numbers.get("diffusion", 0) >= STRONG:
                yield self.found(
                    f"A {glass.label} softens fine detail, and the picture is to be clinically sharp: take an "
                    "eighth, or none.",
                    "camera.filters",
                    resolved.where(CLINICAL),
                    fix=at("camera.filters", left_out(resolved, "camera.filters", glass.id) or None),
                )
