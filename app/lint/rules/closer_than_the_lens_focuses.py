from collections.abc import Iterator

from app.lint.base import Rule
from app.lint.glass import focus_m, sized_as_a_person
from app.patch import at
from app.resolve import Resolved
from app.schema.compiled import Finding

CLOSE_UP_LENS = "camera.filter.close_up_diopter"
NEARER = (CLOSE_UP_LENS, "camera.filter.split_diopter", "camera.focus.macro", "camera.focus.split_diopter")


class CloserThanTheLensFocuses(Rule):
    """The subject is nearer than the lens can focus.

    ## What
    The distance in focus, said or following from the focal length and the size of a person, is shorter than the nearest
    one of the family.

    ## Why
    Cine primes focus down to some 0.3 to 0.9 m, most two-times anamorphics to about a metre. Nearer than that the
    picture is soft unless a close-up lens is put in front, and with it the far distance is gone.

    ## Example
    ```toml
    [camera]
    size = "camera.size.ecu"
    format = "camera.format.scope_2x"
    focal_mm = 50
    lens_family = "camera.lens.panavision_c"
    ```

    ## Instead
    ```toml
    [camera]
    size = "camera.size.ecu"
    format = "camera.format.scope_2x"
    focal_mm = 50
    lens_family = "camera.lens.panavision_c"
    filters = ["camera.filter.close_up_diopter"]
    ```
    """

    id = "closer_than_the_lens_focuses"
    number = "LENS05"
    profile = "set"
    basis = "craft: nearest distances as lens sheets give them"
    needs = ("camera.lens_family",)

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Compare the distance in focus with the family's nearest."""
        family, far = resolved.term("camera.lens_family"), focus_m(resolved)
        nearest = family.numbers.get("min_focus_m") if family else None
        if not family or not nearest or not far or far >= nearest * 0.98 or resolved.where(*NEARER):
            return
        path = "camera.focus.distance_m"
        if path not in resolved.said and not sized_as_a_person(resolved):
            return
        said = path if path in resolved.said else resolved.because("camera.distance_m")[0]
        yield self.found(
            f"The {family.label} focuses from {nearest:g} m; the shot asks for {far:.2g} m. Add a close-up lens, "
            "take a macro, or a longer focal length.",
            said,
            "camera.lens_family",
            fix=at("camera.filters", [*(resolved.value("camera.filters") or ()), CLOSE_UP_LENS]),
        )
