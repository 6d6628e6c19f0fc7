from collections.abc import Iterator
from math import log

from app.lint.base import Rule
from app.patch import at
from app.resolve import Resolved
from app.schema.compiled import Finding
from app.vocab import Term

SLACK_MM = 0.5
SMALL = frozenset({"gauge_16", "gauge_8"})
"""Super Speeds for 16 mm are 9.5, 12, 16, 25 and 50 mm: the vocabulary lists the sets for 35 mm."""


class FocalNotMade(Rule):
    """The lens family has no lens of that focal length.

    ## What
    The focal length is not one of those that the family was made in, or lies outside its range. On 16 mm and 8 mm
    film nothing is said: their sets are other boxes, under the same names.

    ## Why
    A family is a box of lenses. A Helios 44 is a 58 mm and nothing else, a Canon K35 comes in 18, 24, 35, 55 and
    85 mm: another number asks for a lens that nobody can put on the camera.

    ## Example
    ```toml
    [camera]
    lens_family = "camera.lens.helios_44"
    focal_mm = 35
    ```

    ## Instead
    ```toml
    [camera]
    lens_family = "camera.lens.helios_44"
    focal_mm = 58
    ```
    """

    id = "focal_not_made"
    number = "LENS08"
    severity = "error"
    profile = "set"
    basis = "the makers' lists"
    needs = ("camera.lens_family", "camera.focal_mm")

    def check(self, resolved: Resolved) -> Iterator[Finding]:
        """Look for the focal length in the family's list, else in its range."""
        family, focal = resolved.term("camera.lens_family"), resolved.number("camera.focal_mm")
        taken = resolved.term("camera.format")
        if family is None or not focal or (taken and not SMALL.isdisjoint(taken.traits)):
            return
        nearest = _nearest(family, focal)
        if abs(nearest - focal) > SLACK_MM:
            yield self.found(
                f"The {family.label} is made {_made(family)}; the nearest to {focal:g} mm is {nearest:g} mm.",
                "camera.focal_mm",
                "camera.lens_family",
                fix=at("camera.focal_mm", nearest),
            )


def _nearest(family: Term, focal: float) -> float:
    """Return the nearest focal length in proportion that the family has."""
    if made := family.lists.get("focal_mm"):
        return min(made, key=lambda one: abs(log(one / focal)))
    low, high = family.numbers.get("focal_min_mm", focal), family.numbers.get("focal_max_mm", focal)
    return min(max(focal, low), high)


def _made(family: Term) -> str:
    if made := family.lists.get("focal_mm"):
        return f"in {', '.join(f'{one:g}' for one in made)} mm"
    low, high = family.numbers.get("focal_min_mm"), family.numbers.get("focal_max_mm")
    if low is None or high is None:
        return f"from {low:g} mm" if low else f"up to {high:g} mm"
    return f"from {low:g} to {high:g} mm"
